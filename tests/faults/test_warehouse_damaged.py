"""A warehouse that is damaged in one place or another: the night says to make it anew, and after that finds the same."""

import random

import pytest
from typer.testing import CliRunner

from contracts.errors import TijdigError
from flows.cli import app
from tests.faults.night import NEXT, copy_of, held, night, outcome, same, told

pytestmark = pytest.mark.slow
#: A block of DuckDB, and where the first one begins: after three heads.
_HEAD, _BLOCK = 4096, 262_144


def spoil(path, place, size=512):
    """Other bytes at one place."""
    data = bytearray(path.read_bytes())
    data[place : place + size] = random.Random(place).randbytes(size)
    path.write_bytes(data)


def first_head(path):
    spoil(path, 64)


def both_other_heads(path):
    for number in (1, 2):
        spoil(path, number * _HEAD + 16, 64)


def each_middle_page(path):
    """Every block, so that one is hit that is in use, whichever that is."""
    for place in range(3 * _HEAD + _BLOCK // 2, path.stat().st_size, _BLOCK):
        spoil(path, place)


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_bytes(path):
    path.write_bytes(b"")


def only_zeros(path):
    path.write_bytes(bytes(path.stat().st_size))


def log_of_another_file(path):
    """A log that is not of this file, as after a copy was put back beside a newer log."""
    path.with_name(f"{path.name}.wal").write_bytes(_log_of_another(path.with_name("ander.duckdb")))


def _log_of_another(path):
    import duckdb

    with duckdb.connect(str(path)) as con:
        con.execute("create table andere as select 1 as een")
        con.execute("checkpoint")
        con.execute("insert into andere from range(1000)")
        data = path.with_name(f"{path.name}.wal").read_bytes()
    path.unlink()
    return data


@pytest.mark.parametrize(
    "harm", [first_head, both_other_heads, each_middle_page, half, no_bytes, only_zeros, log_of_another_file]
)
def test_the_night_says_to_make_it_anew_and_then_is_as_any_other(tmp_path, begun, wanted, harm):
    work = copy_of(begun, tmp_path / "werk")
    before = held(work)
    harm(work.warehouse)
    with pytest.raises(TijdigError) as refused:
        night(work, NEXT)
    what, where = told(refused.value)
    assert what in ("The warehouse is damaged.", "The warehouse is in use or damaged.")
    assert where == "warehouse.duckdb"
    assert "tijdig warehouse herbouw" in refused.value.todo
    done = CliRunner().invoke(app, ["warehouse", "herbouw", "--map", str(work.folder)], catch_exceptions=False)
    assert done.exit_code == 0
    same(held(work), before)
    night(work, NEXT)
    same(outcome(work), wanted)
