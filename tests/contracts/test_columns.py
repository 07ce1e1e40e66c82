"""What a register value may look like; expected answers are worked out by hand or come from the registers."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from contracts.columns import elfproef, is_date8
from contracts.tables import TABLES, forbidden_words


def answer(check, *values):
    return pl.DataFrame({"x": list(values)}, schema={"x": pl.String}).select(check(pl.col("x"))).to_series().to_list()


def test_elfproef_by_hand():
    # 111222333: 9+8+7+12+10+8+9+6-3 = 66 = 6 x 11
    assert answer(elfproef, "111222333", "111222334", "000000000", None) == [True, False, False, None]


@given(st.integers(1, 999_999_999).map(lambda number: f"{number:09d}"))
def test_elfproef_agrees_with_an_independent_library(value):
    assert answer(elfproef, value) == [stdnum_bsn.is_valid(value)]


@pytest.mark.parametrize("value", ["20140000", "20140500", "20140531", "00000000", "99991231", "99991230", "20000229"])
def test_dates_whole_partial_unknown_and_open(value):
    assert answer(is_date8, value) == [True]


@pytest.mark.parametrize(
    "value",
    ["05", "2015", "19660013", "29190101", "20230231", "20230229", "20231300", "20230001", "2023-1-1", ""],
)
def test_what_is_no_date(value):
    assert answer(is_date8, value) == [False]


@given(st.dates())
def test_every_day_of_two_centuries_is_a_date(day):
    text = day.strftime("%Y%m%d").zfill(8)
    assert answer(is_date8, text) == [1800 <= day.year <= 2199 or day.year == 9999]


@pytest.mark.parametrize("name", ["nationaliteit", "Nationaliteit_1", "geboorteland", "verblijfstitel", "wijkcode"])
def test_forbidden_traits_are_known_by_their_column_name(name):
    assert forbidden_words(name)


def test_no_contract_holds_a_forbidden_column():
    columns = {column for table in TABLES.values() for column in table.columns}
    assert not [column for column in columns if forbidden_words(column)]


def test_every_table_has_a_purpose_a_ground_and_a_meaning_for_each_column():
    for table in TABLES.values():
        assert table.doel
        assert table.ground
        assert table.parent in table.columns
        assert set(table.key) <= set(table.columns)
        for name, column in table.schema.columns().items():
            assert column.description, f"{table.name}.{name} has no meaning"


def test_an_empty_value_is_never_a_wrong_value():
    for table in TABLES.values():
        for name, column in table.schema.columns().items():
            checks = column.validation_rules(pl.col(name))
            empty = pl.DataFrame({name: [None]}, schema={name: pl.String})
            held = empty.select(check.alias(rule) for rule, check in checks.items() if rule != "nullability")
            assert not held.width or all(value is not False for value in held.row(0)), f"{table.name}.{name}"
