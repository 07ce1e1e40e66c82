"""Holding messages: after a backup was put back nobody knows what left since, so nothing leaves until a human says.

What waits is told apart from what was offered before the backup. Who looked at the printer and the channels says of
which it is known that they went, and which must be made again; the rest goes on as the casebook has it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.message import Answer, Uitslag
from store.casebook.book import Book, as_utc, require_door
from store.casebook.hand_over import hold, too_late
from store.casebook.outbox import note, settle_as
from store.casebook.tables import (
    CONFIRMED,
    HOLD_REASONS,
    LIVE,
    PRINT,
    TAKEN_BACK,
    internetaak_nummer,
    notice_hold,
    outbox,
)  # fmt: skip

#: Numbers in Open Klant that may have been given out since a backup, and are left unused: more than any night makes.
_NUMBERS: Final = 100_000
#: What the log of a notice says of one that went before the backup was put back.
_BEFORE: Final = "voor_terugzetten"


class Held(NamedTuple):
    """Messages are held: what may have left since then is not known here."""

    sinds: datetime
    waarom: str
    door: str


class Freed(NamedTuple):
    """What was done when messages were freed: counts, and the kenmerken that are not known here."""

    gegaan: int
    opnieuw: int
    onbekend: tuple[str, ...]


class Hold(Book):
    """Holding messages, and freeing them."""

    def held(self) -> Held | None:
        """Since when messages are held; None = they may go."""
        query = sa.select(notice_hold).where(notice_hold.c.vrij_op.is_(None)).order_by(notice_hold.c.sinds)
        rows = self._all(query.limit(1))
        return Held(as_utc(rows[0].sinds), rows[0].waarom, rows[0].door) if rows else None

    def hold_notices(self, sinds: datetime, waarom: str, door: str, now: datetime) -> None:
        """Let nothing leave from now on.

        Args:
            sinds: what left since then may not be known here.
            waarom: one of ``HOLD_REASONS``.
            door: who says so.
            now: the moment.

        Raises:
            CasebookError: nobody is named.
        """
        require_door(door)
        assert waarom in HOLD_REASONS
        row = {"sinds": sinds, "gezet_op": now, "waarom": waarom, "door": door}
        with self._writing() as con:
            con.execute(notice_hold.insert().values(row))
            # A number there is of one task for ever.
            con.execute(internetaak_nummer.update().values(laatste=internetaak_nummer.c.laatste + _NUMBERS))

    def waiting_notices(self) -> list[sa.Row[Any]]:
        """What would go once messages are free, and what was offered without word of it: the oldest first."""
        here = outbox.c.status.in_(("klaar", "bezig", "onbekend"))
        return self._all(sa.select(outbox).where(here).order_by(outbox.c.nacht, outbox.c.kenmerk))

    def free_notices(
        self, door: str, now: datetime, gone: Mapping[str, date] | None = None, again: Collection[str] = ()
    ) -> Freed:
        """Let messages leave again.

        Args:
            door: who says so.
            now: the moment.
            gone: kenmerk -> the day on which it surely left: it does not go again.
            again: kenmerken of letters that were offered and surely did not leave: they are made again.

        Raises:
            CasebookError: nobody is named, nothing is held, or one is said to have left and to be made again.
        """
        require_door(door)
        gone = gone or {}
        if both := sorted(gone.keys() & set(again)):
            raise CasebookError(
                f"{both[0]} is said to have left and to be made again.", where="--opnieuw",
                todo="Name each notice in one of the two.",
            )  # fmt: skip
        open_ones = notice_hold.c.vrij_op.is_(None)
        with self._writing() as con:
            hold(con, *gone, *again)
            freed = con.execute(notice_hold.update().where(open_ones).values(vrij_op=now, vrij_door=door)).rowcount
            if not freed:
                raise CasebookError("No messages are held.", where="casebook", todo="Nothing needs to be done.")
            left = [kenmerk for kenmerk in sorted(gone) if _has_left(con, kenmerk, gone[kenmerk], now)]
            made = [kenmerk for kenmerk in sorted(set(again)) if _make_again(con, kenmerk)]
        unknown = (gone.keys() | set(again)) - {*left, *made}
        return Freed(len(left), len(made), tuple(sorted(unknown)))


def _has_left(con: sa.Connection, kenmerk: str, day: date, now: datetime) -> bool:
    """It surely left: as if its channel said so. False = there is no such notice, or it is known already."""
    row = con.execute(sa.select(outbox).where(outbox.c.kenmerk == kenmerk)).one_or_none()
    if row is None or row.bevestigd_op is not None:
        return False
    answer = Answer(uitslag=Uitslag.BEZORGD, code=_BEFORE)
    note(con, kenmerk, CONFIRMED, answer, now)
    settle_as(con, kenmerk, answer, now, row.nacht, day=day)
    if row.status in TAKEN_BACK:
        too_late(con, kenmerk, row.nacht)
    return True


def _make_again(con: sa.Connection, kenmerk: str) -> bool:
    """A letter that was offered and surely did not leave. False = it is no such letter."""
    here = sa.and_(
        outbox.c.kenmerk == kenmerk, outbox.c.kanaal == PRINT, outbox.c.status.in_(LIVE),
        outbox.c.bevestigd_op.is_(None),
    )  # fmt: skip
    return con.execute(outbox.update().where(here).values(status="klaar", inhoud_hash=None)).rowcount == 1
