"""The simulation: one household worked out by hand, and what must hold between the worlds whatever the parameters."""

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.simulation import Maat, Wereld
from advice.simulation.changes import NOOIT, Changes, changes
from advice.simulation.draw import draw
from advice.simulation.outcome import effects, totals
from advice.simulation.worlds import niets, repressief, tijdig
from tests.simulation import BASE, CENTS, HAND, LAW, PANEL, WORK, counted, happen, household

# -- one household by hand -------------------------------------------------------------------------------


def test_a_household_by_hand():
    found = counted(household(), **HAND)
    nothing, enforced, told = (found[wereld] for wereld in Wereld)
    # niets: 100 to 400, then half of it as a boete; the birthday is 50 days late, and 80% of that is paid yet.
    assert (nothing[Maat.DAGEN_TE_VEEL], nothing[Maat.EURO_TE_VEEL]) == (300, 300 * 1333)
    assert (nothing[Maat.VORDERINGEN], nothing[Maat.GEVORDERD]) == (1, 399_900)
    assert (nothing[Maat.BOETES], nothing[Maat.BOETEBEDRAG]) == (1, 199_950)
    assert (nothing[Maat.DAGEN_TE_WEINIG], nothing[Maat.EURO_TE_WEINIG]) == (50, 175_750)
    assert nothing[Maat.NIET_HERSTELD] == pytest.approx(35_150)
    # repressief: seen on day 114, so in the month that begins on day 122; four months are 122 days: until day 244.
    assert (enforced[Maat.DAGEN_TE_VEEL], enforced[Maat.EURO_TE_VEEL]) == (144, 191_952)
    assert (enforced[Maat.BOETES], enforced[Maat.BOETEBEDRAG]) == (1, 95_976)
    assert enforced[Maat.NIET_HERSTELD] == nothing[Maat.NIET_HERSTELD]
    # tijdig: a letter on day 115, of 0.5 x 0.7 = 35% who answer one does, and 0.75 month is 23 days: until day 138,
    # within 60 days. The birthday is told on day -5 and done on day 10, before it comes.
    assert (told[Maat.DAGEN_TE_VEEL], told[Maat.EURO_TE_VEEL]) == (38, 50_654)
    assert (told[Maat.VORDERINGEN], told[Maat.BOETES]) == (1, 0)
    assert (told[Maat.DAGEN_TE_WEINIG], told[Maat.NIET_HERSTELD]) == (0, 0)


def test_the_cost_of_a_household_by_hand():
    found = counted(household(), **HAND)
    nothing, enforced, told = (found[wereld] for wereld in Wereld)
    # 3 processed, a claim of 4 and a boete of 4 hours; 200 to collect; 12% of 1500 + 15% of 2000 for an objection.
    assert nothing[Maat.UREN] == pytest.approx(11)
    assert nothing[Maat.KOSTEN] == pytest.approx(11 * 7500 + 20000 + 21600)
    # An onderzoek of 12 hours, and 35 of 65 more about what is not so.
    assert enforced[Maat.ONDERZOEKEN] == pytest.approx(1 / 0.65)
    assert enforced[Maat.KOSTEN] == pytest.approx((11 + 12 / 0.65) * 7500 + 20000 + 21600)
    # A letter and a proposal, and as many more; no boete; 3% objects; ten euro for each of five years.
    assert (told[Maat.BRIEVEN], told[Maat.GESPREKKEN]) == pytest.approx((1 / 0.65, 1 / 0.65))
    cost = (7 + 0.5 / 0.65) * 7500 + 250 / 0.65 + 20000 + 5400 + 5000
    assert told[Maat.KOSTEN] == pytest.approx(cost)


def test_who_tells_it_late_has_a_boete_by_another_chance_and_little_is_a_warning():
    one = replace(household(), meldt=np.array([161, NOOIT, 10]), lot_boete=np.array([0.04, 0.04, 0.04]))
    late = effects(one, niets(one), BASE | HAND, LAW)
    assert late.boete[0] == 61 * 1333 // 2 + 1  # half a cent goes up
    in_time = replace(one, meldt=np.array([160, NOOIT, 10]))
    assert not effects(in_time, niets(in_time), BASE | HAND, LAW).boete.any()
    # 11 days are 146.63: a warning; 12 are 159.96
    for days, fined in ((11, False), (12, True)):
        little = replace(one, meldt=np.repeat(NOOIT, 3), herziening=np.array([100 + days, 100, 100]))
        assert bool(effects(little, niets(little), BASE | HAND, LAW).boete[0]) is fined


@pytest.mark.parametrize(("lot", "share"), [(0.74, 50), (0.76, 25), (0.94, 25), (0.96, 75)])
def test_a_boete_follows_the_degree_of_blame(lot, share):
    # 75% normal, and of the other quarter 80% less: until 95%
    one = replace(household(), lot_verwijt=np.full(3, lot))
    found = effects(one, niets(one), BASE | HAND | {"deel_verminderd_van_de_rest": 0.8}, LAW)
    assert found.boete[0] == 399_900 * share // 100


def test_who_reports_during_an_onderzoek_no_longer_does_so_of_their_own_accord():
    # The signal is of day 122, and the onderzoek ends on day 244.
    one = replace(household(), meldt=np.array([200, NOOIT, 10]))
    course = repressief(one, BASE | HAND)
    assert (course.bekend[0], bool(course.door_dienst[0]), bool(course.onderzoek[0])) == (200, True, True)
    before = repressief(replace(one, meldt=np.array([122, NOOIT, 10])), BASE | HAND)
    assert (before.bekend[0], bool(before.door_dienst[0]), bool(before.onderzoek[0])) == (122, False, False)


def test_who_reports_on_the_day_of_a_review_did_so_first():
    course = niets(replace(household(), meldt=np.array([400, 101, 10])))
    assert (course.door_dienst[0], course.door_dienst[1]) == (False, True)


@pytest.mark.parametrize(
    ("silent", "answer", "phone", "known"),
    [
        # 50% answer and 70% are reached; of who never reports by themselves 35% and 49%. A letter of day 115 that is
        # answered is done on day 138, with a call after 1.5 months (46 days) on day 161, else at the review of day 400.
        (False, 0.49, 0.99, 138), (True, 0.34, 0.99, 138), (True, 0.36, 0.48, 161), (False, 0.51, 0.69, 161),
        (True, 0.36, 0.5, 400), (False, 0.51, 0.71, 400),
    ],
)  # fmt: skip
def test_who_never_reports_by_themselves_answers_less_often(silent, answer, phone, known):
    one = replace(
        household(), zwijgt=np.repeat(silent, 3), lot_antwoord=np.full(3, answer), lot_bereikt=np.full(3, phone)
    )
    knobs = BASE | HAND | {"brief_dan_bellen_maanden": 1.5}
    assert tijdig(one, knobs).bekend[0] == known


def test_of_what_never_becomes_known_nothing_is_repaired():
    one = replace(household(), tot=np.array([1825, 90, 1825]))
    found = totals(Wereld.NIETS, one, niets(one), BASE | HAND, LAW)
    assert (found[Maat.DAGEN_TE_WEINIG], found[Maat.NIET_HERSTELD]) == (40, 40 * 3515)


def test_a_difference_that_is_over_is_no_finding_but_can_be_claimed():
    one = replace(household(), einde=np.array([110, NOOIT, NOOIT]))
    course = tijdig(one, BASE | HAND)
    assert not course.brief.any()
    found = effects(one, course, BASE | HAND, LAW)
    assert (found.dagen[0], found.vordering[0]) == (10, True)


def test_after_the_uitkering_nothing_becomes_known():
    one = replace(household(), tot=np.array([400, 1825, 1825]))
    found = effects(one, niets(one), BASE | HAND, LAW)
    assert (found.dagen[0], found.vordering[0]) == (300, False)


# -- the worlds ------------------------------------------------------------------------------------------


def test_if_a_night_finds_no_earlier_and_nobody_answers_the_worlds_are_the_same():
    them, nobody = happen(), BASE | {"kans_antwoord_brief": 0.0, "kans_bereikt_telefoon": 0.0}
    before = niets(them)
    course = tijdig(them, nobody, gevonden=before.bekend)
    for one in ("bekend", "door_dienst", "brief", "gesprek"):
        assert np.array_equal(getattr(course, one), getattr(before, one)), one
    ours, theirs = (totals(Wereld.NIETS, them, one, nobody, LAW) for one in (course, before))
    assert ours == theirs
    assert theirs[Maat.VORDERINGEN] > 50


def test_if_nobody_answers_letters_and_calls_change_nothing_but_the_cost():
    silent = {"kans_antwoord_brief": 0.0, "kans_bereikt_telefoon": 0.0, "voorstel_maanden": 1e6}
    found = counted(happen(**silent), **silent)
    for maat in set(Maat) - WORK:
        assert found[Wereld.TIJDIG][maat] == found[Wereld.NIETS][maat], maat
    assert found[Wereld.TIJDIG][Maat.BRIEVEN] > 50


def test_if_an_onderzoek_finds_no_earlier_only_the_cost_and_the_boetes_differ():
    slow = {"onderzoek_maanden": 1e6, "kans_boete_na_ontdekking": 0.0, "kans_boete_na_melding": 0.0}
    found = counted(happen(**slow), **slow)
    for maat in set(Maat) - WORK:
        assert found[Wereld.REPRESSIEF][maat] == found[Wereld.NIETS][maat], maat


def test_if_everybody_reports_at_once_nothing_is_paid_wrong():
    at_once = {"kans_op_tijd_nadeel": 1.0, "kans_op_tijd_voordeel": 1.0}
    them = happen(**at_once)
    assert them.dag.size > 300
    for totals_ in counted(them, **at_once).values():
        for maat in (Maat.DAGEN_TE_VEEL, Maat.EURO_TE_VEEL, Maat.VORDERINGEN, Maat.BOETES, Maat.DAGEN_TE_WEINIG):
            assert totals_[maat] == 0


def test_every_world_reads_the_same_changes():
    # What differs between the worlds (contact, onderzoek, nights, cost) can not move a change.
    one = happen()
    other = happen(
        kans_antwoord_brief=0.1, kans_bereikt_telefoon=0.1, onderzoek_maanden=1.0, nacht_dagen=7.0, uurtarief_dienst=1.0,
        kans_boete_na_ontdekking=0.0, voorstel_maanden=9.0, zwijger_gaat_in_op_contact=0.0,
    )  # fmt: skip
    for field in fields(Changes):
        assert np.array_equal(getattr(one, field.name), getattr(other, field.name)), field.name


def test_a_world_that_looks_is_never_later_than_one_that_does_not():
    them = happen()
    before = niets(them).bekend
    for course in (repressief(them, BASE), tijdig(them, BASE)):
        assert np.all(course.bekend <= before)
        assert np.any(course.bekend < before)


def test_enforcement_does_not_ask_about_too_little():
    them = happen()
    course = repressief(them, BASE)
    assert not (course.onderzoek & ~them.nadeel).any()
    assert np.array_equal(course.bekend[~them.nadeel], niets(them).bekend[~them.nadeel])


def test_days_times_the_amount_of_a_day_is_what_was_paid_wrong():
    them = happen()
    found = counted(them)
    for wereld, course in (
        (Wereld.NIETS, niets(them)), (Wereld.REPRESSIEF, repressief(them, BASE)), (Wereld.TIJDIG, tijdig(them, BASE))
    ):  # fmt: skip
        each = effects(them, course, BASE, LAW)
        by_hand = sum(int(days) * int(cents) for days, cents in zip(each.dagen, them.cent, strict=True))
        assert by_hand == found[wereld][Maat.EURO_TE_VEEL] + found[wereld][Maat.EURO_TE_WEINIG]
        assert int(each.dagen.sum()) == found[wereld][Maat.DAGEN_TE_VEEL] + found[wereld][Maat.DAGEN_TE_WEINIG]
        assert found[wereld][Maat.GEVORDERD] <= found[wereld][Maat.EURO_TE_VEEL]
        assert found[wereld][Maat.NIET_HERSTELD] <= found[wereld][Maat.EURO_TE_WEINIG]


CHANCE = st.floats(0, 1)


@settings(max_examples=30, deadline=None)
@given(lower=CHANCE, more=CHANCE, unreported=CHANCE, seed=st.integers(0, 50))
def test_the_more_report_in_time_the_less_is_paid_wrong(lower, more, unreported, seed):
    drawn = draw(60, 2, PANEL.highest_rates, (seed, 1))
    higher = lower + (1 - lower) * more
    outcomes = []
    for chance in (lower, higher):
        knobs = BASE | {
            "kans_op_tijd_nadeel": chance, "kans_op_tijd_voordeel": chance, "kans_ongemeld": unreported,
            "zwijger_gaat_in_op_contact": 1.0,
        }  # fmt: skip
        outcomes.append(counted(changes(drawn, knobs, CENTS), **knobs))
    for wereld in Wereld:
        for maat in (Maat.DAGEN_TE_VEEL, Maat.EURO_TE_VEEL, Maat.DAGEN_TE_WEINIG, Maat.EURO_TE_WEINIG):
            assert outcomes[1][wereld][maat] <= outcomes[0][wereld][maat]


@pytest.mark.parametrize("name", ["uurtarief_dienst", "verwerken_uren", "terugvordering_uren", "invordering_kosten"])
def test_dearer_work_makes_no_world_cheaper(name):
    them = happen()
    for cheap, dear in pairwise([counted(them, **{name: BASE[name] * times}) for times in (0, 1, 2)]):
        assert all(cheap[wereld][Maat.KOSTEN] < dear[wereld][Maat.KOSTEN] for wereld in Wereld)
