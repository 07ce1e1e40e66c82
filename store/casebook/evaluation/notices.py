"""What became of notices: answered, taken back, and whether households had their rest in between."""

from typing import Any, Final

import sqlalchemy as sa

from contracts.outcome import Uitkomst, Waarom
from store.casebook.evaluation.parts import ENDED, LEFT
from store.casebook.evaluation.period import Period, days_between
from store.casebook.tables import TAKEN_BACK, WITH_A_HUMAN, history, outbox, told

#: What became of a notice: answered, its difference dealt with otherwise, nothing known; or it did not get so far.
ANSWERED, SETTLED, SILENT, TAKEN, BY_HAND, WAITING = NOTICE_ENDS = (
    "beantwoord", "verwerkt", "niets_bekend", "ingetrokken", "bij_een_mens", "nog_te_maken",
)  # fmt: skip
_ANSWERS: Final = sa.or_(
    history.c.waarom == Waarom.CONTACT, history.c.uitkomst == Uitkomst.GEEFT_ZELF_DOOR
)  # fmt: skip
_SETTLES: Final = sa.and_(ENDED, history.c.uitkomst.is_distinct_from(Uitkomst.GEEN_CONTACT))


def notice_ends(period: Period) -> sa.Select[Any]:
    """soort, einde, aantal: of the notices of the nights of a period, as it stands now."""
    end = sa.case(
        (outbox.c.status.in_(TAKEN_BACK), TAKEN),
        (outbox.c.status.in_(WITH_A_HUMAN), BY_HAND),
        (outbox.c.status.not_in(LEFT), WAITING),
        (_since(_ANSWERS), ANSWERED),
        (_since(_SETTLES), SETTLED),
        else_=SILENT,
    )
    rows = sa.select(outbox.c.soort, end.label("einde")).where(period.holds(outbox.c.nacht)).subquery()
    by = (rows.c.soort, rows.c.einde)
    return sa.select(*by, sa.func.count().label("aantal")).group_by(*by).order_by(*by)


def rest_kept(period: Period, rest_days: int) -> sa.Select[Any]:
    """gehouden, aantal: whether a notice that left came no sooner after the one before than it may, by household."""
    before = sa.func.lag(outbox.c.nacht).over(
        partition_by=outbox.c.dossiernummer, order_by=(outbox.c.nacht, outbox.c.kenmerk)
    )
    sent = sa.select(outbox.c.nacht, before.label("vorige")).where(outbox.c.status.in_(LEFT)).subquery()
    # Whoever had none before had their rest too.
    kept = sa.case(
        (sent.c.vorige.is_(None), 1), (days_between(sent.c.vorige, sent.c.nacht) >= rest_days, 1), else_=0
    ).label("gehouden")
    rows = sa.select(kept).where(period.holds(sent.c.nacht)).subquery()
    return sa.select(rows.c.gehouden, sa.func.count().label("aantal")).group_by(rows.c.gehouden)


def _since(what: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether this happened to a finding that a notice tells of, on its night or later."""
    of_it = sa.and_(told.c.kenmerk == outbox.c.kenmerk, history.c.signaal_id == told.c.signaal_id)
    return sa.exists().where(of_it, history.c.nacht >= outbox.c.nacht, what)
