"""The dated values behind the parameters of the fact views, for receipts and for the report."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from contracts.parameters import Used, parameter
from contracts.partial_date import last_birth

#: The norms of who is under 21 (of a couple both), and of a couple of which one is.
UNDER_21: Final = ("norm_a20_1a", "norm_a20_1b", "norm_a20_2a", "norm_a20_2b")
ONE_UNDER_21: Final = ("norm_a20_1c", "norm_a20_2c")
_LONGEST_MONTH = 31


def dated_values(peildatum: date, aow_vooraf_maanden: int) -> dict[str, tuple[Used, ...]]:
    """The values of a night, by the parameter of the views that is made of them.

    Args:
        peildatum: the night.
        aow_vooraf_maanden: how far ahead of it an AOW age is of account.
    """
    return {
        "kostendelersleeftijd": _on(peildatum, "kostendelersleeftijd"),
        "aow_leeftijd": tuple(_turning(peildatum, aow_vooraf_maanden)),
        "normen_onder_21": _on(peildatum, *UNDER_21),
        "normen_een_onder_21": _on(peildatum, *ONE_UNDER_21),
    }


def amounts(*norms: str) -> tuple[int, ...]:
    """These norms of every half year, in cents: the dienst may not have followed the last change yet."""
    return tuple(sorted({value.waarde for norm in norms for value in parameter(norm).waarden}))


def _on(day: date, *names: str) -> tuple[Used, ...]:
    found = (parameter(name) for name in names)
    return tuple(one.used(value) for one in found for value in one.waarden if value.holds_on(day))


def _turning(peildatum: date, ahead: int) -> Iterator[Used]:
    """The AOW ages, which go by date of birth, of who reaches theirs on the peildatum or at the end of the window."""
    ages = parameter("aow_leeftijd")
    for value in ages.waarden:
        days = (peildatum, peildatum + timedelta(days=_LONGEST_MONTH * ahead))
        if any(value.holds_on(last_birth(day, value.waarde)) for day in days):
            yield ages.used(value)
