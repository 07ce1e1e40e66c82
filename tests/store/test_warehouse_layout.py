"""A warehouse of an older release is refused, never read halfway."""

import hashlib

import pytest

from contracts.errors import TijdigError
from contracts.tables import TABLES
from store import warehouse
from store.warehouse import Warehouse

#: When this changes an older warehouse no longer fits: raise ``_SCHEMA_VERSION`` and write both down here.
LAYOUT = (7, "ac7ae2a52263165c")


def test_other_columns_need_another_layout_version():
    columns = "|".join(f"{table.name}({','.join(table.columns)})" for table in TABLES.values())
    assert (warehouse._SCHEMA_VERSION, hashlib.sha256(columns.encode()).hexdigest()[:16]) == LAYOUT


def test_a_warehouse_of_another_layout_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(warehouse, "_SCHEMA_VERSION", 2)
    with Warehouse(tmp_path / "w.duckdb"):
        pass
    monkeypatch.undo()
    with pytest.raises(TijdigError, match="layout 2, this program needs 7"):
        Warehouse(tmp_path / "w.duckdb")
