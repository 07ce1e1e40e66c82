"""Work folders in which a night can begin, and what is left of one that nobody disturbed."""

import shutil
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest

from flows.settings import Workplace
from tests.faults.night import copy_of as copied
from tests.faults.night import deliver as deliver_to
from tests.faults.night import first_day, night, outcome, same, second_day
from tests.faults.nights import Nights, Took
from tests.faults.town import NEXT, deliver
from tests.world import DAY


@dataclass(frozen=True)
class Undisturbed:
    """A night that nobody disturbed.

    Attributes:
        day: the night.
        begun: a work folder in which it can begin.
        left: what is left after it.
        whole: what it took.
        again: what it took when it was run once more, which changed nothing.
    """

    day: date
    begun: Workplace
    left: dict[str, Any]
    whole: Took
    again: Took


@pytest.fixture(scope="module")
def nights():
    with Nights() as started:
        yield started


@pytest.fixture(scope="module")
def first_night(nights, tmp_path_factory):
    """The first night of a work folder."""
    return _undisturbed(nights, deliver(Workplace(tmp_path_factory.mktemp("eerste")), DAY), DAY)


@pytest.fixture(scope="module")
def second_night(nights, tmp_path_factory):
    """The night after it, in which findings close and letters are withdrawn."""
    work = deliver(Workplace(tmp_path_factory.mktemp("tweede")), DAY)
    nights.whole(work, DAY)
    return _undisturbed(nights, deliver(work, NEXT), NEXT)


def _undisturbed(nights, begun, day):
    work = Workplace(begun.folder.with_name(f"{begun.folder.name}-ongestoord"))
    shutil.copytree(begun.folder, work.folder)
    whole = nights.whole(work, day)
    left = outcome(work)
    again = nights.whole(work, day)
    same(outcome(work), left)
    return Undisturbed(day, begun, left, whole, again)


@pytest.fixture
def copy_of(tmp_path):
    """Another work folder that is as a given one, each time it is asked for."""
    numbers = count()

    def _copy(work):
        return Workplace(shutil.copytree(work.folder, tmp_path / f"werk{next(numbers)}"))

    return _copy


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A work folder after a first night, with the deliveries of the next."""
    work = deliver_to(Workplace(tmp_path_factory.mktemp("begin") / "werk"), first_day(), DAY)
    night(work, DAY)
    return deliver_to(work, second_day(), NEXT)


@pytest.fixture(scope="module")
def wanted(begun, tmp_path_factory):
    """What comes of the next night where nothing is the matter."""
    work = copied(begun, tmp_path_factory.mktemp("ander") / "werk")
    night(work, NEXT)
    return outcome(work)
