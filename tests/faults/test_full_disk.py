"""A disk that runs full, at every place of a night: it says so, and with room the night comes to the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.errors import DiskError
from flows.settings import Workplace
from store.staging import Staging
from store.transient import TRANSIENT
from tests.faults import night as nights
from tests.faults.disk import files_at_most, small_disk
from tests.faults.night import NEXT, deliver, first_day, night, outcome, same, second_day, told
from tests.world import DAY

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
#: How much is left when a step begins.
LEFT_KB = (0, 12, 100, 900)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """What comes of the first night where there is room."""
    return nights.undisturbed(tmp_path_factory.mktemp("ruim") / "werk", first_day())


def until_it_fits(work, sizes, give):
    """Run the night with ever more room until it gets through; returns what it said meanwhile."""
    said = []
    for size in sizes:
        try:
            with give(size):
                night(work, DAY)
        except DiskError as error:
            said.append(told(error))
        else:
            return said
    raise AssertionError("it never fitted")


def test_on_a_disk_that_is_too_small_each_try_says_so_and_with_room_the_night_is_as_any_other(tmp_path, wanted):
    with small_disk(tmp_path / "schijf", 140) as disk:
        work = deliver(Workplace(disk.folder / "werk"), first_day(), DAY)

        class Sized:
            def __init__(self, size):
                disk.resize(size)

            def __enter__(self):
                return disk

            def __exit__(self, *_):
                pass

        said = until_it_fits(work, range(180, 8_000, 160), Sized)
        assert len(said) > 10
        assert {"casebook", "warehouse.duckdb"} <= {where for _, where in said}
        assert ("The disk is full.", "warehouse.duckdb") in said
        same(outcome(work), wanted)


def test_where_no_file_may_grow_each_try_says_so_and_with_room_the_night_is_as_any_other(tmp_path, wanted):
    work = deliver(Workplace(tmp_path / "werk"), first_day(), DAY)
    said = until_it_fits(work, range(0, 8_000, 70), files_at_most)
    assert len(said) > 5
    assert {"casebook", "warehouse.duckdb"} <= {where for _, where in said}
    # It just fitted: what DuckDB could not lay in its file yet stands beside it. Without a limit it is one again.
    night(work, DAY)
    same(outcome(work), wanted)


class Filled:
    """Before each step somebody else fills the disk; it is tried again with a little more room each time."""

    def __init__(self, disk):
        self.disk, self.hit = disk, {}

    def __call__(self, step):
        def tried(*args, **kwargs):
            for left in LEFT_KB:
                self.disk.fill(left)
                try:
                    return step(*args, **kwargs)
                except TRANSIENT as error:
                    self.hit.setdefault(step.__name__, []).append(type(error).__name__)
                finally:
                    self.disk.make_room()
            return step(*args, **kwargs)

        return tried


def test_a_disk_that_is_full_at_each_step_of_two_nights_changes_nothing_of_them(tmp_path, wanted):
    calm = deliver(Workplace(tmp_path / "ruim"), first_day(), DAY)
    night(calm, DAY)
    night(deliver(calm, second_day(), NEXT), NEXT)
    with small_disk(tmp_path / "schijf") as disk:
        work, filled = deliver(Workplace(disk.folder / "werk"), first_day(), DAY), Filled(disk)
        night(work, DAY, as_step=filled)
        same(outcome(work), wanted)
        steps = {"take_in", "find", "decide", "print_letters", "report"}
        assert steps <= filled.hit.keys(), filled.hit
        filled.hit.clear()
        night(deliver(work, second_day(), NEXT), NEXT, as_step=filled)
        same(outcome(work), outcome(calm))
        assert {"take_in", "decide", "take_back", "sample", "report"} <= filled.hit.keys(), filled.hit


def test_a_disk_that_runs_full_while_a_delivery_is_read_is_not_the_fault_of_that_delivery(
    tmp_path, wanted, monkeypatch
):
    load = Staging.load_file
    with small_disk(tmp_path / "schijf") as disk:
        work = deliver(Workplace(disk.folder / "werk"), first_day(), DAY)

        def loaded(*args):
            disk.fill(0)
            try:
                return load(*args)
            finally:
                disk.make_room()

        monkeypatch.setattr(Staging, "load_file", loaded)
        with pytest.raises(DiskError) as refused:
            night(work, DAY)
        assert told(refused.value) == ("The disk is full.", "warehouse.duckdb")
        monkeypatch.undo()
        night(work, DAY)
        same(outcome(work), wanted)


def test_the_command_says_so_before_anything_starts(tmp_path):
    with small_disk(tmp_path / "schijf", 2_000) as disk:
        work = deliver(Workplace(disk.folder / "werk"), first_day(), DAY)
        assert said_by_the_command(work) == ["The disk is full.", "Make room and run it again"]
        disk.resize(64_000)
        disk.only_read()
        assert said_by_the_command(work) == [
            "This can't be written.",
            "Give the user of Tijdig the right to write here",
        ]
        assert sorted(path.name for path in (work.folder / "gegevens").iterdir()) == ["logboek_sleutel", "sleutel"]


def said_by_the_command(work):
    """Run the real program; it ends with 2, in one block, without a traceback."""
    command = [sys.executable, "-c", "from flows.cli import main; main()", "run", "--map", work.folder]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"COLUMNS": "200"}
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    text = " ".join(done.stderr.replace("\u2502", " ").split())
    words = (
        "The disk is full.",
        "This can't be written.",
        "Make room and run it again",
        "Give the user of Tijdig the right to write here",
    )
    return [one for one in words if one in text]
