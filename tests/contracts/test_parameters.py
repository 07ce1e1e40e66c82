"""Dated values: on both sides of every border, and no value where there is none."""

from datetime import date

import pytest

from contracts.errors import ParameterError
from contracts.parameters import Parameter, parameter


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
