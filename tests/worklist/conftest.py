"""The pages over a casebook of one night."""

import shutil

import pytest

from store.casebook import Casebook
from tests.worklist.desk import Desk, opened


@pytest.fixture(scope="session")
def night(tmp_path_factory):
    """The casebook of the desk after its night, made once; each test has a copy."""
    folder = tmp_path_factory.mktemp("night")
    with opened(folder):
        pass
    return folder / "casebook.sqlite"


@pytest.fixture
def desk(tmp_path, night):
    shutil.copy(night, tmp_path / "casebook.sqlite")
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        yield Desk(casebook)
