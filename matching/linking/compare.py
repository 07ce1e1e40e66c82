"""Levels of agreement of each candidate pair, by ``recordlinkage.Compare`` over columns of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl
import recordlinkage

from matching.linking import features
from matching.linking.features import Ints
from matching.linking.levels import MISSING, NAMES

#: Columns of one comparison.
_DATES, _ADDRESS = ("jaar", "maand", "dag"), ("wijk", "code", "gebouw", "woning")


@dataclass(frozen=True)
class _Words:
    """The distinct values of some columns, in order, and how many register persons have each."""

    values: pl.Series
    counts: Ints

    def number(self, column: pl.Series) -> Ints:
        """The place of each value; ``MISSING`` where there is none."""
        places: Ints = (
            column.cast(pl.Enum(self.values)).to_physical().cast(pl.Int64).fill_null(MISSING).to_numpy()
        )  # fmt: skip
        return places


def compare(register: pl.DataFrame, rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The level of every comparison for every pair.

    Args:
        register: standardised records: the whole register, for it also says how common a value is.
        rows: standardised records.
        pairs: ``id`` and ``register_id``; other columns are kept.

    Returns:
        ``pairs`` with, for each comparison in ``NAMES``, its level (null: missing on a side) and ``<name>_aantal``:
        how many register persons have the value agreed on (0: not said).
    """
    if pairs.is_empty():
        return pairs.with_columns(
            *(pl.lit(None, pl.Int8).alias(name) for name in NAMES),
            *(pl.lit(0, pl.Int64).alias(f"{name}_aantal") for name in NAMES),
        )
    left = _prepared(rows.join(pairs.select("id"), on="id", how="semi"))
    right = _prepared(register.join(pairs.select(id="register_id"), on="id", how="semi"))
    words = _vocabularies(register, left, right)
    levels = recordlinkage.Compare(_features(words)).compute(
        pd.MultiIndex.from_arrays([pairs["id"].to_numpy(), pairs["register_id"].to_numpy()]),
        _numbered(left, words), _numbered(right, words),
    )  # fmt: skip
    made = [pl.Series(name, levels[name].to_numpy().astype(np.int8)) for name in NAMES]
    said = [pl.Series(f"{name}_aantal", levels[f"{name}_aantal"].to_numpy()) for name in NAMES]
    known = [pl.when(pl.col(name) != MISSING).then(name).alias(name) for name in NAMES]
    return pairs.hstack(made + said).with_columns(known)


def _prepared(records: pl.DataFrame) -> pl.DataFrame:
    """Records with the parts that are compared: initials in two, the address from area to dwelling."""
    letters = pl.col("voorletters")
    return records.with_columns(
        letter=letters.str.slice(0, 1),
        rest=pl.when(letters.str.len_chars() > 1).then(letters.str.slice(1)),
        datum=pl.col("datum").cast(pl.String),
        **_address(),
    )


def _address() -> dict[str, pl.Expr]:
    code = pl.when(pl.col("postcode").str.len_bytes() == 6).then("postcode")  # noqa: PLR2004 - 1234AB
    building = pl.concat_str(code, "huisnummer", separator=" ")
    dwelling = pl.concat_str(building, pl.col("toevoeging").fill_null(""), separator=" ")
    return {"wijk": pl.col("postcode").str.slice(0, 4), "code": code, "gebouw": building, "woning": dwelling}


def _vocabularies(register: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> dict[str, _Words]:
    names = [*left.select("stam", "stam2"), *right.select("stam", "stam2")]
    near = register.select("postcode", "huisnummer", "toevoeging").join(
        left.select("postcode").unique(), on="postcode", how="semi"
    )
    dates = register.select(pl.col("datum").cast(pl.String))
    return {
        "stam": _words(names, [register["stam"], register["stam2"]]),
        "voornaam": _words([left["voornaam"], right["voornaam"]], [register["voornaam"]]),
        "datum": _words([left["datum"], right["datum"]], list(dates)),
        "adres": _words(
            [*left.select(_ADDRESS), *right.select(_ADDRESS)], list(near.select(**_address()).select(_ADDRESS))
        ),
        **{name: _words([left[name], right[name]], []) for name in ("letter", "rest", "geslacht")},
    }


def _words(columns: Sequence[pl.Series], counted: Sequence[pl.Series]) -> _Words:
    values = pl.concat([column.alias("value") for column in columns]).drop_nulls().unique().sort()
    total = np.zeros(len(values), np.int64)
    for column in counted:
        held = column.filter(column.is_in(values.implode())).value_counts(name="count") if len(values) else None
        if held is not None and held.height:
            places = _Words(values, total).number(held.to_series(0))
            total[places] += held["count"].to_numpy()
    return _Words(values, total)


def _numbered(records: pl.DataFrame, words: dict[str, _Words]) -> pd.DataFrame:
    """Everything as numbers, by id: what recordlinkage looks up for each pair."""
    columns = {name: words[name].number(records[name]) for name in ("voornaam", "letter", "rest", "datum", "geslacht")}
    columns |= {name: words["stam"].number(records[name]) for name in ("stam", "stam2")}
    columns |= {name: words["adres"].number(records[name]) for name in _ADDRESS}
    columns |= {name: records[name].cast(pl.Int64).fill_null(MISSING).to_numpy() for name in _DATES}
    return pd.DataFrame(columns, index=records["id"].to_numpy())


def _features(words: dict[str, _Words]) -> list[features.Feature]:
    stem, first, rest = words["stam"], words["voornaam"], words["rest"]
    return [
        features.Surname("geslachtsnaam", ["stam", "stam2"], stem.values, stem.counts),
        features.FirstName("voornaam", ["voornaam", "letter"], first.values, first.counts),
        features.Initials("voorletters", ["rest"], rest.values),
        features.BirthDate("geboortedatum", ["datum", *_DATES], counts=words["datum"].counts),
        features.Address("adres", _ADDRESS, counts=words["adres"].counts),
        features.Sex("geslacht", ["geslacht"]),
    ]
