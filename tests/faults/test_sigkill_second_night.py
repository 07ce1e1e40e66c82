"""The night after it, in which findings close and letters are withdrawn, killed wherever chance has it."""

from random import Random

import pytest

from tests.faults.night import outcome, same
from tests.faults.nights import KILLS, Chance, killed_again_and_again

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("timed", [False, True], ids=["at the n-th change", "at any moment"])
def test_what_is_withdrawn_closed_and_new_is_so_once_after_any_number_of_kills(nights, second_night, copy_of, timed):
    letters = {row["status"] for row in second_night.left["casebook"]["outbox"]}
    findings = {row["status"] for row in second_night.left["casebook"]["finding"]}
    assert ("ingetrokken" in letters, "vervallen" in findings, "nieuw" in findings) == (True, True, True)
    chance, kills = Chance(second_night.whole, second_night.again, Random(1104), timed), 0
    while kills < KILLS:
        work = copy_of(second_night.begun)
        kills += killed_again_and_again(nights, work, second_night.day, chance)
        same(outcome(work), second_night.left)
    assert kills >= KILLS
