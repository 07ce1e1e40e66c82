"""The casebook (SQLAlchemy; an SQLite file by default): the record of findings, tasks, letters and nights.

A night is written in one transaction with unique keys, so a night that is run again, or was killed halfway,
ends with the same findings, tasks and letters.
"""

import base64
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from contracts.decision import Decision
from contracts.errors import CasebookError
from contracts.finding import Advice, ContactTask, Finding, NoAction, Nudge, Reden
from contracts.receipt import Receipt

metadata = sa.MetaData()

FINDING_STATUSES = ("open", "gesloten")
TASK_STATUSES = ("open", "vervallen")
#: ``klaar``: to be made; ``bezig``: in the print folder; ``onbekend``: it may have been posted before it was withdrawn.
LETTER_STATUSES = ("klaar", "bezig", "in_te_trekken", "ingetrokken", "onbekend", "handmatig")


def _status(length: int, allowed: tuple[str, ...]) -> sa.Column[str]:
    # A string in the database; the check is the database's own.
    check = sa.CheckConstraint("status in ({})".format(", ".join(f"'{status}'" for status in allowed)))
    return sa.Column("status", sa.String(length), check, nullable=False, index=True)


finding = sa.Table(
    "finding", metadata,
    sa.Column("signaal_id", sa.String(40), primary_key=True),
    sa.Column("regel", sa.String(4), nullable=False),
    sa.Column("regelversie", sa.String(20), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False, index=True),
    sa.Column("richting", sa.String(10), nullable=False),
    sa.Column("feitdatum", sa.Date),
    sa.Column("advies", sa.String(12), nullable=False),
    sa.Column("reden", sa.String(30)),
    _status(10, FINDING_STATUSES),
    sa.Column("eerste_nacht", sa.Date, nullable=False, index=True),
    sa.Column("laatste_nacht", sa.Date, nullable=False),
    sa.Column("gesloten_op", sa.Date),
    sa.Column("heropend", sa.Integer, nullable=False),
    sa.Column("inhoud", sa.JSON, nullable=False),
)  # fmt: skip

task = sa.Table(
    "task", metadata,
    sa.Column("taak_id", sa.String(40), primary_key=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False),
    sa.Column("soort", sa.String(30), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False),
    sa.Column("consulent_id", sa.String(20)),
    sa.Column("spoed", sa.Boolean, nullable=False),
    sa.Column("reden", sa.String(30)),
    _status(10, TASK_STATUSES),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    sa.UniqueConstraint("signaal_id", "soort"),
)  # fmt: skip

outbox = sa.Table(
    "outbox", metadata,
    sa.Column("kenmerk", sa.String(20), primary_key=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False),
    sa.Column("soort", sa.String(10), nullable=False),
    sa.Column("kanaal", sa.String(20), nullable=False),
    sa.Column("bericht", sa.String(60), nullable=False),
    sa.Column("dossiernummer", sa.String(40), nullable=False, index=True),
    _status(15, LETTER_STATUSES),
    sa.Column("nacht", sa.Date, nullable=False, index=True),
    sa.Column("inhoud_hash", sa.String(64)),
    sa.UniqueConstraint("signaal_id", "soort", "kanaal"),
)  # fmt: skip

night = sa.Table(
    "night", metadata,
    sa.Column("peildatum", sa.Date, primary_key=True),
    sa.Column("bijgewerkt_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("tellingen", sa.JSON, nullable=False),
)  # fmt: skip

receipt = sa.Table(
    "receipt", metadata,
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), primary_key=True),
    sa.Column("nacht", sa.Date, primary_key=True, index=True),
    sa.Column("hash", sa.String(64), nullable=False),
    # Something was decided on it: a letter, a task, or nothing. Others make way for that of the next night.
    sa.Column("blijft", sa.Boolean, nullable=False),
    sa.Column("inhoud", sa.JSON, nullable=False),
)  # fmt: skip

_DOOR = 40
link_decision = sa.Table(
    "link_decision", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("signaal_id", sa.ForeignKey("finding.signaal_id"), nullable=False),
    sa.Column("links_sleutel", sa.String(16), nullable=False),
    sa.Column("rechts_sleutel", sa.String(16), nullable=False),
    sa.Column("inhoud", sa.String(64), nullable=False),
    sa.Column("zelfde", sa.Boolean, nullable=False),
    sa.Column("door", sa.String(_DOOR), nullable=False),
    sa.Column("na_nacht", sa.Date, nullable=False),
    sa.Column("besloten_op", sa.DateTime(timezone=True), nullable=False),
)  # fmt: skip

#: A letter that can still be taken back: nobody confirmed that it was posted.
UNSENT = ("klaar", "bezig")
LETTER, PRINT = "brief", "printmap"
#: The facts of a finding that name two descriptions of what may be one person: see ``matching/sql/huishouden.sql``.
LINK = ("koppel_links", "koppel_rechts", "koppel_inhoud")
_TAKEN_BACK = ("ingetrokken", "in_te_trekken")
#: Advice that means "not now": no reason to take something back.
_WAITS = (Reden.RUST, Reden.GEBUNDELD, Reden.BRON_NIET_BRUIKBAAR)


@dataclass(frozen=True)
class NightResult:
    """What a night changed in the casebook."""

    nieuw: int
    heropend: int
    gesloten: int
    lopend: int
    ingetrokken: int


class Casebook:
    """A connection to the casebook."""

    def __init__(self, url: str) -> None:
        """Open (or make) the casebook at an SQLAlchemy ``url``."""
        self._engine = sa.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _sqlite_settings)
        metadata.create_all(self._engine)

    @classmethod
    def at(cls, path: Path) -> Self:
        """The casebook in an SQLite file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{path}")

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._engine.dispose()

    # -- the night ----------------------------------------------------------------------------------------

    def last_night(self) -> date | None:
        """The last night that was recorded whole."""
        with self._engine.connect() as con:
            return con.execute(sa.select(sa.func.max(night.c.peildatum))).scalar()

    def was_run(self, peildatum: date) -> bool:
        """Whether this night was recorded whole before."""
        with self._engine.connect() as con:
            return con.execute(sa.select(night.c.peildatum).where(night.c.peildatum == peildatum)).scalar() is not None

    def require_not_before(self, peildatum: date) -> None:
        """Refuse a night before the last one: the casebook only goes forward.

        Raises:
            CasebookError: a later night was recorded.
        """
        last = self.last_night()
        if last is not None and peildatum < last:
            raise CasebookError(
                f"Night {peildatum} lies before the last recorded night, {last}.", where="casebook",
                todo="Run a later night, or use another work folder for a rehearsal.",
            )  # fmt: skip

    def told(self) -> frozenset[str]:
        """Findings that have a letter which was not taken back."""
        live = outbox.c.status.not_in(_TAKEN_BACK)
        with self._engine.connect() as con:
            return frozenset(con.execute(sa.select(outbox.c.signaal_id).where(live)).scalars())

    def last_letters(self) -> dict[str, date]:
        """Dossiernummer -> night of its last letter that was not taken back, and could be made."""
        live = outbox.c.status.not_in([*_TAKEN_BACK, "handmatig"])
        query = (
            sa.select(outbox.c.dossiernummer, sa.func.max(outbox.c.nacht)).where(live).group_by(outbox.c.dossiernummer)
        )
        with self._engine.connect() as con:
            return {row[0]: row[1] for row in con.execute(query)}

    def record(
        self,
        peildatum: date,
        found: Sequence[Finding],
        advice: Mapping[str, Advice],
        *,
        unusable: Collection[str] = (),
        receipts: Mapping[str, Receipt] | None = None,
    ) -> NightResult:
        """Write what a night found, in one transaction.

        Args:
            peildatum: the night.
            found: every finding that holds on this night.
            advice: what to do with each, by signaal_id.
            unusable: rules that read a source which can't be used tonight: what they did not find is not gone.
            receipts: what decided each, by signaal_id.
        """
        with self._engine.begin() as con:
            before = _Before.read(con)
            new = [f for f in found if f.signaal_id not in before.findings]
            if new:
                con.execute(finding.insert(), [_row(f, advice[f.signaal_id], peildatum) for f in new])
            known = [f for f in found if f.signaal_id in before.findings]
            kept = {f.signaal_id for f in known if before.keeps(f.signaal_id, advice[f.signaal_id])}
            overtaken = before.overtaken(known, advice, kept)
            past = [key for key in overtaken if advice[key].reden is Reden.VERJAARDAG_GEWEEST]
            withdrawn = self._take_back(con, [key for key in overtaken if key not in past])
            withdrawn += self._take_back(con, past, came=peildatum)
            for f in known:
                self._update(con, f, before, None if f.signaal_id in kept else advice[f.signaal_id], peildatum)
            self._tell(con, (f for f in found if f.signaal_id not in kept), advice, peildatum)
            gone = before.gone(found, unusable)
            withdrawn += self._close(con, gone, peildatum)
            self._keep_receipts(con, receipts or {}, before, peildatum)
        reopened = sum(before.findings[f.signaal_id].status == "gesloten" for f in known)
        return NightResult(len(new), reopened, len(gone), len(known) - reopened, withdrawn)

    @staticmethod
    def _update(con: sa.Connection, f: Finding, before: "_Before", decided: Advice | None, peildatum: date) -> None:
        """Bring a finding that was known up to date; ``decided`` None keeps its advice."""
        old = before.findings[f.signaal_id]
        values = {
            "status": "open", "laatste_nacht": peildatum, "gesloten_op": None,
            "heropend": old.heropend + (old.status == "gesloten"), "inhoud": f.model_dump(mode="json"),
        }  # fmt: skip
        if decided is not None:
            values |= {"advies": decided.advies, "reden": decided.reden}
        con.execute(finding.update().where(finding.c.signaal_id == f.signaal_id).values(values))

    @staticmethod
    def _keep_receipts(con: sa.Connection, receipts: Mapping[str, Receipt], before: "_Before", peildatum: date) -> None:
        """Keep tonight's receipt of each finding, instead of the last one unless something was decided on that."""
        held = sa.select(receipt.c.signaal_id).where(receipt.c.nacht == peildatum, receipt.c.blijft)
        stay = set(con.execute(held).scalars())
        stay |= {row.signaal_id for row in con.execute(sa.select(finding)) if before.decides(row)}
        passing = sa.or_(sa.not_(receipt.c.blijft), receipt.c.nacht == peildatum)
        for part in _parts(sorted(receipts)):
            con.execute(receipt.delete().where(receipt.c.signaal_id.in_(part), passing))
        rows = [
            {"signaal_id": key, "nacht": peildatum, "hash": bon.hash, "blijft": key in stay,
             "inhoud": bon.model_dump(mode="json")}
            for key, bon in receipts.items()
        ]  # fmt: skip
        if rows:
            con.execute(receipt.insert(), rows)

    def _tell(
        self, con: sa.Connection, found: Iterable[Finding], advice: Mapping[str, Advice], peildatum: date
    ) -> None:
        """Make the tasks and letters that are not there yet; one that was taken back is offered again."""
        tasks = {(row.signaal_id, row.soort): row.status for row in con.execute(sa.select(task))}
        letters = {row.signaal_id: row.status for row in con.execute(sa.select(outbox))}
        for f in found:
            match advice[f.signaal_id]:
                case ContactTask() as contact:
                    _put_task(con, f, contact, tasks.get((f.signaal_id, contact.soort)), peildatum)
                case Nudge() as nudge:
                    _put_letter(con, f, nudge, letters.get(f.signaal_id), peildatum)
                case NoAction():
                    pass

    def _close(self, con: sa.Connection, gone: Sequence[str], peildatum: date) -> int:
        for part in _parts(gone):
            con.execute(
                finding.update().where(finding.c.signaal_id.in_(part)).values(status="gesloten", gesloten_op=peildatum)
            )
        return self._take_back(con, gone, came=peildatum)

    def _take_back(self, con: sa.Connection, signalen: Sequence[str], *, came: date | None = None) -> int:
        """Open tasks lapse; a letter nobody posted is withdrawn (from the print folder too, by the delivery).

        One that announced a day which has come by ``came`` was true and stays: taking it back would end in a call.
        """
        withdrawn = 0
        for part in _parts(signalen):
            open_task = sa.and_(task.c.signaal_id.in_(part), task.c.status == "open")
            con.execute(task.update().where(open_task).values(status="vervallen"))
            # Also one that is only `klaar`: a night killed right after publishing left it in the folder.
            unsent = sa.and_(outbox.c.signaal_id.in_(part), outbox.c.status.in_(UNSENT))
            unsent = unsent if came is None else sa.and_(unsent, ~_announced(came))
            withdrawn += con.execute(outbox.update().where(unsent).values(status="in_te_trekken")).rowcount
        return withdrawn

    # -- letters ------------------------------------------------------------------------------------------

    def letters_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """The letters of a night that are to lie in its print folder: kenmerk, bericht, dossiernummer, inhoud."""
        query = (
            sa.select(outbox, finding.c.feitdatum, finding.c.inhoud)
            .join(finding, finding.c.signaal_id == outbox.c.signaal_id)
            .where(outbox.c.nacht == peildatum, outbox.c.status.in_(UNSENT))
            .order_by(outbox.c.kenmerk)
        )
        with self._engine.connect() as con:
            return list(con.execute(query))

    def left_behind(self, peildatum: date) -> list[tuple[str, date]]:
        """Letters of earlier nights that were to be made still: kenmerk, night. Those nights were killed."""
        query = sa.select(outbox.c.kenmerk, outbox.c.nacht).where(
            outbox.c.nacht < peildatum, outbox.c.status == "klaar"
        )
        with self._engine.connect() as con:
            return [(row.kenmerk, row.nacht) for row in con.execute(query.order_by(outbox.c.kenmerk))]

    def move_to(self, kenmerk: str, peildatum: date) -> None:
        """A letter that was left behind is made tonight."""
        with self._engine.begin() as con:
            con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(nacht=peildatum))

    def offered(self, hashes: Mapping[str, str]) -> None:
        """These letters lie in the print folder now: kenmerk -> sha256 of the PDF."""
        with self._engine.begin() as con:
            for kenmerk, digest in hashes.items():
                con.execute(
                    outbox.update().where(outbox.c.kenmerk == kenmerk).values(status="bezig", inhoud_hash=digest)
                )

    def to_human(self, kenmerk: str) -> None:
        """A letter that can't be made becomes a task for a consulent, in one transaction."""
        with self._engine.begin() as con:
            row = self._hand_over(con, kenmerk, Reden.GEEN_BRIEF_MOGELIJK, "handmatig")
            decided = {"advies": "taak", "reden": Reden.GEEN_BRIEF_MOGELIJK}
            con.execute(finding.update().where(finding.c.signaal_id == row.signaal_id).values(decided))

    def could_not_withdraw(self, kenmerk: str, peildatum: date) -> None:
        """A letter that may have been posted before it could be taken back: a consulent calls."""
        with self._engine.begin() as con:
            self._hand_over(con, kenmerk, Reden.NIET_INGETROKKEN, "onbekend", peildatum)

    @staticmethod
    def _hand_over(
        con: sa.Connection, kenmerk: str, reden: Reden, status: str, peildatum: date | None = None
    ) -> sa.Row[Any]:
        row = con.execute(
            sa.select(outbox, finding.c.inhoud)
            .join(finding, finding.c.signaal_id == outbox.c.signaal_id)
            .where(outbox.c.kenmerk == kenmerk)
        ).one()
        contact = ContactTask(soort="contact", reden=reden)
        con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(status=status))
        present = sa.select(task.c.status).where(task.c.signaal_id == row.signaal_id, task.c.soort == contact.soort)
        there = con.execute(present).scalar()
        _put_task(con, Finding.model_validate(row.inhoud), contact, there, peildatum or row.nacht)
        return row

    def to_withdraw(self) -> dict[date, dict[str, bool]]:
        """Letters to be taken out of a print folder: night -> kenmerk -> whether it was offered there for sure."""
        query = sa.select(outbox).where(outbox.c.status == "in_te_trekken").order_by(outbox.c.nacht, outbox.c.kenmerk)
        folders: dict[date, dict[str, bool]] = {}
        with self._engine.connect() as con:
            for row in con.execute(query):
                folders.setdefault(row.nacht, {})[row.kenmerk] = row.inhoud_hash is not None
        return folders

    def withdrawn(self, kenmerken: Iterable[str]) -> None:
        """These letters lie in no print folder any more."""
        with self._engine.begin() as con:
            con.execute(outbox.update().where(outbox.c.kenmerk.in_(list(kenmerken))).values(status="ingetrokken"))

    # -- who is who ---------------------------------------------------------------------------------------

    def decide_link(self, signaal_id: str, *, zelfde: bool, door: str, now: datetime) -> None:
        """Keep what a human says of the two descriptions of a person that a finding is uncertain about.

        It counts from the night after the last one that was recorded, as long as neither side changes.

        Args:
            signaal_id: a finding whose facts name the two.
            zelfde: whether they are one person.
            door: who says so.
            now: the moment of it.

        Raises:
            CasebookError: there is no such finding, or nothing to decide about it.
        """
        facts = self.get(signaal_id).inhoud["feiten"]
        if not all(facts.get(name) for name in LINK):
            raise CasebookError(
                "This finding asks nothing about who is who.", where=signaal_id,
                todo="Take one whose facts have koppel_links and koppel_rechts; see `tijdig explain`.",
            )  # fmt: skip
        if not 0 < len(door.strip()) <= _DOOR:
            raise CasebookError(
                "Nobody is named, or at too great length.", where="--door",
                todo=f"Say who decides, in 1 to {_DOOR} characters.",
            )  # fmt: skip
        last = self._last_written()
        values = dict(zip(("links_sleutel", "rechts_sleutel", "inhoud"), (facts[name] for name in LINK), strict=True))
        with self._engine.begin() as con:
            con.execute(
                link_decision.insert().values(
                    signaal_id=signaal_id, zelfde=zelfde, door=door, na_nacht=last, besloten_op=now, **values
                )
            )

    def _last_written(self) -> date:
        """The last night that wrote anything: one that was killed halfway counts too."""
        written = (finding.c.laatste_nacht, finding.c.gesloten_op, night.c.peildatum)
        with self._engine.connect() as con:
            days: list[date | None] = [con.execute(sa.select(sa.func.max(column))).scalar() for column in written]
        return max(day for day in days if day is not None)

    def link_decisions(self, *, before: date) -> tuple[Decision, ...]:
        """The decisions made after nights before this one, the oldest first."""
        query = sa.select(link_decision).where(link_decision.c.na_nacht < before).order_by(link_decision.c.volgnr)
        columns = Decision.model_fields
        return tuple(Decision(**{name: getattr(row, name) for name in columns}) for row in self._all(query))

    def decisions_about(self, signaal_id: str) -> list[sa.Row[Any]]:
        """What was decided because of this finding, the oldest first."""
        query = sa.select(link_decision).where(link_decision.c.signaal_id == signaal_id)
        return self._all(query.order_by(link_decision.c.volgnr))

    # -- reading ------------------------------------------------------------------------------------------

    def findings_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """Findings first found on this night, in a fixed order."""
        return self._all(
            sa.select(finding)
            .where(finding.c.eerste_nacht == peildatum)
            .order_by(finding.c.regel, finding.c.signaal_id)
        )

    def closed_on(self, peildatum: date) -> list[sa.Row[Any]]:
        """Findings that closed on this night."""
        return self._all(sa.select(finding).where(finding.c.gesloten_op == peildatum).order_by(finding.c.signaal_id))

    def open_findings(self) -> list[sa.Row[Any]]:
        """Findings that hold now."""
        return self._all(sa.select(finding).where(finding.c.status == "open").order_by(finding.c.signaal_id))

    def tasks_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """Tasks made on this night: urgent first, then by age of the fact; never by suspicion."""
        return self._all(
            sa.select(task, finding.c.regel, finding.c.feitdatum, finding.c.richting, finding.c.inhoud)
            .join(finding, finding.c.signaal_id == task.c.signaal_id)
            .where(task.c.nacht == peildatum)
            .order_by(task.c.spoed.desc(), finding.c.feitdatum, task.c.taak_id)
        )

    def letters_made_on(self, peildatum: date) -> list[sa.Row[Any]]:
        """Every letter of this night, whatever became of it."""
        return self._all(sa.select(outbox).where(outbox.c.nacht == peildatum).order_by(outbox.c.kenmerk))

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
        """The tasks and the letters of one finding."""
        return (
            self._all(sa.select(task).where(task.c.signaal_id == signaal_id)),
            self._all(sa.select(outbox).where(outbox.c.signaal_id == signaal_id)),
        )

    def receipts_of(self, signaal_id: str) -> list[sa.Row[Any]]:
        """The receipts of one finding, the newest last: nacht, hash, inhoud."""
        return self._all(sa.select(receipt).where(receipt.c.signaal_id == signaal_id).order_by(receipt.c.nacht))

    def receipts_on(self, peildatum: date | None = None) -> list[sa.Row[Any]]:
        """Every receipt of a night; without one, of every night."""
        query = sa.select(receipt).order_by(receipt.c.nacht, receipt.c.signaal_id)
        return self._all(query if peildatum is None else query.where(receipt.c.nacht == peildatum))

    def save_counts(self, peildatum: date, counts: Mapping[str, Any], *, now: datetime) -> None:
        """Keep what the report of a night says; running it again replaces it."""
        with self._engine.begin() as con:
            con.execute(night.delete().where(night.c.peildatum == peildatum))
            con.execute(night.insert().values(peildatum=peildatum, bijgewerkt_op=now, tellingen=dict(counts)))

    def _all(self, query: sa.Select[Any]) -> list[sa.Row[Any]]:
        with self._engine.connect() as con:
            return list(con.execute(query))


def opaque(prefix: str, *parts: str) -> str:
    """A short id that says nothing of anybody, the same for the same parts."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return f"{prefix}-{base64.b32encode(digest)[:10].decode()}"


@dataclass(frozen=True)
class _Before:
    """The casebook as it was before a night."""

    findings: Mapping[str, sa.Row[Any]]
    letters: Mapping[str, str]
    households_with_letter: frozenset[str]

    @classmethod
    def read(cls, con: sa.Connection) -> "_Before":
        letters = list(con.execute(sa.select(outbox)))
        return cls(
            findings={row.signaal_id: row for row in con.execute(sa.select(finding))},
            letters={row.signaal_id: row.status for row in letters},
            households_with_letter=frozenset(r.dossiernummer for r in letters if r.status not in _TAKEN_BACK),
        )

    def decides(self, row: sa.Row[Any]) -> bool:
        """Whether tonight decided something about a finding: it is new, came back, or has another advice."""
        old = self.findings.get(row.signaal_id)
        return old is None or (old.status, old.advies, old.reden) != (row.status, row.advies, row.reden)

    def keeps(self, key: str, new: Advice) -> bool:
        """Whether a finding keeps the advice it has, whatever tonight's would be."""
        old = self.findings[key]
        if old.status != "open":
            return False
        if isinstance(new, NoAction) and new.reden in _WAITS:
            return bool(old.advies != "geen_actie")
        told_with_another = old.reden == Reden.GEBUNDELD and old.dossiernummer in self.households_with_letter
        return isinstance(new, Nudge) and (told_with_another or self.letters.get(key) == "handmatig")

    def overtaken(self, known: Iterable[Finding], advice: Mapping[str, Advice], kept: set[str]) -> list[str]:
        """Findings whose task or letter no longer fits tonight's advice."""
        keys = (f.signaal_id for f in known if f.signaal_id not in kept)
        return [key for key in keys if self.findings[key].advies not in ("geen_actie", advice[key].advies)]

    def gone(self, found: Iterable[Finding], unusable: Collection[str]) -> list[str]:
        """Open findings that were not found tonight, by a rule that could see."""
        here = {f.signaal_id for f in found}
        still = (key for key, row in self.findings.items() if row.status == "open" and row.regel not in unusable)
        return sorted(key for key in still if key not in here)


def _row(f: Finding, decided: Advice, peildatum: date) -> dict[str, Any]:
    return {
        "signaal_id": f.signaal_id, "regel": f.regel, "regelversie": f.regelversie,
        "dossiernummer": f.dossiernummer, "richting": f.richting, "feitdatum": f.feitdatum,
        "advies": decided.advies, "reden": decided.reden, "status": "open", "eerste_nacht": peildatum,
        "laatste_nacht": peildatum, "gesloten_op": None, "heropend": 0, "inhoud": f.model_dump(mode="json"),
    }  # fmt: skip


def _put_task(con: sa.Connection, f: Finding, contact: ContactTask, present: str | None, peildatum: date) -> None:
    taak_id = opaque("T", f.signaal_id, contact.soort)
    if present == "vervallen":
        con.execute(task.update().where(task.c.taak_id == taak_id).values(status="open", nacht=peildatum))
    elif present is None:
        con.execute(task.insert().values(
            taak_id=taak_id, signaal_id=f.signaal_id, soort=contact.soort, dossiernummer=f.dossiernummer,
            consulent_id=f.consulent_id, spoed=contact.spoed, reden=contact.reden, status="open", nacht=peildatum,
        ))  # fmt: skip


def _put_letter(con: sa.Connection, f: Finding, nudge: Nudge, present: str | None, peildatum: date) -> None:
    kenmerk = opaque("N", f.signaal_id, LETTER, PRINT)
    if present == "ingetrokken":
        again = {"status": "klaar", "nacht": peildatum, "inhoud_hash": None}
        con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(again))
    elif present is None:
        con.execute(outbox.insert().values(
            kenmerk=kenmerk, signaal_id=f.signaal_id, soort=LETTER, kanaal=PRINT, bericht=nudge.bericht,
            dossiernummer=f.dossiernummer, status="klaar", nacht=peildatum,
        ))  # fmt: skip


def _announced(came: date) -> sa.Exists:
    """A letter in the print folder about a day that was to come then and has come now."""
    return sa.exists().where(
        finding.c.signaal_id == outbox.c.signaal_id, outbox.c.status == "bezig",
        finding.c.feitdatum > outbox.c.nacht, finding.c.feitdatum <= came,
    )  # fmt: skip


def _parts(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _sqlite_settings(connection: Any, _: object) -> None:  # noqa: ANN401
    for setting in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {setting}")
