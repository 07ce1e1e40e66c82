"""The casebook as a file: opening it, and what every part of it reads."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import sqlalchemy as sa

from contracts.errors import BusyError, CasebookError
from contracts.finding import ContactTask, Finding
from contracts.outcome import Levensfase
from store import disk
from store.casebook.tables import (
    DOOR,
    finding,
    history,
    metadata,
    night,
    outbox,
    task,
    team_member,
    told,
)  # fmt: skip
from store.faults import away, is_busy, plain, told_plainly
from store.migrations.run import Step, newest, steps_from, upgrade, version_of

#: So long who writes waits for another who does, in SQLite.
WAIT_SECONDS: Final = 30
#: The number of the lock under which tables are made or changed in PostgreSQL.
_MAKING: Final = 8_411
#: For its owner only.
_PRIVATE: Final = 0o600
#: So long a migration there waits for who is busy.
_MIGRATION_WAIT: Final = "60s"


def found_version(url: str) -> str | None:
    """The version of a casebook, only looked at: nothing is made; None = there is none yet.

    Raises:
        sqlalchemy.exc.OperationalError: it can't be reached.
        CasebookError: it was made before the first release.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as con:
            return version_of(con)
    finally:
        engine.dispose()


class Book:
    """A connection to the casebook, without what its parts can do."""

    def __init__(self, url: str) -> None:
        """Open (or make) the casebook at an SQLAlchemy ``url``; one in a file is brought to the newest version.

        Raises:
            CasebookError: it was made by a newer release, or is in PostgreSQL and of an older version.
        """
        self._engine = sa.create_engine(
            # What an error says may come on a screen or in a journal: without the values, which are of somebody.
            url, hide_parameters=True, execution_options={"compiled_cache": _worded}, **_pool(url)
        )  # fmt: skip
        if self._engine.dialect.name == "sqlite":
            self._engine.dialect = _dialects.setdefault(self._engine.dialect.driver, self._engine.dialect)
            sa.event.listen(self._engine, "connect", _sqlite_settings)
            sa.event.listen(self._engine, "begin", _sqlite_begin)
        # One statement that reads needs no transaction, which would be two more errands to a server.
        self._reading = self._engine.execution_options(
            **{} if self._engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        )
        # In SQLite one writes at a time. Who waits in the database itself sleeps in between, and can be passed by many.
        self._turn = Lock() if self._engine.dialect.name == "sqlite" else nullcontext()
        try:
            self._be_newest(self._may_upgrade())
        except BaseException:
            self._engine.dispose()
            raise

    def _may_upgrade(self) -> bool:
        """Whether one of an older version goes on by itself: a file, of which a copy is made first."""
        return self._engine.dialect.name == "sqlite"

    def _be_newest(self, may_upgrade: bool) -> None:  # noqa: FBT001
        """Make the tables where there are none, or change older ones; of two who come at once the second waits."""
        try:
            with self._engine.connect() as con:
                found = version_of(con)
            steps = steps_from(found)
            if not steps:
                return
            if found is not None and not may_upgrade:
                raise CasebookError(
                    f"The casebook has version {found}; this program needs {newest()}.", where="casebook",
                    todo="Stop nights and worklist, make a backup, and run `tijdig migreer`.",
                )  # fmt: skip
            with self._migrating() as con:
                # Somebody else may have done it meanwhile.
                if (now := version_of(con)) != newest():
                    self._copy_before(con, now)
                    upgrade(con)
        except sa.exc.OperationalError as error:
            if is_busy(error):
                raise BusyError(
                    "Others kept the casebook busy, so it was not changed.", where="casebook",
                    todo="Stop nights and worklist, and try again.",
                ) from None  # fmt: skip
            # Without its cause: that may repeat user and host.
            raise plain(error) or away() from None

    @contextmanager
    def _migrating(self) -> Iterator[sa.Connection]:
        """A transaction that makes or changes tables: nobody else writes meanwhile."""
        with self._turn, self._engine.connect().execution_options(schrijft=True) as con:
            if con.dialect.name == "sqlite":
                # A table that is made anew is dropped for a moment, and what refers to it would go along. Can't be set
                # in a transaction; the references are looked at before its end.
                _raw(con).execute("PRAGMA foreign_keys=OFF")
            try:
                with con.begin():
                    if con.dialect.name == "postgresql":
                        _wait_for_all(con)
                    yield con
            finally:
                if con.dialect.name == "sqlite":
                    _raw(con).execute("PRAGMA foreign_keys=ON")

    def _copy_before(self, con: sa.Connection, version: str | None) -> None:
        """A copy of an older casebook beside the file, as it was when this transaction began."""
        path = self._engine.url.database
        if version is None or con.dialect.name != "sqlite" or not path or path == ":memory:":
            return
        copy_file(Path(path), older_copy(Path(path), version))

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: in SQLite it waits for its turn at once, so it never has to be done again."""
        with (
            told_plainly(),
            self._turn,
            self._engine.connect().execution_options(schrijft=True) as con,
            con.begin(),
        ):
            yield con

    @classmethod
    def at(cls, path: Path) -> Self:
        """The casebook in an SQLite file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{path}")

    @classmethod
    def kept(cls, path: Path) -> Self:
        """The casebook that nights have written in an SQLite file.

        Raises:
            CasebookError: there is none, or it was made by another release.
        """
        if not path.exists():
            raise CasebookError("No night was run here.", where=path, todo="Give the work folder of the nights: --map.")
        return cls.at(path)

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._engine.dispose()

    def get(self, signaal_id: str) -> sa.Row[Any]:
        """One finding.

        Raises:
            CasebookError: there is none with that id.
        """
        rows = self._all(sa.select(finding).where(finding.c.signaal_id == signaal_id))
        if not rows:
            raise CasebookError(
                "No finding with this id.", where=signaal_id[:40],
                todo="Take a signaal_id from signalen.jsonl in the same work folder.",
            )  # fmt: skip
        return rows[0]

    def about(self, signaal_id: str) -> tuple[list[sa.Row[Any]], list[sa.Row[Any]]]:
        """The tasks of one finding and the letters that tell of it, the oldest first."""
        letters = sa.select(outbox).join(told).where(told.c.signaal_id == signaal_id)
        return (
            self._all(sa.select(task).where(task.c.signaal_id == signaal_id)),
            self._all(letters.order_by(outbox.c.nacht, outbox.c.kenmerk)),
        )

    def last_written(self) -> date | None:
        """The last night that wrote anything: one that was killed halfway counts too."""
        written = (finding.c.laatste_nacht, finding.c.gesloten_op, night.c.peildatum)
        with self._engine.connect() as con:
            days: list[date | None] = [con.execute(sa.select(sa.func.max(column))).scalar() for column in written]
        return max((day for day in days if day is not None), default=None)

    def _all(self, query: sa.Select[Any] | sa.CompoundSelect[Any]) -> list[sa.Row[Any]]:
        with self._reading.connect() as con:
            return list(con.execute(query))


def migrate(url: str) -> list[Step]:
    """Bring a casebook to the newest version; returns what was done. One in PostgreSQL too: somebody asked for it.

    Raises:
        BusyError: others kept it busy; it is as it was.
        CasebookError: it was made by a newer release, or can't be opened.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as con:
            steps = steps_from(version_of(con))
    except sa.exc.OperationalError:
        steps = []  # the next one says what is wrong
    finally:
        engine.dispose()
    with _Asked(url):
        return steps


class _Asked(Book):
    """A casebook of which somebody asked to bring it to the newest version."""

    def _may_upgrade(self) -> bool:
        return True


def older_copy(path: Path, version: str) -> Path:
    """Where the copy of a casebook goes before it leaves a version."""
    return path.with_name(f"{path.stem}.voor-{version}-verder{path.suffix}")


def older_copies(path: Path) -> list[Path]:
    """The copies that lie beside a casebook."""
    return sorted(path.parent.glob(older_copy(path, "*").name))


def copy_file(source: Path, to: Path) -> None:
    """Copy a casebook in a file, as it is at one moment, whoever writes meanwhile; whole or not there.

    Args:
        source: the casebook.
        to: the copy; one that was there is replaced. Only its owner may read it.
    """
    with (
        disk.filled(to, _PRIVATE) as new,
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(new)) as made,
    ):
        old.backup(made)
        # One file, without a log beside it.
        made.execute("PRAGMA journal_mode=DELETE")


def _raw(con: sa.Connection) -> Any:  # noqa: ANN401
    return con.connection.driver_connection


def _wait_for_all(con: sa.Connection) -> None:
    """One at a time makes tables, and who is writing ends first; who reads may go on."""
    con.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
    con.exec_driver_sql(f"set local lock_timeout = '{_MIGRATION_WAIT}'")
    prepare = con.dialect.identifier_preparer
    ours = sorted({*metadata.tables} & {*sa.inspect(con).get_table_names()})
    if names := ", ".join(prepare.quote(name) for name in ours):
        con.exec_driver_sql(f"lock table {names} in exclusive mode")


def as_utc(moment: datetime) -> datetime:
    """A moment from the casebook: SQLite gives it back without its zone; it was written in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def opaque(prefix: str, *parts: str) -> str:
    """A short id that says nothing of anybody, the same for the same parts."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return f"{prefix}-{base64.b32encode(digest)[:10].decode()}"


def known_since() -> sa.Label[date]:
    """Beside a row of ``finding``: the night on which it last opened, when it was new or came back (bekend_sinds)."""
    opens = sa.and_(
        history.c.signaal_id == finding.c.signaal_id, history.c.naar.in_((Levensfase.NIEUW, Levensfase.HEROPEND))
    )
    night_of = sa.select(sa.func.max(history.c.nacht)).where(opens).correlate(finding)
    return night_of.scalar_subquery().label("bekend_sinds")


def require_door(door: str) -> None:
    """Refuse a deed without somebody who did it.

    Raises:
        CasebookError: nobody is named, or at too great length.
    """
    if not 0 < len(door.strip()) <= DOOR:
        raise CasebookError(
            "Nobody is named, or at too great length.", where="--door",
            todo=f"Say who decides, in 1 to {DOOR} characters.",
        )  # fmt: skip


def put_task(con: sa.Connection, f: Finding, contact: ContactTask, present: str | None, peildatum: date) -> None:
    """Make the task of a finding; one that was done with or lapsed (``present``) is to do again."""
    taak_id = opaque("T", f.signaal_id, contact.soort)
    if present is not None and present != "open":
        again = {
            "status": "open", "nacht": peildatum, "reden": contact.reden, "spoed": contact.spoed,
            "uiterlijk": contact.uiterlijk, "consulent_id": f.consulent_id, "geheim": f.geheim, "behandelaar": None,
            "uitgesteld_tot": None, "versie": task.c.versie + 1, "beperkt": f.beperkt,
            "van_team": sa.func.coalesce(task.c.team, team_of(f.consulent_id)),
        }  # fmt: skip
        con.execute(task.update().where(task.c.taak_id == taak_id).values(again))
    elif present is None:
        con.execute(task.insert().values(
            taak_id=taak_id, signaal_id=f.signaal_id, soort=contact.soort, dossiernummer=f.dossiernummer,
            consulent_id=f.consulent_id, spoed=contact.spoed, reden=contact.reden, uiterlijk=contact.uiterlijk,
            status="open", nacht=peildatum, geheim=f.geheim, versie=1, regel=f.regel, richting=f.richting,
            beperkt=f.beperkt, van_team=team_of(f.consulent_id),
        ))  # fmt: skip


def team_of(consulent_id: str | sa.ColumnElement[Any] | None) -> sa.ScalarSelect[Any]:
    """The team of a consulent, in a query; null = they stand in none."""
    return sa.select(team_member.c.team).where(team_member.c.consulent_id == consulent_id).scalar_subquery()


#: Statements as text, of all casebooks of this process: a night opens its casebook ten times, and asks it the same.
_worded: Final = sa.util.LRUCache[Any, Any](1_000)
#: A statement is worded for a dialect, and for another one again: files of SQLite have the same one.
_dialects: Final[dict[str, sa.Dialect]] = {}


def _pool(url: str) -> dict[str, Any]:
    """As many connections as there are threads that serve pages; one that the server closed is made anew."""
    if url in ("sqlite://", "sqlite:///:memory:"):
        return {}  # one in memory is of one thread, and knows no pool
    return {"pool_size": 20, "max_overflow": 40, "pool_pre_ping": not url.startswith("sqlite")}


def _sqlite_settings(connection: Any, _: object) -> None:  # noqa: ANN401
    # Transactions begin where SQLAlchemy says so; the driver would begin one at the first thing that writes.
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={WAIT_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {setting}")


def lock_findings(con: sa.Connection, signalen: sa.ColumnElement[bool]) -> None:
    """Hold findings until the end of the transaction: whoever moves one, or a task or notice of it, does this first.

    In the order of their ids, so that two never wait for each other. In SQLite one transaction writes at a time anyway.
    """
    if con.dialect.name != "sqlite":
        here = sa.select(finding.c.signaal_id).where(signalen).order_by(finding.c.signaal_id)
        con.execute(here.with_for_update(key_share=True)).all()


def _sqlite_begin(con: sa.Connection) -> None:
    # One that reads first and writes later is refused where somebody wrote in between, without waiting.
    con.exec_driver_sql("BEGIN IMMEDIATE" if con.get_execution_options().get("schrijft") else "BEGIN")
