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
from matching.linking.keys import PASSES, TWICE, parts
from matching.linking.standard import standardise

#: DuckDB's own limit, the same for every side.
MEMORY = "2GB"


def _blocks() -> Iterator[tuple[tuple[str, str], ...]]:
    for shared in PASSES.values():
        halves = ("", "2") if any(part in TWICE for part in shared) else ("",)
        for mine in halves:
            for theirs in halves:
                yield tuple(
                    (f"k_{part}{mine}", f"k_{part}{theirs}") if part in TWICE else (f"k_{part}", f"k_{part}")
                    for part in shared
                )


#: Tijdig's passes for who can only say which columns of register and row must be equal: those with a surname once for
#: every pair of surnames.
BLOCKS = tuple(_blocks())


def with_keys(records: pl.DataFrame) -> pl.DataFrame:
    """Standardised records with the columns of ``BLOCKS``: numbers, on which a rival joins faster than on text."""
    numbers = parts(records).drop("id")
    return records.hstack(numbers.rename({name: f"k_{name}" for name in numbers.columns}))


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
