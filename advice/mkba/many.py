"""Many cases added up: exact within a group of cases that differ by their amount only.

Every cost is a straight line in the amount, and the parameters are the same for all cases of a group. So what a group
costs follows from its number and its amounts added up. Bands of groups are added end to end: no narrower than the band
of all together, which has the parameters the same in every group.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from advice.mkba.case import Geval
from advice.mkba.compute import TERMIJN, band_of, totals_of
from advice.mkba.formula import Formula, exact
from advice.mkba.levers import BEDRAG, levers_of
from advice.mkba.model import scenarios
from advice.mkba.result import Band, Kant, Scenario
from contracts.bands import Bands
from contracts.parameters import Values


@dataclass(frozen=True)
class Alike:
    """Cases that differ by their amount only.

    Attributes:
        geval: one of them, with the amounts of all added up in ``per_maand``.
        aantal: how many.
    """

    geval: Geval
    aantal: int


@dataclass(frozen=True)
class Opgeteld:
    """What many cases cost, by scenario and side, and sociaal handhaven less doing nothing for all sides together."""

    aantal: int
    totaal: Mapping[Scenario, Mapping[Kant, Band]]
    verschil: Band


NOTHING: Final = Band(laag=0, basis=0, hoog=0)


def mkba_of_many(groups: Iterable[Alike], parameters: Bands) -> Opgeteld:
    """What three ways to deal with many differences cost.

    Args:
        groups: cases that can all be worked out (``Geval.waarom_niet``).
        parameters: the bands of the day.

    Raises:
        ParameterError: a parameter is missing or does not fit the model.
    """
    totals = {scenario: dict.fromkeys(Kant, NOTHING) for scenario in Scenario}
    difference, count = NOTHING, 0
    for group in groups:
        found, between = _of_one(group, parameters)
        count, difference = count + group.aantal, _sum(difference, between)
        totals = {
            scenario: {kant: _sum(totals[scenario][kant], found[scenario][kant]) for kant in Kant}
            for scenario in Scenario
        }
    return Opgeteld(count, totals, difference)


def _of_one(group: Alike, parameters: Bands) -> tuple[Mapping[Scenario, Mapping[Kant, Band]], Band]:
    days = Values(parameters.day).whole(TERMIJN)
    with exact():
        levers = levers_of(group.geval, parameters)
        totals = {
            scenario: {kant: _times(formula, group.aantal) for kant, formula in totals_of(costs).items()}
            for scenario, costs in scenarios(group.geval, days).items()
        }
        between = totals[Scenario.SOCIAAL][Kant.SAMEN] - totals[Scenario.GEEN][Kant.SAMEN]
        bands = {
            scenario: {kant: band_of(formula, levers) for kant, formula in of.items()}
            for scenario, of in totals.items()
        }
        return bands, band_of(between, levers)


def _times(formula: Formula, count: int) -> Formula:
    """The same for so many cases: what goes with the amount has all of it already."""
    return Formula({
        product: factor if BEDRAG in product else factor * count for product, factor in formula.products.items()
    })  # fmt: skip


def _sum(one: Band, other: Band) -> Band:
    return Band(laag=one.laag + other.laag, basis=one.basis + other.basis, hoog=one.hoog + other.hoog)
