"""What the rivals get: records in Tijdig's comparable form, and which rows have a BSN that fits the person.

Preparing is timed with each side, so that what differs is the linking.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from matching.linking.exact import exact
from matching.linking.standard import standardise

#: DuckDB's own limit, the same for every side.
MEMORY = "2GB"


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
    """Register and rows in comparable form; ``verified`` has ``id`` and ``register_id`` of rows whose BSN fits."""

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
        return Prepared(register, rows, exact(register, rows))
