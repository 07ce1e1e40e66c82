"""Numbers, dates and addresses as people and spreadsheets write them."""

import polars as pl
import pytest

from matching.linking import parts
from tests.world import bsn


def one(function, column, text):
    return function(pl.DataFrame({column: [text]}, schema={column: pl.String})).row(0)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("19800301", (19800301, 1980, 3, 1)),
        ("01031980", (19800301, 1980, 3, 1)),
        ("1980-03-01", (19800301, 1980, 3, 1)),
        ("01-03-1980", (19800301, 1980, 3, 1)),
        ("1-3-1980", (19800301, 1980, 3, 1)),
        ("1.3.1980", (19800301, 1980, 3, 1)),
        ("1980/3/1", (19800301, 1980, 3, 1)),
        ("1 maart 1980", (19800301, 1980, 3, 1)),
        ("01-MRT-1980", (19800301, 1980, 3, 1)),
        ("1980-03-01 00:00:00", (19800301, 1980, 3, 1)),
        ("1980-03-01T00:00:00Z", (19800301, 1980, 3, 1)),
        ("3/13/1980", (19800313, 1980, 3, 13)),  # there is no month 13
        ("1031980", (19800301, 1980, 3, 1)),  # a spreadsheet took the zero of 01031980
        ("19800000", (None, 1980, None, None)),
        ("19800300", (None, 1980, 3, None)),
        ("00-00-1980", (None, 1980, None, None)),
        ("1980", (None, 1980, None, None)),
        ("31-02-1980", (None, 1980, 2, None)),
        ("29-02-1981", (None, 1981, 2, None)),
        ("29-02-1980", (19800229, 1980, 2, 29)),
        ("00000000", (None, None, None, None)),
        ("198011", (None, None, None, None)),  # November, or 1-1? nobody knows
        ("190180", (None, None, None, None)),
        ("111980", (None, None, None, None)),
        ("onbekend", (None, None, None, None)),
        ("", (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_a_birth_date_is_read_as_it_was_meant_and_never_guessed(written, expected):
    assert one(parts.birth_date, "geboortedatum", written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9-2", (9, "2")),
        ("9 - 2", (9, "2")),
        ("35 III", (35, "3")),
        ("35-3", (35, "3")),
        ("103 c", (103, "C")),
        ("103C", (103, "C")),
        ("12bis", (12, "BIS")),
        ("00009", (9, None)),
        ("0", (None, None)),
        ("C", (None, "C")),
        ("9" * 20, (None, None)),
        (None, (None, None)),
    ],
)
def test_a_house_number_and_its_addition(written, expected):
    assert one(parts.house_number, "nummer", written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1234AB", ("1234AB", "1234AB")),
        (" 4321 ab", ("4321AB", "1234AB")),  # the same digits in order: two may have changed places
        ("1234", ("1234", "1234")),
        ("0234AB", (None, None)),
        ("1234A", (None, None)),
        ("buitenland", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_postcode(written, expected):
    assert one(parts.postcode, "postcode", written) == expected


#: 010000008 passes: 8 x 1 for its second digit, and its last digit 8 counts -1 times: 8 - 8 = 0.
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (bsn(1), int(bsn(1))),
        ("010000008", 10000008),
        ("10000008", 10000008),  # its zero was lost
        ("10000008.0", 10000008),  # and a spreadsheet made it a fraction
        ("0100.00.008", 10000008),
        ("+10000008", None),  # nine signs, but no nine digits
        ("000000000", None),  # passes the arithmetic, is nobody's
        ("00000000", None),
        ("010000009", None),
        ("1000000", None),
        ("1" * 200, None),
        ("geen", None),
        (None, None),
    ],
)
def test_a_burgerservicenummer_passes_the_elfproef_or_is_none(written, expected):
    assert one(parts.bsn, "burgerservicenummer", written) == (expected,)


def test_a_sex_is_m_or_v_and_else_says_nothing():
    written = pl.DataFrame({"s": ["M", "v", "Man", "vrouw", "O", "", None]})
    assert written.select(parts.sex(pl.col("s")))["s"].to_list() == ["m", "v", "m", "v", None, None, None]
