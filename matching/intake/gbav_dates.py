"""Comparing register dates of 8 digits, that can be partial, with a day.

A partial date counts from its earliest day: ``20140000`` from 1 January 2014, ``20140300`` from 1 March 2014,
``00000000`` since always. Text order says just that, as ``00`` sorts before every month and day.
"""

from datetime import date

import polars as pl

_WHOLE_OR_PARTIAL = r"^\d{4}(0000|(0[1-9]|1[0-2])([0-2]\d|3[01]))$"


def is_after(column: str, day: date) -> pl.Expr:
    """Whether the date in ``column`` is known to lie after ``day``; never null.

    What is no date (``05``, ``19660013``, ``00002014``) says nothing about when, so it does not lie after:
    nobody is left out of a replay over a date that can't be read.
    """
    value = pl.col(column)
    is_date = value.str.contains(_WHOLE_OR_PARTIAL) & ~value.str.contains(r"^0000\d*[1-9]")
    return (is_date & (value > f"{day:%Y%m%d}")).fill_null(value=False)


def only_until(column: str, day: date, *, by: str | None = None) -> pl.Expr:
    """The value of ``column``, or null where it (or the date in ``by``) lies after ``day``."""
    return pl.when(~is_after(by or column, day)).then(pl.col(column)).alias(column)
