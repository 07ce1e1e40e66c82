"""A casebook in each database it can be in."""

import pytest

from store.casebook import Casebook
from tests.postgres import database


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request, tmp_path):
    """An empty casebook, in SQLite and in PostgreSQL."""
    if request.param == "sqlite":
        with Casebook.at(tmp_path / "casebook.sqlite") as opened:
            yield opened
        return
    with database() as url, Casebook(url) as opened:
        yield opened
