"""Which real days each date of 8 digits can mean, by walking over the calendar: no arithmetic on dates at all."""

from datetime import date, timedelta
from functools import cache

FIRST, LAST = date(1800, 1, 1), date(2199, 12, 31)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@cache
def meanings() -> dict[str, list[date]]:
    """Text -> its days in order, for every day, month and year that a register date can mean."""
    found: dict[str, list[date]] = {}
    for day in every_day(FIRST, LAST):
        whole = f"{day:%Y%m%d}"
        for text in (whole, whole[:6] + "00", whole[:4] + "0000"):
            found.setdefault(text, []).append(day)
    return found


def birthday(born: date, year: int) -> date:
    """The birthday in ``year``; 29 February counts from 1 March where the year has none."""
    try:
        return date(year, born.month, born.day)
    except ValueError:
        return date(year, 3, 1)


def in_general(answers: list[bool]) -> bool | None:
    """Yes or no where every real day agrees; else unknown."""
    return answers[0] if len(set(answers)) == 1 else None
