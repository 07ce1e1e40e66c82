"""What humans do with a finding, and what became of it: the states it went through are kept, and only added to."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.outcome import Closing, Levensfase, Uitkomst, Waarom
from store.casebook.book import Book, lock_findings, require_door
from store.casebook.tables import LIVE, OPEN, finding, history, moved, outbox, task, told

_CLOSES = (Waarom.AFGEROND, Waarom.OP_VERZOEK)


class Life(Book):
    """The life of findings. What a human does counts from the night after the last one that was written."""

    def answer(self, signaal_id: str, *, door: str, now: datetime) -> None:
        """Note that the inwoner answered, or that there was contact.

        Raises:
            CasebookError: there is no such finding, nobody is named, or it does not hold any more.
        """
        from_here = tuple(status for status in OPEN if status is not Levensfase.BEANTWOORD)
        self._move(signaal_id, from_here, Levensfase.BEANTWOORD, Waarom.CONTACT, door=door, moment=now)

    def close(self, signaal_id: str, uitkomst: Uitkomst, *, door: str, now: datetime, tot: date | None = None) -> None:
        """Close a finding: its tasks are done, a letter that was not posted is taken back.

        One whose difference is gone already stays so, and has its outcome.

        Args:
            signaal_id: the finding.
            uitkomst: how it ended.
            door: who closes it.
            now: the moment of it.
            tot: the day from which it may speak again where it still holds; None = not before somebody opens it.

        Raises:
            CasebookError: there is no such finding, nobody is named, the day is past, or it was closed already.
        """
        past = self.get(signaal_id).status == Levensfase.VERVALLEN
        last = self.last_recorded()
        if tot is not None and tot <= last:
            raise CasebookError(
                f"The term ends on {tot}, not after the last night, {last}.", where="--tot", todo="Name a later day."
            )
        to = Levensfase.VERVALLEN if past else Levensfase.AFGESLOTEN
        self._move(
            signaal_id, (to,) if past else OPEN, to, Waarom.AFGEROND, door=door, moment=now, uitkomst=uitkomst, tot=tot
        )

    def reopen(self, signaal_id: str, *, door: str, now: datetime) -> None:
        """Open a closed finding again: from the next night on a person is asked to look at it.

        Raises:
            CasebookError: there is no such finding, nobody is named, or it is not closed.
        """
        closed = (Levensfase.AFGESLOTEN,)
        self._move(signaal_id, closed, Levensfase.HEROPEND, Waarom.OP_VERZOEK, door=door, moment=now)

    def _move(
        self, signaal_id: str, van: tuple[str, ...], naar: Levensfase, why: Waarom, *, door: str,
        **more: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Move one finding, unless somebody else did so first."""
        self.get(signaal_id)
        last = self.last_recorded()
        with self._writing() as con:
            lock_findings(con, finding.c.signaal_id == signaal_id)
            move(con, signaal_id, van, naar, why, last=last, door=door, **more)

    def last_recorded(self) -> date:
        """The night after which a human acts now.

        Raises:
            CasebookError: there is none.
        """
        last = self.last_written()
        if last is None:
            raise CasebookError("No night was run here.", where="casebook", todo="Run `tijdig run` first.")
        return last

    def closings(self, *, before: date) -> dict[str, Closing]:
        """Signaal_id -> the last thing a human said to close or open it, after a night before this one."""
        said = history.c.waarom.in_(_CLOSES) & (history.c.nacht < before)
        rows = self._all(sa.select(history).where(said).order_by(history.c.volgnr))
        return {row.signaal_id: Closing.model_validate(row, from_attributes=True) for row in rows}

    def life_of(self, signaal_id: str) -> list[sa.Row[Any]]:
        """The states a finding went through, the oldest first.

        Raises:
            CasebookError: there is none with that id.
        """
        self.get(signaal_id)
        return self._all(sa.select(history).where(history.c.signaal_id == signaal_id).order_by(history.c.volgnr))

    def moves_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """What this night, or a human after it, moved: for counting."""
        return self._all(sa.select(history).where(history.c.nacht == peildatum).order_by(history.c.volgnr))


def move(  # noqa: PLR0913 - all that a line of the history says
    con: sa.Connection, signaal_id: str, van: tuple[str, ...], naar: Levensfase, why: Waarom, *, last: date, door: str,
    **more: Any,  # noqa: ANN401
) -> None:  # fmt: skip
    """Move one finding in a transaction that goes on.

    Args:
        con: the transaction.
        signaal_id: the finding.
        van: the states it may have now.
        naar: the state it gets.
        why: why.
        last: the night after which this counts.
        door: who does it.
        more: what else its line in the history holds.

    Raises:
        CasebookError: it is in another state, there is no such finding, or nobody is named.
    """
    require_door(door)
    was = con.execute(sa.select(finding).where(finding.c.signaal_id == signaal_id)).one_or_none()
    here = sa.and_(finding.c.signaal_id == signaal_id, finding.c.status.in_(van))
    to = {"status": naar, "heropend": finding.c.heropend + int(naar is Levensfase.HEROPEND)}
    if was is None or was.status not in van or con.execute(finding.update().where(here).values(to)).rowcount != 1:
        state = was.status if was is not None else "not there"
        raise CasebookError(
            f"This finding is {state}: it can't become {naar}.", where=signaal_id[:40],
            todo="See what became of it with `tijdig signaal toon`.",
        )  # fmt: skip
    row = moved(signaal_id, was.status, naar, why, last, feitdatum=was.feitdatum, door=door, **more)
    con.execute(history.insert().values(row))
    if why is Waarom.AFGEROND:
        _finish(con, signaal_id)


def _finish(con: sa.Connection, signaal_id: str) -> None:
    """Its tasks are done, and a letter nobody posted is taken back."""
    todo = sa.and_(task.c.signaal_id == signaal_id, task.c.status == "open")
    con.execute(task.update().where(todo).values(status="afgerond"))
    tells = sa.select(told.c.kenmerk).where(told.c.signaal_id == signaal_id)
    unsent = sa.and_(outbox.c.kenmerk.in_(tells), outbox.c.status.in_(LIVE))
    con.execute(outbox.update().where(unsent).values(status="in_te_trekken"))
