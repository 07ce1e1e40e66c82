"""Which months are asked for, and what the figures read."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from contracts.errors import CasebookError, SettingsError
from flows.settings import Settings
from store.casebook import Casebook
from store.casebook.evaluation import Duration, Found, Handled, Month, Period

#: A single month is shown with those before it, so many in all.
_TREND: Final = 12
#: And so many months at most are told of at once.
MOST: Final = 120
_FORM: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Asked:
    """What the figures read.

    Attributes:
        casebook: the record.
        period: the months that are told of.
        trend: the months that are drawn.
        settings: those of the work folder.
        until: the last day of the period, or the last night where that is sooner.
    """

    casebook: Casebook
    period: Period
    trend: Period
    settings: Settings
    until: date

    @cached_property
    def found(self) -> list[Found]:
        """What was first found in the period."""
        return self.casebook.found(self.period)

    @cached_property
    def handled(self) -> list[Handled]:
        """What was handled in the period."""
        return self.casebook.handled(self.period)

    @cached_property
    def durations(self) -> list[Duration]:
        """How long it took in each month that is drawn, and in all of those together."""
        return self.casebook.durations(self.trend)

    @cached_property
    def durations_of_period(self) -> list[Duration]:
        """How long it took in the whole period."""
        found = self.durations if self.trend == self.period else self.casebook.durations(self.period)
        return [one for one in found if one.maand is None]


def as_month(text: str, option: str) -> Month:
    """``2026-11``.

    Raises:
        SettingsError: it is no month.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise SettingsError("This is no month.", where=f"{option} {text[:20]}", todo="Write it as 2026-11.")
    return Month.of(date(int(found[1]), int(found[2]), 1))


def period_of(casebook: Casebook, today: date, maand: str | None, tot: str | None) -> Period:
    """The months that are asked for; by default the last one that is over and has nights, else that of the last night.

    Raises:
        SettingsError: it is no month, it is still to come, or the last one lies before the first.
        CasebookError: no night was run in it.
    """
    nights = casebook.all_nights()
    if nights is None:
        raise CasebookError("No night was run here.", where="casebook", todo="Run `tijdig run` first.")
    first = as_month(maand, "--maand") if maand else _usual(casebook, today, nights)
    last = as_month(tot, "--tot") if tot else first
    _require_order(first, last, today)
    period = Period(first, last)
    if not casebook.nights_of(period):
        raise CasebookError(
            f"No night was run in {period.name}.", where="--maand",
            todo=f"There are nights from {nights[0]} to {nights[1]}: ask for a month of those.",
        )  # fmt: skip
    return period


def trend_of(period: Period, first_night: date) -> Period:
    """The months that are drawn: those asked for, or of one month the year that ends with it; none before the first."""
    if period.first < period.last:
        return period
    return Period(max(Month.of(first_night), Month(period.last.number - _TREND + 1)), period.last)


def _usual(casebook: Casebook, today: date, nights: tuple[date, date]) -> Month:
    before = Month(Month.of(today).number - 1)
    return before if casebook.nights_of(Period(before, before)) else Month.of(nights[1])


def _require_order(first: Month, last: Month, today: date) -> None:
    if last < first:
        raise SettingsError(f"{last} lies before {first}.", where="--tot", todo="Give the last month after the first.")
    if last > Month.of(today):
        raise SettingsError(
            f"{last} is still to come.", where="--tot" if first < last else "--maand",
            todo=f"Ask for {Month.of(today)} or a month before it.",
        )  # fmt: skip
    if last.number - first.number >= MOST:
        raise SettingsError(f"That is more than {MOST} months.", where="--tot", todo="Ask for fewer at once.")
