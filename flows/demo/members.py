"""From households to their members: one row a person, with a place in the household and an age."""

import numpy as np
import polars as pl

from flows.demo.numbers import Ints

_COLUMNS = ("huishouden", "soort", "plaats", "leeftijd", "rol")


def members(households: pl.DataFrame, mates: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Everybody, in order of household.

    Returns:
        ``nr`` (0, 1, ...: the person), ``huishouden``, ``soort`` (of the household), ``plaats`` (hoofd,
        partner, kind, ouder, huisgenoot), ``leeftijd`` in whole years on the peildatum, ``rol`` (as what the
        dienst knows a housemate of a client; null for the others).
    """
    kinds = households.select("huishouden", "soort")
    parts = [
        _with(households, "hoofd", households["leeftijd"].to_numpy()),
        _partners(households.filter(pl.col("vorm") == "paar"), rng),
        _children(_repeat(households, "kinderen"), rng),
        _adults(_repeat(households, "huisgenoten"), rng),
        mates.join(kinds, on="huishouden", maintain_order="left"),
    ]
    everybody = pl.concat([part.select(_COLUMNS) for part in parts])
    return everybody.sort("huishouden", maintain_order=True).with_row_index("nr").cast({"nr": pl.Int64})


def _with(households: pl.DataFrame, plaats: str, age: Ints) -> pl.DataFrame:
    return households.with_columns(
        plaats=pl.lit(plaats), leeftijd=pl.Series(age, dtype=pl.Int64), rol=pl.lit(None, pl.String)
    )


def _repeat(households: pl.DataFrame, times: str) -> pl.DataFrame:
    return households[np.repeat(np.arange(len(households)), households[times].to_numpy())]


def _partners(couples: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    age = couples["leeftijd"].to_numpy() + np.round(rng.normal(-1, 3.5, len(couples))).astype(np.int64)
    # A partner of a client is of an age for the ordinary norm: 21 up to AOW.
    oldest = np.where(couples["soort"].to_numpy() == "bijstand", 66, 96)
    return _with(couples, "partner", np.clip(age, 21, oldest))


def _children(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Children at home: minors with a client (the grown-up ones are housemates), up to 24 elsewhere."""
    parent = rows["leeftijd"].to_numpy()
    oldest = np.minimum(np.where(rows["soort"].to_numpy() == "bijstand", 17, 24), parent - 18)
    youngest = np.clip(parent - 45, 0, oldest)
    return _with(rows, "kind", rng.integers(youngest, oldest + 1))


def _adults(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    return _with(rows, "huisgenoot", np.clip(rows["leeftijd"].to_numpy() + rng.integers(-8, 9, len(rows)), 18, 90))
