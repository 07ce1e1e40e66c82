"""What handled findings mean in euro, and the groups over which their MKBA is worked out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.finding import Richting, Route
from store.casebook.evaluation.parts import CONFIRMED, acted_on, handled
from store.casebook.evaluation.period import Period, days_between, months_between, once
from store.casebook.tables import finding


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
    rows = _put_right(period)
    by = (_kant(rows).label("kant"), rows.c.bevestigd)
    told = sa.select(*by, rows.c.low_all, rows.c.high_all).subquery()
    low, high = (sa.func.coalesce(sa.func.sum(one), 0) for one in (told.c.low_all, told.c.high_all))
    columns = (told.c.kant, told.c.bevestigd)
    counts = (sa.func.count().label("aantal"), low.label("laagste"), high.label("hoogste"))
    return sa.select(*columns, *counts).group_by(*columns).order_by(*columns)


def groups(period: Period, termijn_dagen: int) -> sa.Select[Any]:
    """The groups of what was handled in a period, put right, and can be worked out; as ``Group``."""
    right = _put_right(period)
    fact, seen, low, high = right.c.feitdatum, right.c.eerste_nacht, right.c.low, right.c.high
    shapes = (
        sa.select(
            right, _kant(right).label("kant"),
            sa.case((fact <= seen, months_between(fact, seen)), else_=0).label("begun"),
            sa.case((fact > seen, months_between(seen, fact)), else_=0).label("to_come"),
            sa.case((days_between(fact, seen) <= termijn_dagen, 1), else_=0).label("in_time"),
            sa.case(
                (low != 0, right.c.low_all // sa.func.nullif(low, 0)), else_=right.c.high_all // sa.func.nullif(high, 0)
            ).label("maanden"),
        )
        .where(fact.is_not(None))
        .subquery()
    )  # fmt: skip
    c = shapes.c
    alike = [c.route, c.richting, c.kant, c.begun, c.to_come, c.in_time, c.maanden]
    rows = (
        sa.select(
            c.richting, c.route, c.feitdatum, c.eerste_nacht.label("gezien_op"), c.maanden,
            sa.func.count().over(partition_by=alike).label("aantal"),
            sa.func.sum(c.low).over(partition_by=alike).label("laagste"),
            sa.func.sum(c.high).over(partition_by=alike).label("hoogste"),
            sa.func.row_number().over(partition_by=alike, order_by=c.signaal_id).label("plek"),
        )
        .where(sa.or_(_agrees(shapes, "te_veel", Richting.VOORDEEL), _agrees(shapes, "te_weinig", Richting.NADEEL)))
        .subquery()
    )  # fmt: skip
    return (
        sa.select(rows).where(rows.c.plek == 1).order_by(rows.c.route, rows.c.richting, rows.c.aantal, rows.c.laagste)
    )


def _agrees(rows: sa.Subquery, kant: str, against: Richting) -> sa.ColumnElement[bool]:
    """It is of this side, and its direction does not say the contrary."""
    return sa.and_(rows.c.kant == kant, rows.c.richting != against)


def _put_right(period: Period) -> sa.CTE:
    """What was handled in a period and was so, each with what it means.

    Somebody said that it was so; or nobody said anything, and the difference went away after a notice or a task.
    """
    done = handled(period)
    effect = (
        finding.c.inhoud[("effect", "laagste")].as_integer().label("low"),
        finding.c.inhoud[("effect", "hoogste")].as_integer().label("high"),
        finding.c.inhoud[("effect", "tot_herziening", 0)].as_integer().label("low_all"),
        finding.c.inhoud[("effect", "tot_herziening", 1)].as_integer().label("high_all"),
        finding.c.inhoud["route"].as_string().label("route"),
    )
    about = (finding.c.signaal_id, finding.c.richting, finding.c.feitdatum, finding.c.eerste_nacht)
    sure = done.c.uitkomst.in_(CONFIRMED)
    query = (
        sa.select(*about, sa.case((sure, 1), else_=0).label("bevestigd"), *effect)
        .join(done, done.c.signaal_id == finding.c.signaal_id)
        .where(sa.or_(sure, sa.and_(done.c.uitkomst.is_(None), acted_on())))
    )
    return once(query, "klopte")


def _kant(rows: sa.CTE) -> sa.Case[str]:
    """Too much paid, too little, both possible, no change, or not known."""
    low, high = rows.c.low, rows.c.high
    return sa.case(
        (low.is_(None), "onbekend"),
        (sa.and_(low < 0, high > 0), "beide"),
        (low < 0, "te_veel"),
        (high > 0, "te_weinig"),
        else_="geen",
    )
