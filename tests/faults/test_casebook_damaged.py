"""A casebook that is damaged can't be made anew: the night says so and touches nothing; what a log left is no damage."""

import random

import pytest

from contracts.errors import CasebookError
from flows.settings import Workplace
from tests.faults.night import NEXT, copy_of, deliver, first_day, night, outcome, same, second_day, told
from tests.world import DAY

pytestmark = pytest.mark.slow
_PAGE = 4096


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A work folder after its first night, with the deliveries of the next."""
    work = deliver(Workplace(tmp_path_factory.mktemp("begin") / "werk"), first_day(), DAY)
    night(work, DAY)
    return deliver(work, second_day(), NEXT)


def the_head(path):
    path.write_bytes(b"nothing that a database would write" + path.read_bytes()[35:])


def every_page(path):
    data = bytearray(path.read_bytes())
    for place in range(_PAGE, len(data), _PAGE):
        data[place : place + 64] = random.Random(place).randbytes(64)
    path.write_bytes(data)


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("harm", [the_head, every_page, half])
def test_it_says_so_and_nothing_goes_out(tmp_path, begun, harm):
    work = copy_of(begun, tmp_path / "werk")
    harm(work.casebook)
    spoilt = work.casebook.read_bytes()
    with pytest.raises(CasebookError) as refused:
        night(work, NEXT)
    assert told(refused.value) == ("The casebook is damaged.", "casebook")
    assert "tijdig restore" in refused.value.todo
    assert work.casebook.read_bytes() == spoilt
    assert not work.uitvoer(NEXT).exists()


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_what_is_left_of_a_log_beside_it_is_not_taken_for_a_log(tmp_path, begun, left):
    calm, work = copy_of(begun, tmp_path / "rustig"), copy_of(begun, tmp_path / "werk")
    night(calm, NEXT)
    work.casebook.with_name(work.casebook.name + left).write_bytes(random.Random(left).randbytes(10_000))
    night(work, NEXT)
    same(outcome(work), outcome(calm))
