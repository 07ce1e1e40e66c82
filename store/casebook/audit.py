"""The audit log: who looked at whom, and who did what. Lines are only ever added, and each holds the hash of the last.

A line that is changed, removed or put in between breaks the chain; ``verify`` says where. What can't be seen from the
chain alone is a log that was made anew from some line on: keep its last hash elsewhere (``tijdig audit verify`` prints
it).

After its term the head of the log is destroyed, by retention only. Number and hash of the last line that went are kept,
and a line that stays says the same: nobody can shorten the log without breaking it.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.errors import BusyError, CasebookError
from store.casebook.book import Book
from store.casebook.retention_tables import audit_base
from store.casebook.tables import BEFORE_FIRST, audit, audit_head, lift_guard, put_guard

_TRIES: Final = 200


class Chain(NamedTuple):
    """What was found: how many lines, the hash of the last, and the first line that does not fit."""

    regels: int
    hash: str
    breuk: int | None


class Audit(Book):
    """Writing and checking the log."""

    def note(self, wie: str, wat: str, waarover: str, now: datetime) -> None:
        """Add a line.

        Args:
            wie: who, as the sign-on knows them.
            wat: what they did, such as ``taak_bekeken``.
            waarover: an opaque reference or a dossiernummer; never a name or a BSN.
            now: when.

        Raises:
            CasebookError: others kept adding lines first.
        """
        for _ in range(_TRIES):
            with self._writing() as con:
                if add_line(con, wie, wat, waarover, now):
                    return
        raise CasebookError("The audit log is too busy.", where="audit", todo="Try again.")

    def verify(self) -> Chain:
        """Walk the whole chain."""
        with self._engine.connect() as con:
            head, base = _head(con), _base(con)
            rows = con.execute(sa.select(audit).order_by(audit.c.volgnr))
            return _walk(iter(rows), head, base)

    def lines_about(self, waarover: str, most: int = 200) -> list[sa.Row[Any]]:
        """The last lines about something, the newest first."""
        here = sa.select(audit).where(audit.c.waarover == waarover)
        return self._all(here.order_by(audit.c.volgnr.desc()).limit(most))


def add_line(con: sa.Connection, wie: str, wat: str, waarover: str, now: datetime) -> bool:
    """Add a line in a transaction that goes on; false = somebody else added one first."""
    volgnr, before = _head(con, hold=True)
    line = {"volgnr": volgnr + 1, "moment": now.isoformat(), "wie": wie, "wat": wat, "waarover": waarover}
    digest = _hash(line, before)
    mine = audit_head.update().where(audit_head.c.nr == 1, audit_head.c.volgnr == volgnr)
    if con.execute(mine.values(volgnr=volgnr + 1, hash=digest)).rowcount != 1:
        return False
    con.execute(audit.insert().values(**line, vorige=before, hash=digest))
    return True


def _head(con: sa.Connection, *, hold: bool = False) -> tuple[int, str]:
    """The last line; ``hold`` = nobody else adds one until the end of the transaction."""
    query = sa.select(audit_head.c.volgnr, audit_head.c.hash).where(audit_head.c.nr == 1)
    row = con.execute(query.with_for_update() if hold else query).one()
    return row.volgnr, row.hash


def _hash(line: dict[str, Any], before: str) -> str:
    text = json.dumps([line[name] for name in ("volgnr", "moment", "wie", "wat", "waarover")], ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def prune(con: sa.Connection, before: str, wie: str, now: datetime) -> int:
    """Destroy the lines before a moment, in the transaction of retention; returns how many.

    The database lets nobody remove a line; for the length of this transaction it does. A line is added first that says
    up to where, so the log itself vouches for where it begins now.

    Raises:
        BusyError: somebody else added a line first.
    """
    old = sa.select(audit.c.volgnr, audit.c.hash).where(audit.c.moment < before).order_by(audit.c.volgnr.desc())
    last = con.execute(old.limit(1)).one_or_none()
    if last is None:
        return 0
    if not add_line(con, wie, PRUNED, f"{last.volgnr} {last.hash}", now):
        raise BusyError("Others kept the audit log busy.", where="audit", todo="Try again.")
    lift_guard(con)
    gone = con.execute(audit.delete().where(audit.c.volgnr <= last.volgnr)).rowcount
    put_guard(con)
    con.execute(audit_base.delete())
    con.execute(audit_base.insert().values(nr=1, volgnr=last.volgnr, hash=last.hash))
    return gone


#: What the line says that vouches for the beginning of a shortened log.
PRUNED: Final = "logboek_ingekort"


def _base(con: sa.Connection) -> tuple[int, str]:
    """The last line that was destroyed; of a whole log the one before the first."""
    row = con.execute(sa.select(audit_base.c.volgnr, audit_base.c.hash)).one_or_none()
    return (0, BEFORE_FIRST) if row is None else (row.volgnr, row.hash)


def _walk(rows: Iterator[sa.Row[Any]], head: tuple[int, str], base: tuple[int, str]) -> Chain:
    count, before = base
    vouched = base == (0, BEFORE_FIRST)
    for row in rows:
        line = {name: getattr(row, name) for name in ("volgnr", "moment", "wie", "wat", "waarover")}
        if row.volgnr != count + 1 or row.vorige != before or row.hash != _hash(line, before):
            return Chain(count - base[0], before, count + 1)
        count, before = count + 1, row.hash
        vouched = vouched or (row.wat == PRUNED and row.waarover == f"{base[0]} {base[1]}")
    whole = vouched and (count, before) == head
    return Chain(count - base[0], before, None if whole else (count if vouched else base[0]) + 1)
