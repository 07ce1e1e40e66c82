"""What the simulation rests on: chance, the rules, the norms and the parameters."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from advice.simulation import Maat, Plan, Wereld, simulate
from advice.simulation.amounts import a_day, per_maand
from advice.simulation.changes import NOOIT, changes
from advice.simulation.compute import steps
from advice.simulation.draw import draw
from advice.simulation.kinds import NIET_IN_HET_MODEL, SOORTEN, Bij
from advice.simulation.knobs import RATES, VAN_MKBA, VAN_SIMULATIE
from advice.simulation.result import ANDERE, HOOFD
from contracts.bands import SIMULATIE, band_parameters, bands_on
from contracts.errors import ParameterError
from contracts.finding import Richting, Route
from contracts.parameters import Values
from matching.norm import Leeftijd
from matching.norm.table import Leefsituatie, Norms
from matching.rule import all_rules
from tests.simulation import BASE, CENTS, DAY, PANEL, counted, happen

# -- chance ----------------------------------------------------------------------------------------------


def test_as_many_changes_happen_as_the_rates_say():
    drawn = draw(20_000, 5, PANEL.highest_rates, (7, 0))
    knobs = BASE | {"deel_paar": 0.25}
    them, years = changes(drawn, knobs, CENTS), 100_000
    here = np.flatnonzero(drawn.lot_gebeurt < 2)
    assert here.size == drawn.soort.size > them.dag.size
    expected = sum(
        knobs[soort.naam] / 100 * years * {Bij.ALLEN: 1, Bij.ALLEENSTAAND: 0.75, Bij.PAAR: 0.25}[soort.bij]
        for soort in SOORTEN
    )
    assert abs(them.dag.size - expected) < 5 * expected**0.5 + 0.01 * expected
    assert (them.dag.min(), them.dag.max()) == (0, 1824)


def test_waiting_times_have_the_mean_that_is_given():
    drawn = draw(20_000, 5, PANEL.highest_rates, (8, 0))
    knobs = BASE | {"kans_op_tijd_nadeel": 0.0, "kans_op_tijd_voordeel": 0.0, "kans_ongemeld": 0.0}
    them = changes(drawn, knobs, CENTS)
    # melden_maanden = 3 is 91 days
    assert (them.meldt - them.dag).mean() == pytest.approx(91 + 0.5, rel=0.02)
    assert (them.meldt - them.dag).min() == 1
    # 17% of the households have left after a year, as far as there is a year to come
    early = them.dag < 365
    assert (them.tot - them.dag < 366)[early].mean() == pytest.approx(0.17, abs=0.01)
    # a review every 18 months (548 days) finds 70%: half a period, and 3/7 of a period more
    assert (them.herziening - them.dag).mean() == pytest.approx(548 * (0.5 + 3 / 7), rel=0.02)
    seen = them.zichtbaar < NOOIT
    assert np.all(them.vergelijking[seen] % 365 == 0)
    assert np.all(them.vergelijking[seen] > them.zichtbaar[seen])
    assert np.all(them.vergelijking[~seen] == NOOIT)


@pytest.mark.parametrize("place", range(len(SOORTEN)), ids=[soort.naam for soort in SOORTEN])
def test_a_kind_happens_to_whom_it_can_and_goes_as_it_says(place):
    soort = SOORTEN[place]
    alone = {one.naam: 0.0 for one in SOORTEN} | {soort.naam: 10.0}
    knobs = BASE | alone | {"deel_paar": 0.3, "kans_in_register": 1.0}
    them = changes(draw(4_000, 5, alone, (9, place)), knobs, CENTS)
    assert them.dag.size == pytest.approx(
        2_000 * {Bij.ALLEN: 1, Bij.ALLEENSTAAND: 0.7, Bij.PAAR: 0.3}[soort.bij], rel=0.15
    )
    single, couple = CENTS[place]
    if soort.bij is Bij.ALLEN and single != couple:
        assert set(them.cent) == {single, couple}
        assert (them.cent == couple).mean() == pytest.approx(0.3, abs=0.05)
    else:
        assert set(them.cent) == {couple if soort.bij is Bij.PAAR else single}
    assert set(them.nadeel) == {soort.richting is Richting.NADEEL}
    assert set(them.voordeel) == {soort.richting is Richting.VOORDEEL}
    # A temporary one lasts 18 months, which is 548 days.
    assert set(them.einde < NOOIT) == {soort.tijdelijk}
    if soort.tijdelijk:
        assert (them.einde - them.dag).mean() == pytest.approx(548, rel=0.1)
        assert 1 <= (them.einde - them.dag).min() <= 6
    days = {"brp_dagen": 14, "inkomsten_dagen": 50, "duo_dagen_tot_levering": 45, "vermogen_dagen": 365}
    shown = NOOIT if soort.register is None else them.dag + (0 if soort.vooraf else days[soort.register])
    assert np.array_equal(them.zichtbaar, np.broadcast_to(shown, them.dag.shape))
    ahead = 56 if soort.vooraf else 0
    assert soort.register is None or np.array_equal(them.aangekondigd, them.zichtbaar - ahead)
    asks = {
        Route.NUDGE: (True, False, False, False), Route.NUDGE_THEN_TASK: (True, False, True, False),
        Route.TASK: (False, True, False, False), Route.RESTRICTED_TASK: (False, True, False, False),
        Route.PROPOSAL: (False, False, False, True), None: (False, False, False, False),
    }  # fmt: skip
    told = tuple(bool(flag.all()) for flag in (them.brief, them.bellen, them.bellen_na, them.voorstel))
    assert told == asks[soort.route]


def test_couples_have_no_other_days_of_review():
    drawn = draw(5_000, 5, PANEL.highest_rates, (3, 0))
    assert abs(np.corrcoef(drawn.lot_paar, drawn.lot_rooster)[0, 1]) < 0.05


def test_a_year_is_a_part_of_all_years_and_each_draw_is_another():
    plan = Plan(jaren=2, huishoudens=400, trekkingen=1, zaad=1, peildatum=DAY)
    found = simulate(plan, bands_on(DAY), bands_on(DAY, SIMULATIE))
    # The draw of the tests is the first one of this seed.
    for wereld, every in counted(happen()).items():
        for maat, total in every.items():
            band = found.uitkomst(wereld, maat)
            assert band.laag == band.midden == band.hoog == pytest.approx(total / 2, abs=0.01)
    more = simulate(plan.model_copy(update={"trekkingen": 3}), bands_on(DAY), bands_on(DAY, SIMULATIE))
    spread = more.uitkomst(Wereld.NIETS, Maat.EURO_TE_VEEL)
    assert spread.laag < spread.midden < spread.hoog


def test_a_kind_can_not_happen_more_often_than_it_was_drawn():
    with pytest.raises(ParameterError, match="detentie was drawn less often"):
        happen(detentie=2.0)


def test_the_same_seed_gives_the_same_and_another_another():
    plans = [Plan(jaren=1, huishoudens=50, trekkingen=2, zaad=zaad, peildatum=DAY) for zaad in (1, 1, 2)]
    one, again, other = (simulate(plan, bands_on(DAY), bands_on(DAY, SIMULATIE)) for plan in plans)
    assert one == again
    assert one.uitkomsten != other.uitkomsten
    first, second = (draw(50, 1, PANEL.highest_rates, (1, number)) for number in (0, 1))
    assert not np.array_equal(first.dag, second.dag)


# -- what it rests on ------------------------------------------------------------------------------------


def test_each_rule_is_in_the_model_or_left_out_with_a_reason():
    inside = {regel for soort in SOORTEN for regel in soort.regels}
    assert not inside & set(NIET_IN_HET_MODEL)
    assert inside | set(NIET_IN_HET_MODEL) == {rule.rule_id for rule in all_rules()}
    assert all(NIET_IN_HET_MODEL.values())


@pytest.mark.parametrize("soort", [one for one in SOORTEN if one.regels], ids=lambda one: one.naam)
def test_a_kind_goes_the_way_of_its_rules(soort):
    rules = {rule.rule_id: rule for rule in all_rules()}
    variants = [variant for regel in soort.regels for variant in rules[regel].variants.values()]
    # From 21 on a child does not change the norm; a letter tells of it as an advantage.
    ways = {Richting.GEMENGD, soort.richting} | ({Richting.VOORDEEL} if soort.naam == "kind_geboren" else set())
    assert any(variant.route is soort.route and variant.richting in ways for variant in variants)


def test_the_amounts_are_those_of_the_norm_engine():
    norms, knobs = Norms(DAY), BASE
    single, couple = Leefsituatie(), Leefsituatie(partner=True, leeftijd_partner=Leeftijd.VOLWASSEN)

    def norm(situation, **changed):
        found = norms.of(replace(situation, kinderen=False, geen_beroep_op_ouders=False, **changed))
        assert found.zeker
        return found.laagste.bedrag

    found = per_maand(Values(DAY), knobs)
    whole = (norm(single), norm(couple))
    assert whole == (141946, 202779)
    shared = (whole[0] - norm(single, kostendelers=1), whole[1] - norm(couple, kostendelers=1))
    assert found["huisgenoot_erbij"] == found["huisgenoot_weg"] == shared == (40556, 27037)
    young = (norm(single, leeftijd=Leeftijd.JONG), norm(couple, leeftijd=Leeftijd.JONG))
    assert found["inwoner_wordt_21"] == (whole[0] - young[0], whole[1] - young[1])
    inside = (norm(single, in_inrichting=True), None)
    assert found["naar_inrichting"][0] == whole[0] - inside[0]
    assert found["verhuisd_buiten"] == whole
    assert found["partner_weg"] == (60833, 60833)
    assert found["werk_begint"] == (48900, 48900)
    assert found["kind_geboren"] == (0, 0)
    assert set(found) == set(RATES)


def test_income_is_never_more_than_the_norm():
    assert per_maand(Values(DAY), BASE | {"inkomsten_per_maand": 180_000.0})["werk_begint"] == (141946, 180000)


@pytest.mark.parametrize(("month", "day"), [(0, 0), (40556, 1333), (106904, 3515), (48900, 1608), (365, 12)])
def test_a_day_is_a_365th_of_a_year(month, day):
    assert a_day(month) == day


def test_every_parameter_of_the_simulation_is_read_and_none_has_two_names():
    assert sorted(VAN_SIMULATIE) == sorted(band_parameters(SIMULATIE))
    assert set(VAN_MKBA) < set(band_parameters())
    assert not set(band_parameters()) & set(band_parameters(SIMULATIE))
    assert {one.naam for one in PANEL.gebruikt} == {*VAN_MKBA, *VAN_SIMULATIE}


def test_every_parameter_with_a_band_can_move_something():
    found = simulate(
        Plan(jaren=3, huishoudens=1500, trekkingen=1, peildatum=DAY), bands_on(DAY), bands_on(DAY, SIMULATIE)
    )
    moved = {one.parameter for one in found.gevoeligheid if one.zwaai}
    # No register shows the end of work: alike in every world. And four weeks ahead is as good as eight.
    assert {*VAN_MKBA, *VAN_SIMULATIE} - moved == {"werk_eindigt", "vooraf_dagen"}
    for tegen in ANDERE:
        for maat in HOOFD:
            hoek, middle = found.hoek(tegen, maat), found.drijvers(tegen, maat)[0].basis
            assert hoek.laag <= middle <= hoek.hoog


@pytest.mark.parametrize(
    ("households", "years", "draws", "again"), [(50_000, 5, 30, 2), (6_300, 5, 30, 8), (300, 1, 30, 10), (300, 1, 1, 1)]
)
def test_the_sensitivity_takes_as_many_draws_as_say_enough(households, years, draws, again):
    assert steps(Plan(huishoudens=households, jaren=years, trekkingen=draws, peildatum=DAY)) == (draws, again)


def test_outside_the_days_of_norms_and_amounts_there_is_no_simulation():
    later = date(2027, 1, 1)
    with pytest.raises(ParameterError, match="has no value on 2027-01-01"):
        bands_on(later, SIMULATIE)
    with pytest.raises(ParameterError, match="has no value on 2027-01-01"):
        simulate(Plan(peildatum=later), bands_on(DAY), bands_on(DAY, SIMULATIE))
