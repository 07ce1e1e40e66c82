"""What several figures stand on: which findings were handled in a period and how, and when there was first contact."""

from typing import Final

import sqlalchemy as sa

from contracts.outcome import Uitkomst, Waarom
from store.casebook.evaluation.period import Period
from store.casebook.tables import OPEN, TAKEN_BACK, WITH_A_HUMAN, finding, history, outbox, task, told

#: A notice that may have reached somebody.
LEFT: Final = ("bezig", "onbekend", "bevestigd", "niet_ingetrokken")
#: A consulent says that what was seen is so, and it is put right.
CONFIRMED: Final = (Uitkomst.AANGEPAST, Uitkomst.GEEFT_ZELF_DOOR)
#: A consulent ends it otherwise than the finding supposed.
OTHERWISE: Final = (Uitkomst.AL_BEKEND, Uitkomst.GEEN_GEVOLG, Uitkomst.BRON_KLOPT_NIET, Uitkomst.ANDERS)

#: What ends a finding: somebody finished it, or its difference went away while it was open.
_BY_SOMEBODY: Final = history.c.waarom == Waarom.AFGEROND
_BY_ITSELF: Final = sa.and_(history.c.waarom == Waarom.WEG, history.c.van.in_(OPEN))
ENDED: Final = sa.or_(_BY_SOMEBODY, _BY_ITSELF)


def handled(period: Period) -> sa.Subquery:
    """The findings that were handled in a period, each once: signaal_id, nacht, uitkomst.

    What somebody said last counts; ``uitkomst`` is null where nobody said anything and the difference went away.
    """
    last = sa.func.row_number().over(
        partition_by=history.c.signaal_id,
        order_by=(sa.case((history.c.uitkomst.is_(None), 1), else_=0), history.c.volgnr.desc()),
    )
    every = (
        sa.select(history.c.signaal_id, history.c.nacht, history.c.uitkomst, last.label("plek"))
        .where(ENDED, period.holds(history.c.nacht))
        .subquery()
    )
    return sa.select(every.c.signaal_id, every.c.nacht, every.c.uitkomst).where(every.c.plek == 1).subquery("handled")


def first_contact() -> sa.Subquery:
    """The day of the first notice that left, or of the first talk, of every finding that had one: signaal_id, dag."""
    day = sa.func.coalesce(outbox.c.bevestigd_op, outbox.c.nacht)
    wrote = sa.select(told.c.signaal_id, day.label("dag")).join(outbox).where(outbox.c.status.in_(LEFT))
    talked = sa.select(history.c.signaal_id, history.c.nacht.label("dag")).where(history.c.waarom == Waarom.CONTACT)
    every = sa.union_all(wrote, talked).subquery()
    return (sa.select(every.c.signaal_id, sa.func.min(every.c.dag).label("dag")).group_by(every.c.signaal_id)).subquery(
        "contact"
    )


def acted_on() -> sa.ColumnElement[bool]:
    """Whether a finding had a notice that left, or a task, whatever became of that."""
    return sa.or_(_told_by(outbox.c.status.in_(LEFT)), has_task())


def written_to() -> sa.ColumnElement[bool]:
    """Whether a notice tells of a finding that was not taken back and did not fail."""
    return _told_by(outbox.c.status.not_in((*TAKEN_BACK, *WITH_A_HUMAN)))


def has_task() -> sa.ColumnElement[bool]:
    """Whether a finding ever had a task."""
    return sa.exists().where(task.c.signaal_id == finding.c.signaal_id)


def _told_by(such: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    here = sa.and_(told.c.signaal_id == finding.c.signaal_id, told.c.kenmerk == outbox.c.kenmerk)
    return sa.exists().where(here, such)
