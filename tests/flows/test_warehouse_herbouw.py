"""A warehouse that is lost or damaged is made anew, and the next night finds what it would have found."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from contracts.errors import BusyError, TijdigError
from flows import steps
from flows.alone import one_night
from flows.casebook import open_casebook
from flows.cli import app
from flows.settings import Workplace
from flows.steps import open_warehouse
from flows.warehouse_cli import rebuild
from store import snapshot
from store.casebook.tables import metadata
from store.destroy import all_tables
from tests.first_night import begin, decide
from tests.world import DAY, town

NEXT = DAY + timedelta(days=1)
#: When something was done: of two nights on the same data that differs.
MOMENTS = {"moment", "bijgewerkt_op", "laatste_poging", "besloten_op"}


def whole_night(work, day):
    decide(work, day)
    steps.clear_deliveries(work, day)


@pytest.fixture
def work(tmp_path):
    """A work folder after its first night, of which the deliveries are gone."""
    place = Workplace(tmp_path / "werk")
    place.folder.mkdir()
    begin(place, DAY, town(), whole_night)
    assert not [path for path in place.leveringen.rglob("*") if path.is_file()]
    return place


def copy_of(work):
    other = Workplace(work.folder.with_name("ander"))
    shutil.copytree(work.folder, other.folder)
    return other


def next_night(work):
    """A night in which one moved out, so that it leans on what was known before."""
    town().without("brp_persoon", "anummer", town().rows["brp_persoon"][2]["anummer"]).write_all(work.leveringen, NEXT)
    whole_night(work, NEXT)


def record(work):
    """Every row of the casebook, without the moments."""
    with open_casebook(work) as casebook, casebook._engine.connect() as con:
        return {
            name: sorted(
                (
                    {key: value for key, value in row._mapping.items() if key not in MOMENTS}
                    for row in con.execute(sa.select(table))
                ),
                key=repr,
            )
            for name, table in metadata.tables.items()
        }


def held(work):
    """Every row of the warehouse, without the moment at which a delivery was read."""
    with open_warehouse(work, read_only=True) as warehouse:
        names = all_tables(warehouse.con)
        return {
            name: sorted(
                warehouse.read("select * exclude (ingelezen_op) from levering").rows()
                if name == "levering" else warehouse.read(f"from {name}").rows(),
                key=repr,
            )
            for name in names
        }  # fmt: skip


def lose(work):
    work.warehouse.unlink()


def cut(work):
    """A disk that kept the first half."""
    data = work.warehouse.read_bytes()
    work.warehouse.write_bytes(data[: len(data) // 2])


def scratch(work):
    """Bytes that are not what was written, in every block after the heads."""
    data = bytearray(work.warehouse.read_bytes())
    for place in range(3 * 4096 + 512, len(data), 4096):
        data[place : place + 64] = bytes(64 * [0xA5])
    work.warehouse.write_bytes(data)


def overwrite(work):
    work.warehouse.write_bytes(b"nothing that a database would write" * 1_000)


@pytest.mark.parametrize("harm", [lose, cut, scratch, overwrite])
def test_after_harm_the_night_says_what_to_do_and_then_finds_the_same(work, harm):
    undisturbed = copy_of(work)
    next_night(undisturbed)
    before = held(work)
    harm(work)
    town().write_all(work.leveringen, NEXT)
    with pytest.raises(TijdigError) as refused:
        decide(work, NEXT)
    assert "tijdig warehouse herbouw" in refused.value.todo
    shutil.rmtree(work.leveringen)
    done = CliRunner().invoke(app, ["warehouse", "herbouw", "--map", str(work.folder)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Het warehouse is opnieuw gemaakt" in done.output
    assert held(work) == before
    next_night(work)
    assert record(work) == record(undisturbed)
    assert held(work) == held(undisturbed)


def test_there_is_one_snapshot_and_it_is_made_only_where_something_came(work):
    (first,) = work.snapshots.iterdir()
    decide(work, NEXT)  # nothing was delivered
    assert list(work.snapshots.iterdir()) == [first]
    next_night(work)
    (second,) = work.snapshots.iterdir()
    assert second != first
    assert snapshot.newest(work.snapshots) == second
    with open_warehouse(work) as warehouse:
        assert snapshot.verified(second).stand == warehouse.stand()


def test_what_a_killed_run_left_half_is_not_used_and_goes(work):
    (whole,) = work.snapshots.iterdir()
    half = work.snapshots / f"{whole.name}.nieuw"
    half.mkdir()
    (half / "uitkering.parquet").write_bytes(b"half")
    assert snapshot.newest(work.snapshots) == whole
    decide(work, NEXT)
    assert not half.exists()
    (only,) = work.snapshots.iterdir()
    assert snapshot.verified(only)


def test_only_its_owner_may_read_it(work):
    (folder,) = work.snapshots.iterdir()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("what", ["a file of it", "its manifest", "its layout"])
def test_a_damaged_snapshot_is_refused_and_the_warehouse_is_left(work, what):
    (folder,) = work.snapshots.iterdir()
    said = folder / snapshot.MANIFEST
    if what == "a file of it":
        path = folder / "brp_persoon.parquet"
        path.write_bytes(path.read_bytes()[:-1])
    elif what == "its manifest":
        said.write_text("{")
    else:
        said.write_text(json.dumps(json.loads(said.read_text()) | {"inrichting": 1}))
    before = work.warehouse.read_bytes()
    with pytest.raises(TijdigError):
        rebuild(work, even_so=True)
    assert work.warehouse.read_bytes() == before


def test_a_warehouse_that_is_whole_is_not_replaced_unless_asked(work):
    with pytest.raises(TijdigError, match="every row of it can be read"):
        rebuild(work)
    before = held(work)
    rebuild(work, even_so=True)
    assert held(work) == before


def test_without_a_snapshot_it_says_so(tmp_path):
    with pytest.raises(TijdigError, match="no snapshot"):
        rebuild(Workplace(tmp_path))


def test_not_while_a_night_runs(work):
    with one_night(work.folder), pytest.raises(BusyError):
        CliRunner().invoke(app, ["warehouse", "herbouw", "--map", str(work.folder)], catch_exceptions=False)


def test_every_table_of_the_warehouse_is_in_it(work):
    (folder,) = work.snapshots.iterdir()
    with duckdb.connect(str(work.warehouse), read_only=True) as con:
        tables = {
            name for (name,) in con.execute("select table_name from duckdb_tables() where not temporary").fetchall()
        }
    assert snapshot.Snapshot.read(folder).tabellen.keys() == tables
    assert {path.stem for path in folder.glob("*.parquet")} == tables


def test_a_full_disk_is_not_called_damage():
    from store.warehouse import _says_damaged

    assert not _says_damaged(duckdb.IOException("Could not write file: No space left on device"))
    assert _says_damaged(duckdb.IOException("Corrupt database file: computed checksum 1 does not match stored 2"))


def test_now_is_when_it_was_made(work):
    (folder,) = work.snapshots.iterdir()
    assert abs(snapshot.Snapshot.read(folder).gemaakt_op - datetime.now(UTC)) < timedelta(minutes=10)
