"""What the stories of this room share."""

import pytest

from tests.world import place_of, side_by_side


@pytest.fixture
def nights(night):
    """A function: worlds in, one `night` of the test's own file over all of them, the findings of each out."""

    def run(worlds, **how):
        worlds = list(worlds)
        found = night(side_by_side(worlds), **how)
        return [[one for one in found if place_of(one.dossiernummer) == place] for place in range(len(worlds))]

    return run
