"""The study and income views beside a calculation that walks over the days, for many made-up people at once."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from contracts.partial_date import PartialDate
from tests.bare import BareTables, bare_tables
from tests.matching.test_periods import course
from tests.real_days import every_day

DAY = date(2026, 11, 3)
SUMMER, FOLLOW_ON = 70, 30
DAYS = {"zomergat_dagen": SUMMER, "vervolg_dagen": FOLLOW_ON}
HORIZON = date(2029, 12, 31)  # later than any bridge from the last day in these tests
ONE = timedelta(days=1)


def no_stop(last: date, first: date) -> bool:
    """Whether the days between two periods are no stop, day by day."""
    gap = every_day(last + ONE, first - ONE)
    summer = len(gap) <= SUMMER and any((day.month, day.day) == (8, 1) for day in gap)
    return not gap or summer or first in every_day(last, last + timedelta(days=FOLLOW_ON))


def walked(rows: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Periods of days, joined; a last day on the horizon is an open end."""
    days = sorted({day for first, last in rows for day in every_day(first, last)})
    joined: list[tuple[date, date]] = []
    for day in days:
        if joined and no_stop(joined[-1][1], day):
            joined[-1] = (joined[-1][0], day)
        else:
            joined.append((day, day))
    return joined


def status(periods: list[tuple[date, date]], heard: date) -> tuple[bool | None, date | None]:
    """(studies today, stopped on): a stop is certain once no day from now or unheard of can make it a gap."""
    if any(first <= DAY <= last for first, last in periods):
        return True, None
    ended = [last for _, last in periods if last < DAY]
    if not ended:
        return False, None
    may_begin = every_day(min(heard, DAY), DAY + timedelta(days=SUMMER + 1))
    certain = not any(no_stop(ended[-1], day) for day in may_begin)
    return (False, ended[-1]) if certain else (None, None)


def some_day(random_: random.Random) -> date:
    """A day of 2024 to 2027, more often one where DUO cuts or where a gap turns into a stop."""
    near = random_.choice([date(year, month, 1) for year in range(2024, 2028) for month in (1, 3, 7, 8, 9, 10, 11)])
    return near + timedelta(days=random_.choice([-2, -1, 0, 1, random_.randint(-40, 40)]))


def exact_rows(random_: random.Random) -> list[tuple[date, date]]:
    rows = []
    for _ in range(random_.randint(1, 4)):
        first = some_day(random_)
        last = random_.choice([HORIZON, first + timedelta(days=random_.randint(0, 400)), some_day(random_)])
        rows.append((first, max(first, last)))
        if random_.random() < 0.3:  # another row of the same day, or the same row again
            rows.append((first, random_.choice([rows[-1][1], first])))
    return rows


def written(day: date) -> str:
    return "99991231" if day == HORIZON else f"{day:%Y%m%d}"


def read(view: str, tables: BareTables) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in tables.rows(view, peildatum=DAY, opgave_dagen=90, **DAYS):
        found.setdefault(str(row["burgerservicenummer"]), []).append(row)
    return found


@pytest.mark.parametrize("heard", [DAY, date(2026, 9, 20), date(2026, 2, 3)])
def test_with_whole_days_the_view_is_what_walking_over_the_days_gives(heard):
    people = {str(number): exact_rows(random.Random(number)) for number in range(200)}
    rows = [
        course(written(first), written(last)) | {"burgerservicenummer": who}
        for who, courses in people.items()
        for first, last in courses
    ]
    found = read("studie", bare_tables().add("duo_inschrijving", *rows).heard("duo", heard))
    for who, courses in people.items():
        expected = walked(courses)
        periods = sorted((row["aanvang"], HORIZON if row["einde_open"] else row["einde"]) for row in found[who])
        assert periods == expected, courses
        (last,) = [row for row in found[who] if row["laatste_periode"]]
        assert (last["volgt_opleiding"], last["gestopt_op"]) == status(expected, heard), courses


# -- dates that are not whole ----------------------------------------------------------------------------


def blurred(random_: random.Random, day: date) -> str:
    text = written(day)
    return random_.choice([text, text, text, text[:6] + "00", text[:4] + "0000", "00000000"])


def readings(text: str | None, random_: random.Random) -> list[date]:
    """Some real days that a date can mean, the first and last among them."""
    value = PartialDate.parse(text or "99991231")
    if value.is_open_end:
        return [HORIZON]
    first, last = value.earliest or date(2024, 1, 1), value.latest or HORIZON
    some = [first + timedelta(days=random_.randint(0, (last - first).days)) for _ in range(3)]
    return [first, last, *some]


def one_reading(row: dict[str, str | None], random_: random.Random, *, latest: bool) -> tuple[date, date] | None:
    """One of the ways in which a row may be true: it begins with enrolment or participation, and ends with either.

    ``latest``: it ends with the later one, which is what the view calls the last day.
    """
    starts = [random_.choice(readings(row[name], random_)) for name in ("datum_inschrijving", "datum_aanvang_deelname")]
    filled = [row[name] for name in ("datum_uitschrijving", "datum_einde_deelname") if row[name] is not None]
    ends = [random_.choice(readings(text, random_)) for text in filled or [None]]
    first, last = random_.choice(starts), max(ends) if latest else random_.choice(ends)
    return (first, last) if first <= last else None


def worlds(
    courses: list[dict[str, str | None]], random_: random.Random, *, latest: bool
) -> Iterator[list[tuple[date, date]]]:
    """Some ways in which all rows of a person may be true together, as joined periods."""
    for _ in range(8):
        read_as = [one_reading(row, random_, latest=latest) for row in courses]
        if None not in read_as:
            yield walked([reading for reading in read_as if reading is not None])


def blurred_rows(random_: random.Random) -> list[dict[str, str | None]]:
    rows = []
    for first, last in exact_rows(random_):
        row = course(blurred(random_, first), random_.choice([None, blurred(random_, last)]))
        if random_.random() < 0.3:
            row["datum_uitschrijving"] = blurred(random_, max(last, some_day(random_)))
        if random_.random() < 0.3:
            row["datum_aanvang_deelname"] = blurred(random_, first + timedelta(days=random_.randint(0, 40)))
        rows.append(row)
    return rows


@pytest.mark.slow
def test_what_the_view_says_of_partial_dates_is_true_however_they_are_read():
    people = {str(number): blurred_rows(random.Random(number)) for number in range(300)}
    rows = [row | {"burgerservicenummer": who} for who, courses in people.items() for row in courses]
    found = read("studie", bare_tables().add("duo_inschrijving", *rows).heard("duo", DAY))
    said = 0
    for who, courses in people.items():
        (last,) = [row for row in found[who] if row["laatste_periode"]]
        if last["volgt_opleiding"] is None:
            assert last["gestopt_op"] is None
            continue
        said += 1
        random_ = random.Random(who)
        for periods in worlds(courses, random_, latest=False):
            assert any(first <= DAY <= end for first, end in periods) is last["volgt_opleiding"], courses
        for periods in worlds(courses, random_, latest=True) if last["gestopt_op"] else ():
            assert [end for _, end in periods if end < DAY][-1] == last["gestopt_op"], courses
    assert said > 50, "the view is not silent all the time"


# -- adjacency alone -------------------------------------------------------------------------------------


def touching(rows: list[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for day in sorted({day for first, last in rows for day in every_day(first, last)}):
        if joined and joined[-1][1] + ONE == day:
            joined[-1] = (joined[-1][0], day)
        else:
            joined.append((day, day))
    return joined


@pytest.mark.parametrize(
    ("view", "table", "first_column", "last_column"),
    [
        ("studiefinanciering", "duo_studiefinanciering", "datum_aanvang_toekenning", "datum_einde_toekenning"),
        ("inkomen", "inkomsten_uwv", "datum_aanvang_opgave", "datum_einde_opgave"),
        ("samenloop", "ib_samenloopsignaal", "datum_aanvang_samenloop", "datum_einde_samenloop"),
    ],
)
def test_rows_that_touch_or_overlap_are_one_period(view, table, first_column, last_column):
    people = {
        str(number): [(first, last) for first, last in exact_rows(random.Random(number)) if last != HORIZON]
        for number in range(300)
    }
    rows = [
        {"burgerservicenummer": who, first_column: written(first), last_column: written(last), **_key(table, number)}
        for who, periods in people.items()
        for number, (first, last) in enumerate(periods)
    ]
    found = read(view, bare_tables().add(table, *rows).heard("duo", DAY))
    for who, periods in people.items():
        assert sorted(_periods(view, found.get(who, []))) == touching(periods), periods


def _key(table: str, number: int) -> dict[str, str]:
    return {"signaal_sleutel": str(number), "leveringsdatum": "20261101"} if table == "ib_samenloopsignaal" else {}


def _periods(view: str, rows: list[dict[str, object]]) -> list[tuple[object, object]]:
    if view == "inkomen":
        return [(period["aanvang"], period["einde"]) for row in rows for period in row["opgaven"]]
    first, last = ("aanvang_samenloop", "einde_samenloop") if view == "samenloop" else ("aanvang", "einde")
    return [(row[first], row[last]) for row in rows]
