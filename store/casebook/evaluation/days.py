"""How long it took, from fact to detection, to contact, to processing: median and 90th percentile by nearest rank."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from store.casebook.evaluation.parts import first_contact, handled
from store.casebook.evaluation.period import Month, Period, days_between, month_number, once
from store.casebook.tables import finding

_MEDIAN, _P90 = 50, 90
_WHOLE: Final = 100


class Traject(StrEnum):
    """From which day to which; each belongs to the month in which it ends."""

    FEIT_GEZIEN = "feit_gezien"
    GEZIEN_CONTACT = "gezien_contact"
    CONTACT_VERWERKT = "contact_verwerkt"
    FEIT_VERWERKT = "feit_verwerkt"


@dataclass(frozen=True)
class Duration:
    """How many findings, and how many days it took; ``maand`` None = the whole period."""

    traject: Traject
    maand: Month | None
    aantal: int
    mediaan: int
    p90: int


def durations(run: Callable[[sa.CompoundSelect[Any]], list[sa.Row[Any]]], period: Period) -> Iterator[Duration]:
    """Every stretch, over the whole period and by month; one without findings is not there."""
    for traject, query in _stretches(period).items():
        days = once(query, "dagen")
        for row in run(sa.union_all(_ranked(days, whole=True), _ranked(days, whole=False))):
            month = None if row.maand is None else Month(row.maand)
            yield Duration(traject, month, row.aantal, row.mediaan, row.p90)


def seen_ahead(period: Period) -> sa.Select[Any]:
    """How many findings of the period were seen before the day itself: aantal."""
    ahead = finding.c.feitdatum > finding.c.eerste_nacht
    new = period.holds(finding.c.eerste_nacht)
    return sa.select(sa.func.count().label("aantal")).select_from(finding).where(new, ahead)


def _stretches(period: Period) -> dict[Traject, sa.Select[Any]]:
    """For each stretch its findings: maand, dagen."""
    seen, fact = finding.c.eerste_nacht, finding.c.feitdatum
    contact, done = first_contact(), handled(period)
    reached = sa.join(finding, contact, contact.c.signaal_id == finding.c.signaal_id)
    ended = sa.join(finding, done, done.c.signaal_id == finding.c.signaal_id)
    both = sa.join(ended, contact, contact.c.signaal_id == finding.c.signaal_id)
    return {
        Traject.FEIT_GEZIEN: _stretch(fact, seen).select_from(finding).where(period.holds(seen)),
        Traject.GEZIEN_CONTACT: _stretch(seen, contact.c.dag).select_from(reached).where(period.holds(contact.c.dag)),
        Traject.CONTACT_VERWERKT: _stretch(contact.c.dag, done.c.nacht).select_from(both),
        Traject.FEIT_VERWERKT: _stretch(fact, done.c.nacht).select_from(ended),
    }


def _stretch(first: sa.ColumnElement[Any], second: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The days between two days that are known and in this order."""
    columns: list[sa.Label[Any]] = [month_number(second).label("maand"), days_between(first, second).label("dagen")]
    return sa.select(*columns).where(first <= second)


def _ranked(days: sa.CTE, *, whole: bool) -> sa.Select[Any]:
    """maand, aantal, mediaan, p90: the value at rank ceil(p * n / 100)."""
    by = [] if whole else [days.c.maand]
    place = sa.func.row_number().over(partition_by=by, order_by=days.c.dagen)
    ranks = sa.select(
        days.c.maand, days.c.dagen, place.label("plek"), sa.func.count().over(partition_by=by).label("n")
    ).subquery()
    month = sa.cast(sa.null(), sa.Integer) if whole else ranks.c.maand
    at = {
        name: sa.func.max(sa.case((ranks.c.plek == _rank(ranks.c.n, p), ranks.c.dagen))) for name, p in _POINTS.items()
    }
    query = sa.select(
        month.label("maand"), sa.func.count().label("aantal"), *(value.label(name) for name, value in at.items())
    ).select_from(ranks)
    # Without any finding there is no row, also not over the whole period.
    return query.having(sa.func.count() > 0) if whole else query.group_by(ranks.c.maand)


_POINTS: Final = {"mediaan": _MEDIAN, "p90": _P90}


def _rank(n: sa.ColumnElement[int], percent: int) -> sa.ColumnElement[int]:
    return (n * percent + _WHOLE - 1) // _WHOLE
