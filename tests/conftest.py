"""Which tests are slow, and how they are shared out over processes: a file by one of them, what takes long first."""

from collections import Counter

import pytest
from hypothesis import settings

from store.casebook import Casebook
from tests.postgres import database

# How long an example takes says something of the machine: no test is timed.
settings.register_profile("tijdig", deadline=None)
settings.load_profile("tijdig")

#: Of the stories of a file that each need a night of their own, so many are in the fast set.
FEW = 2
NIGHT = {"night", "nights", "views"}


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request, tmp_path):
    """An empty casebook, in SQLite and in PostgreSQL."""
    if request.param == "sqlite":
        with Casebook.at(tmp_path / "casebook.sqlite") as opened:
            yield opened
        return
    with database() as url, Casebook(url) as opened:
        yield opened


def pytest_collection_modifyitems(items):
    """All but a few nights of a file are slow; files with slow tests come first.

    So no process is left with one of those when the other is done.
    """
    nights = Counter()
    for item in items:
        if NIGHT & set(item.fixturenames) or item.get_closest_marker("nights"):
            nights[item.path] += 1
            if nights[item.path] > FEW:
                item.add_marker(pytest.mark.slow)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file is not divided: what its tests share is made once. The order is the one above, not by number of tests."""
    from xdist.scheduler import LoadFileScheduling

    if config.getvalue("dist") == "load":
        config.option.loadscopereorder = False
        return LoadFileScheduling(config, log)
    return None
