"""Laying one table of a delivery over what was known before: which rows it ends, which it brings, and on which days.

A delivery about day ``d`` speaks of the days from ``d`` on, up to the next delivery that speaks of the same key: for a
key of a table that is the next full delivery, or the next mutation that held it. Usually there is none yet, and the
delivery speaks of every day to come; a delivery that comes late is laid in under the newer ones.

Nothing is overwritten. A row that is no longer believed gets ``tot``, and what is left of its days is written again,
so that every earlier stand can be read as it was.
"""

from typing import TYPE_CHECKING

from contracts.delivery import DeliveryKind, Manifest
from contracts.tables import TableContract

if TYPE_CHECKING:  # a reference to this type that is there at run time makes duckdb complain at exit
    from duckdb import DuckDBPyConnection as Connection

_UNIT = "chr(31)"  # a separator that no register text holds


class Layer:
    """One table of one delivery, inside a transaction of the warehouse."""

    def __init__(self, con: "Connection", table: TableContract, manifest: Manifest, volgnr: int) -> None:
        """The table and the delivery; staged rows are in ``stage.<table>``."""
        self._con, self._table, self._volgnr = con, table, volgnr
        self._full = manifest.soort is DeliveryKind.VOLLEDIG
        self._params = {"volgnr": volgnr, "dag": manifest.peildatum, "bron": manifest.bron}

    def lay(self, relation: str) -> None:
        """Lay the rows of ``relation`` (contract columns as text) over the history."""
        parts = f", {_UNIT}, ".join(f"coalesce({column}, '')" for column in self._table.columns)
        self._con.execute(
            f"create or replace temp table nieuw as select distinct *, sha256(concat({parts})) as rij_hash "
            f"from {relation}"
        )
        self._find_next_full()
        brought, believed = self._is_there("nieuw"), self._is_there(f"{self._table.name} where tot is null")
        if brought or believed:
            self._find_later()
        if believed:
            self._end()
        if brought:
            self._bring()
        if not self._full:
            self._note_mentioned()
        if self._table.about is not None and not self._superseded():
            self._note_incomplete()

    def _run(self, sql: str) -> None:
        self._con.execute(sql, {name: value for name, value in self._params.items() if f"${name}" in sql})

    def _find_later(self) -> None:
        """Make ``later``: for each key that a newer mutation held, until which day this delivery speaks of it."""
        self._run(
            "create or replace temp table later as select sleutel, min(l.peildatum) as tot from genoemd "
            "join levering as l using (volgnr) "
            f"where tabel = '{self._table.name}' and l.peildatum > $dag group by sleutel"
        )

    def _find_next_full(self) -> None:
        """Set ``volgende_volledige``: the day of the next full delivery, where this one comes late."""
        self._con.execute(
            "set variable volgende_volledige = (select min(peildatum) from levering "
            "where bron = $bron and soort = 'volledig' and peildatum > $dag)",
            {"bron": self._params["bron"], "dag": self._params["dag"]},
        )

    def _is_there(self, rows: str) -> bool:
        return bool(self._con.execute(f"select exists(from {rows})").fetchall()[0][0])

    def _superseded(self) -> bool:
        rows = self._con.execute("select getvariable('volgende_volledige') is not null").fetchall()
        return bool(rows[0][0])

    def _end(self) -> None:
        """Stop believing the rows that this delivery contradicts; keep the days it does not speak of."""
        table = self._table
        columns = ", ".join((*table.columns, "rij_hash"))
        delivered = f"coalesce({table.parent} in (select {table.parent} from stage.{table.name}), false)"
        self._run(
            f"create or replace temp table geraakt as "
            f"select t.*, t.rowid as plek, least(getvariable('volgende_volledige'), s.tot) as grens, "
            f"{delivered} as geleverd from {table.name} as t left join later as s on t.{table.parent} = s.sleutel "
            f"where t.tot is null and (t.peil_tot is null or t.peil_tot > $dag) "
            "and (grens is null or t.peil_van < grens) "
            "and not (t.rij_hash in (select rij_hash from nieuw) and t.peil_van <= $dag "
            "and (t.peil_tot is null or coalesce(t.peil_tot >= grens, false))) "
            f"and {self._may_end()}"
        )
        self._run(f"update {table.name} set tot = $volgnr where rowid in (select plek from geraakt)")
        self._run(
            f"insert into {table.name} ({columns}, peil_van, peil_tot, van, weg) "
            f"select {columns}, peil_van, $dag, $volgnr, not geleverd from geraakt where peil_van < $dag"
        )
        self._run(
            f"insert into {table.name} ({columns}, peil_van, peil_tot, van, weg) "
            f"select {columns}, grens, peil_tot, $volgnr, weg from geraakt "
            "where grens is not null and (peil_tot is null or peil_tot > grens)"
        )

    def _bring(self) -> None:
        """Write the rows that were not believed yet for all the days this delivery speaks of."""
        table = self._table
        columns = ", ".join((*table.columns, "rij_hash"))
        self._run(
            f"insert into {table.name} ({columns}, peil_van, peil_tot, van, weg) "
            f"select {columns}, $dag, least(getvariable('volgende_volledige'), s.tot) as grens, $volgnr, "
            f"case when grens is not null then {table.parent} not in (select {table.parent} from {table.name} "
            f"where tot is null and peil_van <= grens and (peil_tot is null or peil_tot > grens)) end "
            f"from nieuw left join later as s on nieuw.{table.parent} = s.sleutel "
            f"where not exists (from {table.name} as t where t.tot is null and t.rij_hash = nieuw.rij_hash "
            "and t.peil_van <= $dag and (t.peil_tot is null "
            "or t.peil_tot >= least(getvariable('volgende_volledige'), s.tot)))"
        )

    def _may_end(self) -> str:
        """SQL: whether a stored row may end because it is not among the rows to keep.

        A key that was delivered and could be read may: the row changed, or concerns nobody with an uitkering any
        more. A key that was not delivered is gone only in a full delivery of which every key could be read.
        """
        table = self._table
        unreadable = f"select sleutel from stage.onleesbaar where tabel = '{table.name}'"
        readable = f"t.{table.parent} not in ({unreadable} and sleutel is not null)"
        if not self._full:
            return f"{readable} and geleverd"
        return f"{readable} and (geleverd or not exists ({unreadable} and sleutel is null))"

    def _note_mentioned(self) -> None:
        """Keep which keys a mutation held, as far as they concern us: a delivery that comes late must not undo it."""
        table = self._table
        self._run(
            f"insert into genoemd select distinct '{table.name}', r.{table.parent}, $volgnr::int "
            f"from stage.{table.name} as r where r.{table.parent} in (select {table.parent} from {table.name})"
        )

    def _note_incomplete(self) -> None:
        """Keep whom a rejected row was about, and whose stored row a full delivery did not confirm.

        What an earlier delivery left incomplete stays so until a full delivery, or a readable row about the same.
        """
        table = self._table
        unread = f"select over from stage.onleesbaar where tabel = '{table.name}' and over is not null"
        unconfirmed = (
            f"select {table.about} from {table.name} where tot is null and peil_tot is null "
            "and rij_hash not in (select rij_hash from nieuw)"
        )
        mended = (
            "true"
            if self._full
            else f"over in (select {table.about} from stage.{table.name}) and over not in ({unread})"
        )
        self._run(f"update onvolledig set tot = $volgnr where tot is null and tabel = '{table.name}' and {mended}")
        self._run(
            f"insert into onvolledig select distinct '{table.name}', over, $volgnr::int, null::int from "
            f"({unread}{f' union {unconfirmed}' if self._full else ''}) as o (over)"
        )
