"""The audit log: who looked at whom, and who did what. Lines are only ever added, and each holds the hash of the last.

A line that is changed, removed or put in between breaks the chain; ``verify`` says where. What can't be seen from the
chain alone is a log that was made anew from some line on: keep its last hash elsewhere (``tijdig audit verify`` prints
it).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.errors import CasebookError
from store.casebook.book import Book
from store.casebook.tables import BEFORE_FIRST, audit, audit_head

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
            head = _head(con)
            rows = con.execute(sa.select(audit).order_by(audit.c.volgnr))
            return _walk(iter(rows), head)

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


def _walk(rows: Iterator[sa.Row[Any]], head: tuple[int, str]) -> Chain:
    count, before = 0, BEFORE_FIRST
    for row in rows:
        line = {name: getattr(row, name) for name in ("volgnr", "moment", "wie", "wat", "waarover")}
        if row.volgnr != count + 1 or row.vorige != before or row.hash != _hash(line, before):
            return Chain(count, before, count + 1)
        count, before = count + 1, row.hash
    return Chain(count, before, None if (count, before) == head else count + 1)
