"""From a notice that can't do its work to a call by a consulent."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from contracts.finding import ContactTask, Finding, Reden
from contracts.outcome import Levensfase, Waarom
from store.casebook.book import lock_findings, put_task
from store.casebook.tables import OPEN, finding, history, night, outbox, task, told

_WAITING = tuple(phase for phase in OPEN if phase is not Levensfase.BEANTWOORD)


def hand_over(con: sa.Connection, kenmerk: str, status: str, reden: Reden, nacht: date | None = None) -> None:
    """A notice gets this status, and what it was to tell becomes calls; not what nobody waits for any more.

    Args:
        con: the transaction.
        kenmerk: the notice.
        status: what it is from now on.
        reden: why a human calls.
        nacht: the night of the tasks; None = that of the notice. See ``ask``.
    """
    con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(status=status))
    made_on = con.execute(sa.select(outbox.c.nacht).where(outbox.c.kenmerk == kenmerk)).scalar_one()
    for row in told_of(con, kenmerk):
        if row.advies == "nudge" and row.status in _WAITING:
            ask(con, row, reden, nacht or made_on)
            decided = {"advies": "taak", "reden": reden}
            con.execute(finding.update().where(finding.c.signaal_id == row.signaal_id).values(decided))


def too_late(con: sa.Connection, kenmerk: str, nacht: date) -> None:
    """A notice that may have been delivered before it could be taken back: a call, unless there was contact.

    What it tells of and still holds needs none, nor does what a human closed.

    Args:
        con: the transaction.
        kenmerk: the notice.
        nacht: the night of the tasks. See ``ask``.
    """
    spoken = sa.or_(history.c.uitkomst.is_not(None), history.c.waarom == Waarom.CONTACT)
    here = outbox.c.kenmerk == kenmerk
    delivered = con.execute(sa.select(outbox.c.bevestigd_op).where(here)).scalar() is not None
    con.execute(outbox.update().where(here).values(status="bevestigd" if delivered else "niet_ingetrokken"))
    rows = told_of(con, kenmerk)
    of_these = history.c.signaal_id.in_([row.signaal_id for row in rows])
    by_human = set(con.execute(sa.select(history.c.signaal_id).where(spoken, of_these)).scalars())
    for row in rows:
        holds = row.advies == "nudge" and row.status != Levensfase.VERVALLEN
        if not holds and row.signaal_id not in by_human:
            ask(con, row, Reden.NIET_INGETROKKEN, nacht)


def hold(con: sa.Connection, *kenmerken: str) -> None:
    """Hold the findings that notices tell of; at the beginning of a transaction that may hand one over."""
    for_these = sa.select(told.c.signaal_id).where(told.c.kenmerk.in_(kenmerken))
    lock_findings(con, finding.c.signaal_id.in_(for_these))


def told_of(con: sa.Connection, kenmerk: str) -> list[sa.Row[Any]]:
    """The findings of which a notice tells."""
    query = sa.select(finding).join(told).where(told.c.kenmerk == kenmerk).order_by(finding.c.signaal_id)
    return list(con.execute(query))


def ask(con: sa.Connection, row: sa.Row[Any], reden: Reden, nacht: date) -> None:
    """A call about one finding instead of, or after, its notice.

    It is of the night given, or where consulenten had their tasks of that night already of the next one.
    """
    contact = ContactTask(soort="contact", reden=reden)
    present = sa.select(task.c.status).where(task.c.signaal_id == row.signaal_id, task.c.soort == contact.soort)
    reported = con.execute(sa.select(sa.func.max(night.c.peildatum))).scalar()
    if reported is not None and nacht <= reported:
        nacht = reported + timedelta(days=1)
    put_task(con, Finding.model_validate(row.inhoud), contact, con.execute(present).scalar(), nacht)
