"""Days on which no letter goes out, because it would give stress or find nobody at the telephone (E18)."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import Literal, get_args

from holidays import country_holidays

Weekdag = Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
_CHRISTMAS = (12, 25)


def quiet(
    day: date, *, weekdays: Collection[Weekdag], holidays: bool, before_christmas: int, others: Collection[date]
) -> bool:
    """Whether no letter goes out on a day.

    Args:
        day: the day.
        weekdays: the days of the week that are quiet.
        holidays: whether the holidays of the Netherlands are.
        before_christmas: how many days before 25 December are.
        others: further days.
    """
    christmas = date(day.year, *_CHRISTMAS)
    return (
        get_args(Weekdag)[day.weekday()] in weekdays
        or day in others
        or (holidays and day in _holidays(day.year))
        or christmas - timedelta(days=before_christmas) <= day < christmas
    )


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("NL", years=year))
