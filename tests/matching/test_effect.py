"""What findings mean in euro, by hand: published amounts of 2026-07-01 in, the change per month out."""

from dataclasses import replace
from datetime import date

import pytest

from matching.effect import EFFECTS, NEVER, Effects
from matching.norm import Leeftijd
from matching.norm.table import Leefsituatie, Norms
from matching.rule import all_rules

ALONE = Leefsituatie(kinderen=False)
COUPLE = Leefsituatie(partner=True, leeftijd_partner=Leeftijd.VOLWASSEN, kinderen=False)
YOUNG = Leefsituatie(leeftijd=Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=False)


def effect(naam: str, now: Leefsituatie, day: date = date(2026, 11, 3), months: int = 12, **feiten):
    return Effects({"D-1": now}, Norms(day), months).of(naam, "D-1", feiten)


def ends(*args, **feiten):
    found = effect(*args, **feiten)
    return None if found is None else (found.laagste, found.hoogste)


@pytest.mark.parametrize(
    ("naam", "now", "expected"),
    [
        # 22a lid 1 with B = 2,027.79: A = 2 1,013.90, A = 3 878.71, A = 4 811.12, A = 5 770.56. Or an exception: 0.
        ("kostendeler_erbij", ALONE, (-40_556, 0)),
        ("kostendeler_erbij", Leefsituatie(kostendelers=1), (-13_519, 0)),
        ("kostendeler_erbij", Leefsituatie(kostendelers=2), (-6_759, 0)),
        ("kostendeler_erbij", Leefsituatie(kostendelers=3), (-4_056, 0)),
        # A couple: both 878.709, together 1,757.42.
        ("kostendeler_erbij", COUPLE, (175_742 - 202_779, 0)),
        ("kostendeler_weg", Leefsituatie(kostendelers=1), (40_556, 40_556)),
        ("kostendeler_weg", Leefsituatie(kostendelers=2), (13_519, 13_519)),
        # Under 21 nothing is shared (22a lid 1).
        ("kostendeler_erbij", YOUNG, (0, 0)),
        # Of 21 or older the norm is the same with children (21); two of 18 to 20: 20 lid 2 b less lid 1 b.
        ("kind_erbij", ALONE, (0, 0)),
        ("kind_weg", Leefsituatie(kinderen=True), (0, 0)),
        (
            "kind_erbij",
            Leefsituatie(
                Leeftijd.JONG, partner=True, leeftijd_partner=Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=False
            ),
            (0, 40_556),
        ),
        # 21 a instead of half of 21 b.
        ("partner_weg", COUPLE, (40_556, 40_556)),
        # 23 lid 1 a and lid 2 a: 449.44 + 47.00.
        ("inrichting_in", ALONE, (-92_302, 0)),
        ("inrichting_uit", Leefsituatie(in_inrichting=True), (0, 92_302)),
        ("uitkering_stopt", ALONE, (-141_946, 0)),
        ("uitkering_stopt", COUPLE, (-202_779, 0)),
    ],
)
def test_the_change_per_month(naam, now, expected):
    assert ends(naam, now) == expected


@pytest.mark.parametrize(
    ("now", "age", "counted", "expected"),
    [
        # 21 b less 21 a, or half of 21 b where the partner has no right (24).
        (ALONE, 21, False, (-40_556, 60_833)),
        # 22 c less 21 a: 2,176.10 less 1,419.46; without a right half of 21 b all the same (24 onderdeel a).
        (ALONE, 65, False, (-40_556, 217_610 - 141_946)),
        # 20 lid 1 c less 21 a: 1,364.32 less 1,419.46; without a right half of 21 b (24).
        (replace(ALONE, geen_beroep_op_ouders=False), 18, False, (-40_556, 136_432 - 141_946)),
        # Nobody knows how old: any of these.
        (replace(ALONE, geen_beroep_op_ouders=False), None, False, (-40_556, 217_610 - 141_946)),
        # Who shared costs is the partner now: from 1,013.90 (A = 2) to 2,027.79, or to half of it.
        (Leefsituatie(kinderen=False, kostendelers=1), 21, True, (101_390 - 101_390, 202_779 - 101_390)),
        # Somebody else shares costs: to 1,757.42 (A = 3), or to 878.71.
        (Leefsituatie(kinderen=False, kostendelers=1), 21, False, (87_871 - 101_390, 175_742 - 101_390)),
    ],
)
def test_a_partner_who_came_is_as_old_as_the_brp_says_and_counts_once(now, age, counted, expected):
    assert ends("partner_erbij", now, partner_leeftijd=age, partner_kostendeler=counted) == expected


def test_another_reading_of_the_law_is_the_same_before_and_after():
    # 20 lid 4 without kostendelers 2,027.79 or with one 1,757.42; 22a lid 3 raised by 762.24 to 1,991.37 or 1,622.23.
    mixed = Leefsituatie(
        partner=True, leeftijd_partner=Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=True, kostendelers=1
    )
    assert ends("kostendeler_erbij", mixed) == (162_223 - 175_742, 0)


def test_what_a_partner_leaves_behind_is_laid_beside_what_was_there_with_as_many_housemates():
    # 1,419.46 less half of 2,027.79, or 1,013.90 less half of 1,757.42.
    assert ends("partner_weg", replace(COUPLE, misschien=1)) == (101_390 - 87_871, 40_556)


def test_who_turns_21_without_and_with_kostendelers():
    assert ends("wordt_21", YOUNG, rol="belanghebbende") == (106_904, 106_904)  # 1,419.46 - 350.42
    sharing = Leefsituatie(Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=False, kostendelers=1)
    assert ends("wordt_21", sharing, rol="belanghebbende") == (66_348, 66_348)  # 1,013.90 - 350.42


def test_a_partner_who_turns_21():
    mixed = Leefsituatie(
        partner=True, leeftijd_partner=Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=False
    )  # fmt: skip
    assert ends("wordt_21", mixed, rol="partner") == (66_347, 66_347)  # 21 b less 20 lid 1 c: 2,027.79 - 1,364.32


def test_who_reaches_the_aow_age_has_the_norm_of_article_22():
    assert ends("wordt_aow", ALONE, rol="belanghebbende") == (16_788, 16_788)  # 1,587.34 - 1,419.46


def test_a_norm_that_is_too_low_differs_from_what_is_used():
    assert ends("norm_te_laag", ALONE, norm_bedrag_cent=101_390, norm_laagste_cent=141_946) == (40_556, 40_556)
    # By who is registered there somebody shares costs: at least 1,013.90.
    assert ends("norm_te_laag", ALONE, norm_bedrag_cent=70_000, norm_laagste_cent=101_390) == (31_390, 71_946)
    assert ends("norm_te_laag", ALONE, norm_bedrag_cent=None, norm_laagste_cent=141_946) is None


@pytest.mark.parametrize(
    ("lowest", "highest", "set_off", "expected"),
    [
        (30_000, 60_000, 0, (-60_000, -30_000)),
        (30_000, 60_000, 20_000, (-60_000, -10_000)),
        (30_000, 200_000, 0, (-141_946, -30_000)),  # never more than is paid
        (30_000, 200_000, 100_000, (-41_946, 0)),
        (None, None, 0, (-141_946, 0)),  # nobody knows how much
        (30_000, 60_000, None, (-60_000, -30_000)),
    ],
)
def test_income_that_is_not_set_off(lowest, highest, set_off, expected):
    feiten = {"bedrag_laagst_cent": lowest, "bedrag_hoogst_cent": highest, "verrekend_cent": set_off}
    assert ends("inkomen_erbij", ALONE, **feiten) == expected


@pytest.mark.parametrize(("set_off", "free"), [(80_000, 20_000), (114_000, 28_500), (200_000, 28_500), (None, 0)])
def test_a_quarter_of_the_income_and_at_most_285_euro_for_six_months(set_off, free):
    found = effect("vrijlating", ALONE, verrekend_cent=set_off)
    assert (found.laagste, found.hoogste, found.tot_herziening) == (0, free, (0, 6 * free))


def test_a_partner_who_may_have_a_right_at_27():
    without = Leefsituatie(partner=True, leeftijd_partner=Leeftijd.VOLWASSEN, partner_recht=False, kinderen=False)
    assert ends("vrijlating", without, verrekend_cent=0) == (0, 101_389)  # 21 b less half of it (24)


def test_income_of_a_study_that_ended_is_set_off_no_more():
    assert ends("verrekening_stopt", ALONE, verrekend_cent=12_345, verlaging_mogelijk=False) == (0, 12_345)
    assert ends("verrekening_stopt", ALONE, verrekend_cent=0, verlaging_mogelijk=True) is None
    assert ends("verrekening_stopt", ALONE, verrekend_cent=None, verlaging_mogelijk=False) is None


@pytest.mark.parametrize(
    ("naam", "now", "expected"),
    [
        # Perhaps somebody shares already: 1,419.46 to 1,013.90, or 1,013.90 to 878.71.
        ("kostendeler_erbij", Leefsituatie(misschien=1, kinderen=False), (-40_556, 0)),
        # The list names somebody and the count has nobody: 1,013.90 to 1,419.46, or nothing.
        ("kostendeler_weg", Leefsituatie(misschien=1, kinderen=False), (0, 40_556)),
        # With a right 2,027.79 to 1,757.42, without 1,013.90 (24) to 878.71 (22a lid 1).
        ("kostendeler_erbij", replace(COUPLE, partner_recht=None), (-27_037, 0)),
        # 21 a less half of 21 b, or less the norm of article 24, which is half of it too.
        ("partner_weg", replace(COUPLE, partner_recht=None), (40_556, 40_556)),
    ],
)
def test_each_way_in_which_unknown_facts_may_turn_out_is_worked_out(naam, now, expected):
    assert ends(naam, now) == expected


def test_what_is_unknown_is_said():
    steps = effect("kostendeler_erbij", Leefsituatie(misschien=1, kinderen=False)).stappen
    assert [step for step in steps if step.wat.startswith("onbekend: van medebewoner 1")]


@pytest.mark.parametrize(
    ("naam", "now"),
    [
        ("kostendeler_weg", ALONE),  # the dienst counts nobody
        ("partner_weg", ALONE),
        ("kostendeler_erbij", Leefsituatie(leeftijd=Leeftijd.KIND)),  # no right, no norm
    ],
)
def test_where_there_is_no_saying_there_is_no_effect(naam, now):
    assert effect(naam, now) is None


def test_a_couple_has_no_partner_who_came():
    assert effect("partner_erbij", COUPLE, partner_leeftijd=21, partner_kostendeler=False) is None


def test_outside_the_days_of_the_norms_and_for_a_dossier_nobody_knows_there_is_no_effect():
    assert effect("kostendeler_erbij", ALONE, date(2027, 1, 1)) is None
    assert Effects({}, Norms(date(2026, 11, 3)), 12).of("uitkering_stopt", "D-1", {}) is None


@pytest.mark.parametrize(("months", "total"), [(12, 12 * 40_556), (6, 6 * 40_556), (1, 40_556)])
def test_until_the_next_review_it_adds_up(months, total):
    assert effect("kostendeler_weg", Leefsituatie(kostendelers=1), months=months).tot_herziening == (total, total)


def test_the_steps_can_be_followed_with_their_articles():
    steps = effect("kostendeler_weg", Leefsituatie(kostendelers=1)).stappen
    assert [step.uitkomst for step in steps if step.wat in ("norm nu", "norm na de wijziging")] == [
        "€ 1.013,90", "€ 1.419,46",
    ]  # fmt: skip
    assert {"artikel 22a lid 1 Pw", "artikel 21 onderdeel a Pw"} <= {step.artikel for step in steps}
    assert (steps[-1].wat, steps[-1].uitkomst) == ("verschil per maand", "€ 405,56")


def test_no_rule_that_may_not_say_so_has_an_effect_and_every_effect_named_is_one():
    named = {rule.rule_id: {variant.effect for variant in rule.variants.values()} for rule in all_rules()}
    assert all(effects == {None} for rule_id, effects in named.items() if rule_id in NEVER)
    assert set().union(*named.values()) - {None} <= set(EFFECTS)
