"""Rows held against a contract: which pass, what is wrong with the others, and which codes nobody knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl

from contracts.codelists import code_lists
from contracts.columns import UNKNOWN_DATE, check_name
from contracts.tables import TableContract

_FOUND = {"rij": pl.Int64, "code": pl.String, "zacht": pl.Boolean, "sleutel": pl.String, "over": pl.String}


@dataclass(frozen=True)
class Checked:
    """Rows after their check.

    Attributes:
        passed: the rows that pass, bad soft values made unknown.
        found: what is wrong: ``rij``, ``code`` (``column:check``, or ``rij:rule`` for a rule over the row),
            ``zacht``, ``sleutel`` and ``over`` (the parent's key, and whom the row is about, each where it is sound
            itself).
        unknown_codes: codes that an open list does not know -> how often; they stay as they are.
    """

    passed: pl.DataFrame
    found: pl.DataFrame
    unknown_codes: dict[str, int]

    @property
    def lost_values(self) -> int:
        """How many single values were made unknown; one value can have two things wrong with it."""
        column = pl.col("code").str.split(":").list.first()
        return self.found.filter("zacht").select("rij", column).unique().height


def check_rows(table: TableContract, batch: pl.DataFrame) -> Checked:
    """Hold rows against a contract.

    Args:
        table: the contract.
        batch: its columns as text, ``rij`` (place), ``dubbel``, ``wees`` and ``bewaard`` (booleans).
    """
    schema = _with_place(table)
    alone = batch.filter(~pl.col("dubbel") & ~pl.col("wees")).drop("dubbel", "wees")
    good, failure = schema.filter(alone)
    passed, details = pl.DataFrame(good), failure.details()
    found = [
        _between(table, batch.filter("dubbel"), "sleutel:dubbel"),
        _between(table, batch.filter(pl.col("wees") & ~pl.col("dubbel")), f"{table.parent}:hoort_nergens_bij"),
    ]
    if details.height:
        again, still = schema.filter(_without_soft(table, details))
        passed = pl.concat([passed, pl.DataFrame(again)]).sort("rij")
        hard = still.details()
        # A row that is rejected as a whole does not also lose single values.
        lost = hard.get_column("rij").implode()
        found += [_hard(table, hard), _soft(table, details).filter(~pl.col("rij").is_in(lost))]
    return Checked(passed, pl.concat(found), dict(_unknown_codes(table, passed)))


@cache
def _with_place(table: TableContract) -> type[dy.Schema]:
    return type(f"{table.name}_geplaatst", (table.schema,), {"rij": dy.Int64(), "bewaard": dy.Bool()})


def _between(table: TableContract, rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """Rows that are rejected for what they are among the others."""
    return rows.select(
        "rij", code=pl.lit(code), zacht=pl.lit(value=False),
        sleutel=pl.col(table.parent), over=pl.col(table.about or table.parent),
    )  # fmt: skip


def _soft(table: TableContract, details: pl.DataFrame) -> pl.DataFrame:
    """Bad values that became unknown."""
    checks = {check: column for check, column in _checks(table, details).items() if table.facts(column).soft}
    return _named(table, details, {check: _code(check) for check in checks}, zacht=True)


def _hard(table: TableContract, details: pl.DataFrame) -> pl.DataFrame:
    """What rejects a row, once its soft values were made unknown."""
    codes = {check: _code(check) for check in _checks(table, details)}
    rules = [name for name in details.columns if name not in {*table.columns, "rij", "bewaard", *codes}]
    return _named(table, details, codes | {rule: f"rij:{rule}" for rule in rules if "|" not in rule}, zacht=False)


def _named(table: TableContract, details: pl.DataFrame, codes: dict[str, str], *, zacht: bool) -> pl.DataFrame:
    checks = _checks(table, details)
    # Of many checks few find anything, and each that is looked into is a question of its own to polars.
    wrong = details.select((pl.col(check) == "invalid").any() for check in codes)
    frames = [
        details.filter(pl.col(check) == "invalid").select(
            "rij", code=pl.lit(code), zacht=pl.lit(zacht),
            sleutel=_where_sound(table.parent, checks), over=_where_sound(table.about or table.parent, checks),
        )
        for check, code in codes.items() if wrong[check].item()
    ]  # fmt: skip
    return pl.concat([pl.DataFrame(schema=_FOUND), *frames])


def _checks(table: TableContract, details: pl.DataFrame) -> dict[str, str]:
    """Check columns of a failure's details -> the contract column they are about."""
    parts = {name: name.partition("|") for name in details.columns}
    return {name: column for name, (column, bar, _) in parts.items() if bar and column in table.columns}


def _code(check: str) -> str:
    column, _, name = check.partition("|")
    return f"{column}:{check_name(name)}"


def _where_sound(column: str, checks: dict[str, str]) -> pl.Expr:
    """The value of a column in the rows where that value itself passed its checks; null elsewhere."""
    wrong = [pl.col(check) == "invalid" for check, about in checks.items() if about == column]
    return pl.when(~pl.any_horizontal(wrong)).then(pl.col(column)) if wrong else pl.col(column)


def _without_soft(table: TableContract, details: pl.DataFrame) -> pl.DataFrame:
    """The failed rows with each bad soft value made unknown: empty, or for a register date ``00000000``."""
    wrong: dict[str, list[str]] = {}
    for check, column in _checks(table, details).items():
        if table.facts(column).soft:
            wrong.setdefault(column, []).append(check)
    return details.with_columns(
        pl.when(pl.any_horizontal(pl.col(check) == "invalid" for check in checks))
        .then(pl.lit(UNKNOWN_DATE if table.facts(column).kind == "datum8" else None, dtype=pl.String))
        .otherwise(pl.col(column))
        .alias(column)
        for column, checks in wrong.items()
    ).select([*table.columns, "rij", "bewaard"])


def _unknown_codes(table: TableContract, rows: pl.DataFrame) -> Iterator[tuple[str, int]]:
    lists = {name: code_lists().get(table.facts(name).codelijst) for name in table.columns}
    known = {name: list(codes.codes) for name, codes in lists.items() if codes is not None and not codes.gesloten}
    counts = rows.select((~pl.col(name).is_in(codes)).sum() for name, codes in known.items())
    for name, (count,) in counts.to_dict(as_series=False).items():
        if count:
            yield f"{name}:onbekende_code", count
