"""What the rivals get: records in Tijdig's comparable form, rows whose BSN fits the person, and Tijdig's passes.

Preparing is timed with each side, so that what differs is the linking.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from matching.linking.exact import exact
from matching.linking.keys import PASSES, TWICE
from matching.linking.standard import standardise

#: DuckDB's own limit, the same for every side.
MEMORY = "2GB"


def _blocks() -> Iterator[tuple[tuple[str, str], ...]]:
    for parts in PASSES.values():
        halves = ("", "2") if any(part in TWICE for part in parts) else ("",)
        for mine in halves:
            for theirs in halves:
                yield tuple((part + mine, part + theirs) if part in TWICE else (part, part) for part in parts)


#: Tijdig's passes for who can only say which columns of register and row must be equal: those with a surname once for
#: every pair of surnames.
BLOCKS = tuple(_blocks())


def with_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Standardised records with the columns of ``BLOCKS`` that they do not have; null where a part is missing."""
    letter, begin = pl.col("voorletters").str.slice(0, 1), pl.col("stam").str.slice(0, 1)
    day_month = pl.min_horizontal("maand", "dag").cast(pl.Int32) * 100 + pl.max_horizontal("maand", "dag")
    return records.with_columns(
        letter=letter, letters=_in_order(letter, begin), cijfers_alleen=pl.col("cijfers").str.slice(0, 4),
        namen=_in_order(pl.col("stam"), pl.col("voornaam")), namen2=_in_order(pl.col("stam2"), pl.col("voornaam")),
        dag_en_maand=pl.when(pl.col("datum").is_not_null()).then(day_month),
    )  # fmt: skip


def _in_order(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two texts, the same for both orders."""
    return pl.when(one < other).then(one + " " + other).otherwise(other + " " + one)


@dataclass
class Watch:
    """Seconds per step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what is done in this block."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - started


@dataclass(frozen=True)
class Prepared:
    """Register and rows in comparable form; ``verified`` has ``id`` and ``register_id`` of rows whose BSN fits.

    A BSN in doubt is none of those: as for Tijdig, such a row goes on to the candidates.
    """

    register: pl.DataFrame
    rows: pl.DataFrame
    verified: pl.DataFrame

    @property
    def residual(self) -> pl.DataFrame:
        """The rows that are left to link."""
        return self.rows.join(self.verified, on="id", how="anti")

    def with_verified(self, links: pl.DataFrame) -> pl.DataFrame:
        """Links by weight (``id``, ``register_id``, ``gewicht``, ``tweede``) and those by BSN, before any weight."""
        sure = self.verified.with_columns(gewicht=pl.lit(None, pl.Float64), tweede=pl.lit(None, pl.Float64))
        return pl.concat([links, sure], how="vertical_relaxed").sort("id")


def prepare(folder: Path, delivery: str, watch: Watch) -> Prepared:
    """Read, standardise, verify."""
    with watch.step("lezen"):
        register, rows = (pl.read_parquet(folder / f"{name}.parquet") for name in ("register", delivery))
    with watch.step("standaardiseren"):
        register, rows = standardise(register), standardise(rows)
    with watch.step("sleutel"):
        keyed = exact(register, rows)
    return Prepared(register, rows, keyed.filter(~pl.col("twijfel")).drop("twijfel"))
