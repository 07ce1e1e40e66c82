"""The macros over register values give the answers of `PartialDate`, and of the calendar, for whole tables."""

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.partial_date import PartialDate
from store.sqltext import sql_text
from tests.real_days import FIRST, LAST, birthday, in_general, meanings

UNKNOWN_AND_OPEN = ["00000000", "99991230", "99991231", "99990000"]
END_OF_TIME = date(9999, 12, 31)


@pytest.fixture(scope="module")
def con():
    """A connection with the macros and a table of every date there is."""
    with duckdb.connect() as opened:
        opened.execute(sql_text("macros"))
        opened.execute("create table datum as select unnest($texts) as d8", {"texts": [*meanings(), *UNKNOWN_AND_OPEN]})
        yield opened


def one(con, expression, *values):
    return con.execute(f"select {expression}", list(values)).fetchall()[0][0]


def test_first_last_and_whole_are_those_of_the_calendar(con):
    rows = con.execute("select d8, vroegst(d8), laatst(d8), hele_datum(d8) from datum").fetchall()
    found = {d8: (first, last, whole) for d8, first, last, whole in rows}
    real = {d8: (days[0], days[-1], days[0] if len(days) == 1 else None) for d8, days in meanings().items()}
    assert {d8: found[d8] for d8 in real} == real


def test_first_and_last_are_those_of_a_partial_date(con):
    rows = con.execute("select d8, vroegst(d8), laatst(d8), hele_datum(d8), open_einde(d8) from datum").fetchall()
    dates = {d8: PartialDate.parse(d8) for d8, *_ in rows}
    assert [d8 for d8, first, last, *_ in rows if (first, last) != (dates[d8].earliest, dates[d8].latest)] == []
    assert [d8 for d8, _, _, whole, _ in rows if (whole is not None) != dates[d8].is_whole] == []
    assert {d8 for d8, *_, is_open in rows if is_open} == {"99991230", "99991231", "99990000"}


@given(st.sampled_from(sorted(meanings())), st.integers(0, 110), st.integers(-40, 40), st.integers(0, 400))
def test_an_age_is_that_of_a_partial_date_and_of_every_real_day_of_birth(con, text, years, days, which):
    real = meanings()[text]
    on = date.fromordinal(birthday(real[which % len(real)], real[0].year + years).toordinal() + days)
    found = one(con, "leeftijd_bereikt(?, ?, ?)", text, years, on)
    assert found is in_general([birthday(born, born.year + years) <= on for born in real])
    assert found is PartialDate.parse(text).reached_age(years, on)


@pytest.mark.parametrize("text", [*UNKNOWN_AND_OPEN, None])
def test_an_age_without_a_birth_date_is_unknown_and_nobody_is_born_without_end(con, text):
    found = one(con, "leeftijd_bereikt(?, 27, date '2026-11-03')", text)
    assert found is (False if text and text.startswith("9999") else None)


@given(st.sampled_from(sorted(meanings())), st.integers(0, 30))
def test_an_age_is_reached_on_the_birthday_of_who_has_a_whole_date_of_birth(con, text, years):
    born = meanings()[text]
    expected = birthday(born[0], born[0].year + years) if len(born) == 1 else None
    assert one(con, "leeftijd_op(hele_datum(?), ?)", text, 12 * years) == expected


@pytest.mark.parametrize(
    ("born", "months", "day"),
    [
        ("20000229", 27 * 12, date(2027, 3, 1)),
        ("20000229", 28 * 12, date(2028, 2, 29)),
        ("19610131", 807, date(2028, 5, 1)),  # 67 years and 3 months: April has no 31st
        ("19610130", 807, date(2028, 4, 30)),
        ("19600000", 804, None),
        ("00000000", 804, None),
        (None, 804, None),
        ("19600101", None, None),
    ],
)
def test_the_day_on_which_an_age_is_reached(con, born, months, day):
    assert one(con, "leeftijd_op(hele_datum(?), ?)", born, months) == day


@given(st.sampled_from([*sorted(meanings()), *UNKNOWN_AND_OPEN]), st.dates(FIRST, LAST))
def test_something_has_happened_unless_its_date_is_certainly_later(con, text, peildatum):
    assert one(con, "gebeurd(?, ?)", text, peildatum) is (PartialDate.parse(text).on_or_before(peildatum) is not False)


def test_what_has_no_date_has_not_happened(con):
    assert one(con, "gebeurd(null, date '2026-11-03')") is False


@pytest.mark.parametrize(
    ("text", "certain", "possible"),
    [
        # as a first day: certainly from, possibly from
        ("20240229", date(2024, 2, 29), date(2024, 2, 29)),
        ("20240200", date(2024, 2, 29), date(2024, 2, 1)),
        ("20240000", date(2024, 12, 31), date(2024, 1, 1)),
        ("00000000", END_OF_TIME, date(1800, 1, 1)),
        (None, END_OF_TIME, date(1800, 1, 1)),
    ],
)
def test_a_period_certainly_begins_on_the_last_day_that_its_start_can_mean(con, text, certain, possible):
    assert (one(con, "zeker_vanaf(?)", text), one(con, "kan_vanaf(?)", text)) == (certain, possible)


@pytest.mark.parametrize(
    ("text", "certain", "possible"),
    [
        # as a last day: certainly until, possibly until
        ("20240229", date(2024, 2, 29), date(2024, 2, 29)),
        ("20240200", date(2024, 2, 1), date(2024, 2, 29)),
        ("20240000", date(2024, 1, 1), date(2024, 12, 31)),
        ("00000000", date(1800, 1, 1), END_OF_TIME),
        ("99991230", END_OF_TIME, END_OF_TIME),
        ("99991231", END_OF_TIME, END_OF_TIME),
        (None, END_OF_TIME, END_OF_TIME),
    ],
)
def test_a_period_certainly_ends_on_the_first_day_that_its_end_can_mean(con, text, certain, possible):
    assert (one(con, "zeker_tot(?)", text), one(con, "kan_tot(?)", text)) == (certain, possible)


@pytest.mark.parametrize(
    ("day", "august"),
    [
        (date(2026, 7, 31), date(2026, 8, 1)),
        (date(2026, 8, 1), date(2027, 8, 1)),
        (date(2026, 12, 31), date(2027, 8, 1)),
        (date(2027, 1, 1), date(2027, 8, 1)),
    ],
)
def test_the_first_august_after_a_day(con, day, august):
    assert one(con, "augustus_na(?)", day) == august


@pytest.mark.parametrize(
    ("cent", "teken", "signed"),
    [("1250", None, 1250), ("1250", "+", 1250), ("1250", "-", -1250), ("1250", "?", None), (None, "-", None), ("0", "-", 0)],
)  # fmt: skip
def test_an_amount_has_the_sign_that_stands_beside_it(con, cent, teken, signed):
    assert one(con, "bedrag(?, ?)", cent, teken) == signed


@pytest.mark.parametrize(
    ("periode", "per_month"),
    [
        # 1,200.00 a time: 52 weeks, 26 times 2 weeks, 13 times 4 weeks, 10.4 times 5 weeks, 12 months, 4 quarters
        ("2", 520000), ("04", 520000),
        ("3", 260000), ("20", 260000),
        ("4", 130000), ("05", 130000),
        ("5", 104000),
        ("6", 120000), ("06", 120000),
        ("7", 40000), ("08", 40000),
        ("8", 10000), ("10", 10000),
        # not applicable, once only, a day, codes of neither list, nothing
        ("0", None), ("9", None), ("1", None), ("03", None), ("07", None), ("60", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_an_amount_per_month_goes_by_the_list_that_the_length_of_its_code_tells(con, periode, per_month):
    assert one(con, "cent_per_maand('120000', null, ?)", periode) == per_month
    assert one(con, "cent_per_maand('120000', '-', ?)", periode) == (None if per_month is None else -per_month)


def test_half_a_cent_goes_away_from_zero(con):
    # 6 cents in 4 weeks: 6 x 13 / 12 = 6.5
    assert (one(con, "cent_per_maand('6', '+', '4')"), one(con, "cent_per_maand('6', '-', '4')")) == (7, -7)


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[0-9]{8,10}", fullmatch=True)))
def test_the_elfproef_in_sql_is_that_of_the_contracts(con, text):
    # By the definition (Wabb art. 1): 9 digits, times 9 to 2 and -1, add up to a multiple of 11.
    nine = len(text) == 9 and text.isascii() and text.isdecimal() and text != "000000000"
    sound = nine and sum(int(d) * w for d, w in zip(text, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0
    assert con.execute("select is_bsn(?)", [text]).fetchall() == [(sound,)]
