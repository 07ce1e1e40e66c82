"""The letters of the outbox on their way to the print folder and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.finding import ContactTask, Finding, Reden
from contracts.outcome import Levensfase
from store.casebook.book import Book, put_task
from store.casebook.tables import TAKEN_BACK, UNSENT, finding, history, outbox, task, told


class Letters(Book):
    """Letters to be made, offered and taken back."""

    def letters_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """The letters of a night that are to lie in its print folder."""
        tonight = sa.select(outbox).where(outbox.c.nacht == peildatum, outbox.c.status.in_(UNSENT))
        return self._all(tonight.order_by(outbox.c.kenmerk))

    def told_by(self, peildatum: date) -> dict[str, list[Finding]]:
        """Kenmerk -> the findings of which a letter of this night tells."""
        query = (
            sa.select(told.c.kenmerk, finding.c.inhoud)
            .join(outbox, outbox.c.kenmerk == told.c.kenmerk)
            .join(finding, finding.c.signaal_id == told.c.signaal_id)
            .where(outbox.c.nacht == peildatum)
        )
        found: dict[str, list[Finding]] = {}
        for row in self._all(query):
            found.setdefault(row.kenmerk, []).append(Finding.model_validate(row.inhoud))
        return found

    def sent(self) -> dict[str, tuple[date, ...]]:
        """Signaal_id -> the nights of the letters that tell of it and were not taken back, the oldest first."""
        query = sa.select(told.c.signaal_id, outbox.c.nacht).join(outbox).where(outbox.c.status.not_in(TAKEN_BACK))
        nights: dict[str, tuple[date, ...]] = {}
        for row in self._all(query.order_by(outbox.c.nacht, outbox.c.kenmerk)):
            nights[row.signaal_id] = (*nights.get(row.signaal_id, ()), row.nacht)
        return nights

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
        """A letter that can't be made becomes tasks for a consulent, in one transaction."""
        decided = {"advies": "taak", "reden": Reden.GEEN_BRIEF_MOGELIJK}
        with self._engine.begin() as con:
            letter = self._becomes(con, kenmerk, "handmatig")
            for row in _told_of(con, kenmerk):
                _ask(con, row, Reden.GEEN_BRIEF_MOGELIJK, letter.nacht)
                con.execute(finding.update().where(finding.c.signaal_id == row.signaal_id).values(decided))

    def could_not_withdraw(self, kenmerk: str, peildatum: date) -> None:
        """A letter that may have been posted before it could be taken back: a call, unless a human closed it.

        What it tells of and still holds needs none.
        """
        closed = sa.select(history.c.signaal_id).where(history.c.uitkomst.is_not(None))
        with self._engine.begin() as con:
            self._becomes(con, kenmerk, "onbekend")
            by_human = set(con.execute(closed).scalars())
            for row in _told_of(con, kenmerk):
                holds = row.advies == "nudge" and row.status != Levensfase.VERVALLEN
                if not holds and row.signaal_id not in by_human:
                    _ask(con, row, Reden.NIET_INGETROKKEN, peildatum)

    @staticmethod
    def _becomes(con: sa.Connection, kenmerk: str, status: str) -> sa.Row[Any]:
        con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(status=status))
        return con.execute(sa.select(outbox).where(outbox.c.kenmerk == kenmerk)).one()

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


def _told_of(con: sa.Connection, kenmerk: str) -> list[sa.Row[Any]]:
    query = sa.select(finding).join(told).where(told.c.kenmerk == kenmerk).order_by(finding.c.signaal_id)
    return list(con.execute(query))


def _ask(con: sa.Connection, row: sa.Row[Any], reden: Reden, nacht: date) -> None:
    """A call about one finding instead of, or after, its letter."""
    contact = ContactTask(soort="contact", reden=reden)
    present = sa.select(task.c.status).where(task.c.signaal_id == row.signaal_id, task.c.soort == contact.soort)
    put_task(con, Finding.model_validate(row.inhoud), contact, con.execute(present).scalar(), nacht)
