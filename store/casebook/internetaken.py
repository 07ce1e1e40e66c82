"""Tasks as InterneTaken in Open Klant: which go there, what was done with each, and what is known of it.

A row is made at the start of a delivery for each open task that has none: the task itself is the record that it is to
go, written in the transaction of its advice. See ``docs/besluiten/0050-open-klant.md``.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from contracts.errors import CasebookError
from contracts.message import Uitslag
from store.casebook.book import Book, as_utc
from store.casebook.tables import (
    CLOSED_BY_US,
    CLOSED_THERE,
    INTERNETAAK,
    KLANTCONTACT,
    LOOKED_UP,
    OPENED_BY_US,
    finding,
    internetaak,
    internetaak_nummer,
    internetaak_poging,
    klant_actor,
    task,
)  # fmt: skip

#: A number there has at most ten digits.
_HIGHEST: Final = 9_999_999_999
_SHIELDED: Final = sa.or_(finding.c.beperkt, task.c.geheim, task.c.soort == "beperkt")
#: A task that is to stand open there: open here, and not for the restricted group alone.
_WANTED: Final = sa.and_(task.c.status == "open", sa.not_(_SHIELDED))
_TASKS: Final = task.join(finding, finding.c.signaal_id == task.c.signaal_id)
_JOINED: Final = internetaak.join(task, task.c.taak_id == internetaak.c.taak_id).join(
    finding, finding.c.signaal_id == task.c.signaal_id
)
_ROW: Final = sa.select(
    internetaak, task.c.soort, task.c.consulent_id, task.c.nacht, _WANTED.label("gewenst")
).select_from(_JOINED)  # fmt: skip


class Claim(NamedTuple):
    """A task that one process has in hand: it may act on it until another takes over."""

    taak_id: str
    poging: int


class Found(NamedTuple):
    """A task as it is in Open Klant: the uuids, its number there, and what is odd about it."""

    klantcontact: str
    internetaak: str
    nummer: str
    code: str | None = None


class Internetaken(Book):
    """Tasks on their way to Open Klant, and there."""

    # -- rows ------------------------------------------------------------------------------------------------

    def make_internetaken(self, first: int, now: datetime) -> int:
        """A row, with a number of its own, for each open task that has none and may go there.

        Args:
            first: the first number of our range.
            now: the moment.

        Returns:
            How many were made.

        Raises:
            CasebookError: the range is full.
        """
        self._have_counter(first)
        nobody = ~sa.exists().where(internetaak.c.taak_id == task.c.taak_id)
        query = sa.select(task.c.taak_id).select_from(_TASKS).where(_WANTED, nobody).order_by(task.c.taak_id)
        if not self._all(query.limit(1)):
            return 0
        counter = internetaak_nummer.c
        with self._writing() as con:
            # Writing first makes whoever else makes rows wait here until these are in.
            con.execute(internetaak_nummer.update().values(laatste=counter.laatste))
            last = max(con.execute(sa.select(counter.laatste)).scalar_one(), first - 1)
            rows = [
                {
                    "taak_id": row.taak_id, "nummer": str(last + place), "status": "klaar", "gemaakt_op": now,
                    "pogingen": 0, "gesloten": False,
                }
                for place, row in enumerate(con.execute(query), start=1)
            ]  # fmt: skip
            if last + len(rows) > _HIGHEST:
                raise CasebookError("The range of numbers is full.", where="[openklant]", todo="Give it another start.")
            if rows:
                con.execute(internetaak.insert(), rows)
                con.execute(internetaak_nummer.update().values(laatste=last + len(rows)))
        return len(rows)

    def _have_counter(self, first: int) -> None:
        if self._all(sa.select(internetaak_nummer.c.nr)):
            return
        try:
            with self._writing() as con:
                con.execute(internetaak_nummer.insert().values(nr=1, laatste=first - 1))
        except IntegrityError:
            return  # somebody else made it at the same moment

    def to_put_there(self) -> list[sa.Row[Any]]:
        """What is to be put in Open Klant, or may be there already."""
        may_be_there = internetaak.c.status.in_(("bezig", "onbekend"))
        here = sa.or_(may_be_there, sa.and_(internetaak.c.status == "klaar", _WANTED))
        return self._all(_ROW.where(here).order_by(internetaak.c.nummer))

    def there(self) -> list[sa.Row[Any]]:
        """What is there and may still change: here or there."""
        changes = sa.or_(_WANTED, sa.not_(internetaak.c.gesloten))
        return self._all(_ROW.where(internetaak.c.status == "bevestigd", changes).order_by(internetaak.c.nummer))

    def internetaak_of(self, taak_id: str) -> sa.Row[Any] | None:
        """What is known of one task in Open Klant; None = it does not go there.

        ``daar_afgehandeld_op`` is when it was closed there while it is open here: it asks for its outcome.
        """
        rows = self._all(_ROW.where(internetaak.c.taak_id == taak_id))
        return rows[0] if rows else None

    def internetaken_with_a_human(self) -> list[str]:
        """Open tasks of which no program can say whether they are in Open Klant, by their number."""
        here = sa.and_(internetaak.c.status == "handmatig", _WANTED)
        return [row.nummer for row in self._all(_ROW.where(here).order_by(internetaak.c.nummer))]

    def odd_internetaken(self) -> list[str]:
        """Open tasks that are there more than once, or without a number, by their number here."""
        odd = sa.exists().where(
            internetaak_poging.c.taak_id == internetaak.c.taak_id, internetaak_poging.c.wat == LOOKED_UP,
            internetaak_poging.c.uitslag == Uitslag.BEZORGD, internetaak_poging.c.code.is_not(None),
        )  # fmt: skip
        return [row.nummer for row in self._all(_ROW.where(_WANTED, odd).order_by(internetaak.c.nummer))]

    def internetaken_counts(self) -> dict[str, int]:
        """How many there are, by status."""
        query = sa.select(internetaak.c.status, sa.func.count().label("aantal")).group_by(internetaak.c.status)
        return {row.status: row.aantal for row in self._all(query)}

    def pogingen_of(self, taak_id: str) -> list[sa.Row[Any]]:
        """What was done to put a task there, the oldest first."""
        here = sa.select(internetaak_poging).where(internetaak_poging.c.taak_id == taak_id)
        return self._all(here.order_by(internetaak_poging.c.volgnr))

    def offered_there(self, taak_id: str, wat: str) -> int:
        """How often a part of it was sent without certainty that it did not arrive."""
        said = [row.uitslag for row in self.pogingen_of(taak_id) if row.wat == wat]
        return said.count(Uitslag.BEGONNEN) - said.count(Uitslag.NIET_VERSTUURD)

    # -- putting it there --------------------------------------------------------------------------------------

    def claim(self, row: sa.Row[Any], now: datetime) -> Claim | None:
        """Take a task in hand; None = somebody else did."""
        seen = sa.and_(
            internetaak.c.taak_id == row.taak_id, internetaak.c.status == row.status,
            internetaak.c.pogingen == row.pogingen,
        )  # fmt: skip
        mine = {"status": "bezig", "pogingen": row.pogingen + 1, "laatste_poging": now}
        with self._writing() as con:
            if con.execute(internetaak.update().where(seen).values(mine)).rowcount != 1:
                return None
        return Claim(row.taak_id, row.pogingen + 1)

    def about_to_send(self, claim: Claim, wat: str, inhoud_hash: str, now: datetime) -> bool:
        """Note that a part of it is about to leave; false = somebody else took over, or it is no longer wanted."""
        wanted = sa.select(task.c.taak_id).select_from(_TASKS).where(_WANTED)
        with self._writing() as con:
            here = sa.and_(_held(claim), internetaak.c.taak_id.in_(wanted))
            values = {"laatste_poging": now, "inhoud_hash": inhoud_hash}
            if con.execute(internetaak.update().where(here).values(values)).rowcount != 1:
                return False
            _note(con, claim.taak_id, wat, Uitslag.BEGONNEN, None, now)
        return True

    def answered_there(self, claim: Claim, wat: str, uitslag: Uitslag, code: str | None, now: datetime) -> None:
        """Note what came of it."""
        with self._writing() as con:
            _note(con, claim.taak_id, wat, uitslag, code, now)

    def let_go(self, claim: Claim, status: str, uitslag: Uitslag, code: str | None, now: datetime) -> None:
        """Put a task down with the state it is in, after it was looked up there or could not be."""
        with self._writing() as con:
            if con.execute(internetaak.update().where(_held(claim)).values(status=status)).rowcount:
                _note(con, claim.taak_id, LOOKED_UP, uitslag, code, now)

    def is_there(self, claim: Claim, found: Found, now: datetime) -> None:
        """It is in Open Klant."""
        values = {
            "status": "bevestigd", "klantcontact_uuid": found.klantcontact, "internetaak_uuid": found.internetaak,
            "nummer_daar": found.nummer, "gesloten": False,
        }  # fmt: skip
        with self._writing() as con:
            if con.execute(internetaak.update().where(_held(claim)).values(values)).rowcount:
                _note(con, claim.taak_id, LOOKED_UP, Uitslag.BEZORGD, found.code, now)

    # -- what becomes of it ------------------------------------------------------------------------------------

    def closed_there(self, taak_id: str, op: datetime, now: datetime) -> bool:
        """Somebody closed it there while it is open here; false = that was known."""
        here = sa.and_(internetaak.c.taak_id == taak_id, internetaak.c.daar_afgehandeld_op.is_(None))
        # A moment from elsewhere has a zone of its own; here everything is written in UTC.
        return self._follow(here, {"daar_afgehandeld_op": op.astimezone(UTC)}, CLOSED_THERE, taak_id, now)

    def open_there(self, taak_id: str, now: datetime) -> bool:
        """It stands open there, and is so here; false = that was known."""
        here = sa.and_(
            internetaak.c.taak_id == taak_id,
            sa.or_(internetaak.c.gesloten, internetaak.c.daar_afgehandeld_op.is_not(None)),
        )  # fmt: skip
        return self._follow(here, {"gesloten": False, "daar_afgehandeld_op": None}, OPENED_BY_US, taak_id, now)

    def both_closed(self, taak_id: str, now: datetime) -> bool:
        """It is closed here and there; false = that was known."""
        here = sa.and_(internetaak.c.taak_id == taak_id, sa.not_(internetaak.c.gesloten))
        return self._follow(here, {"gesloten": True}, CLOSED_BY_US, taak_id, now)

    def gone_there(self, taak_id: str, now: datetime) -> None:
        """Somebody threw it away there."""
        here = sa.and_(internetaak.c.taak_id == taak_id, internetaak.c.status == "bevestigd")
        with self._writing() as con:
            if con.execute(internetaak.update().where(here).values(status="handmatig")).rowcount:
                _note(con, taak_id, LOOKED_UP, Uitslag.NIET_GEVONDEN, "404", now)

    def _follow(
        self, here: sa.ColumnElement[bool], values: dict[str, Any], wat: str, taak_id: str, now: datetime
    ) -> bool:
        with self._writing() as con:
            if con.execute(internetaak.update().where(here).values(values)).rowcount != 1:
                return False
            _note(con, taak_id, wat, Uitslag.BEZORGD, None, now)
        return True

    # -- actors ------------------------------------------------------------------------------------------------

    def actor_there(self, sleutel: str) -> str | None:
        """The uuid of an actor in Open Klant; None = it is not known yet."""
        rows = self._all(sa.select(klant_actor.c.actor_uuid).where(klant_actor.c.sleutel == sleutel))
        return rows[0].actor_uuid if rows else None

    def claim_actor(self, sleutel: str, now: datetime, stale: timedelta) -> int | None:
        """Be the one that finds or makes an actor; None = somebody else is at it.

        Args:
            sleutel: the actor.
            now: the moment.
            stale: so long after somebody took it they are thought to be gone.
        """
        known = self._all(sa.select(klant_actor).where(klant_actor.c.sleutel == sleutel))
        if not known:
            return self._first_to_take(sleutel, now)
        (row,) = known
        if row.bezig_sinds is not None and now - as_utc(row.bezig_sinds) < stale:
            return None
        seen = sa.and_(klant_actor.c.sleutel == sleutel, klant_actor.c.pogingen == row.pogingen)
        mine = {"pogingen": row.pogingen + 1, "bezig_sinds": now}
        with self._writing() as con:
            taken = con.execute(klant_actor.update().where(seen).values(mine)).rowcount == 1
        return row.pogingen + 1 if taken else None

    def _first_to_take(self, sleutel: str, now: datetime) -> int | None:
        try:
            with self._writing() as con:
                con.execute(klant_actor.insert().values(sleutel=sleutel, pogingen=1, bezig_sinds=now))
        except IntegrityError:
            return None  # somebody else took it at the same moment
        return 1

    def keep_actor(self, sleutel: str, poging: int, uuid: str | None, *, unsure: bool = False) -> None:
        """What the one who took it found. Where it is ``unsure`` whether one was made, nobody else makes one soon."""
        mine = sa.and_(klant_actor.c.sleutel == sleutel, klant_actor.c.pogingen == poging)
        values: dict[str, Any] = {"actor_uuid": uuid}
        if not unsure:
            values["bezig_sinds"] = None
        with self._writing() as con:
            con.execute(klant_actor.update().where(mine).values(values))

    def forget_actors(self, sleutels: Sequence[str]) -> None:
        """Look these up anew next time: Open Klant does not know them any more."""
        with self._writing() as con:
            con.execute(klant_actor.update().where(klant_actor.c.sleutel.in_(list(sleutels))).values(actor_uuid=None))


def _held(claim: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(
        internetaak.c.taak_id == claim.taak_id, internetaak.c.pogingen == claim.poging, internetaak.c.status == "bezig"
    )


def _note(con: sa.Connection, taak_id: str, wat: str, uitslag: Uitslag, code: str | None, now: datetime) -> None:
    con.execute(internetaak_poging.insert().values(taak_id=taak_id, moment=now, wat=wat, uitslag=uitslag, code=code))


__all__ = ["INTERNETAAK", "KLANTCONTACT", "Claim", "Found", "Internetaken"]
