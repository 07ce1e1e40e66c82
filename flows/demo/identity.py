"""The name and birth date that a source has of a person, beside the burgerservicenummer."""

import polars as pl

from contracts.over_wie import IDENTITY
from flows.demo.town import Town


def with_identity(town: Town, rows: pl.DataFrame, person: str = "nr", prefix: str = "") -> pl.DataFrame:
    """Add ``IDENTITY`` of ``person`` (a column that holds a ``nr``), each column with ``prefix``.

    The town's register knows first names; other sources write initials.
    """
    initials = pl.col("voornamen").str.extract_all(r"\p{Lu}").list.join(".") + "."
    written = town.persoon.with_columns(voorletters=initials)
    named = written.select(pl.col("nr").alias(person), *(pl.col(name).alias(prefix + name) for name in IDENTITY))
    return rows.join(named, on=person, how="left", maintain_order="left")
