"""A new file for the register, wherever the work folder is."""

from datetime import UTC, date, datetime

from store import destroy, snapshot
from store.warehouse import Warehouse

DAY = date(2026, 11, 3)


def test_a_gemeente_with_an_apostrophe_in_its_name_can_destroy_and_be_rebuilt(tmp_path):
    folder = tmp_path / "'s-gravenhage"
    folder.mkdir()
    path = folder / "warehouse.duckdb"
    with Warehouse(path) as warehouse:
        made = destroy.rebuild(warehouse, destroy.Needed(frozenset(), DAY, DAY))
        assert made.parent == folder
        assert made.is_file()
        destroy.discard(made)
        assert snapshot.keep(warehouse, folder / "snapshots", datetime(2026, 11, 3, tzinfo=UTC))
    kept = snapshot.newest(folder / "snapshots")
    assert kept is not None
    assert snapshot.rebuild(kept, path).stand == 0
