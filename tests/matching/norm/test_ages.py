"""Birthdays on both sides: 18, 21 and 27 years, the AOW age with its months, and 29 February."""

from datetime import date, timedelta

import pytest

from contracts.errors import ParameterError
from contracts.parameters import Status, Values, to_confirm
from contracts.partial_date import PartialDate
from matching.norm import Leeftijd, norm
from matching.norm.ages import aow_reached, possible_ages
from tests.matching.norm.households import MATE, cents, household

EVE = timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "birthday"),
    [("2005-08-15", date(2026, 8, 15)), ("2005-01-01", date(2026, 1, 1)), ("2003-02-28", date(2024, 2, 28))],
)
def test_the_21st_birthday_brings_the_norm_of_article_21(born, birthday):
    before, after = (norm(household(born), day) for day in (birthday - EVE, birthday))
    assert [one.artikel for one in before.laagste.stappen if "lid 1 onderdeel a" in one.artikel] == [
        "artikel 20 lid 1 onderdeel a Pw"
    ]
    assert any(one.artikel == "artikel 21 onderdeel a Pw" for one in after.laagste.stappen)


def test_a_housemate_counts_from_the_27th_birthday():
    given = household(medebewoners=[{"geboortedatum": "1999-08-15"} | MATE])
    assert cents(given, date(2026, 8, 14)) == 141946
    assert cents(given, date(2026, 8, 15)) == 101390


def test_born_on_29_february_is_27_on_1_march():
    given = household(medebewoners=[{"geboortedatum": "1996-02-29"} | MATE])  # 27 in 2023; the norms begin in 2024
    assert cents(given, date(2024, 1, 1)) == 91702
    born = PartialDate.parse("20000229")
    assert born.reached_age(27, date(2027, 2, 28)) is False
    assert born.reached_age(27, date(2027, 3, 1)) is True


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        ("1957-02-28", date(2023, 12, 28)),  # 66 years and 10 months
        ("1957-03-01", date(2024, 3, 1)),  # 67 years
        ("1958-12-31", date(2025, 12, 31)),
        ("1960-02-29", date(2027, 3, 1)),
        ("1961-01-01", date(2028, 4, 1)),  # 67 years and 3 months
        ("1961-11-30", date(2029, 3, 1)),  # there is no 30 February
        ("1947-12-31", date(2012, 12, 31)),  # 65 years
        ("1955-08-31", date(2021, 12, 31)),  # 66 years and 4 months
        ("1955-09-01", date(2022, 4, 1)),  # 66 years and 7 months
    ],
)
def test_the_aow_age(born, first_day):
    birth = date.fromisoformat(born)
    assert not aow_reached(birth, Values(first_day - EVE))
    assert aow_reached(birth, Values(first_day))


def test_the_aow_age_brings_the_norm_of_article_22():
    given = household("1959-07-20")
    assert cents(given, date(2026, 7, 19)) == 141946
    assert cents(given, date(2026, 7, 20)) == 158734


def test_the_aow_age_is_only_looked_up_for_who_is_near_it_and_says_that_it_is_not_confirmed():
    assert not to_confirm(norm(household("1990-01-01"), date(2026, 7, 1)).gebruikt)
    near = norm(household("1960-06-01"), date(2026, 7, 1)).gebruikt
    assert to_confirm(near) == ("aow_leeftijd (804 maanden)",)
    assert not any(one.status is Status.GEHEUGEN for one in near)


def test_an_aow_age_that_is_not_known_yet_is_no_answer():
    with pytest.raises(ParameterError, match="aow_leeftijd has no value on 1964-10-01"):
        aow_reached(date(1964, 10, 1), Values(date(2031, 1, 1)))


@pytest.mark.parametrize(
    ("born", "ages"),
    [
        ("20050801", (Leeftijd.JONG,)),
        ("20050000", (Leeftijd.JONG, Leeftijd.VOLWASSEN)),
        ("20080700", (Leeftijd.KIND, Leeftijd.JONG)),
        ("19590700", (Leeftijd.VOLWASSEN, Leeftijd.AOW)),
        ("00000000", tuple(Leeftijd)),
    ],
)
def test_a_partial_birth_date_leaves_every_age_open_that_it_can_mean(born, ages):
    assert possible_ages(PartialDate.parse(born), Values(date(2026, 7, 1))) == ages
