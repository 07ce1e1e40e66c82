"""The example rows: sound by their own contract, one story together, and about nobody."""

import re
from pathlib import Path

import polars as pl
import pytest
from stdnum.nl import bsn as stdnum_bsn

from contracts.codelists import code_lists
from contracts.examples import example_values, examples, written
from contracts.tables import TABLES

DATA = Path(__file__).parents[3] / "shared" / "data"
BSN = "burgerservicenummer"
ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


def taken_in(table) -> pl.DataFrame:
    """The example rows as the intake would hold them, a computed column filled with something of its shape."""
    rows = [
        row | {name: f"{place:064x}" for name in table.columns if name not in row}
        for place, row in enumerate(examples(table))
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String))


def values(table: str, column: str) -> set[str]:
    return set(example_values(TABLES[table], column))


def bsns() -> set[str]:
    return {
        value
        for table in TABLES.values()
        for name in table.delivered
        if BSN in name
        for value in example_values(table, name)
    }


@ALL
def test_every_example_row_passes_its_contract(table):
    good, failure = table.schema.filter(taken_in(table))
    assert failure.counts() == {}
    assert 2 <= good.height <= 4


@ALL
def test_an_example_names_only_columns_that_are_delivered(table):
    assert {name for row in written()[table.name] for name in row} <= set(table.delivered)


def test_there_are_no_examples_of_other_tables():
    assert set(written()) == set(TABLES)


@ALL
def test_a_key_occurs_once(table):
    if table.key:
        assert not taken_in(table).select(table.key).is_duplicated().any()


@ALL
def test_what_a_row_belongs_to_is_there(table):
    if table.belongs_to is not None:
        assert values(table.name, table.parent) <= values(table.belongs_to, table.parent)


@ALL
def test_every_code_is_on_its_list(table):
    for column in table.delivered:
        if codes := code_lists().get(table.facts(column).codelijst):
            assert set(example_values(table, column)) <= set(codes.codes), column


def test_the_sources_tell_one_story():
    dossiers = values("uitkering", "dossiernummer")
    known = values("uitkering", BSN) | values("uitkering", "partner_burgerservicenummer")
    housemates = values("bekende_medebewoner", "medebewoner_burgerservicenummer")
    assert values("ib_samenloopsignaal", "dossiernummer") <= dossiers
    assert values("vordering", "dossiernummer") <= dossiers
    assert values("ib_samenloopsignaal", BSN) <= known
    assert values("duo_inschrijving", BSN) == housemates
    assert values("brp_persoon", BSN) == known | housemates


def test_every_bsn_passes_the_elfproef_and_is_of_the_range_for_tests():
    assert bsns()
    assert all(stdnum_bsn.is_valid(value) and value.startswith("9999") for value in bsns())


@pytest.mark.skipif(not DATA.is_dir(), reason="the test data of RvIG lie beside the project")
def test_nobody_in_the_test_data_of_rvig_has_one_of_these_bsns():
    for file in DATA.rglob("*.*"):
        text = file.read_bytes()
        assert not [value for value in bsns() if value.encode() in text]


def test_no_a_number_can_be_somebodys():
    # The register gives out no A-nummer with two equal digits side by side (Logisch Ontwerp BRP 01.10).
    assert all(re.search(r"(\d)\1", value) for value in values("brp_persoon", "anummer"))
