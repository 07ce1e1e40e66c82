"""A night in the casebook: what was found is laid beside what was known, and written in one transaction."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.finding import UNANSWERED, Advice, ContactTask, Finding, NoAction, Nudge, Reden, Richting
from contracts.outcome import Levensfase, Waarom
from contracts.receipt import Receipt
from store.casebook.before import Before, parts
from store.casebook.book import Book, known_since, lock_findings, opaque, put_task
from store.casebook.outbox import Way, on_paper
from store.casebook.receipts import keep_receipts
from store.casebook.tables import (
    BUNDLE,
    BUNDLE_AHEAD,
    BUNDLE_MORE,
    LETTER,
    LIVE,
    OPEN,
    REMINDER,
    TAKEN_BACK,
    WITH_A_HUMAN,
    finding,
    history,
    moved,
    night,
    outbox,
    task,
    told,
)  # fmt: skip


@dataclass(frozen=True)
class NightResult:
    """What a night changed in the casebook."""

    nieuw: int
    heropend: int
    gesloten: int
    lopend: int
    ingetrokken: int


class Nights(Book):
    """The nights: recording one, and reading what it left."""

    def last_night(self) -> date | None:
        """The last night that was recorded whole."""
        with self._engine.connect() as con:
            return con.execute(sa.select(sa.func.max(night.c.peildatum))).scalar()

    def was_run(self, peildatum: date) -> bool:
        """Whether this night was recorded whole before."""
        with self._engine.connect() as con:
            return con.execute(sa.select(night.c.peildatum).where(night.c.peildatum == peildatum)).scalar() is not None

    def counts_of(self, peildatum: date) -> dict[str, Any] | None:
        """What the report of a night says; None = it was not recorded whole."""
        with self._engine.connect() as con:
            return con.execute(sa.select(night.c.tellingen).where(night.c.peildatum == peildatum)).scalar()

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

    def answered(self) -> frozenset[str]:
        """Findings to which the inwoner answered, or about which there was contact."""
        answer = sa.select(finding.c.signaal_id).where(finding.c.status == Levensfase.BEANTWOORD)
        return frozenset(row.signaal_id for row in self._all(answer))

    def open_tasks(self) -> frozenset[tuple[str, str]]:
        """The open tasks: signaal_id and soort."""
        query = sa.select(task.c.signaal_id, task.c.soort).where(task.c.status == "open")
        return frozenset((row.signaal_id, row.soort) for row in self._all(query))

    def made_on(self, peildatum: date) -> tuple[int, Counter[str | None]]:
        """What a night made already: its letters, and its tasks by consulent without those that could not wait."""
        letters = [row for row in self.letters_made_on(peildatum) if row.status not in TAKEN_BACK]
        tasks = Counter(row.consulent_id for row in self.tasks_of(peildatum) if not row.spoed)
        return len(letters), tasks

    def last_letters(self) -> dict[str, date]:
        """Dossiernummer -> night of its last letter that was not taken back, and could be made."""
        live = outbox.c.status.not_in([*TAKEN_BACK, *WITH_A_HUMAN])
        query = (
            sa.select(outbox.c.dossiernummer, sa.func.max(outbox.c.nacht)).where(live).group_by(outbox.c.dossiernummer)
        )
        with self._engine.connect() as con:
            return {row[0]: row[1] for row in con.execute(query)}

    def mark(self) -> int:
        """How far the history is: to be asked before what humans said is read for a night, and given to ``record``."""
        with self._writing() as con:
            # Whoever is busy with a finding now is done first, so that what they did is either read or comes after it.
            lock_findings(con, sa.true())
            return con.execute(sa.select(sa.func.max(history.c.volgnr))).scalar() or 0

    def record(  # noqa: PLR0913 - all that a night decides goes in at once
        self,
        peildatum: date,
        found: Sequence[Finding],
        advice: Mapping[str, Advice],
        *,
        unusable: Collection[str] = (),
        receipts: Mapping[str, Receipt] | None = None,
        read_before: date | None = None,
        way: Callable[[Finding, str], Way] = on_paper,
        mark: int | None = None,
        held: Collection[str] = (),
    ) -> NightResult:
        """Write what a night found, in one transaction.

        Args:
            peildatum: the night.
            found: every finding that holds on this night.
            advice: what to do with each, by signaal_id.
            unusable: rules that read a source which can't be used tonight: what they did not find is not gone.
            receipts: what decided each, by signaal_id.
            read_before: letters of nights before this day were read and did their work: none is taken back.
            way: how a notice goes, by the finding that heads it and its soort.
            mark: what ``mark`` gave before the advice was made: what a human did since is not undone.
            held: findings that do not lapse, whatever the sources say: an inwoner asked something about them.
        """
        with self._writing() as con:
            before = Before.read(con, peildatum, read_before, mark)
            new = [f for f in found if f.signaal_id not in before.findings]
            if new:
                con.execute(finding.insert(), [_row(f, advice[f.signaal_id], peildatum) for f in new])
                con.execute(history.insert(), [_born(f, peildatum) for f in new])
            known = [f for f in found if f.signaal_id in before.findings]
            advice = {**advice, **before.call_again(known, advice)}
            kept = {f.signaal_id for f in known if before.keeps(f, advice[f.signaal_id])}
            overtaken = before.overtaken(known, advice, kept)
            # A letter that nobody answered did its work; the call is what comes after it.
            overtaken = [key for key in overtaken if advice[key].reden not in UNANSWERED]
            past = [key for key in overtaken if advice[key].reden is Reden.VERJAARDAG_GEWEEST]
            self._take_back(con, [key for key in overtaken if key not in past], before)
            self._take_back(con, past, before, came=peildatum)
            reopened = self._update(con, known, {key: one for key, one in advice.items() if key not in kept}, before)
            _shield(con, found)
            self._tell(con, [f for f in found if f.signaal_id not in kept], advice, before, way)
            gone = [key for key in before.gone(found, unusable) if key not in held]
            self._close(con, before, gone)
            keep_receipts(con, receipts or {}, before)
            withdrawn = _taken_back_on(con, peildatum)
        return NightResult(len(new), reopened, len(gone), len(known) - reopened, withdrawn)

    @staticmethod
    def _update(con: sa.Connection, known: Sequence[Finding], decided: Mapping[str, Advice], before: Before) -> int:
        """Bring findings that were known up to date; one without a new advice keeps what it has.

        Returns:
            How many this night opened again.
        """
        rows, moves, opened = [], [], 0
        for f in known:
            old, new = before.findings[f.signaal_id], decided.get(f.signaal_id)
            advies, reden = (old.advies, old.reden) if new is None else (new.advies, new.reden)
            done = new is not None and new.reden is Reden.AFGEDAAN
            phase, why = before.phase(f, done=done, told=advies != "geen_actie")
            opens = phase is Levensfase.HEROPEND and old.status not in OPEN
            opened += opens or (phase is Levensfase.HEROPEND and f.signaal_id in before.begun)
            rows.append({
                "key": f.signaal_id, "status": phase, "laatste_nacht": before.peildatum, "gesloten_op": None,
                "feitdatum": f.feitdatum, "heropend": old.heropend + opens, "beperkt": f.beperkt,
                "inhoud": f.model_dump(mode="json"), "advies": advies, "reden": reden,
            })  # fmt: skip
            if phase != old.status:
                moves.append(moved(f.signaal_id, old.status, phase, why, before.peildatum, feitdatum=f.feitdatum))
        if rows:
            changed: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "key"}
            con.execute(finding.update().where(finding.c.signaal_id == sa.bindparam("key")).values(changed), rows)
        if moves:
            con.execute(history.insert(), moves)
        return opened

    def _tell(
        self, con: sa.Connection, found: Sequence[Finding], advice: Mapping[str, Advice], before: Before,
        way: Callable[[Finding, str], Way],
    ) -> None:  # fmt: skip
        """Make the tasks and letters that are not there yet; one that was taken back is offered again."""
        tasks = {(row.signaal_id, row.soort): row.status for row in con.execute(sa.select(task))}
        open_kinds: dict[str, set[str]] = {}
        for key, soort in (pair for pair, status in tasks.items() if status == "open"):
            open_kinds.setdefault(key, set()).add(soort)
        letters: dict[str, list[Finding]] = {}
        readers: dict[str, str] = {}
        for f in found:
            match advice[f.signaal_id]:
                case ContactTask() as contact:
                    if open_kinds.get(f.signaal_id, set()) - {contact.soort}:
                        _end_others(con, f.signaal_id, contact.soort)
                    put_task(con, f, contact, tasks.get((f.signaal_id, contact.soort)), before.peildatum)
                case Nudge(brief=str(head), aan=reader):
                    letters.setdefault(head, []).append(f)
                    readers[head] = reader
                case Nudge() | NoAction():
                    pass
        for head in sorted(letters):
            _put_letter(con, _of_these(head, letters[head]), letters[head], before, way, readers[head])

    def _close(self, con: sa.Connection, before: Before, gone: Sequence[str]) -> None:
        lapsed = {"status": Levensfase.VERVALLEN, "gesloten_op": before.peildatum}
        for part in parts(gone):
            con.execute(finding.update().where(finding.c.signaal_id.in_(part)).values(lapsed))
            rows = ((key, before.findings[key]) for key in part)
            con.execute(history.insert(), [
                moved(key, row.status, Levensfase.VERVALLEN, Waarom.WEG, before.peildatum, feitdatum=row.feitdatum)
                for key, row in rows
            ])  # fmt: skip
        self._take_back(con, gone, before, came=before.peildatum)

    def _take_back(
        self, con: sa.Connection, signalen: Sequence[str], before: Before, *, came: date | None = None
    ) -> None:
        """Open tasks lapse; a letter nobody posted is withdrawn (from the print folder too, by the delivery).

        What it told besides is told again by a letter of its own. One that announced a day which has come by ``came``
        was true and stays: taking it back would end in a call.
        """
        needless = {"status": "in_te_trekken", "teruggehaald_op": before.peildatum}
        for part in parts(signalen):
            open_task = sa.and_(task.c.signaal_id.in_(part), task.c.status == "open")
            con.execute(task.update().where(open_task).values(status="vervallen"))
            tells = (
                sa.select(told.c.kenmerk)
                .select_from(told)
                .join(outbox, outbox.c.kenmerk == told.c.kenmerk)
                .join(finding, finding.c.signaal_id == told.c.signaal_id)
                .where(told.c.signaal_id.in_(part))
            )
            tells = tells if came is None else tells.where(~_announced(came))
            if before.read_before is not None:
                tells = tells.where(outbox.c.nacht >= before.read_before)
            # Also one that is only `klaar`: a night killed right after publishing left it in the folder.
            unsent = sa.and_(outbox.c.kenmerk.in_(tells), outbox.c.status.in_(LIVE))
            con.execute(outbox.update().where(unsent).values(needless))

    def findings_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """Findings first found on this night, in a fixed order."""
        return self._all(
            sa.select(finding)
            .where(finding.c.eerste_nacht == peildatum)
            .order_by(finding.c.regel, finding.c.signaal_id)
        )

    def closed_on(self, peildatum: date) -> list[sa.Row[Any]]:
        """Findings whose difference was gone on this night."""
        return self._all(sa.select(finding).where(finding.c.gesloten_op == peildatum).order_by(finding.c.signaal_id))

    def open_findings(self) -> list[sa.Row[Any]]:
        """Findings that hold now and that nobody closed."""
        return self._all(sa.select(finding).where(finding.c.status.in_(OPEN)).order_by(finding.c.signaal_id))

    def standing(self, *, known_by: date = date.max) -> list[sa.Row[Any]]:
        """The open findings that last opened on or before a night: advies, reden, inhoud, bekend_sinds (that night)."""
        since = known_since()
        query = sa.select(finding.c.advies, finding.c.reden, finding.c.inhoud, since)
        held = query.where(finding.c.status.in_(OPEN), since.element <= known_by)
        return self._all(held.order_by(finding.c.signaal_id))

    def tasks_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """Tasks made on this night, or since the last one that was recorded whole: urgent ones first, then by term.

        Never by suspicion. Between two nights a channel can tell that a notice was not delivered.
        """
        last = sa.select(sa.func.max(night.c.peildatum)).where(night.c.peildatum < peildatum).scalar_subquery()
        since = sa.func.coalesce(last, sa.literal(peildatum - timedelta(days=1), sa.Date))
        return self._all(
            sa.select(
                task,
                finding.c.regel,
                finding.c.feitdatum,
                finding.c.richting,
                finding.c.beperkt,
                finding.c.inhoud,
                known_since(),
            )
            .join(finding, finding.c.signaal_id == task.c.signaal_id)
            .where(task.c.nacht > since, task.c.nacht <= peildatum)
            .order_by(task.c.spoed.desc(), task.c.uiterlijk, task.c.taak_id)
        )

    def letters_made_on(self, peildatum: date) -> list[sa.Row[Any]]:
        """Every letter of this night, whatever became of it."""
        return self._all(sa.select(outbox).where(outbox.c.nacht == peildatum).order_by(outbox.c.kenmerk))

    def save_counts(self, peildatum: date, counts: Mapping[str, Any], *, now: datetime) -> None:
        """Keep what the report of a night says; running it again replaces it."""
        with self._writing() as con:
            con.execute(night.delete().where(night.c.peildatum == peildatum))
            con.execute(night.insert().values(peildatum=peildatum, bijgewerkt_op=now, tellingen=dict(counts)))


def _taken_back_on(con: sa.Connection, peildatum: date) -> int:
    """How many notices a night took back, also where it was run before and was killed after that."""
    here = sa.select(sa.func.count()).where(outbox.c.teruggehaald_op == peildatum)
    return con.execute(here).scalar_one()


def _shield(con: sa.Connection, found: Sequence[Finding]) -> None:
    """An open task is for the restricted group from the night on which an address becomes secret, and no longer.

    A finding is too where a fact of it is for them alone; its tasks say so as well.
    """
    was = sa.select(task.c.signaal_id, task.c.geheim).where(task.c.status == "open")
    known = {row.signaal_id: row.geheim for row in con.execute(was)}
    changed = [
        {"key": f.signaal_id, "now": f.geheim} for f in found if known.get(f.signaal_id, f.geheim) is not f.geheim
    ]
    if changed:
        here = task.update().where(task.c.signaal_id == sa.bindparam("key"), task.c.status == "open")
        con.execute(here.values(geheim=sa.bindparam("now")), changed)
    of_finding = sa.select(finding.c.beperkt).where(finding.c.signaal_id == task.c.signaal_id).scalar_subquery()
    con.execute(task.update().where(task.c.beperkt != of_finding).values(beperkt=of_finding))


def _row(f: Finding, decided: Advice, peildatum: date) -> dict[str, Any]:
    return {
        "signaal_id": f.signaal_id, "regel": f.regel, "regelversie": f.regelversie,
        "dossiernummer": f.dossiernummer, "richting": f.richting, "feitdatum": f.feitdatum,
        "advies": decided.advies, "reden": decided.reden, "status": Levensfase.NIEUW, "eerste_nacht": peildatum,
        "laatste_nacht": peildatum, "gesloten_op": None, "heropend": 0, "beperkt": f.beperkt,
        "inhoud": f.model_dump(mode="json"),
    }  # fmt: skip


def _born(f: Finding, peildatum: date) -> dict[str, Any]:
    return moved(f.signaal_id, None, Levensfase.NIEUW, Waarom.GEVONDEN, peildatum, feitdatum=f.feitdatum)


def _of_these(head: str, members: Sequence[Finding]) -> str:
    """The finding that heads a letter: the first that is in it where its head keeps another advice than tonight's."""
    return head if any(f.signaal_id == head for f in members) else members[0].signaal_id


def _put_letter(
    con: sa.Connection, head: str, members: Sequence[Finding], before: Before, way: Callable[[Finding, str], Way],
    aan: str,
) -> None:  # fmt: skip
    """A notice of tonight; a finding that was told before is in it as a reminder."""
    soort = REMINDER if before.was_told(head) else LETTER
    # What is told for the first time is no reminder, whatever it goes with.
    reminds = all(before.was_told(f.signaal_id) for f in members)
    vorm, kanaal, bericht = way(next(f for f in members if f.signaal_id == head), REMINDER if reminds else LETTER)
    kenmerk = opaque("N", head, soort, kanaal)
    here = sa.and_(outbox.c.signaal_id == head, outbox.c.soort == soort)
    present = {row.kenmerk: row.status for row in con.execute(sa.select(outbox).where(here))}
    # Whatever the channel: who has it by one does not get it by another.
    if any(status != "ingetrokken" for status in present.values()):
        return
    made = {
        "bericht": bericht or _bericht(members, before), "status": "klaar", "nacht": before.peildatum, "vorm": vorm,
        "aan": aan, "versie": None, "inhoud_hash": None, "extern_id": None, "laatste_poging": None,
        "bevestigd_op": None, "teruggehaald_op": None,
    }  # fmt: skip
    if kenmerk not in present:
        con.execute(outbox.insert().values(
            kenmerk=kenmerk, signaal_id=head, soort=soort, kanaal=kanaal, dossiernummer=members[0].dossiernummer,
            pogingen=0, **made
        ))  # fmt: skip
    else:
        con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(made))
        con.execute(told.delete().where(told.c.kenmerk == kenmerk))
    con.execute(told.insert(), [{"kenmerk": kenmerk, "signaal_id": f.signaal_id} for f in members])


def _bericht(members: Sequence[Finding], before: Before) -> str:
    """The message of a letter: that of its findings where it is one, or one that tells of several or reminds."""
    if all(before.was_told(f.signaal_id) for f in members):
        return REMINDER
    if len({(f.bericht, f.feitdatum) for f in members}) == 1:
        return str(members[0].bericht)
    if all(f.richting is Richting.VOORDEEL for f in members):
        return BUNDLE_MORE
    ahead = (f.feitdatum is not None and f.feitdatum > before.peildatum for f in members)
    return BUNDLE_AHEAD if all(ahead) else BUNDLE


def _end_others(con: sa.Connection, signaal_id: str, soort: str) -> None:
    """A finding asks for one thing: its open tasks of another kind lapse, but not a call about a letter too many."""
    others = sa.and_(
        task.c.signaal_id == signaal_id, task.c.soort != soort, task.c.status == "open",
        task.c.reden.is_distinct_from(Reden.NIET_INGETROKKEN),
    )  # fmt: skip
    con.execute(task.update().where(others).values(status="vervallen"))


def _announced(came: date) -> sa.ColumnElement[bool]:
    """A letter that left, about a day that was to come then and has come now."""
    day = finding.c.feitdatum
    return sa.and_(
        outbox.c.status.in_(("bezig", "onbekend", "bevestigd")), day.is_not(None), day > outbox.c.nacht, day <= came
    )
