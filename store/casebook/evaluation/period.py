"""The months that are told of, and how two databases count months and days the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_YEAR: Final = 12


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar; ``number`` counts them from the year 0."""

    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.year * _YEAR + day.month - 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.number // _YEAR, self.number % _YEAR + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return Month(self.number + 1).first - timedelta(days=1)

    def __str__(self) -> str:
        """``2026-11``."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Period:
    """Whole months, the first and the last one among them."""

    first: Month
    last: Month

    @property
    def months(self) -> list[Month]:
        """Each of them."""
        return [Month(number) for number in range(self.first.number, self.last.number + 1)]

    @property
    def name(self) -> str:
        """``2026-11``, or ``2022-01--2026-12``."""
        return str(self.first) if self.first == self.last else f"{self.first}--{self.last}"

    def holds(self, day: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
        """Whether a day is in it."""
        return day.between(self.first.first, self.last.last)


class days_between(FunctionElement[int]):  # noqa: N801 - it reads as a function
    """Whole days from the first day to the second; below zero where that comes first."""

    type = sa.Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _sqlite(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    first, second = (compiler.process(one, **kw) for one in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _postgresql(element: days_between, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401
    first, second = (compiler.process(one, **kw) for one in element.clauses)
    return f"(({second}) - ({first}))"


def month_number(day: sa.ColumnElement[date]) -> sa.ColumnElement[int]:
    """``Month.number`` of a day."""
    return _part("year", day) * _YEAR + _part("month", day) - 1


def months_between(first: sa.ColumnElement[date], second: sa.ColumnElement[date]) -> sa.ColumnElement[int]:
    """Whole months from one day to another that is not before it."""
    short = sa.case((_part("day", second) < _part("day", first), 1), else_=0)
    return month_number(second) - month_number(first) - short


def once(query: sa.Select[Any], name: str) -> sa.CTE:
    """A query whose rows are made once, however often they are read: JSON is slow to look into."""
    return query.cte(name).prefix_with("MATERIALIZED")


def _part(name: str, day: sa.ColumnElement[date]) -> sa.ColumnElement[int]:
    return sa.cast(sa.extract(name, day), sa.Integer)
