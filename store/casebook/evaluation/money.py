"""What handled findings mean in euro, and the groups over which their MKBA is worked out."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from contracts.finding import Richting, Route
from store.casebook.evaluation.parts import CONFIRMED, acted_on, handled
from store.casebook.evaluation.period import Period, days_between, months_between
from store.casebook.tables import finding

_EFFECT: Final = "effect"
_LOW: Final = finding.c.inhoud[(_EFFECT, "laagste")].as_integer()
_HIGH: Final = finding.c.inhoud[(_EFFECT, "hoogste")].as_integer()
_LOW_ALL: Final = finding.c.inhoud[(_EFFECT, "tot_herziening", 0)].as_integer()
_HIGH_ALL: Final = finding.c.inhoud[(_EFFECT, "tot_herziening", 1)].as_integer()
_ROUTE: Final = finding.c.inhoud["route"].as_string()


@dataclass(frozen=True)
class Money:
    """What findings mean until the next regular review, in cents: lowest and highest, minus is less for the inwoner.

    Attributes:
        kant: ``te_veel`` paid, ``te_weinig``, ``beide`` ways possible, ``geen`` change, or ``onbekend``.
        bevestigd: somebody said that it is so; otherwise the difference went away after a notice or a task.
        aantal: how many findings.
    """

    kant: str
    bevestigd: bool
    aantal: int
    laagste: int
    hoogste: int


@dataclass(frozen=True)
class Group:
    """Findings whose MKBA differs by their amounts only; the days are those of one of them.

    Attributes:
        laagste: their lowest amounts a month added up, in cents.
        hoogste: their highest.
        maanden: over how many months an effect was added up.
    """

    richting: Richting
    route: Route
    feitdatum: date
    gezien_op: date
    maanden: int
    aantal: int
    laagste: int
    hoogste: int


def money(period: Period) -> sa.Select[Any]:
    """kant, bevestigd, aantal, laagste, hoogste: of what was handled in a period and put right."""
    done = handled(period)
    rows = (
        sa.select(
            _KANT.label("kant"), _confirmed(done).label("bevestigd"), _LOW_ALL.label("low"), _HIGH_ALL.label("high")
        )
        .select_from(_put_right(done))
        .where(_is_right(done))
        .subquery()
    )
    by = (rows.c.kant, rows.c.bevestigd)
    sums = (sa.func.coalesce(sa.func.sum(one), 0) for one in (rows.c.low, rows.c.high))
    columns = (
        *by,
        sa.func.count().label("aantal"),
        *(one.label(n) for n, one in zip(("laagste", "hoogste"), sums, strict=True)),
    )
    return sa.select(*columns).group_by(*by).order_by(*by)


def groups(period: Period, termijn_dagen: int) -> sa.Select[Any]:
    """The groups of what was handled in a period, put right, and can be worked out; as ``Group``."""
    done = handled(period)
    fact, seen = finding.c.feitdatum, finding.c.eerste_nacht
    begun = sa.case((fact <= seen, months_between(fact, seen)), else_=0)
    to_come = sa.case((fact > seen, months_between(seen, fact)), else_=0)
    in_time = sa.case((days_between(fact, seen) <= termijn_dagen, 1), else_=0)
    months = sa.case((_LOW != 0, _LOW_ALL // sa.func.nullif(_LOW, 0)), else_=_HIGH_ALL // sa.func.nullif(_HIGH, 0))
    alike = [_ROUTE, finding.c.richting, _KANT, begun, to_come, in_time, months]
    rows = (
        sa.select(
            finding.c.richting, _ROUTE.label("route"), fact, seen.label("gezien_op"), months.label("maanden"),
            sa.func.count().over(partition_by=alike).label("aantal"),
            sa.func.sum(_LOW).over(partition_by=alike).label("laagste"),
            sa.func.sum(_HIGH).over(partition_by=alike).label("hoogste"),
            sa.func.row_number().over(partition_by=alike, order_by=finding.c.signaal_id).label("plek"),
        )
        .select_from(_put_right(done))
        .where(_is_right(done))
        .where(fact.is_not(None), _KANT.in_(("te_veel", "te_weinig")), _agrees())
        .subquery()
    )  # fmt: skip
    return (
        sa.select(rows).where(rows.c.plek == 1).order_by(rows.c.route, rows.c.richting, rows.c.aantal, rows.c.laagste)
    )


_KANT: Final = sa.case(
    (_LOW.is_(None), "onbekend"),
    (sa.and_(_LOW < 0, _HIGH > 0), "beide"),
    (_LOW < 0, "te_veel"),
    (_HIGH > 0, "te_weinig"),
    else_="geen",
)


def _agrees() -> sa.ColumnElement[bool]:
    """The direction of a finding and the sign of its amount do not contradict each other."""
    wrong = sa.or_(
        sa.and_(_KANT == "te_veel", finding.c.richting == Richting.VOORDEEL),
        sa.and_(_KANT == "te_weinig", finding.c.richting == Richting.NADEEL),
    )
    return ~wrong


def _put_right(done: sa.Subquery) -> sa.Join:
    return sa.join(finding, done, done.c.signaal_id == finding.c.signaal_id)


def _is_right(done: sa.Subquery) -> sa.ColumnElement[bool]:
    """Somebody said that it was so; or nobody said anything, and the difference went after a notice or a task."""
    return sa.or_(done.c.uitkomst.in_(CONFIRMED), sa.and_(done.c.uitkomst.is_(None), acted_on()))


def _confirmed(done: sa.Subquery) -> sa.ColumnElement[int]:
    return sa.case((done.c.uitkomst.in_(CONFIRMED), 1), else_=0)
