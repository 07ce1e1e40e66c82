"""What records must hold, and what becomes of them."""

import polars as pl
import pytest

from contracts.errors import TijdigError
from matching.linking import standardise
from tests.linking import JAN, records, town


def test_a_record_in_comparable_form():
    jan = standardise(town()).filter(id=JAN).to_dicts()[0]
    assert {name: jan[name] for name in ("stam", "voornaam", "voorletters", "datum", "geslacht")} == {
        "stam": "bergh", "voornaam": "jan", "voorletters": "j", "datum": 19800301, "geslacht": "m",
    }  # fmt: skip
    assert (jan["postcode"], jan["huisnummer"], jan["toevoeging"]) == ("1234AB", 9, "2")


def test_letter_and_addition_are_one_however_they_are_divided():
    rows = records(
        {"huisnummer": "9", "huisletter": "A", "huisnummertoevoeging": "2"},
        {"huisnummer": "9A2"}, {"huisnummer": "9", "huisnummertoevoeging": "A-2"},
    )  # fmt: skip
    assert set(standardise(rows).select("huisnummer", "toevoeging").iter_rows()) == {(9, "A2")}


def test_an_addition_without_a_number_is_no_number():
    rows = records({"huisnummer": None, "huisnummertoevoeging": "2"})
    assert standardise(rows)["huisnummer"].to_list() == [None]


def test_columns_that_are_missing_and_columns_that_are_null_are_the_same():
    bare = records({"naam": "Jan Jansen"})
    full = records({"naam": "Jan Jansen", "geboortedatum": None, "postcode": None, "burgerservicenummer": None})
    assert standardise(bare).equals(standardise(full))


def test_no_rows_give_no_rows_with_the_same_columns():
    assert standardise(town().clear()).schema == standardise(town()).schema


@pytest.mark.parametrize(
    ("frame", "what"),
    [
        (pl.DataFrame({"naam": ["Jansen"]}), "whole number as id"),
        (pl.DataFrame({"id": ["1"], "naam": ["Jansen"]}), "whole number as id"),
        (pl.DataFrame({"id": [1, 1]}), "share an id"),
        (pl.DataFrame({"id": [1, None]}), "share an id"),
        (pl.DataFrame({"id": [1], "burgerservicenummer": [123456782]}), "No text: burgerservicenummer"),
    ],
)
def test_what_is_no_record_is_refused_without_its_values(frame, what):
    with pytest.raises(TijdigError, match=what) as refused:
        standardise(frame)
    assert "123456782" not in str(refused.value)
    assert "Jansen" not in str(refused.value)
