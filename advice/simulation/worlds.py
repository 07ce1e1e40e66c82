"""How each change goes in the three worlds: when it is known and processed, by whom, and with how much contact.

What the dienst finds anyway (``niets``) goes on in the other two: they can only be earlier. All three see the same
registers, on the same days.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from advice.simulation.changes import NOOIT, Bools, Changes, days
from advice.simulation.draw import DAYS_A_YEAR, Ints
from advice.simulation.knobs import Knobs

_MONTH: Final = DAYS_A_YEAR / 12


@dataclass(frozen=True)
class Course:
    """How the changes go in one world.

    Attributes:
        bekend: the day on which it is processed, or later than it can be.
        door_dienst: whether the dienst found it; else the inwoner said it, by themselves or when asked.
        brief, gesprek, onderzoek: whether there was a letter, a call or a proposal to work out, an onderzoek.
        meer: for every letter, call or onderzoek about something that is so, how many there are about what is not.
    """

    bekend: Ints
    door_dienst: Bools
    brief: Bools
    gesprek: Bools
    onderzoek: Bools
    meer: float


def niets(them: Changes) -> Course:
    """The inwoner reports it, or the dienst finds it at a periodic review or at the yearly comparison."""
    found = np.minimum(them.herziening, them.vergelijking)
    none = np.zeros(them.dag.size, dtype=np.bool_)
    return Course(np.minimum(them.meldt, found), found < them.meldt, none, none, none, 0.0)


def repressief(them: Changes, knobs: Knobs) -> Course:
    """Every signal of too much, once a month, begins an onderzoek, which always finds how it is.

    Who reports it while that goes on no longer does so of their own accord (Boetebesluit 2aa). Too little is nothing it
    asks about.
    """
    before = niets(them)
    signal = np.where(them.zichtbaar < NOOIT, _next_month(them.zichtbaar), NOOIT)
    looked = them.nadeel & (signal < np.minimum(before.bekend, them.tot))
    done = np.where(looked, signal + days(knobs["onderzoek_maanden"]), NOOIT)
    none = np.zeros(them.dag.size, dtype=np.bool_)
    known = np.minimum(before.bekend, done)
    return Course(known, looked | before.door_dienst, none, none, looked, _more(knobs))


def tijdig(them: Changes, knobs: Knobs, gevonden: Ints | None = None) -> Course:
    """A night finds what is so on that day; what follows is what the rule asks for.

    Args:
        them: the changes.
        knobs: where each parameter stands.
        gevonden: the night that finds each; default as soon as a register shows it.
    """
    before = niets(them)
    night = np.minimum(them.aangekondigd + round(knobs["nacht_dagen"]), NOOIT) if gevonden is None else gevonden
    signal = night < np.minimum(np.minimum(before.bekend, them.tot), them.einde)
    heeds = np.where(them.zwijgt, knobs["zwijger_gaat_in_op_contact"], 1.0)
    brief = signal & them.brief
    answers = brief & (them.lot_antwoord < knobs["kans_antwoord_brief"] * heeds)
    called = signal & (them.bellen | (them.bellen_na & ~answers))
    reached = called & (them.lot_bereikt < knobs["kans_bereikt_telefoon"] * heeds)
    proposal = signal & them.voorstel
    after = np.select(
        [answers, reached & brief, reached, proposal],
        [
            days(knobs[name])
            for name in ("antwoord_brief_maanden", "brief_dan_bellen_maanden", "bellen_maanden", "voorstel_maanden")
        ],
        NOOIT,
    )
    told = np.minimum(night + after, NOOIT)
    known = np.minimum(before.bekend, told)
    by_dienst = before.door_dienst & (before.bekend <= told)
    nobody = np.zeros(them.dag.size, dtype=np.bool_)
    return Course(known, by_dienst, brief, called | proposal, nobody, _more(knobs))


def _next_month(day: Ints) -> Ints:
    """The first day of the month after a day."""
    return np.ceil((np.floor(day / _MONTH) + 1) * _MONTH).astype(np.int64)


def _more(knobs: Knobs) -> float:
    """What is not so, for each signal that is."""
    return (1 - knobs["kans_gegrond"]) / knobs["kans_gegrond"]
