"""What humans said of who is who."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from contracts.decision import Decision
from contracts.errors import CasebookError
from store.casebook.book import Book, require_door
from store.casebook.tables import LINK, link_decision


class Links(Book):
    """Decisions about two descriptions of what may be one person."""

    def decide_link(self, signaal_id: str, *, zelfde: bool, door: str, now: datetime) -> None:
        """Keep what a human says of the two descriptions of a person that a finding is uncertain about.

        It counts from the night after the last one that was recorded, as long as neither side changes.

        Args:
            signaal_id: a finding whose facts name the two.
            zelfde: whether they are one person.
            door: who says so.
            now: the moment of it.

        Raises:
            CasebookError: there is no such finding, or nothing to decide about it.
        """
        facts = self.get(signaal_id).inhoud["feiten"]
        if not all(facts.get(name) for name in LINK):
            raise CasebookError(
                "This finding asks nothing about who is who.", where=signaal_id,
                todo="Take one whose facts have koppel_links and koppel_rechts; see `tijdig explain`.",
            )  # fmt: skip
        require_door(door)
        last = self.last_written()
        values = dict(zip(("links_sleutel", "rechts_sleutel", "inhoud"), (facts[name] for name in LINK), strict=True))
        with self._writing() as con:
            con.execute(
                link_decision.insert().values(
                    signaal_id=signaal_id, zelfde=zelfde, door=door, na_nacht=last, besloten_op=now, **values
                )
            )

    def link_decisions(self, *, before: date) -> tuple[Decision, ...]:
        """The decisions made after nights before this one, the oldest first."""
        query = sa.select(link_decision).where(link_decision.c.na_nacht < before).order_by(link_decision.c.volgnr)
        columns = Decision.model_fields
        return tuple(Decision(**{name: getattr(row, name) for name in columns}) for row in self._all(query))

    def decisions_about(self, signaal_id: str) -> list[sa.Row[Any]]:
        """What was decided because of this finding, the oldest first."""
        query = sa.select(link_decision).where(link_decision.c.signaal_id == signaal_id)
        return self._all(query.order_by(link_decision.c.volgnr))
