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

#: Vocabulary -> the text columns that share it: the same number is the same value. Then columns that are numbers.
_SHARED = {
    "naam": ("stam", "stam2", "voornaam"), "letter": ("letter",), "rest": ("rest",),
    "adres": ("wijk", "code", "gebouw", "woning"), "geslacht": ("geslacht",),
}  # fmt: skip
_NUMBERS = ("jaar", "maand", "dag", "bsn")


@dataclass(frozen=True)
class _Words:
    """The distinct values of some columns in order, and how many register persons have each, column by column."""

    values: list[str]
    counts: list[Ints]


def levels_of(register: pl.DataFrame, rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """What ``compare`` gives, of one pair or more."""
    left = _prepared(rows.join(pairs.select("id"), on="id", how="semi"))
    right = _prepared(register.join(pairs.select(id="register_id"), on="id", how="semi"))
    coded, words = _numbered(left, right, register)
    levels = recordlinkage.Compare(_features(words)).compute(
        pd.MultiIndex.from_arrays([pairs["id"].to_numpy(), pairs["register_id"].to_numpy()]), *coded
    )
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
        **_address(),
    )


def _address() -> dict[str, pl.Expr]:
    code = pl.when(pl.col("postcode").str.len_bytes() == 6).then("postcode")  # noqa: PLR2004 - 1234AB
    building = pl.concat_str(code, "huisnummer", separator=" ")
    dwelling = pl.concat_str(building, pl.col("toevoeging").fill_null(""), separator=" ")
    return {"wijk": pl.col("postcode").str.slice(0, 4), "code": code, "gebouw": building, "woning": dwelling}


def _numbered(
    left: pl.DataFrame, right: pl.DataFrame, register: pl.DataFrame
) -> tuple[tuple[pd.DataFrame, pd.DataFrame], dict[str, _Words]]:
    """Both sides as numbers, by id, and what the numbers mean."""
    homes = register.select("postcode", "huisnummer", "toevoeging")
    near = homes.join(left.select("postcode").unique(), on="postcode", how="semi").select(**_address())
    counted = {"naam": register, "adres": near}
    coded: tuple[dict[str, Ints], dict[str, Ints]] = ({}, {})
    words = {}
    for name, columns in _SHARED.items():
        stacked = [side[column].alias("value") for side in (left, right) for column in columns]
        held = [counted[name][column].alias("value") for column in columns] if name in counted else []
        places, words[name] = _words(stacked, held)
        for at, column in enumerate(columns):
            coded[0][column], coded[1][column] = places[at], places[len(columns) + at]
    dates, words["datum"] = _dates(left, right, register)
    frames = [
        pd.DataFrame(
            {**numbers, "datum": date, **{name: _filled(side[name]) for name in _NUMBERS}}, index=side["id"].to_numpy()
        )
        for numbers, date, side in zip(coded, dates, (left, right), strict=True)
    ]
    return (frames[0], frames[1]), words


def _filled(column: pl.Series) -> Ints:
    numbers: Ints = column.cast(pl.Int64).fill_null(MISSING).to_numpy()
    return numbers


def _dates(left: pl.DataFrame, right: pl.DataFrame, register: pl.DataFrame) -> tuple[list[Ints], _Words]:
    return _words([side["datum"].alias("value") for side in (left, right)], [register["datum"].alias("value")])


def _words(columns: Sequence[pl.Series], held: Sequence[pl.Series]) -> tuple[list[Ints], _Words]:
    """The place of every value of ``columns`` in their common vocabulary (``MISSING``: none), and the vocabulary.

    Args:
        columns: values, each series named ``value``.
        held: columns of the register in which each word is counted, each named ``value``.
    """
    stacked = pl.concat(columns).to_frame()
    values = stacked.drop_nulls().unique().sort("value").with_row_index("place")
    places = _filled(stacked.join(values, on="value", how="left", maintain_order="left")["place"])
    ends = np.cumsum([len(column) for column in columns])[:-1]
    counts = [_counted(column, values) for column in held]
    return np.split(places, ends), _Words(values["value"].to_list(), counts)


def _counted(column: pl.Series, values: pl.DataFrame) -> Ints:
    count = column.to_frame().join(values, on="value", how="inner").group_by("place").len()
    counts = np.zeros(values.height, np.int64)
    counts[count["place"].to_numpy()] = count["len"].to_numpy()
    return counts


def _features(words: dict[str, _Words]) -> list[features.Feature]:
    names, own, partner, first = words["naam"].values, *words["naam"].counts
    return [
        features.Surname("geslachtsnaam", ("stam", "stam2", "voornaam"), names, own + partner),
        features.FirstName("voornaam", ("voornaam", "letter", "stam"), names, first),
        features.Initials("voorletters", ("rest",), words["rest"].values),
        features.BirthDate("geboortedatum", ("datum", "jaar", "maand", "dag"), counts=words["datum"].counts[0]),
        features.Address("adres", _SHARED["adres"], counts=np.sum(words["adres"].counts, axis=0)),
        features.Same("geslacht", ("geslacht",)),
        features.Same("bsn", ("bsn",)),
    ]
