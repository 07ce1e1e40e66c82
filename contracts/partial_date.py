"""Partial dates: a register date as a value that says what it can mean, and never more than that.

8 characters name a day (``20140531``), a month (``20140500``), a year (``20140000``), nothing (``00000000``) or no end
(``99991231``, any day of year 9999). A question about such a date has three answers: yes, no and unknown (None).
``contracts.columns.is_date8`` says the same of whole columns, ``store/sql/macros.sql`` of whole tables.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from contracts.dutch import calendar_date
from contracts.errors import TijdigError

_UNKNOWN_YEAR, _OPEN_YEAR = 0, 9999
_SHAPE = re.compile(r"(0000|1[89]\d\d|2[01]\d\d|9999)(0\d|1[0-2])(\d\d)", re.ASCII)
_LEAP_YEAR = 2000  # stands in for the unknown year, which may have had a 29 February


class PartialDateError(TijdigError, ValueError):
    """A text that is no date of a register."""


@dataclass(frozen=True)
class PartialDate:
    """A date of a register.

    Attributes:
        text: its 8 characters, as delivered; left out of the representation, for it is a value of a person.
    """

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no date.

        Raises:
            PartialDateError: it is none.
        """
        if not _is_date(self.text):
            raise _no_date("PartialDate")

    @classmethod
    def parse(cls, text: str, *, where: str = "PartialDate") -> Self:
        """The date that ``text`` means; ``where`` is the column it comes from, for the message.

        Raises:
            PartialDateError: it is none; the message does not hold the text.
        """
        if not _is_date(text):
            raise _no_date(where)
        return cls(text)

    @property
    def is_unknown(self) -> bool:
        """Whether it may be any day."""
        return self._year == _UNKNOWN_YEAR

    @property
    def is_open_end(self) -> bool:
        """Whether it says that there is no end yet (SuwiML: 99991230 and 99991231)."""
        return self._year == _OPEN_YEAR

    @property
    def is_whole(self) -> bool:
        """Whether it means one day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def earliest(self) -> date | None:
        """The first day it can mean; None where it may be any day."""
        return None if self.is_unknown else date(self._year, self._month or 1, self._day or 1)

    @property
    def latest(self) -> date | None:
        """The last day it can mean; None where it may be any day or is an open end."""
        if self.is_unknown or self.is_open_end:
            return None
        month = self._month or 12
        return date(self._year, month, self._day or calendar.monthrange(self._year, month)[1])

    def on_or_before(self, day: date) -> bool | None:
        """Whether it is ``day`` or an earlier one: yes, no, or None (it may be)."""
        if self.latest is not None and self.latest <= day:
            return True
        if self.earliest is not None and self.earliest > day:
            return False
        return None

    def before(self, day: date) -> bool | None:
        """Whether it is earlier than ``day``: yes, no, or None (it may be)."""
        if self.latest is not None and self.latest < day:
            return True
        if self.earliest is not None and self.earliest >= day:
            return False
        return None

    def after(self, day: date) -> bool | None:
        """Whether it is later than ``day``: yes, no, or None (it may be)."""
        not_after = self.on_or_before(day)
        return None if not_after is None else not not_after

    def reached_age(self, years: int, on: date) -> bool | None:
        """Whether somebody born on this date is ``years`` or older ``on`` that day: yes, no, or None (can't be said).

        Who was born on 29 February has the birthday on 1 March in a year without that day.
        """
        return self.on_or_before(last_birth(on, years * 12))

    def in_words(self) -> str:
        """Dutch for in a sentence: ``op 31 mei 2014``, ``in mei 2014``, ``in 2014``, ``op een onbekende datum``."""
        if self.is_open_end:
            return "zonder einddatum"
        if self.earliest is None:
            return "op een onbekende datum"
        if self._month == 0:
            return f"in {self._year}"
        whole = calendar_date(self.earliest)
        return f"op {whole}" if self._day else f"in {whole.split(' ', 1)[1]}"

    @property
    def _year(self) -> int:
        return int(self.text[:4])

    @property
    def _month(self) -> int:
        return int(self.text[4:6])

    @property
    def _day(self) -> int:
        return int(self.text[6:])


def _is_date(text: str) -> bool:
    """The check of ``contracts.columns.is_date8``, for one value."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    if day == 0 or month == 0:
        return day == 0
    return day <= calendar.monthrange(year or _LEAP_YEAR, month)[1]


def _no_date(where: str) -> PartialDateError:
    return PartialDateError(
        "A value is no date of 8 digits, whole or partial.", where=where,
        todo="Correct it at the source; unknown is 00000000, an open end 99991231.",
    )  # fmt: skip


def last_birth(day: date, months: int) -> date:
    """The last day of birth that makes somebody ``months`` months old on ``day``.

    Where the month has no such day (29 February, 31 April), the age is reached on the first of the next month.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
