"""What the stories of this room share: the worlds of all tests of a file stand side by side, and share their nights.

A test that asks for `story` or `nights` says what its worlds are before it looks at what came of them. So every test of
the file is begun first, up to the point where it asks; the worlds they ask about are laid side by side in one town of
separate households, one night goes over that town, and then each test is run with what was found of its own worlds.
"""

import copy
import inspect
import json

import pytest

from tests.world import DAY, EACH, anummer, place_of, side_by_side

#: What a test that has not been told anything yet may run into, besides its own question.
_WRONG = (AssertionError, LookupError, ValueError, TypeError, AttributeError)


class _Asked(Exception):  # noqa: N818  what it says is no error
    """A test asks what is found in worlds of which nobody knows it yet."""

    def __init__(self, worlds, how):
        self.worlds, self.how = worlds, how


def _key(world, how):
    return json.dumps([world.day, world.rows, how], default=str)


def findings_of(found, place):
    """Of what a night finds in a town the findings of the world at a place, or of all (None).

    A file that asks something else has its own `apart`.
    """
    return [one for one in found if place in (None, place_of(one.dossiernummer))]


class Stories:
    """What was found in the worlds of one file: by world, and how it was asked."""

    def __init__(self, apart):
        self.found, self.tests, self.apart = {}, None, apart

    def ask(self, worlds, how):
        """What is known of these worlds; else the test that asks goes no further."""
        missing = [world for world in worlds if _key(world, how) not in self.found]
        if missing:
            raise _Asked(missing, how)
        return [self.found[_key(world, how)] for world in worlds]

    def answer(self, night, worlds, how):
        """Lay worlds that keep to their own place side by side, and any other alone, and run a night over each."""
        worlds = list({_key(world, how): copy.deepcopy(world) for world in worlds}.values())
        together = [world for world in worlds if _fits(world)]
        found = night(side_by_side(together), **how) if together else []
        for place, world in enumerate(together):
            self.found[_key(world, how)] = self.apart(found, place)
        for world in worlds:
            if world not in together:
                self.found[_key(world, how)] = self.apart(night(world, **how), None)

    def begin(self, items, night):
        """Begin every test until none asks anything that is not known."""
        self.tests = [item for item in items if _asks_only(item)]
        known = -1
        while known < len(self.found):
            known, asked = len(self.found), {}
            for item in self.tests:
                if question := self._question_of(item):
                    worlds, how = asked.setdefault(json.dumps(question.how, default=str), ([], question.how))
                    worlds.extend(question.worlds)
            for worlds, how in asked.values():
                self.answer(night, worlds, how)

    def _question_of(self, item):
        given = {name: item.callspec.params[name] for name in _parameters(item)} if hasattr(item, "callspec") else {}
        given = copy.deepcopy(given) | {name: ask for name, ask in self.asking().items() if name in _wants(item)}
        try:
            item.obj(**given)
        except _Asked as question:
            return question
        except _WRONG:  # it will say so itself
            return None
        return None

    def asking(self):
        return {
            "nights": lambda worlds, **how: self.ask(list(worlds), how),
            "story": lambda world, **how: self.ask([world], how)[0],
        }


def _wants(item):
    return set(inspect.signature(item.obj).parameters)


def _parameters(item):
    return _wants(item) & set(item.callspec.params)


def _asks_only(item):
    wants = _wants(item) if inspect.isfunction(getattr(item, "obj", None)) else set()
    rest = wants - {"nights", "story"}
    return rest != wants and (not rest or (hasattr(item, "callspec") and rest <= set(item.callspec.params)))


def _fits(world):
    """Whether it is of the day all are of, and nobody in it has a number that is another's place."""
    return world.day == DAY and all(
        row["anummer"] < anummer(EACH) for row in world.rows["brp_persoon"]
    ) and all(int(row["uitkering_id"].removeprefix("U-")) < EACH for row in world.rows["uitkering"])  # fmt: skip


_stories = pytest.StashKey()


@pytest.fixture
def over_a_town(night):
    """The night that goes over a town: that of the test's own file, unless it says another."""
    return night


@pytest.fixture
def nights(request, over_a_town):
    """A function: worlds in, one `night` of the test's own file over all of them, the findings of each out."""
    shared = request.config.stash.setdefault(_stories, {}).setdefault(
        request.path, Stories(getattr(request.module, "apart", findings_of))
    )

    def run(worlds, **how):
        worlds = list(worlds)
        if shared.tests is None:
            shared.begin([item for item in request.session.items if item.path == request.path], over_a_town)
        try:
            return shared.ask(worlds, how)
        except _Asked as question:  # by a test that takes more than worlds
            shared.answer(over_a_town, question.worlds, how)
        return shared.ask(worlds, how)

    return run


@pytest.fixture
def story(nights):
    """The same for one world."""
    return lambda world, **how: nights([world], **how)[0]
