"""What humans answered to the three questions of the drietrapstoets: kept, and only added to."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.oordeel import Oordeel
from contracts.toets import Toets
from store.casebook.book import Book, require_door
from store.casebook.tables import oordeel as judgement


class Oordelen(Book):
    """The judgements. This room keeps them and can't make one: it reads them back as rows."""

    def keep_oordeel(self, oordeel: Oordeel, toets: Toets) -> None:
        """Keep what a human answered, beside what was known; another answer later stands after it.

        Args:
            oordeel: the answers, signed.
            toets: the facts that lay there.

        Raises:
            CasebookError: there is no such finding, or no human signed it.
        """
        keep = self.keeping(oordeel, toets)
        with self._writing() as con:
            keep(con)

    def keeping(self, oordeel: Oordeel, toets: Toets) -> Callable[[sa.Connection], None]:
        """What keeps a judgement in a transaction of something else; arguments and errors as ``keep_oordeel``."""
        _require_signed(oordeel)
        self.get(toets.signaal_id)
        values = {
            "signaal_id": toets.signaal_id, "bewust": oordeel.bewust, "context": oordeel.context,
            "impact": oordeel.impact, "door": oordeel.door, "moment": oordeel.moment, "na_nacht": self.last_written(),
            "toets": toets.model_dump(mode="json"),
        }  # fmt: skip

        def keep(con: sa.Connection) -> None:
            con.execute(judgement.insert().values(values))

        return keep

    def oordelen_of(self, signaal_id: str) -> list[sa.Row[Any]]:
        """What was answered about a finding, the oldest first."""
        return self._all(sa.select(judgement).where(judgement.c.signaal_id == signaal_id).order_by(judgement.c.volgnr))


def _require_signed(oordeel: object) -> None:
    """Refuse what no human signed, whatever it looks like.

    Raises:
        CasebookError: it is no judgement, or nobody is named.
    """
    if not isinstance(oordeel, Oordeel):
        raise CasebookError(
            "This is no judgement of a human.",
            where="oordeel",
            todo="Let a consulent answer: `tijdig signaal oordeel`.",
        )
    require_door(oordeel.door)
