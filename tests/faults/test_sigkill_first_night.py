"""The first night of a work folder, killed again and again wherever chance has it, leaves what it always leaves."""

from random import Random

import pytest

from tests.faults.night import outcome, same
from tests.faults.nights import KILLS, Chance, killed_again_and_again

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("timed", [False, True], ids=["at the n-th change", "at any moment"])
def test_after_any_number_of_kills_the_first_night_is_as_if_nobody_disturbed_it(nights, first_night, copy_of, timed):
    chance, kills = Chance(first_night.whole, first_night.again, Random(2026), timed), 0
    while kills < KILLS:
        work = copy_of(first_night.begun)
        kills += killed_again_and_again(nights, work, first_night.day, chance)
        same(outcome(work), first_night.left)
    assert kills >= KILLS
