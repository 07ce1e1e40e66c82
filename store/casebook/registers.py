"""The registers that are kept by hand: signals from elsewhere, and complaints. An ending is written once."""

from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.registers import Elders, EldersAfgehandeld, Klacht, KlachtAfgehandeld
from store.casebook.book import Book
from store.casebook.tables import complaint, elsewhere

#: Which command shows the entries of a register.
_SHOWN_BY: Final = {elsewhere.name: "tijdig report elders toon", complaint.name: "tijdig report klacht toon"}


class Registers(Book):
    """Writing down what came in, and how it ended. No finding, task or letter comes of either."""

    def note_elders(self, entry: Elders) -> int:
        """Keep a signal from elsewhere; returns its number."""
        return self._note(elsewhere, entry)

    def note_klacht(self, entry: Klacht) -> int:
        """Keep a complaint; returns its number."""
        return self._note(complaint, entry)

    def end_elders(self, nummer: int, ending: EldersAfgehandeld) -> None:
        """Write how a signal from elsewhere ended.

        Raises:
            CasebookError: there is none with that number, it has its ending, or it ended before it came in.
        """
        self._end(elsewhere, nummer, ending)

    def end_klacht(self, nummer: int, ending: KlachtAfgehandeld) -> None:
        """Write how a complaint ended; raises as ``end_elders``."""
        self._end(complaint, nummer, ending)

    def elders(self) -> list[sa.Row[Any]]:
        """Every signal from elsewhere, the oldest first."""
        return self._all(sa.select(elsewhere).order_by(elsewhere.c.ontvangen_op, elsewhere.c.nummer))

    def klachten(self) -> list[sa.Row[Any]]:
        """Every complaint, the oldest first."""
        return self._all(sa.select(complaint).order_by(complaint.c.ontvangen_op, complaint.c.nummer))

    def _note(self, table: sa.Table, entry: Elders | Klacht) -> int:
        with self._writing() as con:
            made = con.execute(table.insert().values(entry.model_dump())).inserted_primary_key
        assert made is not None  # one row was written
        return int(made[0])

    def _end(self, table: sa.Table, nummer: int, ending: EldersAfgehandeld | KlachtAfgehandeld) -> None:
        values = {
            "uitkomst": ending.uitkomst, "afgehandeld_op": ending.op, "afgehandeld_door": ending.door,
            "afgehandeld_moment": ending.moment,
        }  # fmt: skip
        here = table.c.nummer == nummer
        with self._writing() as con:
            row = con.execute(sa.select(table).where(here).with_for_update()).one_or_none()
            _require_open(row, table, nummer, ending.op)
            con.execute(table.update().where(here).values(values))


def _require_open(row: sa.Row[Any] | None, table: sa.Table, nummer: int, op: date) -> None:
    if row is None:
        raise CasebookError(
            "Nothing was written down under this number.", where=str(nummer),
            todo=f"Take one from `{_SHOWN_BY[table.name]}`.",
        )  # fmt: skip
    if row.afgehandeld_op is not None:
        raise CasebookError(
            "This has its ending.", where=str(nummer),
            todo="It stays as it was given. Was it wrong, then write it down anew, and tell who makes the evaluation.",
        )  # fmt: skip
    if op < row.ontvangen_op:
        raise CasebookError(
            f"It was handled on {op}, before it came in on {row.ontvangen_op}.", where="--op",
            todo="Give the day on which it was done.",
        )  # fmt: skip
