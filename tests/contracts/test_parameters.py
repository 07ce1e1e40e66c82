"""Dated values: on both sides of every border, and no value where there is none."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from contracts.errors import ParameterError
from contracts.parameters import (
    Parameter,
    Status,
    Used,
    Values,
    all_parameters,
    parameter,
    refuse_unseen,
    to_confirm,
)

WAARDEN = Path(__file__).parents[2] / "contracts" / "waarden"


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2015, 1, 1), 21),
        (date(2022, 12, 31), 21),
        (date(2023, 1, 1), 27),  # 19a lid 1 Pw since 2023
        (date(2026, 11, 3), 27),
    ],
)
def test_kostendelersleeftijd(day, age):
    assert parameter("kostendelersleeftijd").on(day).waarde == age


def test_outside_its_days_there_is_no_value():
    with pytest.raises(ParameterError, match="has no value on 2014-12-31"):
        parameter("kostendelersleeftijd").on(date(2014, 12, 31))


def test_an_unknown_parameter_says_so():
    with pytest.raises(ParameterError, match="No parameter is called"):
        parameter("boete")


def test_values_may_not_overlap():
    value = {
        "waarde": 1,
        "geldig_van": "2020-01-01",
        "geldig_tot": None,
        "artikel": "a",
        "bron": "b",
        "status": "gezien",
    }
    later = value | {"geldig_van": "2021-01-01"}
    with pytest.raises(ValueError, match="overlap"):
        Parameter.model_validate({"naam": "x", "betekenis": "y", "eenheid": "z", "waarden": [value, later]})


def test_every_parameter_holds_on_both_ends_and_has_none_a_day_outside():
    for one in all_parameters():
        first, last = one.waarden[0].geldig_van, one.waarden[-1].geldig_tot
        assert one.on(first) == one.waarden[0]
        for outside in (first - timedelta(days=1), last and last + timedelta(days=1)):
            if outside:
                with pytest.raises(ParameterError, match="has no value on"):
                    one.on(outside)


def test_every_parameter_follows_itself_without_a_gap_and_names_article_and_source():
    for one in all_parameters():
        for value, following in zip(one.waarden, one.waarden[1:], strict=False):
            assert value.geldig_tot + timedelta(days=1) == following.geldig_van, one.naam
        assert all(value.artikel.startswith("artikel ") and value.bron for value in one.waarden)


def test_nothing_is_used_from_memory():
    assert not [one.naam for one in all_parameters() for value in one.waarden if value.status is Status.GEHEUGEN]


def test_a_file_is_called_after_its_parameter_and_a_half_year_after_its_first_day():
    assert {file.stem for file in WAARDEN.glob("*.yaml")} == {
        one.naam for one in all_parameters() if not one.naam.startswith("norm_")
    }
    for file in (WAARDEN / "bijstandsnormen").glob("2*.yaml"):
        assert f"geldig_van: {file.stem}\n" in file.read_text(encoding="utf-8")


def test_euro_are_read_as_cents_and_percentages_exactly():
    day = date(2026, 7, 1)
    assert parameter("norm_a21a").on(day).waarde == 141946
    assert parameter("vermogensgrens_gehuwden").on(day).waarde == 1600000
    assert parameter("vrijlating_alleenstaande_ouder").on(day).deel == Fraction(1, 8)
    with pytest.raises(ParameterError, match="whole number"):
        parameter("vrijlating_alleenstaande_ouder").on(day).waarde  # noqa: B018 - it is a property


@pytest.mark.parametrize(
    ("naam", "words"),
    [
        ("norm_a21a", "€ 1.419,46 per maand"),
        ("vrijstelling_eigen_woning", "€ 67.500,00"),
        ("vrijlating_alleenstaande_ouder", "12,5 procent"),
        ("kostendelersleeftijd", "27 jaar"),
    ],
)
def test_a_value_in_words(naam, words):
    found = parameter(naam)
    assert found.in_words(found.on(date(2026, 7, 1))) == words


def test_the_values_of_a_day_remember_what_was_asked_for():
    values = Values(date(2023, 6, 1))
    assert values.used == ()
    assert values.whole("kostendelersleeftijd") == 27
    assert values.whole("kostendelersleeftijd") == 27
    assert values.value("vakantietoeslag").deel == Fraction(1, 20)
    assert [one.naam for one in values.used] == ["kostendelersleeftijd", "vakantietoeslag"]
    assert to_confirm(values.used) == ("kostendelersleeftijd (27 jaar)",)
    refuse_unseen(values.used)


def test_a_value_from_memory_is_refused_by_name():
    unseen = Used(naam="iets", waarde="1", artikel="a", geldig_van=date(2026, 1, 1), status=Status.GEHEUGEN)
    with pytest.raises(ParameterError, match=r"from memory .* iets"):
        refuse_unseen([unseen])
    assert to_confirm([unseen]) == ("iets (1)",)
