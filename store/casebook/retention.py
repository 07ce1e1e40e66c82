"""What of the casebook is past its term, and destroying it: whole or not at all, in parts that can be done again.

What still runs stays: an open task, a notice of which nobody knows what became of it, a request that waits, and
whatever shares a notice with one of those.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.outcome import Levensfase
from contracts.rechten import Verzoekstand
from contracts.retention import Bewaarbeleid, Soort
from store.casebook.anonymous import NOBODY, anonymise, token
from store.casebook.audit import prune
from store.casebook.before import parts
from store.casebook.book import Book
from store.casebook.retention_tables import BEGUN, BROKEN_OFF, DONE, destruction
from store.casebook.rights_tables import request, request_event
from store.casebook.tables import (
    account,
    audit,
    complaint,
    elsewhere,
    finding,
    history,
    internetaak,
    objection,
    outbox,
    reminder,
    sample,
    sample_outcome,
    session,
    task,
    task_event,
    task_outcome,
    told,
)

#: Who destroys, in the audit log.
BY: Final = "bewaartermijn"
_CLOSED: Final = (Levensfase.AFGESLOTEN, Levensfase.VERVALLEN)
#: Nobody knows yet what became of it, or somebody must still do something.
_UNSETTLED: Final = ("klaar", "onbekend", "in_te_trekken")
_BATCH: Final = 200


@dataclass(frozen=True)
class Running:
    """What is known outside the casebook of whom may not be destroyed yet.

    Attributes:
        dossiers: with a bezwaar that runs.
        verzoeken: requests in force of whom the register still holds.
    """

    dossiers: frozenset[str] = frozenset()
    verzoeken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Run:
    """One run of retention: by which policy, on which day, and when."""

    beleid: Bewaarbeleid
    today: date
    now: datetime

    def before(self, soort: Soort) -> date:
        """What began before this day is over."""
        return self.beleid.of(soort).before(self.today)

    def moment(self, soort: Soort) -> datetime:
        """The same as a moment."""
        return datetime.combine(self.before(soort), time(), UTC)


class Retention(Book):
    """Destroying what is past its term."""

    # -- what is past its term ---------------------------------------------------------------------------------

    def findings_over(self, before: date, running: Running) -> list[str]:
        """The findings that are closed and with which nothing happened since this day.

        None that shares a notice with one that is not.
        """
        with self._engine.connect() as con:
            over = set(con.execute(sa.select(finding.c.signaal_id).where(_over(before, running.dossiers))).scalars())
            return sorted(_together(con, over))

    def dossiers_of_findings(self, signalen: Sequence[str]) -> frozenset[str]:
        """The dossiers of findings."""
        lots = (sa.select(finding.c.dossiernummer).where(finding.c.signaal_id.in_(part)) for part in parts(signalen))
        return frozenset(row.dossiernummer for lot in lots for row in self._all(lot))

    def figures_over(self, before: date) -> list[str]:
        """The lines without anybody that are not needed for figures any more."""
        here = finding.c.signaal_id.startswith(NOBODY) & (finding.c.eerste_nacht < before)
        with self._engine.connect() as con:
            return sorted(_together(con, set(con.execute(sa.select(finding.c.signaal_id).where(here)).scalars())))

    def kept_dossiers(self, over: Collection[str] = ()) -> frozenset[str]:
        """The dossiers of which something is kept here that must be computable again, or waits for an answer.

        Args:
            over: findings that are about to go.
        """
        named = sa.select(finding.c.signaal_id, finding.c.dossiernummer).where(~finding.c.signaal_id.startswith(NOBODY))
        waits = sa.select(request.c.dossiernummer).where(
            request.c.stand == Verzoekstand.OPEN, request.c.dossiernummer.is_not(None)
        )
        gone = frozenset(over)
        here = {row.dossiernummer for row in self._all(named) if row.signaal_id not in gone}
        return frozenset(here | {row.dossiernummer for row in self._all(waits)})

    def due(self, run: Run, running: Running) -> dict[tuple[Soort, str], int]:
        """How many of each kind are past their term: kind and table -> rows; of findings also what hangs on them."""
        found: dict[tuple[Soort, str], int] = {}
        with self._engine.connect() as con:
            for soort, table, where in _plain(run, running):
                found[soort, table.name] = _count(con, table, where)
            old = audit.c.moment < run.moment(Soort.AUDIT).isoformat()
            found[Soort.AUDIT, audit.name] = _count(con, audit, old)
        found[Soort.SIGNAAL, finding.name] = len(self.findings_over(run.before(Soort.SIGNAAL), running))
        found[Soort.CIJFERS, finding.name] = len(self.figures_over(run.before(Soort.CIJFERS)))
        return {key: count for key, count in found.items() if count}

    # -- destroying it -----------------------------------------------------------------------------------------

    def destroy(self, run: Run, running: Running) -> None:
        """Destroy what is past its term; where it is killed the next run goes on. Each part is written down with it."""
        self._turn_anonymous(run, running)
        self._drop_figures(run)
        for soort, table, where in _plain(run, running):
            with self._writing() as con:
                count = _act(con, table, where)
                _note(con, soort, table.name, count, run)
        with self._writing() as con:
            count = prune(con, run.moment(Soort.AUDIT).isoformat(), BY, run.now)
            _note(con, Soort.AUDIT, audit.name, count, run)

    def _turn_anonymous(self, run: Run, running: Running) -> None:
        before = run.before(Soort.SIGNAAL)
        for part in _whole_parts(self._pairs(), self.findings_over(before, running)):
            with self._writing() as con:
                # Somebody may have opened one meanwhile.
                here = sa.select(finding.c.signaal_id).where(_over(before, running.dossiers))
                still = _together(con, set(con.execute(here.where(finding.c.signaal_id.in_(part))).scalars()))
                counts = anonymise(con, still) if still else {}
                for table, count in counts.items():
                    _note(con, Soort.SIGNAAL, table, count, run)

    def _drop_figures(self, run: Run) -> None:
        for part in _whole_parts(self._pairs(), self.figures_over(run.before(Soort.CIJFERS))):
            with self._writing() as con:
                notices = sa.select(told.c.kenmerk).where(told.c.signaal_id.in_(part)).scalar_subquery()
                sent = list(con.execute(sa.select(outbox.c.kenmerk).where(outbox.c.kenmerk.in_(notices))).scalars())
                for table in (history, task_outcome, objection, task, told):
                    con.execute(table.delete().where(table.c.signaal_id.in_(part)))
                con.execute(outbox.delete().where(outbox.c.kenmerk.in_(sent)))
                count = con.execute(finding.delete().where(finding.c.signaal_id.in_(part))).rowcount
                _note(con, Soort.CIJFERS, finding.name, count, run)

    def _pairs(self) -> list[tuple[str, str]]:
        with self._engine.connect() as con:
            return _told_pairs(con)

    # -- what is done elsewhere: files, the register ---------------------------------------------------------------

    def begin_destruction(self, soort: Soort, wat: str, aantal: int, run: Run) -> int:
        """Write down what is about to be destroyed elsewhere; one that was begun and not done is broken off.

        Of that one what is still there is counted now: together they say how much went.
        """
        same = sa.and_(destruction.c.soort == soort, destruction.c.wat == wat, destruction.c.stand == BEGUN)
        with self._writing() as con:
            for row in con.execute(sa.select(destruction).where(same)).all():
                here = destruction.c.volgnr == row.volgnr
                went = max(row.aantal - aantal, 0)
                con.execute(destruction.update().where(here).values(stand=BROKEN_OFF, aantal=went))
            return _note(con, soort, wat, aantal, run, stand=BEGUN)

    def destroyed_elsewhere(self, volgnr: int) -> None:
        """It is done."""
        if volgnr:
            with self._writing() as con:
                con.execute(destruction.update().where(destruction.c.volgnr == volgnr).values(stand=DONE))

    def all_destroyed(self) -> None:
        """Everything that was past its term is gone: what a killed run began too."""
        with self._writing() as con:
            con.execute(destruction.update().where(destruction.c.stand == BEGUN).values(stand=DONE))

    def nights_with_open_letters(self) -> frozenset[date]:
        """The nights of which a letter must still be made, or taken back."""
        here = sa.select(outbox.c.nacht).where(outbox.c.status.in_(_UNSETTLED)).distinct()
        return frozenset(row.nacht for row in self._all(here))

    def destructions(self) -> list[sa.Row[Any]]:
        """What was destroyed, the oldest first."""
        return self._all(sa.select(destruction).order_by(destruction.c.volgnr))

    def scrub(self) -> None:
        """Write the database anew, so that no byte of what was deleted is left in its files.

        Raises:
            CasebookError: somebody else uses it, so old bytes may still be there.
        """
        if self._engine.dialect.name == "sqlite":
            self._scrub_sqlite()
            return
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as con:
            for table in sa.inspect(con).get_table_names():
                con.exec_driver_sql(f'vacuum (full) "{table}"')

    def _scrub_sqlite(self) -> None:
        # As the driver has it: SQLAlchemy begins a transaction, in which nothing can be written anew.
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("vacuum")
            busy = cursor.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        except sqlite3.OperationalError:
            busy = 1
        finally:
            connection.close()
        if busy:
            raise CasebookError(
                "What was deleted can still be in the file: somebody else has it open.", where="casebook",
                todo="Stop the worklist for a moment and run `tijdig retention` again.",
            )  # fmt: skip


def _over(before: date, dossiers: Collection[str]) -> sa.ColumnElement[bool]:
    """A finding that is closed, with which nothing happened since a day, and that nothing waits for."""
    start = datetime.combine(before, time(), UTC)
    key = finding.c.signaal_id
    tells = sa.select(told.c.kenmerk).where(told.c.signaal_id == key).correlate(finding)
    waits = request.c.stand == Verzoekstand.OPEN
    busy = (
        sa.exists().where(history.c.signaal_id == key, sa.or_(history.c.nacht >= before, history.c.moment >= start)),
        sa.exists().where(task.c.signaal_id == key, sa.or_(task.c.status == "open", task.c.nacht >= before)),
        sa.exists().where(
            task.c.signaal_id == key, task.c.taak_id == task_event.c.taak_id, task_event.c.moment >= start
        ),
        sa.exists().where(
            task.c.signaal_id == key, task.c.taak_id == internetaak.c.taak_id,
            internetaak.c.status.in_(("bezig", "onbekend")),
        ),
        sa.exists().where(task_outcome.c.signaal_id == key, task_outcome.c.moment >= start),
        sa.exists().where(objection.c.signaal_id == key, objection.c.moment >= start),
        sa.exists().where(
            outbox.c.kenmerk.in_(tells), sa.or_(outbox.c.status.in_(_UNSETTLED), outbox.c.nacht >= before)
        ),
        sa.exists().where(request.c.dossiernummer == finding.c.dossiernummer, waits),
    )  # fmt: skip
    return sa.and_(
        ~key.startswith(NOBODY), finding.c.status.in_(_CLOSED), finding.c.laatste_nacht < before,
        sa.or_(finding.c.gesloten_op.is_(None), finding.c.gesloten_op < before),
        finding.c.dossiernummer.not_in(sorted(dossiers)), *(~one for one in busy),
    )  # fmt: skip


def _told_pairs(con: sa.Connection) -> list[tuple[str, str]]:
    """Each notice with each finding that it tells of, or that heads it."""
    heads = sa.select(outbox.c.kenmerk, outbox.c.signaal_id)
    return [(row[0], row[1]) for row in con.execute(sa.union(sa.select(told.c.kenmerk, told.c.signaal_id), heads))]


def _together(con: sa.Connection, over: set[str]) -> set[str]:
    """Those of them that share no notice with another finding, nor with one that does."""
    pairs, left = _told_pairs(con), set(over)
    while True:
        kept = {kenmerk for kenmerk, key in pairs if key not in left}
        bound = {key for kenmerk, key in pairs if kenmerk in kept and key in left}
        if not bound:
            return left
        left -= bound


def _whole_parts(pairs: Iterable[tuple[str, str]], keys: Sequence[str]) -> Iterable[list[str]]:
    """Parts of a list of findings; those that share a notice stand in one part."""
    wanted, group = set(keys), {key: key for key in keys}
    by_notice: dict[str, list[str]] = defaultdict(list)
    for kenmerk, key in pairs:
        if key in wanted:
            by_notice[kenmerk].append(key)
    for members in by_notice.values():
        first = min(_root(group, one) for one in members)
        for one in members:
            group[_root(group, one)] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        groups[_root(group, key)].append(key)
    part: list[str] = []
    for members in groups.values():
        part += members
        if len(part) >= _BATCH:
            yield part
            part = []
    if part:
        yield part


def _root(group: Mapping[str, str], key: str) -> str:
    while group[key] != key:
        key = group[key]
    return key


def _plain(run: Run, running: Running) -> list[tuple[Soort, sa.Table, sa.ColumnElement[bool]]]:
    """What is past its term of the kinds that hang on nothing, in the order in which it can go."""
    before = run.before
    old = sa.and_(
        request.c.stand != Verzoekstand.OPEN, request.c.afgerond_op < before(Soort.VERZOEK),
        request.c.verzoek_id.not_in(sorted(running.verzoeken)),
    )  # fmt: skip
    numbers = sa.select(request.c.verzoek_id).where(old)
    last = sa.select(sa.func.max(audit.c.moment)).where(audit.c.wie == account.c.gebruiker).scalar_subquery()
    has_task = sa.exists().where(task.c.behandelaar == account.c.gebruiker, task.c.status == "open")
    left = run.moment(Soort.ACCOUNT).isoformat()
    gone_since = int(run.moment(Soort.SESSIE).timestamp())
    return [
        (Soort.VERZOEK, request_event, request_event.c.verzoek_id.in_(numbers)),
        (Soort.VERZOEK, request, old),
        (Soort.STEEKPROEF, sample, _named(sample.c.dossiernummer) & (sample.c.nacht < before(Soort.STEEKPROEF))),
        (Soort.ELDERS, elsewhere, _told_by_hand(elsewhere, before(Soort.ELDERS))),
        (Soort.KLACHT, complaint, _told_by_hand(complaint, before(Soort.KLACHT))),
        (Soort.SESSIE, session, session.c.gezien < gone_since),
        (Soort.ACCOUNT, account, sa.and_(last < left, ~has_task)),
        (Soort.HERINNERING, reminder, reminder.c.dag < before(Soort.HERINNERING)),
    ]  # fmt: skip


def _named(column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return ~column.startswith(NOBODY)


def _told_by_hand(table: sa.Table, before: date) -> sa.ColumnElement[bool]:
    """Entries that were handled before a day, and still say something of somebody."""
    return sa.and_(table.c.afgehandeld_op < before, table.c.door != "-")


def _act(con: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    """Destroy rows, or what they say of somebody where they are counted still."""
    if table is sample:
        return _nameless_samples(con, where)
    if table in (elsewhere, complaint):
        empty: dict[str, Any] = {"toelichting": None, "door": "-", "afgehandeld_door": "-"}
        if table is elsewhere:
            empty["dossiernummer"] = None
        return con.execute(table.update().where(where).values(empty)).rowcount
    return con.execute(table.delete().where(where)).rowcount


def _nameless_samples(con: sa.Connection, where: sa.ColumnElement[bool]) -> int:
    numbers = list(con.execute(sa.select(sample.c.nummer).where(where)).scalars())
    for part in parts([str(number) for number in numbers]):
        ids = [int(number) for number in part]
        con.execute(
            sample.update().where(sample.c.nummer == sa.bindparam("welk")).values(
                dossiernummer=sa.bindparam("niemand"), signaal_id=None
            ),
            [{"welk": number, "niemand": token()} for number in ids],
        )  # fmt: skip
        empty = {"toelichting": None, "door": "-"}
        con.execute(sample_outcome.update().where(sample_outcome.c.nummer.in_(ids)).values(empty))
    return len(numbers)


def _count(con: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    return con.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one()


def _note(con: sa.Connection, soort: Soort, wat: str, aantal: int, run: Run, *, stand: str = DONE) -> int:
    """A line of the destruction log; of nothing there is none. Returns its number."""
    if not aantal:
        return 0
    made = con.execute(destruction.insert().values(
        moment=run.now, soort=soort, wat=wat, aantal=aantal, van_voor=run.before(soort), beleid=run.beleid.versie,
        stand=stand,
    ))  # fmt: skip
    assert made.inserted_primary_key is not None  # one row was written
    return int(made.inserted_primary_key[0])
