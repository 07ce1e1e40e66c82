"""The generated country has every column that a delivery may bring."""

import duckdb
import pytest

from bench import data
from contracts.tables import TABLES


@pytest.fixture(scope="module")
def country():
    with duckdb.connect() as con:
        data._people(con, 0.0001)
        yield con


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_of_a_delivery_is_made(country, table):
    made = {row[0] for row in country.execute(f"describe {table}").fetchall()}
    assert set(TABLES[table].delivered) - made == set()
