"""The changes of one draw under one setting of the parameters: the same in every world."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from advice.simulation.draw import DAYS_A_YEAR, Draw, Floats, Ints
from advice.simulation.kinds import LETTERS, PROPOSALS, SOORTEN, Bij
from advice.simulation.knobs import Knobs
from contracts.errors import ParameterError
from contracts.finding import Richting, Route

Bools = NDArray[np.bool_]
#: A day that never comes.
NOOIT: Final = np.int64(10**9)
#: Of each kind, by its place in ``SOORTEN``.
_NADEEL: Final = np.array([soort.richting is Richting.NADEEL for soort in SOORTEN])
_VOORDEEL: Final = np.array([soort.richting is Richting.VOORDEEL for soort in SOORTEN])
_VOORAF: Final = np.array([soort.vooraf for soort in SOORTEN])
_TIJDELIJK: Final = np.array([soort.tijdelijk for soort in SOORTEN])
_BRIEF: Final = np.array([soort.route in LETTERS for soort in SOORTEN])
_VOORSTEL: Final = np.array([soort.route in PROPOSALS for soort in SOORTEN])
#: A call: at once, or after a letter that nobody answered.
_BELLEN: Final = np.array([soort.route is not None and soort.route not in (*LETTERS, *PROPOSALS) for soort in SOORTEN])
_BELLEN_NA: Final = np.array([soort.route is Route.NUDGE_THEN_TASK for soort in SOORTEN])
_ALLEEN: Final = np.array([soort.bij is not Bij.PAAR for soort in SOORTEN])
_PAAR: Final = np.array([soort.bij is not Bij.ALLEENSTAAND for soort in SOORTEN])


@dataclass(frozen=True)
class Changes:
    """Changes that happen, one value of each array for one change.

    Attributes:
        dagen: how many days are simulated.
        dag: the day of the change.
        cent: what is paid wrong per day as long as nobody knows.
        nadeel: too much is paid; ``voordeel``: too little. Neither: nothing changes in euro.
        einde: the day on which it is over by itself, or ``NOOIT``.
        tot: until here it can become known and be paid wrong: the end of the years, or of the uitkering.
        meldt: the day on which the inwoner reported it and it is processed; ``NOOIT`` = not by themselves.
        zichtbaar: the day on which it is in a delivery of a register, or ``NOOIT``.
        aangekondigd: the same for who looks ahead: before the day itself where that is known.
        herziening: the periodic review that finds it, if nobody was earlier.
        vergelijking: the yearly comparison with registers that finds it, if nobody was earlier.
        zwijgt: whether the inwoner never reports by themselves.
        brief, bellen, bellen_na, voorstel: what its rule asks for: a letter, a call, a call where a letter is not
            answered, a proposal of the dienst.
        lot_antwoord, lot_bereikt, lot_boete, lot_verwijt: as drawn.
    """

    dagen: int
    huishoudens: int
    dag: Ints
    cent: Ints
    nadeel: Bools
    voordeel: Bools
    einde: Ints
    tot: Ints
    meldt: Ints
    zichtbaar: Ints
    aangekondigd: Ints
    herziening: Ints
    vergelijking: Ints
    zwijgt: Bools
    brief: Bools
    bellen: Bools
    bellen_na: Bools
    voorstel: Bools
    lot_antwoord: Floats
    lot_bereikt: Floats
    lot_boete: Floats
    lot_verwijt: Floats


def changes(drawn: Draw, knobs: Knobs, cents: Ints) -> Changes:
    """What happens.

    Args:
        drawn: chance.
        knobs: where each parameter stands.
        cents: per day, by kind and for one who is alone or a couple (``amounts.per_dag``).

    Raises:
        ParameterError: a kind is to happen more often than it was drawn.
    """
    here = _happens(drawn, knobs)
    soort, dag = drawn.soort[here], drawn.dag[here]
    paar = (drawn.lot_paar[here] < knobs["deel_paar"]).astype(np.intp)
    meldt, zwijgt = _reported(drawn, knobs, here)
    shown = _shown(drawn, knobs, here)
    ahead = np.where(_VOORAF[soort], np.int64(round(knobs["vooraf_dagen"])), 0)
    return Changes(
        dagen=drawn.dagen, huishoudens=drawn.huishoudens, dag=dag, cent=cents[soort, paar], nadeel=_NADEEL[soort],
        voordeel=_VOORDEEL[soort], einde=_ends(drawn, knobs, here), tot=_until(drawn, knobs, here), meldt=meldt,
        zichtbaar=shown, aangekondigd=np.where(shown < NOOIT, shown - ahead, NOOIT),
        herziening=_reviewed(drawn, knobs, here), vergelijking=_compared(drawn, knobs, here, shown), zwijgt=zwijgt,
        brief=_BRIEF[soort], bellen=_BELLEN[soort], bellen_na=_BELLEN_NA[soort], voorstel=_VOORSTEL[soort],
        lot_antwoord=drawn.lot_antwoord[here], lot_bereikt=drawn.lot_bereikt[here], lot_boete=drawn.lot_boete[here],
        lot_verwijt=drawn.lot_verwijt[here],
    )  # fmt: skip


def days(months: float) -> np.int64:
    """Months as whole days: a month is a twelfth part of a year."""
    return np.int64(round(months * DAYS_A_YEAR / 12))


def _happens(drawn: Draw, knobs: Knobs) -> NDArray[np.intp]:
    """The changes that happen at these rates, in households in which they can."""
    rates = np.array([knobs[soort.naam] for soort in SOORTEN])
    if np.any(rates > drawn.tempo):
        often = next(soort.naam for soort, rate, most in zip(SOORTEN, rates, drawn.tempo, strict=True) if rate > most)
        raise ParameterError(f"{often} was drawn less often than this.", where=often, todo="Draw at the highest rate.")
    share = np.divide(rates, drawn.tempo, out=np.zeros_like(rates), where=drawn.tempo > 0)
    paar = drawn.lot_paar < knobs["deel_paar"]
    possible = np.where(paar, _PAAR[drawn.soort], _ALLEEN[drawn.soort])
    return np.flatnonzero(possible & (drawn.lot_gebeurt < share[drawn.soort]))


def _reported(drawn: Draw, knobs: Knobs, here: NDArray[np.intp]) -> tuple[Ints, Bools]:
    """When the inwoner reported it, and who never does: in time, else never by a chance, else after a while."""
    voordeel, dag = _VOORDEEL[drawn.soort[here]], drawn.dag[here]
    in_time = np.where(voordeel, knobs["kans_op_tijd_voordeel"], knobs["kans_op_tijd_nadeel"])
    ever = in_time + (1 - in_time) * (1 - knobs["kans_ongemeld"])
    lot = drawn.lot_meldt[here]
    late = dag + 1 + _waits(drawn.lot_laat[here], days(knobs["melden_maanden"]))
    never = lot >= ever
    return np.where(lot < in_time, dag, np.where(never, NOOIT, late)), never


def _shown(drawn: Draw, knobs: Knobs, here: NDArray[np.intp]) -> Ints:
    delay = np.array([NOOIT if soort.register is None else round(knobs[soort.register]) for soort in SOORTEN])
    soort = drawn.soort[here]
    somewhere = np.array([one.register is not None for one in SOORTEN])[soort]
    # A birthday stands there already.
    wait = np.where(_VOORAF, 0, delay)[soort]
    seen = somewhere & (_VOORAF[soort] | (drawn.lot_register[here] < knobs["kans_in_register"]))
    shown: Ints = np.where(seen, drawn.dag[here] + wait, NOOIT)
    return shown


def _ends(drawn: Draw, knobs: Knobs, here: NDArray[np.intp]) -> Ints:
    lasts = 1 + _waits(drawn.lot_duur[here], days(knobs["tijdelijk_maanden"]))
    return np.where(_TIJDELIJK[drawn.soort[here]], drawn.dag[here] + lasts, NOOIT)


def _until(drawn: Draw, knobs: Knobs, here: NDArray[np.intp]) -> Ints:
    share = knobs["uitstroom_per_jaar"]
    if not share:
        return np.full(here.size, drawn.dagen, dtype=np.int64)
    # The waiting time at which this share is gone after a year.
    mean = -DAYS_A_YEAR / np.log1p(-min(share, 1 - 1e-9))
    left: Ints = np.minimum(drawn.dag[here] + 1 + _waits(drawn.lot_uitstroom[here], mean), drawn.dagen)
    return left


def _reviewed(drawn: Draw, knobs: Knobs, here: NDArray[np.intp]) -> Ints:
    every, dag = max(days(knobs["heronderzoek_maanden"]), np.int64(1)), drawn.dag[here]
    first = (drawn.lot_rooster[here] * every).astype(np.int64)
    following = first + ((dag - first) // every + 1) * every
    return _at_try(drawn.lot_herziening[here], knobs["kans_gevonden_bij_herziening"], following, every)


def _compared(drawn: Draw, knobs: Knobs, here: NDArray[np.intp], shown: Ints) -> Ints:
    """At the end of a year, once it stands in a register."""
    following = (shown // DAYS_A_YEAR + 1) * DAYS_A_YEAR
    chance = knobs["kans_gevonden_bij_vergelijking"]
    found = _at_try(drawn.lot_vergelijking[here], chance, following, np.int64(DAYS_A_YEAR))
    return np.where(shown < NOOIT, found, NOOIT)


def _at_try(lot: Floats, chance: float, first: Ints, every: np.int64) -> Ints:
    """The day of the try at which it is found; each try finds it by the same chance."""
    if chance <= 0:
        return np.full(lot.size, NOOIT)
    if chance >= 1:
        return first
    failed = np.floor(np.log1p(-lot) / np.log1p(-chance))
    found: Ints = np.minimum(first + failed.astype(np.int64) * every, NOOIT)
    return found


def _waits(lot: Floats, mean: float | np.int64) -> Ints:
    """Whole days of a waiting time without memory (exponential)."""
    return np.floor(-np.log1p(-lot) * mean).astype(np.int64)
