"""The letters of the outbox on their way to the print folder and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.finding import ContactTask, Finding, Reden
from store.casebook.book import Book, put_task
from store.casebook.tables import UNSENT, finding, history, outbox, task


class Letters(Book):
    """Letters to be made, offered and taken back."""

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
        """A letter that may have been posted before it could be taken back: a call, unless a human closed it."""
        closed = sa.exists().where(history.c.signaal_id == outbox.c.signaal_id, history.c.uitkomst.is_not(None))
        done = outbox.update().where(outbox.c.kenmerk == kenmerk, closed).values(status="onbekend")
        with self._engine.begin() as con:
            if con.execute(done).rowcount == 0:
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
        put_task(con, Finding.model_validate(row.inhoud), contact, there, peildatum or row.nacht)
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
