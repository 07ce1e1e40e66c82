"""Many cases added up are the cases one by one."""

from datetime import date

import pytest

from advice.mkba import Alike, Geval, Kant, Scenario, mkba, mkba_of_many
from contracts.bands import bands_on
from contracts.finding import Richting, Route

DAY = date(2026, 11, 3)
BANDS = bands_on(DAY)


def case(low, high, route=Route.TASK, since=date(2026, 6, 1)):
    return Geval(richting=Richting.GEMENGD, route=route, per_maand=(low, high), feitdatum=since, peildatum=DAY)


@pytest.mark.parametrize(
    "cases",
    [
        [case(-28_389, -28_389), case(-30_000, -10_000), case(-1, 0)],
        [case(10_000, 30_000, Route.PROPOSAL), case(0, 5_000, Route.PROPOSAL)],
    ],
    ids=["too much", "too little"],
)
def test_a_group_costs_what_its_cases_cost_together(cases):
    """The base to the cent but for rounding; the band no wider, and with a corner that is the same for all as wide."""
    low, high = (sum(one.per_maand[end] for one in cases) for end in (0, 1))
    group = Alike(cases[0].model_copy(update={"per_maand": (low, high)}), len(cases))
    together, apart = mkba_of_many([group], BANDS), [mkba(one, BANDS) for one in cases]
    assert together.aantal == len(cases)
    for scenario in Scenario:
        for kant in Kant:
            band, bands = together.totaal[scenario][kant], [one.of(scenario).totaal[kant] for one in apart]
            assert abs(band.basis - sum(one.basis for one in bands)) <= len(cases)
            assert band.laag >= sum(one.laag for one in bands) - len(cases)
            assert band.hoog <= sum(one.hoog for one in bands) + len(cases)
    difference = [one.verschil(Scenario.GEEN, Kant.SAMEN).band for one in apart]
    assert abs(together.verschil.basis - sum(one.basis for one in difference)) <= len(cases)


def test_the_same_case_so_many_times_is_that_case_times_so_many():
    one = case(-28_389, -28_389)
    together = mkba_of_many([Alike(one.model_copy(update={"per_maand": (-283_890, -283_890)}), 10)], BANDS)
    apart = mkba(one, BANDS)
    for scenario in Scenario:
        for kant in Kant:
            for end in ("laag", "basis", "hoog"):
                ten, single = (
                    getattr(x, end) for x in (together.totaal[scenario][kant], apart.of(scenario).totaal[kant])
                )
                assert abs(ten - 10 * single) <= 5, "half a cent each"


def test_groups_are_added_and_none_is_nothing():
    first, second = Alike(case(-28_389, 0), 1), Alike(case(0, 9_500, Route.PROPOSAL), 2)
    both, parts = mkba_of_many([first, second], BANDS), [mkba_of_many([one], BANDS) for one in (first, second)]
    assert both.aantal == 3
    assert both.verschil.hoog == sum(one.verschil.hoog for one in parts)
    assert both.totaal[Scenario.SOCIAAL][Kant.INWONER].laag == sum(
        one.totaal[Scenario.SOCIAAL][Kant.INWONER].laag for one in parts
    )
    nothing = mkba_of_many([], BANDS)
    assert (nothing.aantal, nothing.verschil.laag, nothing.verschil.hoog) == (0, 0, 0)
