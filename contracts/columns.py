"""The kinds of column that registers use, each with its check (dataframely) and what happens on a bad value.

Everything arrives as text. A column is *hard* (a bad value rejects the row) or *soft* (the value becomes
unknown, its code is kept, the row stays): soft is for what a row can do without, and only where unknown is
safe. "In onderzoek" is hard, because empty there means "nothing the matter"; a huisletter is hard, because without
it 12 A becomes 12. A bad date of a register becomes ``00000000``: something happened, nobody knows when.

Meanings are Dutch: suppliers, jurists and privacy officers read them in the published contracts.
"""

from collections.abc import Callable
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from contracts.codelists import code_lists

#: How a column's text becomes a value once it has passed its check.
KINDS = ("tekst", "sleutel", "code", "datum8", "datum", "getal", "cent", "janee", "afgeleid")

#: A register date that is not known.
UNKNOWN_DATE = "00000000"

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
Check = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True)
class ColumnFacts:
    """What a contract says about a column besides its check.

    Attributes:
        kind: one of ``KINDS``.
        soft: whether a bad value becomes unknown instead of rejecting the row.
        required: whether a value must be there.
        pattern: the shape of a value as a whole-match regular expression; empty where there is none.
        max_length: the most characters a value may have, where there is such a limit.
        eenheid: the unit of a number.
        codelijst: the name of its code list.
        absent_ok: whether a delivery may leave the whole column out, where the settings say so.
        free: whether it may do so without a word: what the column says only helps.
        derived_from: the columns it is computed from; such a column is never delivered.
        instead_of: the one of those that may be no burgerservicenummer at all.
        instead: the columns that are taken in its place then.
    """

    kind: str
    soft: bool
    required: bool
    pattern: str = ""
    max_length: int | None = None
    eenheid: str = ""
    codelijst: str = ""
    absent_ok: bool = False
    free: bool = False
    derived_from: tuple[str, ...] = ()
    instead_of: str = ""
    instead: tuple[str, ...] = ()


def facts(column: dy.Column) -> ColumnFacts:
    """What the contract says about a column."""
    found = (column.metadata or {})["facts"]
    assert isinstance(found, ColumnFacts)
    return found


def elfproef(bsn: pl.Expr) -> pl.Expr:
    """Whether a 9-digit text passes the elfproef of a burgerservicenummer (Wabb art. 1, Logisch Ontwerp BRP 01.20).

    ``000000000`` passes the arithmetic and is refused by name; what is no 9 digits fails. Null stays null.
    """
    digits = [bsn.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(9)]
    total = pl.sum_horizontal(
        [digit * weight for digit, weight in zip(digits, _BSN_WEIGHTS, strict=True)], ignore_nulls=False
    )
    passes = (total % 11 == 0).fill_null(value=False) & (bsn != "000000000")
    return pl.when(bsn.is_not_null()).then(passes)


def is_date8(value: pl.Expr) -> pl.Expr:
    """Whether a text is a date of 8 digits, whole or partial: a known month has its year, a known day its month."""
    month, day = value.str.slice(4, 2), value.str.slice(6, 2)
    partial = (day == "00") & ((month == "00") | month.is_between(pl.lit("01"), pl.lit("12")))
    # Only a whole date can be wrong in the calendar (20230231); the day after 2199 is a slip of the pen,
    # apart from the open end 9999.
    whole = value.str.to_date("%Y%m%d", strict=False).is_not_null()
    year = value.str.slice(0, 4)
    known_year = (year != "0000") | (value == UNKNOWN_DATE)
    in_range = year.is_between(pl.lit("1800"), pl.lit("2199")) | year.is_in(["0000", "9999"])
    return value.str.contains(r"^[0-9]{8}$") & in_range & known_year & (partial | whole)


def check_name(check: str) -> str:
    """What a check is called in a code that a supplier reads: the part after the colon of ``anummer:vorm``."""
    return "verplicht" if check == "nullability" else check.removeprefix("check__")


def not_before(end: str, start: str) -> pl.Expr:
    """Row rule: ``end`` is not surely before ``start``; true where either is empty or can't be told.

    Works on dates as text of either form, whole or partial: a partial end counts as its last possible day, and a
    partial start, read as text, already as its first.
    """
    last = pl.col(end).str.replace("0000$", "1299").str.replace("00$", "99")
    unknown = pl.col(end).str.starts_with("0000")
    return unknown | (last >= pl.col(start))


def text(
    meaning: str, length: int, *, required: bool = False, soft: bool = True, absent_ok: bool | None = None,
    free: bool = False,
) -> dy.String:  # fmt: skip
    """Free text of at most ``length`` characters."""
    given = _facts("tekst", required=required, soft=soft, max_length=length, absent_ok=absent_ok, free=free)
    return _column(given, meaning, {"te_lang": lambda value: value.str.len_chars() <= length})


def key(meaning: str, pattern: str, *, required: bool = True, soft: bool = False) -> dy.String:
    """A key made of the characters in ``pattern`` (a whole-match regular expression)."""
    return _column(_facts("sleutel", required=required, soft=soft, pattern=pattern), meaning, _shape(pattern))


def bsn(meaning: str, *, required: bool = False, soft: bool = True) -> dy.String:
    """A burgerservicenummer: 9 digits, text (leading zeros!), elfproef."""
    given = _facts("sleutel", required=required, soft=soft, pattern="[0-9]{9}")
    return _column(given, meaning, _shape(given.pattern) | {"elfproef": elfproef})


def derived(meaning: str, *of: str, instead_of: str = "", instead: tuple[str, ...] = ()) -> dy.String:
    """A key computed from other columns (a sha256, so that empty parts compare like any other); never delivered.

    Where ``instead_of`` is no burgerservicenummer that can be one, the columns in ``instead`` take its place: an
    unusable number is shared by people who have nothing to do with each other.
    """
    given = _facts(
        "afgeleid", required=True, soft=False, pattern="[0-9a-f]{64}", derived_from=of, instead_of=instead_of,
        instead=instead,
    )  # fmt: skip
    return _column(given, meaning, {})


def code(meaning: str, codelijst: str, *, required: bool = False, soft: bool = False) -> dy.String:
    """A code. Of a closed list another code is a fault; of an open list it is kept, counted and not interpreted."""
    options = code_lists()[codelijst]
    given = _facts("code", required=required, soft=soft, codelijst=codelijst)
    return _column(given, meaning, {"code": _one_of(options.codes)} if options.gesloten else {})


def pattern(
    meaning: str, regex: str, *, required: bool = False, soft: bool = True, absent_ok: bool | None = None
) -> dy.String:
    """A text of a fixed shape, such as a postcode."""
    given = _facts("tekst", required=required, soft=soft, pattern=regex, absent_ok=absent_ok)
    return _column(given, meaning, _shape(regex))


def date8(meaning: str, *, required: bool = False, soft: bool = True, free: bool = False) -> dy.String:
    """A register date of 8 digits that may be partial (``20140000``) or open (``99991231``)."""
    given = _facts("datum8", required=required, soft=soft, pattern="[0-9]{8}", free=free)
    return _column(given, meaning, {"geen_datum": is_date8})


def date(
    meaning: str, *, required: bool = False, soft: bool = False, absent_ok: bool | None = None
) -> dy.String:  # fmt: skip
    """A whole calendar date, ``2026-11-03``; soft only where unknown is the careful reading: the dienst owns these."""
    shape = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    given = _facts("datum", required=required, soft=soft, pattern=shape, absent_ok=absent_ok)
    return _column(given, meaning, {"geen_datum": _is_date})


def number(
    meaning: str, *, required: bool = False, soft: bool = False, digits: int = 9, eenheid: str = ""
) -> dy.String:
    """A whole number of 0 or more."""
    given = _facts("getal", required=required, soft=soft, pattern=f"[0-9]{{1,{digits}}}", eenheid=eenheid)
    return _column(given, meaning, {"geen_getal": _matches(given.pattern)})


def cents(meaning: str, *, required: bool = False, soft: bool = False) -> dy.String:
    """An amount in whole euro cents, 0 or more; sign and period stand in columns of their own."""
    given = _facts("cent", required=required, soft=soft, pattern="[0-9]{1,12}", eenheid="eurocent")
    return _column(given, meaning, {"geen_bedrag": _matches(given.pattern)})


def yes_no(meaning: str, *, required: bool = False, soft: bool = False, absent_ok: bool | None = None) -> dy.String:
    """StandaardIndicatie: 1 = ja, 2 = nee, 0 = onbekend. 2 is never true."""
    given = _facts("janee", required=required, soft=soft, absent_ok=absent_ok, codelijst="StandaardIndicatie")
    return _column(given, meaning, {"code": _one_of(code_lists()["StandaardIndicatie"].codes)})


def _facts(  # noqa: PLR0913 - one line a fact
    kind: str, *, required: bool, soft: bool, pattern: str = "", max_length: int | None = None, eenheid: str = "",
    codelijst: str = "", absent_ok: bool | None = None, free: bool = False, derived_from: tuple[str, ...] = (),
    instead_of: str = "",
    instead: tuple[str, ...] = (),
) -> ColumnFacts:  # fmt: skip
    soft = soft and not required
    # What is soft can be unknown in every row without harm, so the whole column may be missing too.
    may_miss = soft if absent_ok is None else absent_ok
    return ColumnFacts(
        kind, soft, required, pattern, max_length, eenheid, codelijst, may_miss, free, derived_from, instead_of, instead
    )


def _column(given: ColumnFacts, meaning: str, checks: dict[str, Check]) -> dy.String:
    return dy.String(
        nullable=not given.required,
        check={name: _or_empty(holds) for name, holds in checks.items()},
        description=meaning,
        metadata={"facts": given},
    )


def _or_empty(check: Check) -> Check:
    """Whether a value may be absent is another question than whether it is right.

    What a check asks of a column is put together once: dataframely asks for it with every batch of rows.
    """
    made: dict[str, pl.Expr] = {}

    def holds(value: pl.Expr) -> pl.Expr:
        name = value.meta.output_name() if value.meta.is_column() else ""
        if name not in made:
            asked = value.is_null() | check(value)
            if not name:
                return asked
            made[name] = asked
        return made[name]

    return holds


def _shape(regex: str) -> dict[str, Check]:
    return {"vorm": _matches(regex)}


def _matches(regex: str) -> Check:
    return lambda value: value.str.contains(rf"^(?:{regex})$")


def _one_of(codes: dict[str, str]) -> Check:
    allowed = list(codes)
    return lambda value: value.is_in(allowed)


def _is_date(value: pl.Expr) -> pl.Expr:
    parsed = value.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return value.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") & parsed
