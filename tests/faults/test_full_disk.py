"""A disk that runs full, at every place of a night: it says so, and with room the night comes to the same."""

import pytest

from contracts.errors import DiskError
from flows.settings import Workplace
from store.transient import TRANSIENT
from tests.faults import night as nights
from tests.faults.disk import files_at_most, small_disk
from tests.faults.night import NEXT, deliver, first_day, night, outcome, same, second_day, told
from tests.world import DAY

pytestmark = pytest.mark.slow
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
