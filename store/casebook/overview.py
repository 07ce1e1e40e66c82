"""What the casebook holds about one person: for each table which rows are theirs. A test asks for each table.

Rows come as they are; what of them is told, and to whom, is for who makes the overview.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from contracts.finding import Finding
from contracts.rechten import keys_in
from store.casebook.book import Book
from store.casebook.rights_tables import request, request_event
from store.casebook.tables import (
    attempt,
    audit,
    callback,
    contact_card,
    elsewhere,
    feedback,
    finding,
    history,
    internetaak,
    internetaak_poging,
    link_decision,
    objection,
    outbox,
    receipt,
    sample,
    sample_outcome,
    task,
    task_event,
    task_outcome,
    told,
)
from store.casebook.tables import oordeel as judgement

Rows = dict[str, list[sa.Row[Any]]]

#: By which column the rows of a table go with a finding, a task, a notice, a request or a dossier of somebody.
BY_FINDING: Final = {
    one.name: one.c.signaal_id
    for one in (task, task_outcome, objection, feedback, receipt, link_decision, history, judgement, told)
}
BY_TASK: Final = {one.name: one.c.taak_id for one in (task_event, internetaak, internetaak_poging)}
BY_NOTICE: Final = {attempt.name: attempt.c.kenmerk}
BY_DOSSIER: Final = {one.name: one.c.dossiernummer for one in (outbox, contact_card, sample, elsewhere)}
#: Tables that name somebody otherwise.
OTHERWISE: Final = (finding.name, callback.name, sample_outcome.name, audit.name, request.name, request_event.name)
#: Why nobody's rows of the others are given.
NOBODY: Final = {
    "notice_hold": "since when messages are held, and by which employee",
    "night": "counts of a night",
    "team_member": "which employee works in which team",
    "account": "employees",
    "session": "employees",
    "reminder": "employees",
    "audit_head": "the last line of the log",
    "internetaak_nummer": "a counter",
    "klant_actor": "employees and teams, by a hash",
    "destruction": "counts of what was destroyed",
    "audit_base": "the last line of the log that was destroyed",
    "complaint": "complaints, without whose",
}


class Overview(Book):
    """Reading everything about one person."""

    def rows_about(self, dossiers: Iterable[str], sleutels: Iterable[str]) -> Rows:
        """Table -> the rows about a person, the oldest first.

        Args:
            dossiers: in which they are the belanghebbende.
            sleutels: their person keys: findings in dossiers of others can be about them.
        """
        mine, keys = sorted(set(dossiers)), sorted(set(sleutels))
        with self._engine.connect() as con:
            found: Rows = {finding.name: _findings(con, mine, keys)}
            for table, column in BY_DOSSIER.items():
                found[table] = _rows(con, column, mine)
            for table, column in BY_FINDING.items():
                found[table] = _rows(con, column, [row.signaal_id for row in found[finding.name]])
            for table, column in BY_TASK.items():
                found[table] = _rows(con, column, [row.taak_id for row in found[task.name]])
            for table, column in BY_NOTICE.items():
                found[table] = _rows(con, column, [row.kenmerk for row in found[outbox.name]])
            # A partner has the dossier too; their requests are their own.
            nobody = request.c.dossiernummer.in_(mine) & request.c.persoon_sleutel.is_(None)
            asked = sa.or_(request.c.persoon_sleutel.in_(keys), nobody)
            found[request.name] = list(con.execute(sa.select(request).where(asked).order_by(request.c.ontvangen)))
            numbers = [row.verzoek_id for row in found[request.name]]
            found[request_event.name] = _rows(con, request_event.c.verzoek_id, numbers)
            found[callback.name] = _rows(con, callback.c.extern_id, [row.extern_id for row in found[outbox.name]])
            found[sample_outcome.name] = _rows(con, sample_outcome.c.nummer, [row.nummer for row in found[sample.name]])
            about = [*mine, *numbers, *(row.taak_id for row in found[task.name])]
            found[audit.name] = _rows(con, audit.c.waarover, about)
        return found


def _findings(con: sa.Connection, dossiers: list[str], keys: list[str]) -> list[sa.Row[Any]]:
    """Those in a dossier of theirs, and those of others whose facts name them."""
    written = sa.cast(finding.c.inhoud, sa.Text)
    here = [finding.c.dossiernummer.in_(dossiers), *(written.contains(key) for key in keys)]
    rows = con.execute(sa.select(finding).where(sa.or_(*here)).order_by(finding.c.eerste_nacht, finding.c.signaal_id))
    theirs = set(keys)
    return [
        row for row in rows
        if row.dossiernummer in dossiers or theirs & keys_in(Finding.model_validate(row.inhoud))
    ]  # fmt: skip


def _rows(con: sa.Connection, column: sa.Column[Any], values: Iterable[Any]) -> list[sa.Row[Any]]:
    known = sorted({value for value in values if value is not None})
    if not known:
        return []
    return list(con.execute(sa.select(column.table).where(column.in_(known)).order_by(*column.table.primary_key)))


def covered() -> Mapping[str, str]:
    """Every table that was decided about: by what its rows are somebody's, or why they are nobody's."""
    ways = {"signaal": BY_FINDING, "taak": BY_TASK, "bericht": BY_NOTICE, "dossier": BY_DOSSIER}
    found = {table: way for way, tables in ways.items() for table in tables}
    return found | dict.fromkeys(OTHERWISE, "eigen") | dict(NOBODY)
