"""Contact tasks as people work on them: what each may see in a list, and what they do with one.

Every deed is one transaction: the task moves on by one version, and history and audit get their lines. Who acts on an
older version is told who was first; the same form sent twice counts once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from contracts.errors import BusyError, CasebookError
from contracts.outcome import Levensfase, Uitkomst, Waarom
from contracts.work import PER_PAGINA, Adviseur, Afronding, Bak, Bezwaar, Daad, Filter, Rol, Taak, User
from store.casebook.audit import add_line
from store.casebook.book import Book, lock_findings, team_of
from store.casebook.life import move
from store.casebook.tables import (
    OPEN,
    contact_card,
    feedback,
    finding,
    objection,
    task,
    task_event,
    task_outcome,
    team_member,
)  # fmt: skip

_TRIES: Final = 10


class OvertakenError(CasebookError):
    """Somebody else did something with this task first; nothing was changed."""


class NotOpenError(CasebookError):
    """The task is closed, so nothing can be done with it but open it again."""


@dataclass(frozen=True)
class Deed:
    """A deed as it comes from a form.

    Attributes:
        taak_id: the task.
        versie: the version of it that its maker looked at.
        door: who.
        formulier: the number of the form.
        moment: when.
    """

    taak_id: str
    versie: int
    door: str
    formulier: str
    moment: datetime


class Listed(NamedTuple):
    """A page of tasks, and how many there are in all."""

    rows: list[sa.Row[Any]]
    total: int


_SHIELDED: Final = sa.or_(task.c.beperkt, task.c.geheim)
#: Written as a comparison: every database knows it.
_EVERYTHING: Final[sa.ColumnElement[bool]] = sa.literal(1).in_([1])
_question = task_event.alias("question")
_answer = task_event.alias("answer")


def _asked(adviseurs: Iterable[str], *, unanswered: bool = False) -> sa.ColumnElement[bool]:
    """A question on this task to one of these."""
    here = sa.and_(
        _question.c.taak_id == task.c.taak_id, _question.c.wat == Daad.GEVRAAGD,
        _question.c.naar.in_(list(adviseurs)),
    )  # fmt: skip
    if unanswered:
        here = sa.and_(here, ~sa.exists().where(_answer.c.antwoord_op == _question.c.volgnr))
    return sa.exists().where(here)


def visible(user: User) -> sa.ColumnElement[bool]:
    """The tasks a user may see, as ``contracts.work.rights`` says of each."""
    seen: list[sa.ColumnElement[bool]] = []
    if user.team is not None and user.has(Rol.CONSULENT, Rol.TEAMLEIDER):
        seen.append(task.c.van_team == user.team)
    if user.has(Rol.TEAMLEIDER):
        seen.append(task.c.van_team.is_(None))
    if user.has(Rol.JURIST, Rol.BEHEERDER):
        seen.append(_EVERYTHING)
    if adviseur := _advisers(user):
        seen.append(_asked(adviseur))
    plain = sa.and_(~_SHIELDED, sa.or_(sa.false(), *seen))
    return sa.or_(plain, _SHIELDED) if user.has(Rol.BEPERKT) else plain


def _advisers(user: User) -> list[str]:
    return [rol.value for rol in (Rol.JURIST, Rol.HANDHAVER) if user.has(rol)]


def _in(bak: Bak, user: User, today: date, too_long: int) -> sa.ColumnElement[bool]:
    is_open = task.c.status == "open"
    waits = sa.and_(task.c.uitgesteld_tot.is_not(None), task.c.uitgesteld_tot > today)
    match bak:
        case Bak.MIJN:
            nobody = sa.and_(task.c.behandelaar.is_(None), task.c.consulent_id == user.consulent_id)
            mine = nobody if user.consulent_id is not None else sa.false()
            return sa.and_(is_open, ~waits, sa.or_(task.c.behandelaar == user.gebruiker, mine))
        case Bak.TEAM:
            team = task.c.van_team == user.team if user.team is not None else _EVERYTHING
            return sa.and_(is_open, ~waits, sa.or_(team, task.c.van_team.is_(None)))
        case Bak.TE_LANG:
            return sa.and_(is_open, task.c.nacht <= today - timedelta(days=too_long))
        case Bak.UITGESTELD:
            return sa.and_(is_open, waits)
        case Bak.VRAGEN:
            return sa.and_(is_open, _asked(_advisers(user), unanswered=True))
        case Bak.KLAAR:
            return task.c.status == "afgerond"


class Work(Book):
    """Tasks as people work on them."""

    def set_teams(self, teams: Mapping[str, Iterable[str]]) -> None:
        """Team -> the consulenten in it; replaces what was there."""
        rows = [{"consulent_id": one, "team": team} for team, members in teams.items() for one in members]
        known = {(row.consulent_id, row.team) for row in self._all(sa.select(team_member))}
        if {(row["consulent_id"], row["team"]) for row in rows} == known:
            return
        with self._writing() as con:
            con.execute(team_member.delete())
            if rows:
                con.execute(team_member.insert(), rows)
            now = sa.func.coalesce(task.c.team, team_of(task.c.consulent_id))
            con.execute(task.update().where(task.c.van_team.is_distinct_from(now)).values(van_team=now))

    def listed(self, user: User, chosen: Filter, today: date, *, too_long: int = 14) -> Listed:
        """A page of the tasks a user asked for, the most pressing first.

        Args:
            user: who asks; what they may not see is not there.
            chosen: what they asked for.
            today: the day.
            too_long: so many days a task may lie.
        """
        where = self._where(user, chosen, today, too_long)
        columns = (
            task.c.taak_id, task.c.soort, task.c.dossiernummer, task.c.consulent_id, task.c.spoed, task.c.reden,
            task.c.uiterlijk, task.c.status, task.c.nacht, task.c.behandelaar, task.c.uitgesteld_tot, task.c.geheim,
            task.c.regel, task.c.richting, task.c.beperkt, task.c.van_team,
        )  # fmt: skip
        order = (task.c.spoed.desc(), task.c.uiterlijk.is_(None), task.c.uiterlijk, task.c.taak_id)
        page = (chosen.pagina - 1) * PER_PAGINA
        with self._engine.connect() as con:
            total = con.execute(sa.select(sa.func.count()).select_from(task).where(where)).scalar_one()
            query = sa.select(*columns).where(where).order_by(*order)
            return Listed(list(con.execute(query.limit(PER_PAGINA).offset(page))), total)

    def work_counts(self, user: User, today: date, *, too_long: int = 14) -> dict[Bak, int]:
        """How many tasks stand in each bak for a user, in one query."""
        sees = visible(user)
        columns = [sa.func.sum(sa.case((_in(bak, user, today, too_long), 1), else_=0)).label(bak.value) for bak in Bak]
        with self._engine.connect() as con:
            row = con.execute(sa.select(*columns).select_from(task).where(sees)).one()
        return {bak: getattr(row, bak.value) or 0 for bak in Bak}

    @staticmethod
    def _where(user: User, chosen: Filter, today: date, too_long: int) -> sa.ColumnElement[bool]:
        parts = [visible(user), _in(chosen.bak, user, today, too_long)]
        if chosen.soort:
            parts.append(task.c.soort == chosen.soort)
        if chosen.richting:
            parts.append(task.c.richting == chosen.richting)
        if chosen.regel:
            parts.append(task.c.regel == chosen.regel)
        if chosen.ouder_dan_dagen is not None:
            parts.append(task.c.nacht <= today - timedelta(days=chosen.ouder_dan_dagen))
        if chosen.dossier:
            parts.append(task.c.dossiernummer.startswith(chosen.dossier, autoescape=True))
        return sa.and_(*parts)

    def task(self, taak_id: str) -> sa.Row[Any] | None:
        """One task with what is known of its finding; whether somebody may see it is asked of ``scope_of``."""
        query = sa.select(
            task, finding.c.regelversie, finding.c.feitdatum, finding.c.inhoud, finding.c.status.label("fase"),
        ).join(finding, finding.c.signaal_id == task.c.signaal_id)  # fmt: skip
        rows = self._all(query.where(task.c.taak_id == taak_id))
        return rows[0] if rows else None

    def scope_of(self, row: sa.Row[Any]) -> Taak:
        """What of a task decides who may see it."""
        asked = sa.select(task_event.c.naar).where(
            task_event.c.taak_id == row.taak_id, task_event.c.wat == Daad.GEVRAAGD
        )
        return Taak(
            team=row.van_team, beperkt=row.beperkt, geheim=row.geheim, open=row.status == "open",
            gevraagd_aan=frozenset(one.naar for one in self._all(asked)),
        )  # fmt: skip

    def events_of(self, taak_id: str) -> list[sa.Row[Any]]:
        """What was done with a task, the oldest first."""
        return self._all(sa.select(task_event).where(task_event.c.taak_id == taak_id).order_by(task_event.c.volgnr))

    def outcomes_of(self, signaal_id: str) -> list[sa.Row[Any]]:
        """How the tasks of a finding ended, the oldest first."""
        here = sa.select(task_outcome).where(task_outcome.c.signaal_id == signaal_id)
        return self._all(here.order_by(task_outcome.c.volgnr))

    def feedback_of(self, signaal_id: str) -> sa.Row[Any] | None:
        """What is ready to be told to a register about a finding: bron, tekst, gemeld_op; None = nothing."""
        rows = self._all(sa.select(feedback).where(feedback.c.signaal_id == signaal_id))
        return rows[0] if rows else None

    def card_of(self, dossiernummer: str) -> dict[str, Any] | None:
        """How an inwoner is called and reached; None = it is not known, or no task of theirs was open."""
        rows = self._all(sa.select(contact_card.c.kaart).where(contact_card.c.dossiernummer == dossiernummer))
        return dict(rows[0].kaart) if rows else None

    def dossiers_with_tasks(self, *, secret: bool = False) -> frozenset[str]:
        """The dossiers of open tasks; or those of them of which the address is secret."""
        here = sa.and_(task.c.status == "open", task.c.geheim if secret else sa.true())
        return frozenset(self._scalars(sa.select(task.c.dossiernummer).where(here).distinct()))

    def keep_cards(self, cards: Mapping[str, Mapping[str, Any]], nacht: date) -> None:
        """The cards of dossiers with open tasks; all others go."""
        with self._writing() as con:
            con.execute(contact_card.delete())
            if cards:
                con.execute(contact_card.insert(), [
                    {"dossiernummer": key, "kaart": dict(card), "van_nacht": nacht} for key, card in cards.items()
                ])  # fmt: skip

    def forget_cards(self) -> int:
        """Cards without an open task go, and those of whom the address is secret now; returns how many are left."""
        here = task.c.dossiernummer == contact_card.c.dossiernummer
        is_open = sa.exists().where(here, task.c.status == "open")
        secret = sa.exists().where(here, task.c.status == "open", task.c.geheim)
        with self._writing() as con:
            con.execute(contact_card.delete().where(sa.or_(~is_open, secret)))
            return con.execute(sa.select(sa.func.count()).select_from(contact_card)).scalar_one()

    def _scalars(self, query: sa.Select[Any]) -> list[Any]:
        return [row[0] for row in self._all(query)]

    # -- deeds -------------------------------------------------------------------------------------------

    def pick_up(self, deed: Deed) -> bool:
        """Take a task in hand.

        Returns:
            False where this very form was handled before: nothing changed.

        Raises:
            OvertakenError, NotOpenError, CasebookError: somebody was first, it is closed, or it is not there.
        """
        return self._do(deed, Daad.OPGEPAKT, {"behandelaar": deed.door})

    def put_back(self, deed: Deed) -> bool:
        """Give a task back to its team. Returns and raises as ``pick_up``."""
        return self._do(deed, Daad.TERUGGELEGD, {"behandelaar": None})

    def hand_over(self, deed: Deed, *, behandelaar: str | None, team: str | None, tekst: str) -> bool:
        """Give a task to somebody else, or to another team. Returns and raises as ``pick_up``."""
        to: dict[str, Any] = {"behandelaar": behandelaar}
        if team is not None:
            to |= {"team": team, "van_team": team}
        return self._do(deed, Daad.OVERGEDRAGEN, to, naar=behandelaar or team, tekst=tekst)

    def ask(self, deed: Deed, aan: Adviseur, vraag: str) -> bool:
        """Ask a colleague with another role. Returns and raises as ``pick_up``."""
        return self._do(deed, Daad.GEVRAAGD, {}, naar=aan, tekst=vraag)

    def answer_question(self, deed: Deed, volgnr: int, antwoord: str) -> bool:
        """Answer a question on a task, by its number. Returns and raises as ``pick_up``."""
        return self._do(deed, Daad.GEANTWOORD, {}, tekst=antwoord, antwoord_op=volgnr)

    def postpone(self, deed: Deed, tot: date, tekst: str) -> bool:
        """Let a task wait until a day. Returns and raises as ``pick_up``."""
        return self._do(deed, Daad.UITGESTELD, {"uitgesteld_tot": tot}, tot=tot, tekst=tekst)

    def note_contact(self, deed: Deed, tekst: str) -> bool:
        """There was contact, so no reminder follows. Returns and raises as ``pick_up``."""
        last = self._last()

        def also(con: sa.Connection, row: sa.Row[Any]) -> None:
            van = tuple(phase for phase in OPEN if phase is not Levensfase.BEANTWOORD)
            phase = con.execute(sa.select(finding.c.status).where(finding.c.signaal_id == row.signaal_id)).scalar()
            if phase in van:
                move(
                    con, row.signaal_id, van, Levensfase.BEANTWOORD, Waarom.CONTACT, last=last, door=deed.door,
                    moment=deed.moment,
                )  # fmt: skip

        return self._do(deed, Daad.CONTACT, {}, tekst=tekst, also=also)

    def finish(
        self, deed: Deed, ending: Afronding, *, terugmelding: tuple[str, str] | None = None,
        judged: Callable[[sa.Connection], None] | None = None,
    ) -> bool:  # fmt: skip
        """Close a task and its finding with how it ended.

        Args:
            deed: who, and from which form.
            ending: how it ended.
            terugmelding: bron and text, where a register seems to be wrong.
            judged: keeps what was answered to the three questions (``Oordelen.keeping``): all of it or nothing.

        Returns and raises as ``pick_up``.
        """
        last = self._last()

        def also(con: sa.Connection, row: sa.Row[Any]) -> None:
            _close(con, row, deed, ending, last)
            _forget_card(con, row.dossiernummer)
            if ending.uitkomst is Uitkomst.BRON_KLOPT_NIET and terugmelding is not None:
                _tell_source(con, row.signaal_id, deed, *terugmelding)
            if judged is not None:
                judged(con)

        return self._do(deed, Daad.AFGEROND, {"status": "afgerond"}, tekst=ending.toelichting, also=also)

    def open_again(self, deed: Deed, tekst: str) -> bool:
        """Open a closed task again; its finding too. Returns and raises as ``pick_up``."""
        last = self._last()

        def also(con: sa.Connection, row: sa.Row[Any]) -> None:
            phase = con.execute(sa.select(finding.c.status).where(finding.c.signaal_id == row.signaal_id)).scalar()
            if phase == Levensfase.AFGESLOTEN:
                move(
                    con, row.signaal_id, (Levensfase.AFGESLOTEN,), Levensfase.HEROPEND, Waarom.OP_VERZOEK, last=last,
                    door=deed.door, moment=deed.moment,
                )  # fmt: skip

        return self._do(deed, Daad.HEROPEND, {"status": "open"}, tekst=tekst, also=also, of=("afgerond",))

    def note_objection(self, deed: Deed, uitkomst: Bezwaar, datum: date) -> bool:
        """What came of a bezwaar, later. Returns and raises as ``pick_up``."""

        def also(con: sa.Connection, row: sa.Row[Any]) -> None:
            con.execute(objection.insert().values(
                signaal_id=row.signaal_id, regel=row.regel, regelversie=row.regelversie, uitkomst=uitkomst, datum=datum,
                door=deed.door, moment=deed.moment,
            ))  # fmt: skip

        return self._do(deed, Daad.BEZWAAR, {}, naar=uitkomst, tot=datum, also=also, of=("open", "afgerond"))

    def told_source(self, deed: Deed, dag: date) -> bool:
        """The register was told, on a day. Returns and raises as ``pick_up``."""

        def also(con: sa.Connection, row: sa.Row[Any]) -> None:
            here = sa.and_(feedback.c.signaal_id == row.signaal_id, feedback.c.gemeld_op.is_(None))
            con.execute(feedback.update().where(here).values(gemeld_op=dag))

        return self._do(deed, Daad.TERUGGEMELD, {}, tot=dag, also=also, of=("open", "afgerond"))

    def _last(self) -> date:
        last = self.last_written()
        if last is None:
            raise CasebookError("No night was run here.", where="casebook", todo="Run `tijdig run` first.")
        return last

    def _do(
        self, deed: Deed, wat: Daad, changes: Mapping[str, Any], *,
        also: Callable[[sa.Connection, sa.Row[Any]], None] | None = None, of: tuple[str, ...] = ("open",),
        **event: Any,  # noqa: ANN401
    ) -> bool:  # fmt: skip
        for _ in range(_TRIES):
            try:
                with self._writing() as con:
                    lock_findings(con, finding.c.signaal_id.in_(_signaal_of(deed)))
                    if _seen(con, deed.formulier):
                        return False
                    row = _current(con, deed, of)
                    to = {"versie": task.c.versie + 1, **changes}
                    here = sa.and_(task.c.taak_id == deed.taak_id, task.c.versie == deed.versie)
                    if con.execute(task.update().where(here).values(to)).rowcount != 1:
                        raise _overtaken(con, deed)
                    if also is not None:
                        also(con, row)
                    con.execute(task_event.insert().values(
                        taak_id=deed.taak_id, moment=deed.moment, door=deed.door, wat=wat, formulier=deed.formulier,
                        **event,
                    ))  # fmt: skip
                    _logged(con, deed, wat)
            except (_BusyError, BusyError, IntegrityError):
                # The same form at the very same moment: the other one is there now, or its line in the log is.
                continue
            else:
                return True
        raise BusyError("Too many people at once.", where="casebook", todo="Try again.")


class _BusyError(Exception):
    """Somebody else added a line to the log first: the whole deed is done again."""


def _logged(con: sa.Connection, deed: Deed, wat: Daad) -> None:
    if not add_line(con, deed.door, f"taak_{wat}", deed.taak_id, deed.moment):
        raise _BusyError


def _seen(con: sa.Connection, formulier: str) -> bool:
    return con.execute(sa.select(task_event.c.volgnr).where(task_event.c.formulier == formulier)).first() is not None


def _signaal_of(deed: Deed) -> sa.Select[Any]:
    return sa.select(task.c.signaal_id).where(task.c.taak_id == deed.taak_id)


def _current(con: sa.Connection, deed: Deed, of: tuple[str, ...]) -> sa.Row[Any]:
    query = sa.select(task, finding.c.regelversie).join(finding, finding.c.signaal_id == task.c.signaal_id)
    row = con.execute(query.where(task.c.taak_id == deed.taak_id)).one_or_none()
    if row is None:
        raise CasebookError("There is no such task.", where=deed.taak_id[:40], todo="Look in the list.")
    if row.versie != deed.versie:
        raise _overtaken(con, deed)
    if row.status not in of:
        raise NotOpenError(f"This task is {row.status}.", where=deed.taak_id, todo="Ask a beheerder to open it again.")
    return row


def _overtaken(con: sa.Connection, deed: Deed) -> OvertakenError:
    last = con.execute(
        sa.select(task_event.c.door).where(task_event.c.taak_id == deed.taak_id).order_by(task_event.c.volgnr.desc())
    ).first()
    by = f" by {last.door}" if last else ""
    return OvertakenError(f"This task was changed{by}.", where=deed.taak_id, todo="Look at it again, and choose anew.")


def _close(con: sa.Connection, row: sa.Row[Any], deed: Deed, ending: Afronding, last: date) -> None:
    """The finding gets its end, and the outcome is kept beside the rule and its version."""
    phase = con.execute(sa.select(finding.c.status).where(finding.c.signaal_id == row.signaal_id)).scalar()
    more = {"moment": deed.moment, "uitkomst": ending.uitkomst, "tot": ending.tot}
    if phase in OPEN:
        move(
            con, row.signaal_id, OPEN, Levensfase.AFGESLOTEN, Waarom.AFGEROND, last=last, door=deed.door, **more
        )  # fmt: skip
    elif phase == Levensfase.VERVALLEN:
        gone = (Levensfase.VERVALLEN,)
        move(con, row.signaal_id, gone, gone[0], Waarom.AFGEROND, last=last, door=deed.door, **more)
    con.execute(task_outcome.insert().values(
        taak_id=row.taak_id, signaal_id=row.signaal_id, regel=row.regel, regelversie=row.regelversie,
        uitkomst=ending.uitkomst, feitdatum=ending.feitdatum, effect_cent=ending.effect_cent,
        toelichting=ending.toelichting, door=deed.door, moment=deed.moment,
    ))  # fmt: skip


def _forget_card(con: sa.Connection, dossiernummer: str) -> None:
    """With the last open task about somebody their name and address go."""
    still = sa.exists().where(task.c.dossiernummer == dossiernummer, task.c.status == "open")
    con.execute(contact_card.delete().where(contact_card.c.dossiernummer == dossiernummer, ~still))


def _tell_source(con: sa.Connection, signaal_id: str, deed: Deed, bron: str, tekst: str) -> None:
    present = con.execute(sa.select(feedback.c.signaal_id).where(feedback.c.signaal_id == signaal_id)).first()
    if present is None:
        con.execute(feedback.insert().values(
            signaal_id=signaal_id, bron=bron, tekst=tekst, door=deed.door, moment=deed.moment, gemeld_op=None
        ))  # fmt: skip
