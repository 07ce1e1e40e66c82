"""What inwoners asked about their own data: kept, answered in time, and heeded by every night meanwhile."""

import base64
import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from contracts.errors import BusyError, CasebookError
from contracts.finding import Finding
from contracts.outcome import Levensfase, Uitkomst, Waarom
from contracts.rechten import (
    EXTRA_MONTHS,
    GEGEVENS,
    TERM_MONTHS,
    Gegeven,
    Verzoek,
    Verzoekdaad,
    Verzoeksoort,
    Verzoekstand,
    held,
    months_after,
)  # fmt: skip
from contracts.tables import Bron
from store.casebook.audit import add_line
from store.casebook.before import parts
from store.casebook.book import Book, lock_findings, require_door
from store.casebook.life import move
from store.casebook.rights_tables import request, request_event
from store.casebook.samples import require_words
from store.casebook.tables import OPEN, UNSENT, feedback, finding, outbox, task, told

_IN_FORCE = (Verzoekstand.OPEN, Verzoekstand.GEGROND)
_UNANSWERED = tuple(phase for phase in OPEN if phase is not Levensfase.BEANTWOORD)
_TRIES = 20
#: So many person keys are looked for one by one.
_FEW = 8


class By(NamedTuple):
    """Who does something, when, and in what words."""

    door: str
    now: datetime
    tekst: str = ""


class Rights(Book):
    """Requests of inwoners about their own data."""

    def file_request(  # noqa: PLR0913 - all that a request says
        self, soort: Verzoeksoort, *, dossiernummer: str | None, persoon_sleutel: str | None, ontvangen: date,
        toelichting: str, door: str, now: datetime, gegeven: str | None = None,
    ) -> Verzoek:  # fmt: skip
        """Keep a request; what it is about counts as contact, and a letter of it that did not leave is taken back.

        Args:
            soort: what is asked.
            dossiernummer: the dossier of who asks.
            persoon_sleutel: their person key; one of the two is there.
            ontvangen: the day on which it came: the term begins then.
            toelichting: what they say, in words.
            door: who writes it down.
            now: the moment.
            gegeven: what is said to be wrong, of a bewering.

        Raises:
            CasebookError: nobody is named, the words do not fit, or it says of no gegeven that it is wrong.
        """
        require_door(door)
        require_words(toelichting)
        _require_gegeven(soort, gegeven)
        # Who wants no messages has nothing to prove, so there is nothing to answer.
        done = soort is Verzoeksoort.GEEN_BERICHTEN
        made = Verzoek(
            verzoek_id=_number(), soort=soort, stand=Verzoekstand.GEGROND if done else Verzoekstand.OPEN,
            dossiernummer=dossiernummer, persoon_sleutel=persoon_sleutel, gegeven=gegeven, ontvangen=ontvangen,
            uiterlijk=months_after(ontvangen, TERM_MONTHS),
        )  # fmt: skip
        last, by = self.last_written(), By(door, now, toelichting)

        def write(con: sa.Connection) -> None:
            lock_findings(con, sa.true() if dossiernummer is None else finding.c.dossiernummer == dossiernummer)
            con.execute(request.insert().values(
                made.model_dump() | {"toelichting": toelichting, "afgerond_op": now.date() if done else None}
            ))  # fmt: skip
            _event(con, made.verzoek_id, Verzoekdaad.ONTVANGEN, by)
            if soort is not Verzoeksoort.INZAGE and last is not None:
                _heard(con, _concerned(con, [made], OPEN), last, by)

        self._log(write, by, f"verzoek_{soort}", made.verzoek_id)
        return made

    def extend_request(self, verzoek_id: str, *, door: str, waarom: str, now: datetime) -> Verzoek:
        """Take two months more, within the first month and once: who asks is told so, and why (AVG 12 lid 3).

        Raises:
            CasebookError: it is not open, was extended before, or its month is over; or nobody is named, or no reason.
        """
        old = self.request(verzoek_id)
        require_words(waarom)
        if old.stand is not Verzoekstand.OPEN or old.verlengd_op or now.date() > old.uiterlijk or not waarom.strip():
            raise CasebookError(
                "This request can't be extended.", where=verzoek_id,
                todo="Only an open one can, once, within its first month, and with the reason that is told.",
            )  # fmt: skip
        later = months_after(old.ontvangen, TERM_MONTHS + EXTRA_MONTHS)
        self._step(old, Verzoekdaad.VERLENGD, By(door, now, waarom), {"uiterlijk": later, "verlengd_op": now.date()})
        return self.request(verzoek_id)

    def settle_request(self, verzoek_id: str, *, gegrond: bool, door: str, waarom: str, now: datetime) -> Verzoek:
        """Answer a request. Of a bewering that is right its findings are closed, and the register is told.

        Raises:
            CasebookError: it is not open, nobody is named, or an answer of no has no reason.
        """
        old = self.request(verzoek_id)
        require_words(waarom)
        if old.stand is not Verzoekstand.OPEN or not (gegrond or waarom.strip()):
            raise CasebookError(
                "This request can't be answered so.", where=verzoek_id,
                todo="Only an open one can be answered; say why where the answer is no.",
            )  # fmt: skip
        to = Verzoekstand.GEGROND if gegrond else Verzoekstand.ONGEGROND
        last = self.last_written()

        def also(con: sa.Connection) -> None:
            if old.soort is Verzoeksoort.BEWERING and last is not None:
                _settle(con, old, last, By(door, now), right=gegrond)

        values = {"stand": to, "afgerond_op": now.date()}
        self._step(old, Verzoekdaad.AFGEROND, By(door, now, waarom), values, also)
        return self.request(verzoek_id)

    def end_request(self, verzoek_id: str, *, door: str, waarom: str, now: datetime) -> Verzoek:
        """What was asked is asked no more, or what was granted holds no more: from the next night on nothing is held.

        Raises:
            CasebookError: it is over already, or nobody is named.
        """
        old = self.request(verzoek_id)
        require_words(waarom)
        if not old.geldt:
            raise CasebookError("This request is over.", where=verzoek_id, todo="See `tijdig rechten toon`.")
        asked = old.stand is Verzoekstand.OPEN
        stand, daad = (
            (Verzoekstand.INGETROKKEN, Verzoekdaad.INGETROKKEN)
            if asked else (Verzoekstand.OPGEHEVEN, Verzoekdaad.OPGEHEVEN)
        )  # fmt: skip
        self._step(old, daad, By(door, now, waarom), {"stand": stand, "afgerond_op": now.date()})
        return self.request(verzoek_id)

    def note_overview(self, verzoek_id: str, *, door: str, now: datetime) -> None:
        """An overview was made for a request of inzage."""
        self._step(self.request(verzoek_id), Verzoekdaad.VERSTREKT, By(door, now), {})

    def request(self, verzoek_id: str) -> Verzoek:
        """One request.

        Raises:
            CasebookError: there is none with this number.
        """
        rows = self._all(sa.select(request).where(request.c.verzoek_id == verzoek_id))
        if not rows:
            raise CasebookError(
                "No request with this number.", where=verzoek_id[:20], todo="Take one from `tijdig rechten open`."
            )
        return Verzoek.model_validate(rows[0])

    def requests(self, *, open_only: bool = False) -> list[Verzoek]:
        """Every request, or those that wait for an answer; what must be answered first stands first."""
        query = sa.select(request).order_by(request.c.uiterlijk, request.c.verzoek_id)
        if open_only:
            query = query.where(request.c.stand == Verzoekstand.OPEN)
        return [Verzoek.model_validate(row) for row in self._all(query)]

    def requests_in_force(self) -> tuple[Verzoek, ...]:
        """The requests that a night heeds."""
        here = request.c.stand.in_(_IN_FORCE) & (request.c.soort != Verzoeksoort.INZAGE)
        rows = self._all(sa.select(request).where(here).order_by(request.c.uiterlijk, request.c.verzoek_id))
        return tuple(Verzoek.model_validate(row) for row in rows)

    def unused_dossiers(self) -> frozenset[str]:
        """The dossiers whose data are only kept."""
        soorten = (Verzoeksoort.BEPERKING, Verzoeksoort.BEZWAAR)
        return frozenset(
            one.dossiernummer for one in self.requests_in_force() if one.dossiernummer and one.soort in soorten
        )

    def requests_about(self, found: Finding) -> list[tuple[Verzoek, str]]:
        """The requests that hold back a finding, each with what the inwoner says."""
        keys = [value for name, value in found.feiten.items() if name.endswith("_sleutel") and value]
        here = sa.or_(request.c.dossiernummer == found.dossiernummer, request.c.persoon_sleutel.in_(map(str, keys)))
        rows = self._all(sa.select(request).where(here, request.c.stand.in_(_IN_FORCE)).order_by(request.c.uiterlijk))
        known = [(Verzoek.model_validate(row), str(row.toelichting)) for row in rows]
        return [(one, text) for one, text in known if one.soort is not Verzoeksoort.INZAGE and one.concerns(found)]

    def events_of_request(self, verzoek_id: str) -> list[sa.Row[Any]]:
        """What was done with a request, the oldest first."""
        here = sa.select(request_event).where(request_event.c.verzoek_id == verzoek_id)
        return self._all(here.order_by(request_event.c.volgnr))

    def held_back(self, verzoeken: Sequence[Verzoek]) -> frozenset[str]:
        """The findings that these requests hold back, whatever state they are in but for what is gone."""
        states = tuple(phase for phase in Levensfase if phase is not Levensfase.VERVALLEN)
        with self._engine.connect() as con:
            rows = _concerned(con, verzoeken, states)
        return frozenset(f.signaal_id for f in rows if held(verzoeken, f))

    def _step(
        self, old: Verzoek, wat: Verzoekdaad, by: By, values: dict[str, Any],
        also: Callable[[sa.Connection], None] = lambda _: None,
    ) -> None:  # fmt: skip
        """One step of a request, unless somebody else took one first."""
        require_door(by.door)
        same = request.c.verlengd_op.is_(None) if old.verlengd_op is None else request.c.verlengd_op == old.verlengd_op
        here = sa.and_(request.c.verzoek_id == old.verzoek_id, request.c.stand == old.stand, same)

        def write(con: sa.Connection) -> None:
            lock_findings(con, sa.true() if old.dossiernummer is None else finding.c.dossiernummer == old.dossiernummer)
            if con.execute(request.update().where(here).values({"stand": old.stand} | values)).rowcount != 1:
                raise CasebookError("Somebody else was first.", where=old.verzoek_id, todo="Look at it again.")
            _event(con, old.verzoek_id, wat, by)
            also(con)

        self._log(write, by, f"verzoek_{wat}", old.verzoek_id)

    def _log(self, write: Callable[[sa.Connection], None], by: By, wat: str, waarover: str) -> None:
        """Do something in one transaction with its line in the audit log."""
        for _ in range(_TRIES):
            try:
                with self._writing() as con:
                    write(con)
                    _noted(con, by, wat, waarover)
            except _OvertakenError:
                continue
            return
        raise BusyError("Too many people at once.", where="casebook", todo="Try again.")


class _OvertakenError(Exception):
    """Somebody else added a line to the log first: all of it is done again."""


def _noted(con: sa.Connection, by: By, wat: str, waarover: str) -> None:
    if not add_line(con, by.door, wat, waarover, by.now):
        raise _OvertakenError


def _number() -> str:
    return f"V-{base64.b32encode(secrets.token_bytes(7)).decode().rstrip('=')[:10]}"


def _require_gegeven(soort: Verzoeksoort, gegeven: str | None) -> None:
    if (soort is Verzoeksoort.BEWERING) is not (gegeven in GEGEVENS):
        raise CasebookError(
            "A bewering says which gegeven is wrong; another request does not.", where="--gegeven",
            todo=f"Choose one of {', '.join(GEGEVENS)}.",
        )  # fmt: skip


def _event(con: sa.Connection, verzoek_id: str, wat: Verzoekdaad, by: By) -> None:
    row = {"moment": by.now, "door": by.door, "wat": wat, "tekst": by.tekst}
    con.execute(request_event.insert().values(verzoek_id=verzoek_id, **row))


def _concerned(con: sa.Connection, verzoeken: Iterable[Verzoek], states: Iterable[str]) -> list[Finding]:
    """The findings in these states that one of these requests is about."""
    asked = list(verzoeken)
    query = sa.select(finding.c.inhoud).where(finding.c.status.in_(list(states))).order_by(finding.c.signaal_id)
    keys = {one.persoon_sleutel for one in asked if one.persoon_sleutel is not None}
    dossiers = sorted({one.dossiernummer for one in asked if one.dossiernummer is not None})
    rows = [
        row.inhoud for part in parts(dossiers) for row in con.execute(query.where(finding.c.dossiernummer.in_(part)))
    ]
    # Somebody without a dossier of their own stands in the facts only.
    rows += [row.inhoud for row in con.execute(_naming(query, keys)) if keys & set(row.inhoud["feiten"].values())]
    found = {f.signaal_id: f for f in map(Finding.model_validate, rows)}
    return [f for f in found.values() if any(one.concerns(f) for one in asked)]


def _naming(query: sa.Select[Any], keys: Collection[str]) -> sa.Select[Any]:
    """The findings whose facts may name one of these keys; of many keys all of them are read, which is faster."""
    if len(keys) > _FEW:
        return query
    written = sa.cast(finding.c.inhoud, sa.Text)
    return query.where(sa.or_(sa.false(), *(written.contains(key) for key in sorted(keys))))


def _heard(con: sa.Connection, concerned: Sequence[Finding], last: date, by: By) -> None:
    """There was contact about these, and of what did not leave yet nothing leaves."""
    for part in parts([f.signaal_id for f in concerned]):
        here = finding.c.signaal_id.in_(part) & finding.c.status.in_(_UNANSWERED)
        for key in con.execute(sa.select(finding.c.signaal_id).where(here)).scalars().all():
            move(con, key, _UNANSWERED, Levensfase.BEANTWOORD, Waarom.CONTACT, last=last, door=by.door, moment=by.now)
        tells = sa.select(told.c.kenmerk).where(told.c.signaal_id.in_(part))
        unsent = outbox.c.kenmerk.in_(tells) & outbox.c.status.in_(UNSENT)
        con.execute(outbox.update().where(unsent).values(status="in_te_trekken"))


def _settle(con: sa.Connection, old: Verzoek, last: date, by: By, *, right: bool) -> None:
    """The work of looking into it is done; where the inwoner was right the findings are closed by that."""
    for f in _concerned(con, [old], OPEN):
        here = sa.and_(task.c.signaal_id == f.signaal_id, task.c.soort == "bewering", task.c.status == "open")
        con.execute(task.update().where(here).values(status="afgerond", versie=task.c.versie + 1))
        if right:
            move(
                con, f.signaal_id, OPEN, Levensfase.AFGESLOTEN, Waarom.AFGEROND, last=last, door=by.door,
                moment=by.now, uitkomst=Uitkomst.BRON_KLOPT_NIET,
            )  # fmt: skip
            _tell_register(con, f.signaal_id, GEGEVENS[old.gegeven or ""], by)


def _tell_register(con: sa.Connection, signaal_id: str, wrong: Gegeven, by: By) -> None:
    """A fault of a register is told to it; what the dienst itself has wrong it mends."""
    present = con.execute(sa.select(feedback.c.signaal_id).where(feedback.c.signaal_id == signaal_id)).first()
    if wrong.bron is not Bron.UITKERINGSGEGEVENS and present is None:
        text = f"Volgens de inwoner klopt niet: {wrong.zin}. De dienst zocht het uit: dat is zo."
        con.execute(feedback.insert().values(
            signaal_id=signaal_id, bron=wrong.bron, tekst=text, door=by.door, moment=by.now, gemeld_op=None
        ))  # fmt: skip
