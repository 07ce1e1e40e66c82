"""How much work each consulent has, and on which day they were told."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from store.casebook.book import Book
from store.casebook.tables import account, finding, reminder, task


class Load(NamedTuple):
    """The open tasks of a consulent that are to be done now: how many, with spoed, and too long there."""

    taken: int
    spoed: int
    te_lang: int


class Reminders(Book):
    """Reminders of open tasks."""

    def loads(self, today: date, *, too_long: int) -> dict[str, Load]:
        """Consulent -> their work: what they have in hand, and what is theirs and nobody has.

        What is shielded does not count, as a number can say too much; nor does what waits for a later day.
        """
        theirs = sa.case((task.c.behandelaar.is_(None), task.c.consulent_id), else_=account.c.consulent_id)
        waits = sa.and_(task.c.uitgesteld_tot.is_not(None), task.c.uitgesteld_tot > today)
        here = sa.and_(task.c.status == "open", ~waits, ~task.c.geheim, ~finding.c.beperkt, theirs.is_not(None))
        late = task.c.nacht <= today - timedelta(days=too_long)
        query = (
            sa.select(
                theirs.label("wie"),
                sa.func.count().label("taken"),
                _sum(task.c.spoed).label("spoed"),
                _sum(late).label("te_lang"),
            )
            .select_from(task.join(finding).outerjoin(account, account.c.gebruiker == task.c.behandelaar))
            .where(here)
            .group_by(theirs)
        )
        return {row.wie: Load(row.taken, row.spoed, row.te_lang) for row in self._all(query)}

    def claim_reminder(self, consulent_id: str, day: date) -> bool:
        """Note that a consulent is about to be reminded; false = they were, on this day."""
        try:
            with self._writing() as con:
                con.execute(reminder.insert().values(consulent_id=consulent_id, dag=day))
        except IntegrityError:
            return False
        return True

    def release_reminder(self, consulent_id: str, day: date) -> None:
        """It surely did not leave: it may be tried again."""
        with self._writing() as con:
            con.execute(reminder.delete().where(reminder.c.consulent_id == consulent_id, reminder.c.dag == day))


def _sum(what: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((what, 1), else_=0))
