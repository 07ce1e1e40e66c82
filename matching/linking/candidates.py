"""Which pairs are worth comparing: those that share a key of one of fifteen blocking passes, found by DuckDB.

Only the rows without a verified key take part, so of a million register persons only those that share a key with one
of a few thousand rows are looked at.
"""

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import polars as pl

from matching.linking import keys

if TYPE_CHECKING:  # see store/layer.py
    from duckdb import DuckDBPyConnection as Connection

#: The passes by number.
PASSES = dict(enumerate(keys.PASSES, start=1))
#: Columns of what is said of the passes.
WATERFALL = {"ronde": pl.String, "sleutels": pl.Int64, "overgeslagen": pl.Int64, "paren": pl.Int64, "nieuw": pl.Int64}
#: A key that more register persons share than this says nothing about one person (an address of a large institution).
MOST_PERSONS = 300
#: A key with more pairs than this is left out too: rows that all say the same.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Candidates:
    """Pairs to compare.

    Attributes:
        pairs: ``id``, ``register_id``, ``ronde`` (the first pass that found the pair), by id and register_id.
        waterfall: a row a pass: ``ronde``, ``sleutels``, ``overgeslagen`` (keys too many share), ``paren``, ``nieuw``
            (pairs that no earlier pass had).
    """

    pairs: pl.DataFrame
    waterfall: pl.DataFrame


def candidates(con: "Connection", register: pl.DataFrame, rows: pl.DataFrame) -> Candidates:
    """Pairs of ``rows`` and ``register`` (both standardised) that share a key of a pass.

    Args:
        con: a database for tables that may be thrown away.
        register: standardised records.
        rows: standardised records.
    """
    limits = {"hoogstens": MOST_PERSONS, "paren": MOST_PAIRS}
    asked = keys.keys(rows)
    _keep(con, asked, "sleutel_rij")
    _keep(con, keys.keys(register, only=asked), "sleutel_register")
    con.execute(f"create or replace temp table omvang as {_sql('omvang')}", limits)
    con.execute(f"create or replace temp table kandidaten as {_sql('kandidaten')}")
    pairs: pl.DataFrame = con.sql(
        "select id, register_id, min(ronde) as ronde from kandidaten group by all order by id, register_id"
    ).pl()
    waterfall: pl.DataFrame = con.sql(_sql("trechter")).pl()
    return Candidates(_named(pairs), _named(waterfall))


def given(pairs: pl.DataFrame, rows: pl.DataFrame) -> Candidates:
    """Pairs that were known beforehand, of ``rows`` only.

    Args:
        pairs: ``id``, ``register_id``.
        rows: standardised records.
    """
    kept = pairs.select(pl.col("id", "register_id").cast(pl.Int64)).join(rows.select("id"), on="id", how="semi")
    named = kept.unique().sort("id", "register_id").with_columns(ronde=pl.lit("gegeven"))
    return Candidates(named, pl.DataFrame(schema=WATERFALL))


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("ronde").replace_strict(PASSES, return_dtype=pl.String))


def _keep(con: "Connection", frame: pl.DataFrame, table: str) -> None:
    con.register("frame", frame)
    con.execute(f"create or replace temp table {table} as from frame")
    con.unregister("frame")


def _sql(name: str) -> str:
    return resources.files("matching.linking").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
