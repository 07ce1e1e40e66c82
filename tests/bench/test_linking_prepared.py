"""The rivals of the linking bench compare the pairs that Tijdig compares."""

import polars as pl
import pytest

from bench.linking_prepared import BLOCKS, Watch, prepare, with_keys
from bench.linking_register import generate
from matching.linking import candidates
from store.scratch import scratch


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    generate(folder, persons=20_000, seed=5)
    return prepare(folder, "levering", Watch())


def test_blocks_find_the_pairs_of_tijdig(prepared):
    with scratch() as con:
        ours = candidates(con, prepared.register, prepared.residual).pairs
    register, rows = with_keys(prepared.register), with_keys(prepared.residual)
    found = [
        rows.join(register, left_on=[row for _, row in block], right_on=[person for person, _ in block]).select(
            "id", register_id="id_right"
        )
        for block in BLOCKS
    ]
    theirs = pl.concat(found).unique().sort("id", "register_id")
    assert theirs.height > 1000
    assert theirs.equals(ours.select("id", "register_id"))


def test_a_number_in_doubt_is_left_to_the_rivals_too(prepared):
    assert prepared.verified.columns == ["id", "register_id"]
    assert set(prepared.residual["id"]).isdisjoint(prepared.verified["id"])
