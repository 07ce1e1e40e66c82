"""The dated values behind the parameters of the fact views, for receipts and for the report."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from contracts.parameters import Used, parameter
from contracts.partial_date import last_birth

#: The norms of who is under 21 (of a couple both), and of a couple of which one is.
UNDER_21: Final = ("norm_a20_1a", "norm_a20_1b", "norm_a20_2a", "norm_a20_2b")
ONE_UNDER_21: Final = ("norm_a20_1c", "norm_a20_2c")
#: The norms of articles 20 to 22 Pw without kostendelers.
ALONE: Final = ("norm_a20_1a", "norm_a20_2a", "norm_a21a", "norm_a22a")
COUPLE: Final = ("norm_a20_1b", "norm_a20_1c", "norm_a20_2b", "norm_a20_2c", "norm_a21b", "norm_a22b", "norm_a22c")
#: Article 23 Pw: lid 1 with or without lid 2, of one or of both; and lid 3, one of two who stays there.
INRICHTING: Final = (
    ("norm_a23_1a",), ("norm_a23_1a", "norm_a23_2a"), ("norm_a23_1b",), ("norm_a23_1b", "norm_a23_2b"),
    *((outside, "norm_a23_1a", "norm_a23_2a") for outside in ALONE),
)  # fmt: skip
#: Article 34 lid 3 Pw.
LEEFVORMEN: Final = ("alleenstaande", "alleenstaande_ouder", "gehuwden")
_ALL_INRICHTING = tuple(dict.fromkeys(norm for norms in INRICHTING for norm in norms))
_LONGEST_MONTH = 31


def dated_values(peildatum: date, aow_vooraf_maanden: int) -> dict[str, tuple[Used, ...]]:
    """The values of a night, by the parameter of the views that is made of them.

    Args:
        peildatum: the night.
        aow_vooraf_maanden: how far ahead of it an AOW age is of account.
    """
    return {
        "kostendelersleeftijd": _on([peildatum], "kostendelersleeftijd"),
        "aow_leeftijd": tuple(_turning(peildatum, aow_vooraf_maanden)),
        "studiefinanciering_leeftijd": _on([peildatum], "studiefinanciering_leeftijd"),
        "schoolverlater_maanden": _on([peildatum], "verlaging_schoolverlater_maanden"),
        "vrijlating_procent": _on([peildatum], "inkomstenvrijlating"),
        "normen_onder_21": _on([peildatum], *UNDER_21),
        "normen_een_onder_21": _on([peildatum], *ONE_UNDER_21),
        "normen_inrichting": _on([peildatum], *_ALL_INRICHTING),
        "normen_vol": _on([peildatum], *ALONE, *COUPLE, *_ALL_INRICHTING),
        "vermogensgrenzen": _on(_tax_years(peildatum), *(f"vermogensgrens_{vorm}" for vorm in LEEFVORMEN)),
    }


def amounts(*norms: str) -> tuple[int, ...]:
    """These norms of every half year, in cents: the dienst may not have followed the last change yet."""
    return tuple(sorted({value.waarde for norm in norms for value in parameter(norm).waarden}))


def totals(*sums: tuple[str, ...]) -> tuple[int, ...]:
    """Norms added up within each half year, in cents."""
    half_years = (zip(*(parameter(norm).waarden for norm in norms), strict=True) for norms in sums)
    return tuple(sorted({sum(value.waarde for value in values) for total in half_years for values in total}))


def halves(*norms: str) -> tuple[int, ...]:
    """Half of these norms, half a cent up: article 24 Pw."""
    return tuple((cents + 1) // 2 for cents in amounts(*norms))


def if_known(naam: str, peildatum: date) -> int | None:
    """A dated value that rules of a later day need, on a day on which it may not be known yet."""
    return next((value.waarde for value in parameter(naam).waarden if value.holds_on(peildatum)), None)


def _on(days: Iterable[date], *names: str) -> tuple[Used, ...]:
    """The values that hold on one of these days; none where there is none."""
    every = tuple(days)
    return tuple(
        found.used(value)
        for found in map(parameter, dict.fromkeys(names))
        for value in found.waarden
        if any(map(value.holds_on, every))
    )


def _tax_years(peildatum: date) -> Iterator[date]:
    """The last days of the two years before: what banks say of them is what is known."""
    for year in (peildatum.year - 2, peildatum.year - 1):
        yield date(year, 12, 31)


def _turning(peildatum: date, ahead: int) -> Iterator[Used]:
    """The AOW ages, which go by date of birth, of who reaches theirs on the peildatum or at the end of the window."""
    ages = parameter("aow_leeftijd")
    for value in ages.waarden:
        days = (peildatum, peildatum + timedelta(days=_LONGEST_MONTH * ahead))
        if any(value.holds_on(last_birth(day, value.waarde)) for day in days):
            yield ages.used(value)
