"""A disk that can only be read, or a folder of somebody else: nothing is done and it says so; after that all is as before."""

import shutil
import tempfile
from pathlib import Path

import pytest

from contracts.errors import DiskError
from store.transient import TRANSIENT
from tests.faults.disk import nobody, small_disk
from tests.faults.night import NEXT, copy_of, night, outcome, same, told

pytestmark = pytest.mark.slow


@pytest.fixture
def open_to_all():
    """A folder that is not root's alone, as that of a test is."""
    folder = Path(tempfile.mkdtemp(prefix="tijdig-van-niemand-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_on_a_disk_that_is_mounted_to_be_read_only_nothing_is_done_and_nothing_is_lost(tmp_path, begun, wanted):
    with small_disk(tmp_path / "schijf") as disk:
        work = copy_of(begun, disk.folder / "werk")
        before = every_byte(work)
        disk.only_read()
        with pytest.raises(DiskError) as refused:
            night(work, NEXT)
        assert told(refused.value) == ("This can't be written.", "nacht.slot")
        assert every_byte(work) == before
        disk.may_be_written()
        night(work, NEXT)
        same(outcome(work), wanted)


class Locked:
    """Before each step everything in the work folder is made read-only; when it said so, it may be written again."""

    def __init__(self, work):
        self.work, self.hit = work, {}

    def __call__(self, step):
        def tried(*args, **kwargs):
            self._may(0o555, 0o444)
            try:
                return step(*args, **kwargs)
            except TRANSIENT as error:
                self.hit[step.__name__] = type(error).__name__
            finally:
                self._may(0o755, 0o644)
            return step(*args, **kwargs)

        return tried

    def _may(self, folders, files):
        for path in sorted(self.work.folder.rglob("*")):
            path.chmod(folders if path.is_dir() else files)


def test_where_the_rights_are_gone_at_each_step_the_night_comes_to_the_same(open_to_all, begun, wanted):
    work = copy_of(begun, open_to_all / "werk")
    with nobody(open_to_all):
        locked = Locked(work)
        night(work, NEXT, as_step=locked)
        same(outcome(work), wanted)
    assert {"take_in", "find", "decide", "take_back", "print_letters", "report"} <= locked.hit.keys(), locked.hit


@pytest.mark.parametrize(
    ("closed", "where"),
    [
        ("gegevens", "casebook"),
        ("gegevens/casebook.sqlite", "casebook"),
        ("gegevens/warehouse.duckdb", "warehouse.duckdb"),
        ("uitvoer", "2026-11-04"),
        ("uitvoer/2026-11-03/berichten", ".manifest.jsonl.nieuw"),
    ],
)
def test_a_night_that_may_not_write_somewhere_says_where(open_to_all, begun, wanted, closed, where):
    work = copy_of(begun, open_to_all / "werk")
    with nobody(open_to_all):
        path = work.folder / closed
        path.chmod(0o555 if path.is_dir() else 0o444)
        with pytest.raises(DiskError) as refused:
            night(work, NEXT)
        assert told(refused.value) == ("This can't be written.", where)
        # SQLite gives the files beside the casebook the rights that it had itself.
        for one in (path, *path.parent.glob(f"{path.name}-*")):
            one.chmod(0o755 if one.is_dir() else 0o644)
        night(work, NEXT)
        same(outcome(work), wanted)


def every_byte(work):
    return {path: path.read_bytes() for path in work.folder.rglob("*") if path.is_file()}
