"""From a plan to bands over the draws, the sensitivity of the differences, and their corners."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from advice.simulation.amounts import per_dag
from advice.simulation.changes import changes
from advice.simulation.draw import Draw, draw
from advice.simulation.knobs import Knobs, Panel, panel
from advice.simulation.outcome import Law, Totals, totals
from advice.simulation.result import (
    ANDERE,
    HOOFD,
    Band,
    Gevoeligheid,
    Hoek,
    Maat,
    Plan,
    Simulatie,
    Tegen,
    Uitkomst,
    Verschil,
    Wereld,
)
from advice.simulation.worlds import niets, repressief, tijdig
from contracts.bands import Bands
from contracts.parameters import Values

#: The sensitivity is worked out on as many draws as hold so many years of a household, from a few to some: with the
#: same chance on both sides that says enough, and a large gemeente needs fewer.
_SENSITIVE: Final = 250_000
_FEWEST, _MOST = 2, 10
_PERCENTILES: Final = (5, 50, 95)
Outcome = Mapping[Wereld, Totals]
Key = tuple[Tegen, Maat]
Differences = Mapping[Key, float]
#: What a difference becomes with a parameter at its low end and at its high end.
Ends = Mapping[str, tuple[Differences, Differences]]


def simulate(plan: Plan, mkba: Bands, simulatie: Bands, step: Callable[[], object] = lambda: None) -> Simulatie:
    """Three worlds over some years.

    Args:
        plan: how many years, households and draws, and the seed.
        mkba: the bands of one case, of the day of the plan.
        simulatie: the bands of the simulation, of that day.
        step: called after each draw, first for the bands and then twice for the sensitivity (``steps``).

    Raises:
        ParameterError: a parameter or a norm has no value on the day.
    """
    found, law = panel(mkba, simulatie), Values(plan.peildatum)
    run = _Run(plan, found, law)
    outcomes = [run.outcome(each, found.basis) for each in run.draws(plan.trekkingen, step)]
    happened = run.happened / plan.jaren / len(outcomes)
    sensitive = steps(plan)[1]
    base, ends = _sensitivity(run, sensitive, step)
    return Simulatie(
        plan=plan, gevoelig_trekkingen=sensitive, wijzigingen=round(happened, 2),
        uitkomsten=tuple(_outcomes(outcomes, plan.jaren)), verschillen=tuple(_differences(outcomes, plan.jaren)),
        gevoeligheid=tuple(_told(base, ends)), hoeken=tuple(_corners(run, sensitive, ends, step)),
        gebruikt=(*found.gebruikt, *law.used),
    )  # fmt: skip


def steps(plan: Plan) -> tuple[int, int]:
    """How many draws are for the bands, and how many of them again for the sensitivity."""
    enough = max(_FEWEST, min(_MOST, -(-_SENSITIVE // (plan.huishoudens * plan.jaren))))
    return plan.trekkingen, min(plan.trekkingen, enough)


class _Run:
    """What every draw needs."""

    def __init__(self, plan: Plan, found: Panel, values: Values) -> None:
        self.plan, self.panel, self._values = plan, found, values
        self._law = Law.on(values)
        self.happened = 0

    def draws(self, count: int, step: Callable[[], object]) -> Iterator[Draw]:
        """The first so many draws, one at a time: only one is held in memory."""
        for number in range(count):
            yield draw(self.plan.huishoudens, self.plan.jaren, self.panel.highest_rates, (self.plan.zaad, number))
            step()

    def outcome(self, drawn: Draw, knobs: Knobs) -> Outcome:
        """Every measure in the three worlds, over all years."""
        them = changes(drawn, knobs, per_dag(self._values, knobs))
        self.happened += them.dag.size
        courses = {
            Wereld.NIETS: niets(them), Wereld.REPRESSIEF: repressief(them, knobs), Wereld.TIJDIG: tijdig(them, knobs)
        }  # fmt: skip
        return {wereld: totals(wereld, them, course, knobs, self._law) for wereld, course in courses.items()}

    def differences(self, drawn: Draw, knobs: Knobs) -> Differences:
        """Tijdig less the other worlds, per year."""
        return _less(self.outcome(drawn, knobs), self.plan.jaren)


def _less(outcome: Outcome, jaren: int) -> Differences:
    ours = outcome[Wereld.TIJDIG]
    return {(other, maat): (ours[maat] - outcome[other][maat]) / jaren for other in ANDERE for maat in Maat}


def _outcomes(outcomes: list[Outcome], jaren: int) -> Iterator[Uitkomst]:
    for wereld in Wereld:
        for maat in Maat:
            band = _band(one[wereld][maat] / jaren for one in outcomes)
            yield Uitkomst(wereld=wereld, maat=maat, band=band)


def _differences(outcomes: list[Outcome], jaren: int) -> Iterator[Verschil]:
    each = [_less(one, jaren) for one in outcomes]
    for tegen, maat in each[0]:
        yield Verschil(tegen=tegen, maat=maat, band=_band(one[tegen, maat] for one in each))


def _band(values: Iterable[float]) -> Band:
    low, middle, high = np.percentile(np.fromiter(values, dtype=np.float64), _PERCENTILES)
    return Band(laag=round(low, 2), midden=round(middle, 2), hoog=round(high, 2))


# -- sensitivity -----------------------------------------------------------------------------------------


def _sensitivity(run: _Run, count: int, step: Callable[[], object]) -> tuple[Differences, Ends]:
    """The differences in the base, and with each parameter at its ends: the mean over some draws."""
    bases: list[Differences] = []
    ends: dict[tuple[str, bool], list[Differences]] = {}
    for drawn in run.draws(count, step):
        bases.append(run.differences(drawn, run.panel.basis))
        for naam, high, knobs in run.panel.settings():
            ends.setdefault((naam, high), []).append(run.differences(drawn, knobs))
    names = dict.fromkeys(naam for naam, _ in ends)
    return _mean(bases), {naam: (_mean(ends[naam, False]), _mean(ends[naam, True])) for naam in names}


def _mean(each: list[Differences]) -> Differences:
    return {key: sum(one[key] for one in each) / len(each) for key in each[0]}


def _told(base: Differences, ends: Ends) -> Iterator[Gevoeligheid]:
    for (tegen, maat), value in base.items():
        for naam, (low, high) in ends.items():
            yield Gevoeligheid(
                tegen=tegen, maat=maat, parameter=naam, basis=round(value, 2), laag=round(low[tegen, maat], 2),
                hoog=round(high[tegen, maat], 2),
            )  # fmt: skip


def _corners(run: _Run, count: int, ends: Ends, step: Callable[[], object]) -> Iterator[Hoek]:
    """Each difference with all parameters at the end that lowers it, and at the end that raises it."""
    keys = [(tegen, maat) for tegen in ANDERE for maat in HOOFD]
    found: dict[tuple[Key, bool], list[float]] = {}
    for drawn in run.draws(count, step):
        for key in keys:
            for most in (False, True):
                value = run.differences(drawn, _corner(run.panel, ends, key, most=most))[key]
                found.setdefault((key, most), []).append(value)
    for key in keys:
        low, high = (round(float(np.mean(found[key, most])), 2) for most in (False, True))
        yield Hoek(tegen=key[0], maat=key[1], laag=low, hoog=high)


def _corner(found: Panel, ends: Ends, key: Key, *, most: bool) -> Knobs:
    """Every parameter at its low end or its high end, whichever by itself raises (``most``) or lowers a difference."""
    at: dict[str, float] = dict(found.basis)
    for knob in found.knobs:
        if knob.naam in ends:
            low, high = (one[key] for one in ends[knob.naam])
            if low != high:
                at[knob.naam] = knob.hoog if (high > low) == most else knob.laag
    return at
