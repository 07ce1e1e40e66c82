"""What the rivals get: records in Tijdig's comparable form, and which rows have a BSN that fits the person.

Preparing is timed with each side, so that what differs is the linking.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from matching.linking.standard import standardise

#: DuckDB's own limit, the same for every side.
MEMORY = "2GB"
SURNAMES = ("stam", "stam2")


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


def prepare(folder: Path, delivery: str, watch: Watch) -> Prepared:
    """Read, standardise, verify."""
    with watch.step("lezen"):
        register, rows = (pl.read_parquet(folder / f"{name}.parquet") for name in ("register", delivery))
    with watch.step("standaardiseren"):
        register, rows = standardise(register), standardise(rows)
    with watch.step("sleutel"):
        return Prepared(register, rows, _verified(register, rows))


def _verified(register: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose BSN is there, where birth date and one of the names agree, or both names and the year."""
    pairs = rows.filter(pl.col("bsn").is_not_null()).join(register, on="bsn", suffix="_r")
    initial = pl.col("voorletters").str.slice(0, 1) == pl.col("voorletters_r").str.slice(0, 1)
    surname = pl.any_horizontal(pl.col(a) == pl.col(f"{b}_r") for a in SURNAMES for b in SURNAMES)
    date, year = pl.col("datum") == pl.col("datum_r"), pl.col("jaar") == pl.col("jaar_r")
    initial, surname, date, year = (test.fill_null(value=False) for test in (initial, surname, date, year))
    fits = (date & (initial | surname)) | (initial & surname & year)
    return pairs.filter(fits).select("id", register_id="id_r")
