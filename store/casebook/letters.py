"""The letters of the outbox on their way to the print folder and back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from contracts.finding import Reden
from contracts.message import Uitslag
from store.casebook.before import parts
from store.casebook.book import Book
from store.casebook.hand_over import hand_over, hold, too_late
from store.casebook.tables import INWONER, PRINT, SENT_IT, TAKEN_BACK, UNSENT, WITH_A_HUMAN, attempt, outbox, told


class Letters(Book):
    """Letters to be made, offered and taken back."""

    def letters_of(self, peildatum: date) -> list[sa.Row[Any]]:
        """The letters of a night that are to lie in its print folder."""
        tonight = sa.select(outbox).where(
            outbox.c.nacht == peildatum, outbox.c.kanaal == PRINT, outbox.c.status.in_(UNSENT)
        )
        return self._all(tonight.order_by(outbox.c.kenmerk))

    def sent(self) -> dict[str, tuple[date, ...]]:
        """Signaal_id -> the nights of the letters that tell of it and were not taken back, the oldest first."""
        query = sa.select(told.c.signaal_id, outbox.c.nacht).join(outbox).where(outbox.c.status.not_in(TAKEN_BACK))
        nights: dict[str, tuple[date, ...]] = {}
        for row in self._all(query.order_by(outbox.c.nacht, outbox.c.kenmerk)):
            nights[row.signaal_id] = (*nights.get(row.signaal_id, ()), row.nacht)
        return nights

    def addressees(self) -> dict[str, str]:
        """Signaal_id -> whom the last notice that tells of it and was not taken back is addressed to."""
        query = sa.select(told.c.signaal_id, outbox.c.aan).join(outbox).where(outbox.c.status.not_in(TAKEN_BACK))
        return {row.signaal_id: row.aan for row in self._all(query.order_by(outbox.c.nacht, outbox.c.kenmerk))}

    def told_on_paper(self) -> frozenset[str]:
        """The findings of which the inwoner had a letter, as far as is known."""
        had = sa.and_(
            outbox.c.vorm == "brief", outbox.c.aan == INWONER, outbox.c.status.not_in([*TAKEN_BACK, *WITH_A_HUMAN])
        )
        return frozenset(row.signaal_id for row in self._all(sa.select(told.c.signaal_id).join(outbox).where(had)))

    def left_behind(self, peildatum: date) -> list[tuple[str, date]]:
        """Letters of earlier nights that were to be made still: kenmerk, night. Those nights were killed."""
        query = sa.select(outbox.c.kenmerk, outbox.c.nacht).where(
            outbox.c.nacht < peildatum, outbox.c.kanaal == PRINT, outbox.c.status == "klaar"
        )
        with self._engine.connect() as con:
            return [(row.kenmerk, row.nacht) for row in con.execute(query.order_by(outbox.c.kenmerk))]

    def move_to(self, kenmerk: str, peildatum: date) -> None:
        """A letter that was left behind is made tonight."""
        with self._writing() as con:
            con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(nacht=peildatum))

    def offered(self, made: Mapping[str, tuple[str, str]], now: datetime) -> None:
        """These letters lie in the print folder now: kenmerk -> sha256 of the PDF, version of its text."""
        with self._writing() as con:
            _offered(con, made, now)

    def to_human(self, kenmerk: str, reden: Reden = Reden.GEEN_BRIEF_MOGELIJK) -> None:
        """A notice that can't be made becomes tasks for a consulent, in one transaction; one taken back does not."""
        with self._writing() as con:
            hold(con, kenmerk)
            here = outbox.c.kenmerk == kenmerk
            # A write first: from here on nobody else can take it back.
            con.execute(outbox.update().where(here).values(status=outbox.c.status))
            if con.execute(sa.select(outbox.c.status).where(here)).scalar() not in TAKEN_BACK:
                hand_over(con, kenmerk, "handmatig", reden)

    def could_not_withdraw(self, kenmerk: str, peildatum: date) -> None:
        """A notice that may have been delivered before it could be taken back: a call, unless there was contact.

        What it tells of and still holds needs none, nor does what a human closed.
        """
        with self._writing() as con:
            hold(con, kenmerk)
            too_late(con, kenmerk, peildatum)

    def to_withdraw(self) -> list[sa.Row[Any]]:
        """Notices to be taken back: ``inhoud_hash`` is empty where they surely were not offered to their channel."""
        return self._all(
            sa.select(outbox).where(outbox.c.status == "in_te_trekken").order_by(outbox.c.nacht, outbox.c.kenmerk)
        )

    def offered_on(self, nacht: date) -> list[sa.Row[Any]]:
        """The letters of a night that were offered in its print folder and, as far as is known, posted."""
        offered = sa.select(outbox).where(
            outbox.c.nacht == nacht, outbox.c.kanaal == PRINT, outbox.c.inhoud_hash.is_not(None),
            outbox.c.status.not_in([*TAKEN_BACK, *WITH_A_HUMAN]),
        )  # fmt: skip
        return self._all(offered.order_by(outbox.c.kenmerk))

    def taking_out(self, kenmerken: Iterable[str]) -> None:
        """These lie in their print folder still, and are about to be taken out: they surely did not leave."""
        with self._writing() as con:
            for kenmerk in kenmerken:
                con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(inhoud_hash=None))

    def withdrawn(self, kenmerken: Iterable[str]) -> None:
        """These notices will not be delivered."""
        with self._writing() as con:
            for kenmerk in sorted(kenmerken):
                con.execute(outbox.update().where(outbox.c.kenmerk == kenmerk).values(status="ingetrokken"))


def _offered(con: sa.Connection, made: Mapping[str, tuple[str, str]], now: datetime) -> None:
    """Note which of these are new in their folder, all at once: a night has thousands."""
    new: list[str] = []
    for part in parts(sorted(made)):
        here = sa.and_(outbox.c.kenmerk.in_(part), outbox.c.status.in_(UNSENT))
        rows = sa.select(outbox.c.kenmerk, outbox.c.inhoud_hash).where(here).order_by(outbox.c.kenmerk)
        new += [row.kenmerk for row in con.execute(rows.with_for_update()) if row.inhoud_hash != made[row.kenmerk][0]]
    if not new:
        return
    lies_there = (
        outbox.update()
        .where(outbox.c.kenmerk == sa.bindparam("welk"))
        .values(
            status="bezig", inhoud_hash=sa.bindparam("hash"), laatste_poging=now, pogingen=outbox.c.pogingen + 1,
            versie=sa.bindparam("tekst"),
        )
    )  # fmt: skip
    con.execute(lies_there, [{"welk": key, "hash": made[key][0], "tekst": made[key][1]} for key in new])
    same = {"moment": now, "wat": SENT_IT, "uitslag": Uitslag.AANGENOMEN, "extern_id": None, "code": None}
    con.execute(attempt.insert(), [{"kenmerk": key, **same} for key in new])
