"""The kinds of column that registers use, each with its check (dataframely) and what happens on a bad value.

Everything arrives as text. A column is *hard* (a bad value rejects the row) or *soft* (the value becomes
unknown, its code is kept, the row stays): soft is for what a row can do without, and only where unknown is
safe. "In onderzoek" is hard, because empty there means "nothing the matter"; a huisletter is hard, because without
it 12 A becomes 12. A bad date of a register becomes ``00000000``: something happened, nobody knows when.
"""

from collections.abc import Callable, Sequence

import dataframely as dy
import polars as pl

#: How a column's text becomes a value once it has passed its check.
KINDS = ("tekst", "sleutel", "code", "datum8", "datum", "tijdstip", "getal", "cent", "janee")

#: A register date that is not known.
UNKNOWN_DATE = "00000000"

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def elfproef(bsn: pl.Expr) -> pl.Expr:
    """Whether a 9-digit text passes the elfproef of a burgerservicenummer (Wabb art. 1, Logisch Ontwerp BRP 01.20).

    ``000000000`` passes the arithmetic and is refused by name. Null stays null.
    """
    digits = [bsn.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(9)]
    total = pl.sum_horizontal(
        [digit * weight for digit, weight in zip(digits, _BSN_WEIGHTS, strict=True)], ignore_nulls=False
    )
    return (total % 11 == 0) & (bsn != "000000000")


def is_date8(value: pl.Expr) -> pl.Expr:
    """Whether a text is a date of 8 digits, whole or partial: a known month has its year, a known day its month."""
    month, day = value.str.slice(4, 2), value.str.slice(6, 2)
    partial = (day == "00") & ((month == "00") | month.is_between(pl.lit("01"), pl.lit("12")))
    # Only a whole date can be wrong in the calendar (20230231); the day after 2199 is a slip of the pen,
    # apart from the open end 9999.
    whole = value.str.to_date("%Y%m%d", strict=False).is_not_null()
    year = value.str.slice(0, 4)
    in_range = year.is_between(pl.lit("1800"), pl.lit("2199")) | year.is_in(["0000", "9999"])
    return value.str.contains(r"^\d{8}$") & in_range & (partial | whole)


def _column(
    kind: str,
    meaning: str,
    *,
    soft: bool = False,
    nullable: bool = True,
    check: dict[str, Callable[[pl.Expr], pl.Expr]] | None = None,
) -> dy.String:
    return dy.String(
        nullable=nullable or soft,
        check={name: _or_empty(holds) for name, holds in (check or {}).items()},
        description=meaning,
        metadata={"kind": kind, "soft": soft, "required": not nullable},
    )


def text(meaning: str, length: int, *, required: bool = False, soft: bool = True) -> dy.String:
    """Free text of at most ``length`` characters."""
    return _column(
        "tekst",
        meaning,
        nullable=not required,
        soft=soft and not required,
        check={"te_lang": lambda value: value.str.len_chars() <= length},
    )


def key(meaning: str, pattern: str, *, required: bool = True, soft: bool = False) -> dy.String:
    """A key made of the characters in ``pattern`` (a whole-match regular expression)."""
    return _column("sleutel", meaning, nullable=not required, soft=soft, check={"vorm": _matches(pattern)})


def bsn(meaning: str, *, required: bool = False, soft: bool = True) -> dy.String:
    """A burgerservicenummer: 9 digits, text (leading zeros!), elfproef."""
    return _column(
        "sleutel",
        meaning,
        nullable=not required,
        soft=soft and not required,
        check={"vorm": _matches(r"\d{9}"), "elfproef": elfproef},
    )


def code(meaning: str, options: Sequence[str], *, required: bool = False, soft: bool = False) -> dy.String:
    """A code from a closed list."""
    allowed = list(options)
    return _column(
        "code", meaning, nullable=not required, soft=soft, check={"code": lambda value: value.is_in(allowed)}
    )


def pattern(meaning: str, regex: str, *, required: bool = False, soft: bool = True) -> dy.String:
    """A text of a fixed shape, such as a postcode."""
    return _column("tekst", meaning, nullable=not required, soft=soft and not required, check={"vorm": _matches(regex)})


def date8(meaning: str, *, required: bool = False, soft: bool = True) -> dy.String:
    """A register date of 8 digits that may be partial (``20140000``) or open (``99991231``)."""
    return _column("datum8", meaning, nullable=not required, soft=soft and not required, check={"geen_datum": is_date8})


def date(meaning: str, *, required: bool = False) -> dy.String:
    """A whole calendar date, ``2026-11-03``; never soft: the dienst owns these dates."""
    return _column(
        "datum",
        meaning,
        nullable=not required,
        check={
            "geen_datum": lambda value: (
                value.str.contains(r"^\d{4}-\d{2}-\d{2}$") & value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
            )
        },
    )


def number(meaning: str, *, required: bool = False, soft: bool = False, digits: int = 9) -> dy.String:
    """A whole number of 0 or more."""
    return _column(
        "getal",
        meaning,
        nullable=not required,
        soft=soft and not required,
        check={"geen_getal": _matches(rf"\d{{1,{digits}}}")},
    )


def cents(meaning: str, *, required: bool = False) -> dy.String:
    """An amount in whole euro cents, 0 or more; the sign stands elsewhere."""
    return _column("cent", meaning, nullable=not required, check={"geen_bedrag": _matches(r"\d{1,12}")})


def yes_no(meaning: str, *, required: bool = False) -> dy.String:
    """StandaardIndicatie: 1 = ja, 2 = nee, 0 = onbekend. 2 is never true."""
    return _column("janee", meaning, nullable=not required, check={"code": lambda value: value.is_in(["0", "1", "2"])})


def _or_empty(check: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Expr], pl.Expr]:
    """Whether a value may be absent is another question than whether it is right."""
    return lambda value: value.is_null() | check(value)


def _matches(regex: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda value: value.str.contains(rf"^(?:{regex})$")
