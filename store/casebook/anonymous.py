"""From a finding to a line without anybody: what the monthly figures need, and nothing else.

The rows stay in their tables, so every figure is counted as before. What is gone: who it was about (the id of a finding
is made from person keys, so it gets another one), every fact, word and name, the dossier, and the very day of the fact,
which can be a birthday.
"""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.finding import Finding
from contracts.outcome import Levensfase
from store.casebook.tables import (
    attempt,
    callback,
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
    task,
    task_event,
    task_outcome,
    told,
)
from store.casebook.tables import oordeel as judgement

#: How the id of a row without anybody begins.
NOBODY: Final = "A-"
_HALF_MONTH: Final = 15
Row = dict[str, Any]


class _Names(NamedTuple):
    """The new names: of findings, notices and tasks, and of dossiers, so that a household's notices stay together."""

    findings: dict[str, str]
    notices: dict[str, str]
    tasks: dict[str, str]
    dossiers: dict[str, str]


def anonymise(con: sa.Connection, signalen: Iterable[str]) -> dict[str, int]:
    """Turn findings into lines without anybody, in a transaction that goes on.

    Args:
        con: the transaction.
        signalen: findings that are over, with every other one that their notices tell of.

    Returns:
        How many rows of each table went or became such a line.
    """
    keys = sorted(signalen)
    old = {table.name: _read(con, table.c.signaal_id, keys) for table in (finding, history, task, told)}
    old["outbox"] = _read(con, outbox.c.kenmerk, sorted({row["kenmerk"] for row in old["told"]}))
    notices = [row["kenmerk"] for row in old["outbox"]]
    for table in (task_outcome, objection):
        old[table.name] = _read(con, table.c.signaal_id, keys)
    names = _new_names(old)
    made = {row["signaal_id"]: _finding(row, names) for row in old["finding"]}
    counts = {name: len(rows) for name, rows in old.items()}
    _insert(con, finding, made.values())
    con.execute(sa.update(sample).where(sample.c.signaal_id.in_(keys)).values(signaal_id=None))
    counts |= _destroy(con, keys, [row["taak_id"] for row in old["task"]], notices, old["outbox"])
    _insert(con, outbox, (_notice(row, names) for row in old["outbox"]))
    _insert(con, told, (_tells(row, names) for row in old["told"]))
    _insert(con, task, (_task(row, names) for row in old["task"]))
    _insert(con, task_outcome, (_outcome(row, names) for row in old["task_outcome"]))
    _insert(con, objection, (_signed(row, names) for row in old["objection"]))
    facts = {row["signaal_id"]: row["feitdatum"] for row in made.values()}
    _insert(con, history, (_move(row, names, facts) for row in old["history"]))
    return counts


def _new_names(old: Mapping[str, list[Row]]) -> _Names:
    dossiers = {row["dossiernummer"] for row in (*old["finding"], *old["outbox"], *old["task"])}
    return _Names(
        {row["signaal_id"]: token() for row in old["finding"]}, {row["kenmerk"]: token() for row in old["outbox"]},
        {row["taak_id"]: token() for row in old["task"]}, {name: token() for name in sorted(dossiers)},
    )  # fmt: skip


def token() -> str:
    """A name that says nothing and comes from nothing."""
    return NOBODY + base64.b32encode(secrets.token_bytes(10)).decode()


def _read(con: sa.Connection, column: sa.Column[Any], keys: list[str]) -> list[Row]:
    if not keys:
        return []
    rows = con.execute(sa.select(column.table).where(column.in_(keys)).order_by(*column.table.primary_key))
    return [dict(row) for row in rows.mappings()]


def _insert(con: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    made = list(rows)
    if made:
        con.execute(table.insert(), made)


def _destroy(
    con: sa.Connection, keys: list[str], tasks: list[str], notices: list[str], sent: list[Row]
) -> dict[str, int]:  # fmt: skip
    """Delete the rows of findings, what hangs on others first; returns how many of what is not counted yet."""
    extern = sorted({row["extern_id"] for row in sent if row["extern_id"] is not None})
    order: tuple[tuple[sa.Column[Any], list[str]], ...] = (
        (internetaak_poging.c.taak_id, tasks), (internetaak.c.taak_id, tasks), (task_event.c.taak_id, tasks),
        (task_outcome.c.signaal_id, keys), (objection.c.signaal_id, keys), (feedback.c.signaal_id, keys),
        (receipt.c.signaal_id, keys), (link_decision.c.signaal_id, keys), (judgement.c.signaal_id, keys),
        (history.c.signaal_id, keys), (task.c.signaal_id, keys), (attempt.c.kenmerk, notices),
        (callback.c.extern_id, extern), (told.c.signaal_id, keys), (outbox.c.kenmerk, notices),
        (finding.c.signaal_id, keys),
    )  # fmt: skip
    counts = {
        column.table.name: con.execute(sa.delete(column.table).where(column.in_(values))).rowcount
        for column, values in order if values
    }  # fmt: skip
    kept = {finding.name, history.name, task.name, told.name, outbox.name, task_outcome.name, objection.name}
    return {name: count for name, count in counts.items() if name not in kept}


def _finding(row: Row, names: _Names) -> Row:
    found = Finding.model_validate(row["inhoud"])
    day = half_month(row["feitdatum"], row["eerste_nacht"])
    effect = None if found.effect is None else found.effect.model_copy(update={"stappen": (), "waarden": ()})
    empty: Row = {
        "signaal_id": names.findings[row["signaal_id"]], "dossiernummer": names.dossiers[row["dossiernummer"]],
        "consulent_id": None, "feitdatum": day, "gezien": "", "taak": "", "feiten": {}, "onderdrukkers": (),
        "effect": effect, "bronnen": (), "stand": 0,
    }  # fmt: skip
    return row | {
        "signaal_id": empty["signaal_id"], "dossiernummer": empty["dossiernummer"], "feitdatum": day,
        "status": Levensfase.VERVALLEN, "inhoud": found.model_copy(update=empty).model_dump(mode="json"),
    }  # fmt: skip


def half_month(day: date | None, seen: date) -> date | None:
    """The middle of the month of a fact, on the same side of the night on which it was seen."""
    if day is None:
        return None
    middle = day.replace(day=_HALF_MONTH)
    if day > seen:
        return middle if middle > seen else day.fromordinal(seen.toordinal() + 1)
    return min(middle, seen)


def _notice(row: Row, names: _Names) -> Row:
    return row | {
        "kenmerk": names.notices[row["kenmerk"]], "signaal_id": names.findings[row["signaal_id"]],
        "dossiernummer": names.dossiers[row["dossiernummer"]], "extern_id": None, "inhoud_hash": None,
        "laatste_poging": None,
    }  # fmt: skip


def _tells(row: Row, names: _Names) -> Row:
    return {"kenmerk": names.notices[row["kenmerk"]], "signaal_id": names.findings[row["signaal_id"]]}


def _task(row: Row, names: _Names) -> Row:
    return row | {
        "taak_id": names.tasks[row["taak_id"]], "signaal_id": names.findings[row["signaal_id"]],
        "dossiernummer": names.dossiers[row["dossiernummer"]], "status": "vervallen", "consulent_id": None,
        "behandelaar": None, "team": None, "van_team": None, "uitgesteld_tot": None, "uiterlijk": None,
    }  # fmt: skip


def _signed(row: Row, names: _Names) -> Row:
    """What somebody did, without who and at what time of day."""
    return row | {
        "signaal_id": names.findings[row["signaal_id"]], "door": "-",
        "moment": datetime.combine(row["moment"].date(), time(), UTC),
    }  # fmt: skip


def _outcome(row: Row, names: _Names) -> Row:
    return _signed(row, names) | {"taak_id": names.tasks[row["taak_id"]], "toelichting": "", "feitdatum": None}


def _move(row: Row, names: _Names, facts: Mapping[str, date | None]) -> Row:
    new = names.findings[row["signaal_id"]]
    day = facts[new] if row["feitdatum"] is not None else None
    return row | {"signaal_id": new, "feitdatum": day, "door": None, "moment": None, "tot": None}
