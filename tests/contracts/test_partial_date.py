"""A partial date never says more than every real day that it can mean; those days are walked, not computed."""

from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.columns import is_date8, not_before
from contracts.errors import TijdigError
from contracts.partial_date import PartialDate, PartialDateError
from tests.real_days import FIRST, LAST, birthday, in_general, meanings

DATES = st.sampled_from(sorted(meanings()))
#: A month either side of a day the date can mean: where yes turns into no.
AROUND = st.integers(-40, 40)
OPEN_ENDS = ["99991231", "99991230", "99990000", "99990100"]


def shifted(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def test_every_date_means_the_days_of_the_calendar_that_begin_with_it():
    for text, days in meanings().items():
        found = PartialDate.parse(text)
        assert (found.earliest, found.latest, found.is_whole) == (days[0], days[-1], len(days) == 1), text
        assert not found.is_unknown
        assert not found.is_open_end


def test_text_is_a_date_exactly_where_the_calendar_has_such_a_day_month_or_year():
    parts = product(range(1795, 2205), range(14), range(33))
    texts = [f"{year:04d}{month:02d}{day:02d}" for year, month, day in parts]
    column = pl.DataFrame({"d8": texts}).select(is_date8(pl.col("d8"))).to_series().to_list()
    assert [text for text, good in zip(texts, column, strict=True) if good != (text in meanings())] == []
    assert [text for text in texts if readable(text) != (text in meanings())] == []


def readable(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except PartialDateError:
        return False
    return True


@pytest.mark.parametrize("year", ["0000", "9999"])
def test_what_the_contract_of_a_column_lets_through_can_be_read(year):
    texts = [f"{year}{month:02d}{day:02d}" for month, day in product(range(14), range(33))]
    column = pl.DataFrame({"d8": texts}).select(is_date8(pl.col("d8"))).to_series().to_list()
    assert [text for text, good in zip(texts, column, strict=True) if good and not readable(text)] == []


@given(DATES, AROUND, st.integers(0, 400))
def test_before_and_after_are_yes_or_no_only_where_every_real_day_agrees(text, days, which):
    real = meanings()[text]
    day = shifted(real[which % len(real)], days)
    found = PartialDate.parse(text)
    assert found.before(day) is in_general([one < day for one in real])
    assert found.on_or_before(day) is in_general([one <= day for one in real])
    assert found.after(day) is in_general([one > day for one in real])


@given(DATES, st.integers(0, 110), AROUND, st.integers(0, 400))
def test_an_age_is_reached_only_where_it_is_for_every_real_day_of_birth(text, years, days, which):
    real = meanings()[text]
    on = shifted(birthday(real[which % len(real)], real[0].year + years), days)
    expected = in_general([birthday(born, born.year + years) <= on for born in real])
    assert PartialDate.parse(text).reached_age(years, on) is expected


@pytest.mark.parametrize(
    ("on", "reached"),
    [(date(2027, 2, 28), False), (date(2027, 3, 1), True), (date(2028, 2, 28), True), (date(2028, 2, 29), True)],
)
def test_born_on_29_february_turns_27_on_1_march(on, reached):
    assert PartialDate.parse("20000229").reached_age(27, on) is reached


def test_born_on_29_february_turns_28_on_29_february():
    born = PartialDate.parse("20000229")
    assert [born.reached_age(28, date(2028, 2, day)) for day in (28, 29)] == [False, True]


@given(DATES, AROUND, st.integers(0, 400), st.sampled_from(["", "00", "0000"]))
def test_an_end_is_refused_only_where_every_real_end_comes_before_every_real_start(end, days, which, left_out):
    near = shifted(meanings()[end][which % len(meanings()[end])], days)
    start = f"{near:%Y%m%d}"[: 8 - len(left_out)] + left_out
    assume(start in meanings())
    frame = pl.DataFrame({"einde": [end], "aanvang": [start]})
    too_early = max(meanings()[end]) < min(meanings()[start])
    assert frame.select(not_before("einde", "aanvang")).item() is not too_early


@given(DATES, st.dates(FIRST, LAST))
def test_an_unknown_date_answers_nothing_and_an_open_end_is_never_over(text, day):
    unknown = PartialDate.parse("00000000")
    answers = {unknown.before(day), unknown.on_or_before(day), unknown.after(day), unknown.reached_age(0, day)}
    assert (answers, unknown.earliest, unknown.latest) == ({None}, None, None)
    for end in map(PartialDate.parse, OPEN_ENDS):
        assert (end.before(day), end.on_or_before(day), end.after(day)) == (False, False, True)
        assert (end.is_open_end, end.is_whole, end.latest) == (True, False, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20140531", "op 31 mei 2014"),
        ("20140801", "op 1 augustus 2014"),
        ("20140500", "in mei 2014"),
        ("20140000", "in 2014"),
        ("00000000", "op een onbekende datum"),
        ("99991230", "zonder einddatum"),
        ("99991231", "zonder einddatum"),
    ],
)
def test_in_dutch_it_says_what_is_known(text, words):
    assert PartialDate.parse(text).in_words() == words


NO_DATES = [
    "",
    "05",
    "2014",
    "2014-1-1",
    "20230231",
    "20140005",
    "20141300",
    "29190101",
    "2014050a",
    "٢٠١٤٠٥٣١",
    "20140531\n",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused_without_repeating_it(text):
    with pytest.raises(PartialDateError) as refused:
        PartialDate.parse(text, where="geboortedatum")
    assert isinstance(refused.value, TijdigError | ValueError)
    assert "geboortedatum" in str(refused.value)
    assert not text or text not in str(refused.value)
    with pytest.raises(ValueError, match="no date of 8 digits"):
        PartialDate(text)


def test_its_representation_holds_no_date_of_a_person():
    assert "20140531" not in repr(PartialDate.parse("20140531"))


def test_two_of_the_same_text_are_one_value():
    assert len({PartialDate.parse("20140500"), PartialDate.parse("20140500")}) == 1
