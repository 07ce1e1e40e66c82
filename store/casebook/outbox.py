"""Notices that a channel sends one by one: what was done with each, and what is known of it.

A notice is written down as begun before it leaves. So a run that is killed leaves one of which it is seen that it may
have left, and such a one is looked up before it is ever sent again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.finding import Finding, Reden
from contracts.message import Answer, Message, Uitslag
from contracts.notice import Vorm
from contracts.outcome import Waarom
from store.casebook.before import parts
from store.casebook.book import Book
from store.casebook.hand_over import hand_over, hold, too_late
from store.casebook.tables import (
    CONFIRMED,
    LIVE,
    PRINT,
    SENT_IT,
    TOLD_US,
    attempt,
    callback,
    finding,
    history,
    outbox,
    told,
)  # fmt: skip


class Way(NamedTuple):
    """How a notice goes: its form, its channel, and its message where that is not the one of a letter."""

    vorm: Vorm
    kanaal: str
    bericht: str | None = None


#: A letter in the print folder.
ON_PAPER: Final = Way("brief", PRINT)


def on_paper(_: Finding, __: str) -> Way:
    """Everything is a letter in the print folder."""
    return ON_PAPER


_BECOMES: Final[Mapping[Uitslag, str]] = {
    Uitslag.AANGENOMEN: "bezig",
    Uitslag.BEZORGD: "bevestigd",
    Uitslag.NIET_VERSTUURD: "klaar",
    Uitslag.NIET_GEVONDEN: "klaar",
    Uitslag.ONBEKEND: "onbekend",
    Uitslag.GEWEIGERD: "mislukt",
    Uitslag.NIET_BEZORGD: "mislukt",
}
#: Nobody knows yet what became of it.
_UNSETTLED: Final = ("klaar", "bezig", "onbekend")


class Outbox(Book):
    """Notices on their way."""

    def to_send(self, kanaal: str, peildatum: date) -> list[sa.Row[Any]]:
        """What a channel has to send or to look up: what is to be made, and what may have left."""
        may_have_left = sa.or_(outbox.c.status == "onbekend", sa.and_(outbox.c.status == "bezig", _UNACCEPTED))
        to_make = sa.and_(outbox.c.status == "klaar", outbox.c.nacht <= peildatum)
        here = sa.and_(outbox.c.kanaal == kanaal, sa.or_(to_make, may_have_left))
        return self._all(sa.select(outbox).where(here).order_by(outbox.c.kenmerk))

    def catch_up(self, kanaal: str, peildatum: date) -> None:
        """What was to be made on an earlier night, and surely did not leave, is made tonight."""
        behind = sa.and_(outbox.c.kanaal == kanaal, outbox.c.status == "klaar", outbox.c.nacht < peildatum)
        with self._writing() as con:
            con.execute(outbox.update().where(behind).values(nacht=peildatum))

    def awaited(self, kanaal: str) -> list[sa.Row[Any]]:
        """What a channel accepted, of which it did not say yet what became of it."""
        accepted = sa.and_(outbox.c.kanaal == kanaal, outbox.c.status == "bezig", outbox.c.extern_id.is_not(None))
        return self._all(sa.select(outbox).where(accepted).order_by(outbox.c.kenmerk))

    def begin(self, row: sa.Row[Any], message: Message, now: datetime) -> bool:
        """Note that a notice is about to leave; false = it was taken back, or somebody else is at it.

        Args:
            row: as it was read.
            message: what is about to leave.
            now: the moment.
        """
        seen = sa.and_(
            outbox.c.kenmerk == row.kenmerk, outbox.c.status == row.status, outbox.c.pogingen == row.pogingen
        )
        begun = {
            "status": "bezig", "pogingen": row.pogingen + 1, "laatste_poging": now, "versie": message.versie,
            "inhoud_hash": message.sha256,
        }  # fmt: skip
        with self._writing() as con:
            if con.execute(outbox.update().where(seen).values(begun)).rowcount != 1:
                return False
            note(con, row.kenmerk, SENT_IT, Answer(uitslag=Uitslag.BEGONNEN), now)
        return True

    def settle(self, kenmerk: str, wat: str, answer: Answer, now: datetime, nacht: date) -> None:
        """Note what a channel said, in one transaction with what follows from it.

        Args:
            kenmerk: the notice.
            wat: what was done: sent, looked up.
            answer: what the channel said.
            now: the moment.
            nacht: the night of a task that comes of it.
        """
        with self._writing() as con:
            hold(con, kenmerk)
            note(con, kenmerk, wat, answer, now)
            settle_as(con, kenmerk, answer, now, nacht)

    def told_by_channel(self, kanaal: str, extern_id: str, stand: str, answer: Answer, now: datetime) -> bool:
        """A channel told by itself what became of a notice; the same thing again changes nothing.

        Returns:
            Whether the notice is known here.
        """
        known = sa.select(outbox.c.kenmerk, outbox.c.nacht).where(
            outbox.c.kanaal == kanaal, outbox.c.extern_id == extern_id
        )
        once = {"kanaal": kanaal, "extern_id": extern_id, "stand": stand}
        seen = sa.select(callback.c.stand).filter_by(**once)
        with self._writing() as con:
            row = con.execute(known).one_or_none()
            if row is None:
                return False
            if con.execute(seen).one_or_none() is None:
                hold(con, row.kenmerk)
                con.execute(callback.insert().values(once | {"moment": now}))
                note(con, row.kenmerk, TOLD_US, answer, now)
                settle_as(con, row.kenmerk, answer, now, row.nacht)
        return True

    def give_up(self, kenmerk: str, now: datetime, nacht: date) -> None:
        """Nobody can say whether it left, and asking further does not help: a human calls.

        Not where the channel told meanwhile what became of it, or it was taken back.
        """
        with self._writing() as con:
            hold(con, kenmerk)
            note(con, kenmerk, CONFIRMED, Answer(uitslag=Uitslag.ONBEKEND), now)
            status = con.execute(sa.select(outbox.c.status).where(outbox.c.kenmerk == kenmerk)).scalar()
            if status in _UNSETTLED:
                hand_over(con, kenmerk, "handmatig", Reden.BEZORGING_ONZEKER, nacht)

    def confirm_posted(self, posted: Mapping[str, tuple[str, date]], now: datetime) -> tuple[int, list[str]]:
        """The printer confirms: kenmerk -> sha256 of the PDF and the day it was posted.

        One that was taken out of its folder, and was posted all the same, becomes a call.

        Returns:
            How many are confirmed now, and the kenmerken that were not: not known here, not offered, another PDF, or
            posted before they were made.
        """
        confirmed, others = 0, []
        with self._writing() as con:
            hold(con, *posted)
            for kenmerk in sorted(posted):
                digest, day = posted[kenmerk]
                row = con.execute(sa.select(outbox).where(outbox.c.kenmerk == kenmerk)).one_or_none()
                taken_out = row is not None and row.status == "ingetrokken" and row.inhoud_hash is None
                other = row is None or row.kanaal != PRINT or (row.inhoud_hash != digest and not taken_out)
                if row is None or other or day < row.nacht:
                    others.append(kenmerk)
                elif row.bevestigd_op is None:
                    answer = Answer(uitslag=Uitslag.BEZORGD)
                    note(con, kenmerk, CONFIRMED, answer, now)
                    settle_as(con, kenmerk, answer, now, row.nacht, day=day)
                    if taken_out:
                        too_late(con, kenmerk, row.nacht)
                    confirmed += 1
        return confirmed, others

    def dossiers_of(self, kenmerken: Iterable[str] = (), extern_ids: Iterable[str] = ()) -> frozenset[str]:
        """The dossiers of notices, by our names of them or by those of a channel."""
        here = sa.or_(outbox.c.kenmerk.in_(list(kenmerken)), outbox.c.extern_id.in_(list(extern_ids)))
        about = sa.select(finding.c.dossiernummer).join(outbox, outbox.c.signaal_id == finding.c.signaal_id)
        return frozenset(row.dossiernummer for row in self._all(about.where(here).distinct()))

    def attempts_of(self, kenmerk: str) -> list[sa.Row[Any]]:
        """What was done to deliver a notice, the oldest first."""
        return self._all(sa.select(attempt).where(attempt.c.kenmerk == kenmerk).order_by(attempt.c.volgnr))

    def may_have_left(self, kenmerk: str) -> int:
        """How often a notice was sent without certainty that it did not leave."""
        said = [row.uitslag for row in self.attempts_of(kenmerk) if row.wat == SENT_IT]
        return said.count(Uitslag.BEGONNEN) - said.count(Uitslag.NIET_VERSTUURD)

    def notices_of(self, dossiernummer: str) -> list[sa.Row[Any]]:
        """Every notice to a household, the oldest first: an outgoing contact, unless it was taken back in time."""
        query = sa.select(outbox).where(outbox.c.dossiernummer == dossiernummer)
        return self._all(query.order_by(outbox.c.nacht, outbox.c.kenmerk))

    def talks_of(self, dossiernummer: str) -> list[sa.Row[Any]]:
        """When there was contact about findings of a household, the oldest first: regel, moment, door."""
        query = (
            sa.select(finding.c.regel, finding.c.beperkt, history.c.moment, history.c.door, history.c.nacht)
            .join(finding, finding.c.signaal_id == history.c.signaal_id)
            .where(finding.c.dossiernummer == dossiernummer, history.c.waarom == Waarom.CONTACT)
        )
        return self._all(query.order_by(history.c.volgnr))

    def notice(self, kenmerk: str) -> sa.Row[Any] | None:
        """One notice."""
        rows = self._all(sa.select(outbox).where(outbox.c.kenmerk == kenmerk))
        return rows[0] if rows else None

    def counts(self) -> dict[tuple[str, str], int]:
        """How many notices there are, by channel and status."""
        query = sa.select(outbox.c.kanaal, outbox.c.status, sa.func.count()).group_by(outbox.c.kanaal, outbox.c.status)
        return {(kanaal, status): count for kanaal, status, count in map(tuple, self._all(query))}

    def tells_of(self, kenmerken: Sequence[str]) -> dict[str, list[Finding]]:
        """Kenmerk -> the findings of which it tells."""
        query = sa.select(told.c.kenmerk, finding.c.inhoud).join(finding, finding.c.signaal_id == told.c.signaal_id)
        found: dict[str, list[Finding]] = {}
        for part in parts(sorted(kenmerken)):
            for row in self._all(query.where(told.c.kenmerk.in_(part)).order_by(told.c.kenmerk, told.c.signaal_id)):
                found.setdefault(row.kenmerk, []).append(Finding.model_validate(row.inhoud))
        return found


_UNACCEPTED = outbox.c.extern_id.is_(None)


def note(con: sa.Connection, kenmerk: str, wat: str, answer: Answer, now: datetime) -> None:
    """A line in the log of a notice."""
    said = {"uitslag": answer.uitslag, "extern_id": answer.extern_id, "code": answer.code}
    con.execute(attempt.insert().values(kenmerk=kenmerk, moment=now, wat=wat, **said))


def settle_as(
    con: sa.Connection, kenmerk: str, answer: Answer, now: datetime, nacht: date, *, day: date | None = None
) -> None:
    """What a notice is after what a channel said; one that is to be taken back, or is with a human, stays so."""
    row = con.execute(sa.select(outbox).where(outbox.c.kenmerk == kenmerk)).one()
    values: dict[str, Any] = {}
    if answer.extern_id is not None:
        values["extern_id"] = answer.extern_id
    if answer.uitslag is Uitslag.BEZORGD:
        values["bevestigd_op"] = row.bevestigd_op or day or now.date()
    if answer.uitslag in (Uitslag.NIET_VERSTUURD, Uitslag.NIET_GEVONDEN):
        values["inhoud_hash"] = None
    becomes = _BECOMES[answer.uitslag]
    # What was delivered can still come back as undeliverable; nothing else makes it less.
    if row.status in LIVE and (row.status != "bevestigd" or becomes == "mislukt"):
        values["status"] = becomes
    if values:
        con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(values))
    if values.get("status") == "mislukt":
        hand_over(con, kenmerk, "mislukt", Reden.NIET_BEZORGD, nacht)
