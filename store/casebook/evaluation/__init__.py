"""Counting what was done in whole months: every figure in SQL over the casebook, exact and without who.

Nothing here is masked: what small numbers may be shown is for whoever tells of them. What a figure means stands in
``docs/begrippen.md``, figure by figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.finding import Richting
from contracts.outcome import Uitkomst
from contracts.registers import Herkomst, Klachtonderwerp, Klachtuitkomst
from contracts.work import Bezwaar
from store.casebook.anonymous import NOBODY
from store.casebook.book import Book
from store.casebook.evaluation.days import Duration, Traject, durations, seen_ahead
from store.casebook.evaluation.money import Group, Money, groups, money
from store.casebook.evaluation.notices import NOTICE_ENDS, notice_ends, rest_kept
from store.casebook.evaluation.parts import CONFIRMED, OTHERWISE, handled, has_task, written_to
from store.casebook.evaluation.period import Month, Period, month_number
from store.casebook.tables import complaint, elsewhere, finding, night, objection


@dataclass(frozen=True)
class Handled:
    """How many findings of a rule were handled so; ``uitkomst`` None = the difference went away by itself.

    ``beperkt``: only few may know of them.
    """

    regel: str
    beperkt: bool
    richting: Richting
    uitkomst: Uitkomst | None
    aantal: int


@dataclass(frozen=True)
class FromElsewhere:
    """How many signals that were written down by hand were handled so; None = they came in and are not handled yet."""

    herkomst: Herkomst
    uitkomst: Uitkomst | None
    aantal: int


@dataclass(frozen=True)
class Found:
    """How many findings were new, by direction and by what became of them: ``brief``, ``taak`` or ``niets``.

    ``reden`` says why nothing came of them, where that is known.
    """

    richting: Richting
    kreeg: str
    reden: str | None
    aantal: int


@dataclass(frozen=True)
class Objected:
    """What came of bezwaren, by rule and its version; ``beperkt``: only few may know of their findings."""

    regel: str
    beperkt: bool
    regelversie: str
    uitkomst: Bezwaar
    aantal: int


@dataclass(frozen=True)
class Complained:
    """Complaints that came in, by subject; ``uitkomst`` None = not handled yet."""

    onderwerp: Klachtonderwerp
    uitkomst: Klachtuitkomst | None
    aantal: int


@dataclass(frozen=True)
class Notices:
    """What became of notices of one kind; ``einde`` is one of ``NOTICE_ENDS``."""

    soort: str
    einde: str
    aantal: int


class Evaluation(Book):
    """The counts of whole months."""

    def nights_of(self, period: Period) -> list[date]:
        """The nights of a period that were recorded whole."""
        query = sa.select(night.c.peildatum).where(period.holds(night.c.peildatum))
        return [row.peildatum for row in self._all(query.order_by(night.c.peildatum))]

    def all_nights(self) -> tuple[date, date] | None:
        """The first and the last night that were recorded whole."""
        ends = (sa.func.min(night.c.peildatum).label("van"), sa.func.max(night.c.peildatum).label("tot"))
        row = self._all(sa.select(*ends))[0]
        return None if row.van is None else (row.van, row.tot)

    def dossiers_counted(self, period: Period) -> list[str]:
        """The dossiers of everything that is counted of a period by finding; a line without anybody has none."""
        done = handled(period)
        there = sa.or_(period.holds(finding.c.eerste_nacht), finding.c.signaal_id.in_(sa.select(done.c.signaal_id)))
        somebody = ~finding.c.signaal_id.startswith(NOBODY, autoescape=True)
        query = sa.select(finding.c.dossiernummer).where(there, somebody).distinct().order_by(finding.c.dossiernummer)
        return [row.dossiernummer for row in self._all(query)]

    def handled(self, period: Period) -> list[Handled]:
        """What was handled in a period, by rule, direction and outcome; each finding once."""
        done = handled(period)
        by = (finding.c.regel, finding.c.beperkt, finding.c.richting, done.c.uitkomst)
        query = sa.select(*by, sa.func.count().label("aantal")).join(done, done.c.signaal_id == finding.c.signaal_id)
        return [
            Handled(row.regel, row.beperkt, Richting(row.richting), _uitkomst(row.uitkomst), row.aantal)
            for row in self._all(query.group_by(*by).order_by(*by))
        ]

    def from_elsewhere(self, period: Period) -> list[FromElsewhere]:
        """Signals written down by hand: those handled in a period, and those that came in and are not handled."""
        waits = sa.and_(elsewhere.c.afgehandeld_op.is_(None), period.holds(elsewhere.c.ontvangen_op))
        here = sa.or_(period.holds(elsewhere.c.afgehandeld_op), waits)
        by = (elsewhere.c.herkomst, elsewhere.c.uitkomst)
        query = sa.select(*by, sa.func.count().label("aantal")).where(here).group_by(*by).order_by(*by)
        return [FromElsewhere(Herkomst(row.herkomst), _uitkomst(row.uitkomst), row.aantal) for row in self._all(query)]

    def found(self, period: Period) -> list[Found]:
        """What was first found in a period, with what became of it by now."""
        got = sa.case((written_to(), "brief"), (has_task(), "taak"), else_="niets").label("kreeg")
        columns = (finding.c.richting, got, finding.c.reden)
        rows = sa.select(*columns).where(period.holds(finding.c.eerste_nacht)).subquery()
        why = sa.case((rows.c.kreeg == "niets", rows.c.reden)).label("reden")
        told = sa.select(rows.c.richting, rows.c.kreeg, why).subquery()
        by = (told.c.richting, told.c.kreeg, told.c.reden)
        query = sa.select(*by, sa.func.count().label("aantal")).group_by(*by).order_by(*by)
        return [Found(Richting(row.richting), row.kreeg, row.reden, row.aantal) for row in self._all(query)]

    def found_by_month(self, period: Period) -> dict[Month, int]:
        """How many findings were first found, by month."""
        return self._by_month(sa.select(month_number(finding.c.eerste_nacht).label("maand")).where(
            period.holds(finding.c.eerste_nacht)
        ))  # fmt: skip

    def handled_by_month(self, period: Period) -> dict[Month, int]:
        """How many findings were handled, by the month of their last handling in the period."""
        done = handled(period)
        return self._by_month(sa.select(month_number(done.c.nacht).label("maand")))

    def durations(self, period: Period) -> list[Duration]:
        """How many days it took, over the whole period and by month."""
        return list(durations(self._all, period))

    def seen_ahead(self, period: Period) -> int:
        """How many findings were seen before the day itself."""
        return int(self._all(seen_ahead(period))[0].aantal)

    def notices(self, period: Period) -> list[Notices]:
        """What became of the notices of a period."""
        return [Notices(row.soort, row.einde, row.aantal) for row in self._all(notice_ends(period))]

    def rest_kept(self, period: Period, rest_days: int) -> tuple[int, int]:
        """How many notices left a household its rest, and how many came too soon."""
        counts = {bool(row.gehouden): row.aantal for row in self._all(rest_kept(period, rest_days))}
        return counts.get(True, 0), counts.get(False, 0)

    def objections(self, period: Period) -> list[Objected]:
        """What came of bezwaren, by the day of that."""
        by = (objection.c.regel, finding.c.beperkt, objection.c.regelversie, objection.c.uitkomst)
        about = sa.join(objection, finding, finding.c.signaal_id == objection.c.signaal_id)
        query = (
            sa.select(*by, sa.func.count().label("aantal")).select_from(about).where(period.holds(objection.c.datum))
        )
        return [
            Objected(row.regel, row.beperkt, row.regelversie, Bezwaar(row.uitkomst), row.aantal)
            for row in self._all(query.group_by(*by).order_by(*by))
        ]

    def complaints(self, period: Period) -> list[Complained]:
        """The complaints that came in, with what came of them by now."""
        by = (complaint.c.onderwerp, complaint.c.uitkomst)
        query = sa.select(*by, sa.func.count().label("aantal")).where(period.holds(complaint.c.ontvangen_op))
        return [
            Complained(
                Klachtonderwerp(row.onderwerp), Klachtuitkomst(row.uitkomst) if row.uitkomst else None, row.aantal
            )
            for row in self._all(query.group_by(*by).order_by(*by))
        ]

    def money(self, period: Period) -> list[Money]:
        """What was put right means in euro, expected until the next regular review."""
        return [
            Money(row.kant, bool(row.bevestigd), row.aantal, int(row.laagste), int(row.hoogste))
            for row in self._all(money(period))
        ]

    def mkba_groups(self, period: Period, termijn_dagen: int) -> Iterator[Group]:
        """What was put right, in groups whose MKBA differs by amount only."""
        for row in self._all(groups(period, termijn_dagen)):
            yield Group(
                richting=Richting(row.richting), route=row.route, feitdatum=row.feitdatum, gezien_op=row.gezien_op,
                maanden=row.maanden, aantal=row.aantal, laagste=int(row.laagste), hoogste=int(row.hoogste),
            )  # fmt: skip

    def _by_month(self, query: sa.Select[Any]) -> dict[Month, int]:
        rows = query.subquery()
        counted = sa.select(rows.c.maand, sa.func.count().label("aantal")).group_by(rows.c.maand).order_by(rows.c.maand)
        return {Month(row.maand): row.aantal for row in self._all(counted)}


def _uitkomst(value: str | None) -> Uitkomst | None:
    return None if value is None else Uitkomst(value)


__all__ = [
    "CONFIRMED", "NOTICE_ENDS", "OTHERWISE", "Complained", "Duration", "Evaluation", "Found", "FromElsewhere", "Group",
    "Handled", "Money", "Month", "Notices", "Objected", "Period", "Traject",
]  # fmt: skip
