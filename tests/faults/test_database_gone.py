"""A database that goes away at each transaction, restarts, is slow or held by another: the night comes to the same."""

import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from contracts.errors import AwayError, BusyError
from flows.casebook import open_casebook
from flows.settings import Workplace
from store.casebook import book
from store.faults import plain
from store.transient import TRANSIENT
from tests.faults.far import far_away
from tests.faults.night import NEXT, deliver, first_day, night, outcome, same, second_day, told
from tests.postgres import database, start, stop
from tests.world import DAY

pytestmark = pytest.mark.slow


@pytest.fixture
def server():
    """The address of an empty database, for SQLAlchemy."""
    with database() as url:
        yield url


def settled(folder, url):
    """A work folder with its casebook in this database."""
    folder.mkdir()
    shown = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False).replace(":@", "@")
    (folder / "tijdig.toml").write_text(f'[werklijst]\ndatabase = "{shown}"\n')
    return Workplace(folder)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """What comes of two nights on a database that is always there."""
    with database() as url:
        work = settled(tmp_path_factory.mktemp("rustig") / "werk", url)
        night(deliver(work, first_day(), DAY), DAY)
        night(deliver(work, second_day(), NEXT), NEXT)
        return outcome(work)


class Cut:
    """In each step the connection breaks at its first transaction, then at its second, and so on until none is left.

    Attributes:
        hit: how often, by step.
        lost: whether the server did it, and only the word of that got lost.
    """

    def __init__(self, url, *, lost):
        self.admin, self.lost = sa.create_engine(url, isolation_level="AUTOCOMMIT"), lost
        self.hit, self.kinds, self.at, self.seen = Counter(), set(), 0, 0

    def __call__(self, step):
        def tried(*args, **kwargs):
            self.at = 0
            while True:
                self.at, self.seen = self.at + 1, 0
                try:
                    return step(*args, **kwargs)
                except TRANSIENT as error:
                    self.hit[step.__name__] += 1
                    self.kinds.add(type(plain(error) or error))

        return tried

    def __enter__(self):
        sa.event.listen(sa.Engine, "commit", self.ends)
        return self

    def __exit__(self, *_):
        sa.event.remove(sa.Engine, "commit", self.ends)
        self.admin.dispose()

    def ends(self, con):
        """A transaction is about to be committed."""
        if con.engine.url.database != self.admin.url.database or not self.at:
            return
        self.seen += 1
        if self.seen == self.at:
            driver = con.connection.driver_connection
            if self.lost:
                driver.commit()
                # Something to commit still, or nobody would notice.
                driver.execute("select 1")
            number = driver.info.backend_pid
            with self.admin.connect() as there:
                there.execute(sa.text("select pg_terminate_backend(:number, 10000)"), {"number": number})


@pytest.mark.parametrize("lost", [False, True], ids=["before it was done", "after it was done"])
def test_a_connection_that_breaks_at_each_transaction_changes_nothing_of_two_nights(tmp_path, server, wanted, lost):
    work = settled(tmp_path / "werk", server)
    with Cut(server, lost=lost) as cut:
        night(deliver(work, first_day(), DAY), DAY, as_step=cut)
        night(deliver(work, second_day(), NEXT), NEXT, as_step=cut)
        cut.at = 0
        same(outcome(work), wanted)
    assert {"take_in", "decide", "print_letters", "take_back", "report"} <= cut.hit.keys(), cut.hit
    assert sum(cut.hit.values()) > 6
    assert cut.kinds == {AwayError}


class Restarted:
    """In each step the server stops at the first transaction, and is there again when the step is tried again."""

    def __init__(self):
        self.hit, self.armed = Counter(), False

    def __call__(self, step):
        def tried(*args, **kwargs):
            self.armed = True
            try:
                return step(*args, **kwargs)
            except TRANSIENT:
                self.hit[step.__name__] += 1
                start()
            finally:
                self.armed = False
            return step(*args, **kwargs)

        return tried

    def ends(self, _):
        if self.armed:
            self.armed = False
            stop()


def test_a_server_that_stops_and_starts_in_each_step_changes_nothing_of_a_night(tmp_path, server, wanted):
    work, restarted = settled(tmp_path / "werk", server), Restarted()
    sa.event.listen(sa.Engine, "commit", restarted.ends)
    try:
        night(deliver(work, first_day(), DAY), DAY, as_step=restarted)
    finally:
        sa.event.remove(sa.Engine, "commit", restarted.ends)
        start()
    night(deliver(work, second_day(), NEXT), NEXT)
    same(outcome(work), wanted)
    assert {"take_in", "decide", "print_letters", "report"} <= restarted.hit.keys(), restarted.hit


def test_without_a_database_the_night_says_so_and_keeps_what_it_took_in(tmp_path, server, wanted):
    work = deliver(settled(tmp_path / "werk", server), first_day(), DAY)
    there = (work.folder / "tijdig.toml").read_text()
    (work.folder / "tijdig.toml").write_text('[werklijst]\ndatabase = "postgresql://nobody@/none?host=/nowhere"\n')
    with pytest.raises(AwayError) as refused:
        night(Workplace(work.folder), DAY)
    assert told(refused.value) == ("The casebook can't be opened.", "[werklijst] database")
    assert "nobody" not in str(refused.value)
    (work.folder / "tijdig.toml").write_text(there)
    night(Workplace(work.folder), DAY)
    night(deliver(Workplace(work.folder), second_day(), NEXT), NEXT)
    same(outcome(Workplace(work.folder)), wanted)


def test_a_casebook_that_another_program_holds_is_waited_for_and_then_said(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "WAIT_SECONDS", 0)
    calm, work = (deliver(Workplace(tmp_path / name), first_day(), DAY) for name in ("rustig", "werk"))
    night(calm, DAY)
    with open_casebook(work):
        pass
    with held_by_another(work.casebook), pytest.raises(BusyError) as refused:
        night(work, DAY)
    assert told(refused.value) == ("Others kept the casebook busy.", "casebook")
    night(work, DAY)
    same(outcome(work), outcome(calm))


@contextmanager
def held_by_another(path):
    """Another process writes to this SQLite file and does not end."""
    hold = (
        "import sqlite3, sys; con = sqlite3.connect(sys.argv[1], isolation_level=None); con.execute('begin exclusive'); "
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", hold, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        try:
            yield
        finally:
            other.stdin.close()
            other.stdout.read()


class Held:
    """At each step another connection holds every finding; when the night waits for it, it lets go."""

    def __init__(self, url):
        self.admin, self.waited = sa.create_engine(url), Counter()

    def __call__(self, step):
        def slow(*args, **kwargs):
            with self.admin.connect() as con:
                con.execute(sa.text("lock table finding, outbox, night in exclusive mode"))
                done = threading.Event()
                other = threading.Thread(target=self._let_go, args=(con, step.__name__, done))
                other.start()
                try:
                    return step(*args, **kwargs)
                finally:
                    done.set()
                    other.join()

        return slow

    def _let_go(self, con, name, done):
        waiting = sa.text(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
        with self.admin.connect().execution_options(isolation_level="AUTOCOMMIT") as look:
            while not done.wait(0.01):
                if look.execute(waiting).scalar():
                    self.waited[name] += 1
                    break
        con.rollback()


def test_a_database_that_is_far_away_changes_nothing_of_it(tmp_path, server, wanted):
    with TemporaryDirectory(prefix="tijdig-ver-") as place, far_away(server, Path(place)) as far:
        work = settled(tmp_path / "werk", far.url)
        night(deliver(work, first_day(), DAY), DAY)
        night(deliver(work, second_day(), NEXT), NEXT)
        same(outcome(work), wanted)
        assert far.passed > 300


def test_a_database_that_lets_the_night_wait_changes_nothing_of_it(tmp_path, server, wanted):
    work, held = settled(tmp_path / "werk", server), Held(server)
    with open_casebook(work):
        pass
    night(deliver(work, first_day(), DAY), DAY, as_step=held)
    night(deliver(work, second_day(), NEXT), NEXT, as_step=held)
    held.admin.dispose()
    same(outcome(work), wanted)
    assert {"decide", "print_letters", "take_back", "report"} <= held.waited.keys(), held.waited
