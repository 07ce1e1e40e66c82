"""What a monitor reads of the casebook: counts and ages, without what only a restricted group may know."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from store.casebook.book import Book
from store.casebook.tables import finding, outbox, task


class Waiting(NamedTuple):
    """So many notices of a channel in a state, and the night of the oldest."""

    kanaal: str
    status: str
    aantal: int
    oudste: date


class OpenTasks(NamedTuple):
    """So many open tasks, with spoed or not, and the night of the oldest."""

    spoed: bool
    aantal: int
    oudste: date


class Measures(Book):
    """Counts and ages."""

    def findings_by_rule(self) -> dict[tuple[str, str], int]:
        """How many findings there are, by rule and status."""
        count = sa.select(finding.c.regel, finding.c.status, sa.func.count()).where(~finding.c.beperkt)
        rows = self._all(count.group_by(finding.c.regel, finding.c.status))
        return {(regel, status): aantal for regel, status, aantal in map(tuple, rows)}

    def notices_waiting(self) -> list[Waiting]:
        """How many notices there are by channel and status, with the oldest of each."""
        oldest = sa.func.min(outbox.c.nacht)
        query = sa.select(outbox.c.kanaal, outbox.c.status, sa.func.count(), oldest)
        rows = self._all(query.group_by(outbox.c.kanaal, outbox.c.status).order_by(outbox.c.kanaal, outbox.c.status))
        return [Waiting(*row) for row in map(tuple, rows)]

    def tasks_waiting(self) -> list[OpenTasks]:
        """How many open tasks there are, with the oldest."""
        here = sa.and_(task.c.status == "open", ~task.c.beperkt, ~task.c.geheim)
        query = sa.select(task.c.spoed, sa.func.count(), sa.func.min(task.c.nacht)).where(here)
        rows = self._all(query.group_by(task.c.spoed).order_by(task.c.spoed))
        return [OpenTasks(*row) for row in map(tuple, rows)]
