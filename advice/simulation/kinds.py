"""The kinds of change that the model knows, taken from the rules, and the rules that it leaves out with the reason.

What a kind is worth per month stands in ``amounts.py``, how often it happens in ``contracts/waarden/simulatie``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contracts.finding import Richting, Route

_NADEEL, _VOORDEEL, _NEUTRAAL = Richting.NADEEL, Richting.VOORDEEL, Richting.NEUTRAAL
#: Routes that begin with a letter; of those, the ones that go on with a call; and those that a consulent proposes.
LETTERS: Final = (Route.NUDGE, Route.NUDGE_THEN_TASK)
PROPOSALS: Final = (Route.PROPOSAL,)


class Register(StrEnum):
    """Where a change comes to stand, by the parameter with the days until it is in a delivery."""

    BRP = "brp_dagen"
    INKOMSTEN = "inkomsten_dagen"
    DUO = "duo_dagen_tot_levering"
    VERMOGEN = "vermogen_dagen"


class Bij(StrEnum):
    """In which households it can happen."""

    ALLEN = "allen"
    ALLEENSTAAND = "alleenstaand"
    PAAR = "paar"


@dataclass(frozen=True)
class Soort:
    """One kind of change.

    Attributes:
        naam: the parameter with its rate.
        richting: what it means for the household that has it.
        regels: the rules that see it; none = nobody sees it in a register.
        route: what those rules ask for; None where there are none.
        register: where it comes to stand; None = nowhere.
        tijdelijk: whether it ends by itself after some time.
        vooraf: whether the day is known beforehand.
        bij: in which households it can happen.
    """

    naam: str
    richting: Richting
    regels: tuple[str, ...]
    route: Route | None
    register: Register | None
    tijdelijk: bool = False
    vooraf: bool = False
    bij: Bij = Bij.ALLEN


_BRP, _IB, _DUO = Register.BRP, Register.INKOMSTEN, Register.DUO

SOORTEN: Final = (
    Soort("huisgenoot_erbij", _NADEEL, ("R01",), Route.NUDGE_THEN_TASK, _BRP, tijdelijk=True),
    Soort("huisgenoot_weg", _VOORDEEL, ("R02",), Route.PROPOSAL, _BRP),
    Soort("huisgenoot_wordt_27", _NADEEL, ("R03",), Route.NUDGE, _BRP, vooraf=True),
    Soort("huisgenoot_begint_studie", _VOORDEEL, ("R04",), Route.PROPOSAL, _DUO, tijdelijk=True),
    Soort("huisgenoot_stopt_studie", _NADEEL, ("R04",), Route.TASK, _DUO),
    Soort("inwoner_wordt_21", _VOORDEEL, ("R05",), Route.PROPOSAL, _BRP, vooraf=True),
    Soort("kind_geboren", _NEUTRAAL, ("R08",), Route.NUDGE_THEN_TASK, _BRP),
    Soort("partner_met_inkomen", _NADEEL, ("R10",), Route.TASK, _BRP, bij=Bij.ALLEENSTAAND),
    Soort("partner_zonder_inkomen", _VOORDEEL, ("R10",), Route.TASK, _BRP, bij=Bij.ALLEENSTAAND),
    Soort("partner_weg", _NADEEL, ("R11",), Route.TASK, _BRP, bij=Bij.PAAR),
    Soort("verhuisd_binnen", _NEUTRAAL, ("R14",), Route.NUDGE, _BRP),
    Soort("verhuisd_buiten", _NADEEL, ("R15",), Route.NUDGE_THEN_TASK, _BRP),
    Soort("naar_buitenland", _NADEEL, ("R16",), Route.TASK, _BRP),
    Soort("werk_begint", _NADEEL, ("R18",), Route.NUDGE_THEN_TASK, _IB, tijdelijk=True),
    Soort("werk_eindigt", _VOORDEEL, (), None, None),
    Soort("andere_uitkering", _NADEEL, ("R19",), Route.NUDGE_THEN_TASK, _IB, tijdelijk=True),
    Soort("detentie", _NADEEL, ("R21",), Route.RESTRICTED_TASK, _IB, tijdelijk=True),
    Soort("erfenis", _NADEEL, ("R22",), Route.TASK, Register.VERMOGEN, tijdelijk=True),
    Soort("inwoner_begint_studie", _NADEEL, ("R23",), Route.TASK, _DUO, tijdelijk=True),
    Soort("naar_inrichting", _NADEEL, ("R27",), Route.TASK, _BRP, tijdelijk=True),
)

#: Rules of which no change is in the model.
NIET_IN_HET_MODEL: Final[Mapping[str, str]] = {
    "R06": "wat het scheelt, hangt van inkomen en van een besluit af",
    "R07": "vanaf 21 jaar verandert de norm niet door een kind; wat verder verandert, staat niet in de gegevens",
    "R09": "vanaf 21 jaar verandert de norm niet door een kind",
    "R12": "een gezamenlijke huishouding is nooit een conclusie van het systeem",
    "R13": "bij een overlijden gaat het niet om geld",
    "R17": "het bedrag hangt er niet van af",
    "R20": "zit in verhuizen naar een andere gemeente",
    "R24": "wat er verrekend wordt, is niet bekend",
    "R25": "de dienst kent de dag, en er komt ander inkomen voor in de plaats",
    "R26": "gaat over fouten in de eigen administratie, niet over een wijziging",
    "R28": "het bedrag hangt er niet van af",
    "R29": "een jaarlijkse vraag, geen wijziging",
    "R30": "staat uit",
    "R31": "gaat over werk van de dienst, niet over een wijziging",
}
