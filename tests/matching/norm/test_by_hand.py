"""Norms worked out by hand from the articles, with the amounts of 1 July 2026 unless another day is named.

21 a 1,419.46; 21 b 2,027.79; 22 a 1,587.34; 22 b and c 2,176.10; 20 lid 1: a 350.42, b 700.84, c 1,364.32; lid 2:
b 1,106.40, c 1,769.88; lid 3 762.24; 22a lid 3: a 755.98, b 350.42; 23 lid 1: a 449.44, b 699.11; lid 2: a 47, b 106.
"""

import itertools
from datetime import date

import pytest

from contracts.errors import NormError
from matching.norm import norm
from tests.matching.norm.households import ADULT, ADULT_TOO, AOW, AOW_TOO, H2_2026, MATE, cents, household, person

YOUNG = "2007-01-01"


@pytest.mark.parametrize(
    ("kostendelers", "amount"),
    [
        (0, 141946),
        (1, 101390),  # A = 2: (40 + 60) / 2 = 50% of 2,027.79 = 1,013.895
        (2, 87871),  # A = 3: 130 / 3 = 43 1/3% = 878.709
        (3, 81112),  # A = 4: 160 / 4 = 40% = 811.116
        (4, 77056),  # A = 5: 190 / 5 = 38% = 770.5602
    ],
)
def test_22a_lid_1_a_single_person(kostendelers, amount):
    assert cents(household(kostendelers=kostendelers)) == amount


def test_each_kostendeler_more_costs_what_the_rule_catalogue_says():
    amounts = [cents(household(kostendelers=number)) for number in range(5)]
    assert [then - before for before, then in itertools.pairwise(amounts)] == [-40556, -13519, -6759, -4056]


@pytest.mark.parametrize(
    ("kostendelers", "amount"),
    [
        (0, 202779),
        (1, 175742),  # A = 3, both 878.709: 1,757.418
        (2, 162223),  # A = 4, both 811.116: 1,622.232
        (3, 154112),  # A = 5, both 770.5602: 1,541.1204
    ],
)
def test_22a_lid_2_a_couple_gets_the_sum_of_both(kostendelers, amount):
    assert cents(household(ADULT, ADULT_TOO, kostendelers=kostendelers)) == amount


def test_rounding_happens_once():
    """Two roundings would give 2 x 811.12 = 1,622.24 (22a lid 2)."""
    assert cents(household(ADULT, ADULT_TOO, kostendelers=2)) == 162223


def test_what_has_no_end_of_decimals_is_told_as_about():
    """22a lid 1, A = 3, B = 22 b: 43 1/3% of 2,176.10 is 942.97666..."""
    told = [one.uitkomst for one in norm(household(AOW, kostendelers=2), H2_2026).laagste.stappen]
    assert "ongeveer € 942,9767" in told


def test_half_a_cent_goes_up():
    """50% of 2,027.79 is 1,013.895 (22a lid 1)."""
    assert cents(household(kostendelers=1)) == 101390


def test_a_published_amount_goes_before_a_derived_one():
    """70% of 2,002.13 is 1,401.49; article 21 onderdeel a says 1,401.50 on 1 January 2026."""
    assert cents(household(), date(2026, 1, 1)) == 140150


@pytest.mark.parametrize(
    ("kinderen", "kostendelers", "amount"),
    [
        (False, 0, 136432),  # 20 lid 1 c
        (True, 0, 176988),  # 20 lid 2 c
        (False, 1, 136432),  # 22a lid 3 b: 350.42 + 1,013.895 = 1,364.315; the one of 18 to 21 is not in A
        (False, 2, 122913),  # 350.42 + 878.709 = 1,229.129
        (True, 2, 163469),  # 22a lid 3 a: 755.98 + 878.709 = 1,634.689
        (True, 3, 156710),  # 755.98 + 811.116 = 1,567.096
    ],
)
def test_one_of_18_to_21_and_one_older(kinderen, kostendelers, amount):
    assert cents(household(ADULT, YOUNG, kinderen=kinderen, kostendelers=kostendelers)) == amount
    assert cents(household(YOUNG, ADULT, kinderen=kinderen, kostendelers=kostendelers)) == amount


def test_kostendelers_do_not_count_under_21():
    """22a lid 1 asks for 21 years or older."""
    assert cents(household(YOUNG, kostendelers=3)) == 35042
    assert cents(household(YOUNG, YOUNG, kinderen=True, kostendelers=3)) == 110640


@pytest.mark.parametrize(
    ("one", "other", "kostendelers", "amount"),
    [
        (AOW, None, 0, 158734),  # 22 a
        (AOW, None, 1, 108805),  # 22a lid 1, B = 22 b: 50% of 2,176.10
        (AOW, AOW_TOO, 0, 217610),  # 22 b
        (AOW, AOW_TOO, 1, 188595),  # A = 3, B = 22 b: 2 x 942.97666... = 1,885.9533...
        (ADULT, AOW, 1, 188595),  # A = 3, B = 22 c for one and 22 b for the other
        (AOW, "2007-01-01", 1, 143847),  # 22a lid 3 b: 350.42 + 50% of 2,176.10
    ],
)
def test_the_aow_age(one, other, kostendelers, amount):
    assert cents(household(one, other, kostendelers=kostendelers)) == amount


def test_one_of_18_to_21_beside_the_aow_age_is_not_settled_by_the_law():
    """20 lid 1 c says 1,364.32; halving 22 b beside the part of 22a lid 3 would give 350.42 + 1,088.05."""
    found = norm(household(AOW, YOUNG), H2_2026)
    assert found.bereik == (136432, 143847)
    assert "artikel 20" in found.redenen[0]


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (household(in_inrichting=True), 49644),  # 449.44 + 47.00
        (household(ADULT, person(ADULT, in_inrichting=True), in_inrichting=True), 80511),  # 699.11 + 106.00
        (household(ADULT, person(ADULT, in_inrichting=True)), 191590),  # lid 3: 1,419.46 + 449.44 + 47.00
        (household(ADULT, person(ADULT, in_inrichting=True), kostendelers=1), 151034),  # lid 3: 1,013.895 + 496.44
        (household(AOW, person(AOW, in_inrichting=True)), 208378),  # lid 3: 1,587.34 + 496.44
    ],
)
def test_23_in_an_inrichting(given, amount):
    assert cents(given) == amount


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (household(ADULT, person(ADULT, recht_op_bijstand=False)), 101390),  # onderdeel a: 50% of 21 b = 1,013.895
        (household(AOW, person(ADULT, recht_op_bijstand=False)), 108805),  # 50% of 22 b
        (household(ADULT, person(AOW, recht_op_bijstand=False)), 101390),  # as if the other had his age
        (household(YOUNG, person(ADULT, recht_op_bijstand=False), kostendelers=2), 35042),  # onderdeel b: 50% of 700.84
        (household(YOUNG, person(ADULT, recht_op_bijstand=False), kinderen=True), 55320),  # 50% of 1,106.40
        # 22a lid 1: the echtgenoot of 21 or older is in A, with a right or without: A = 3
        (household(ADULT, person(ADULT, recht_op_bijstand=False), kostendelers=1), 87871),
        (household(ADULT, person(YOUNG, recht_op_bijstand=False), kostendelers=1), 101390),  # A = 2
        (household(ADULT, person(AOW, recht_op_bijstand=False), kostendelers=1), 94298),  # A = 3 of 22 c: 942.9767
        (household(ADULT, person("2010-01-01")), 101390),  # 13 lid 1 f: who is 16 has no right
        ],
)  # fmt: skip
def test_24_a_partner_without_right(given, amount):
    assert cents(given) == amount


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (household(YOUNG, geen_beroep_op_ouders=True), 111266),  # 350.42 + 762.24
        (household(YOUNG, YOUNG, geen_beroep_op_ouders=True), 146308),  # 700.84 + 762.24
        (household(YOUNG, person(YOUNG, geen_beroep_op_ouders=True), geen_beroep_op_ouders=True), 202779),  # lid 4
        (household(ADULT, person(YOUNG, geen_beroep_op_ouders=True)), 202779),  # 1,364.32 + 762.24, lid 4: 21 b
        (household(YOUNG, kinderen=True, geen_beroep_op_ouders=True), 111266),
        # lid 4: somebody of 21 beside a partner of 16 has 50% of 21 b; 350.42 + 762.24 is more
        (household(YOUNG, person("2010-01-01"), geen_beroep_op_ouders=True), 101390),
        # lid 3 is for who has a right: 50% of 21 b (24)
        (household(ADULT, person(YOUNG, recht_op_bijstand=False, geen_beroep_op_ouders=True)), 101390),
        # the sum of 20 lid 3 and 23 lid 3: 350.42 + 762.24 + 449.44 + 47.00
        (household(YOUNG, person(ADULT, in_inrichting=True), geen_beroep_op_ouders=True), 160910),
    ],
)
def test_20_lid_3_no_turning_to_the_parents(given, amount):
    assert cents(given) == amount


def test_20_lid_3_is_there_since_2026():
    given = household("2006-01-01", geen_beroep_op_ouders=True)
    assert cents(given, date(2025, 12, 31)) == 33798  # 20 lid 1 a
    assert cents(given, date(2026, 1, 1)) == 109244  # 345.99 + 746.45


def test_20_lid_4_does_not_say_whether_kostendelers_lower_the_limit():
    """350.42 + 762.24 = 1,112.66; a 21-year-old with one kostendeler has 1,013.90, without one 1,419.46."""
    found = norm(household(YOUNG, kostendelers=1, geen_beroep_op_ouders=True), H2_2026)
    assert found.bereik == (101390, 111266)
    assert found.redenen == ("artikel 20 lid 4 noemt artikel 21; of de grens lager is bij kostendelers, staat er niet",)


def test_22a_lid_4_mantelzorg_elsewhere_since_2026():
    given = household(kostendelers=1, mantelzorg_elders=True)
    assert cents(given, date(2025, 12, 31)) == 97790  # 50% of 1,955.80
    assert cents(given, date(2026, 1, 1)) == 140150  # 21 a


@pytest.mark.parametrize(
    ("verwantschap", "day", "amount"),
    [
        ("geen", date(2025, 12, 31), 195580),  # 21 b
        ("aanverwant_tweede_graad", date(2025, 12, 31), 195580),  # 21 b: only for relatives by blood
        ("bloed_tweede_graad", date(2025, 12, 31), 97790),  # 22a lid 1, A = 2
        ("geen", date(2026, 1, 1), 100107),  # 22a lid 1, A = 2: 50% of 2,002.13 = 1,001.065
    ],
)
def test_3_lid_2_living_together_for_care_is_no_partner_since_2026(verwantschap, day, amount):
    other = person(ADULT, band="gezamenlijke_huishouding", zorgbehoefte=True) | MATE | {"verwantschap": verwantschap}
    assert cents(household(ADULT, other), day) == amount


def test_3_lid_2_family_in_the_first_degree_is_never_a_partner():
    other = person(ADULT, band="gezamenlijke_huishouding") | MATE | {"verwantschap": "eerste_graad"}
    assert cents(household(ADULT, other)) == 101390


def test_3_lid_2_unknown_family_leaves_open_whether_somebody_is_a_partner():
    """An echtgenoot gives 21 b, family in the first degree 22a lid 1 with A = 2."""
    other = person(ADULT, band="gezamenlijke_huishouding") | MATE | {"verwantschap": None}
    found = norm(household(ADULT, other), H2_2026)
    assert found.bereik == (101390, 202779)
    assert found.redenen == ("of de partner voor de wet een echtgenoot is",)


def test_3_lid_2_who_lives_apart_for_good_is_no_partner():
    other = person(ADULT, duurzaam_gescheiden=True, hoofdverblijf=False)
    assert cents(household(ADULT, other)) == 141946


NO_RIGHT = (
    "The belanghebbende has no right to algemene bijstand, so there is no norm.",
    "artikel 13 lid 1 onderdeel f en lid 2 onderdeel a Pw",
    "Check the birth date and the inrichting.",
)
NOT_SAID = (
    "The law does not say what the norm is where one has no right and one of the two is in an inrichting.",
    "artikel 23 lid 3 en artikel 24 Pw",
    "Ask a jurist.",
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (household("2010-01-01"), NO_RIGHT),  # 13 lid 1 f
        (household(YOUNG, in_inrichting=True), NO_RIGHT),  # 13 lid 2 a
        (household(ADULT, person(ADULT, recht_op_bijstand=False), in_inrichting=True), NOT_SAID),
        (household(ADULT, person(ADULT, recht_op_bijstand=False, in_inrichting=True)), NOT_SAID),
    ],
)
def test_where_the_law_names_no_norm_there_is_none(given, expected):
    with pytest.raises(NormError) as raised:
        norm(given, H2_2026)
    assert (raised.value.what, raised.value.where, raised.value.todo) == expected


def test_the_steps_add_up_and_each_names_its_article():
    found = norm(household(ADULT, ADULT_TOO, kostendelers=1), H2_2026).laagste
    told = [(one.uitkomst, one.artikel) for one in found.stappen]
    assert told == [
        ("1", "artikel 19a lid 1 Pw"),
        ("21 tot de AOW-leeftijd", "artikel 21 Pw"),
        ("21 tot de AOW-leeftijd", "artikel 21 Pw"),
        ("€ 2.027,79", "artikel 21 onderdeel b Pw"),
        ("€ 878,709", "artikel 22a lid 1 Pw"),
        ("€ 2.027,79", "artikel 21 onderdeel b Pw"),
        ("€ 878,709", "artikel 22a lid 1 Pw"),
        ("€ 1.757,418", "artikel 22a lid 2 Pw"),
        ("€ 1.757,42", ""),
        ("€ 87,87", "artikel 19 lid 3 Pw"),
    ]
    assert found.zonder_vakantietoeslag == 166955
