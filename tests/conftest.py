"""How the tests are shared out over processes: a file by one of them, and what takes long first."""

import pytest


def pytest_collection_modifyitems(items):
    """Files with slow tests first, so that no process is left with one of them when the other is done."""
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
