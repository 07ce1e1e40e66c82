"""The warehouse (DuckDB): what each delivery said, as history that can be read as it stood after any of them.

A table of a contract holds its columns as text plus ``van`` and ``tot``: the numbers of the deliveries that
brought a row and that ended it (``tot`` empty = still so; ``weg`` = ended because its key was delivered no more).
Reading a state ``s`` is ``van <= s < tot``. An unchanged row is stored once however often it is delivered.

It can be rebuilt from deliveries, so nothing of record lives here; that is the casebook's.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Self

import duckdb
import polars as pl
from pydantic import BaseModel, ConfigDict

from contracts.delivery import DeliveryKind, Manifest
from contracts.errors import DeliveryError, TijdigError
from contracts.tables import TABLES, Bron, TableContract

_SCHEMA_VERSION = 1
_UNIT = "chr(31)"  # a separator that no register text holds


class TakenIn(BaseModel):
    """A delivery as it was taken in: rows in = accepted + rejected, accepted = kept + minimised."""

    model_config = ConfigDict(frozen=True)

    volgnr: int
    levering_id: str
    bron: Bron
    peildatum: date
    geleverd_op: datetime
    soort: DeliveryKind
    rijen: int
    geaccepteerd: int
    afgekeurd: int
    bewaard: int
    waarden_afgekeurd: int
    per_tabel: dict[str, int] = {}
    """Rows of each table, good or not."""
    onbekend_over: int = 0
    """Rejected rows that could hold a letter back, of which nobody can tell whom they are about."""
    nieuw: bool = True
    """False where this delivery was known already and nothing was done."""


class Warehouse:
    """A connection to one DuckDB file. One process at a time may hold it for writing."""

    def __init__(self, path: Path, *, memory: str = "3GB") -> None:
        """Open (or make) the warehouse at ``path``; ``memory`` is DuckDB's own limit."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        try:
            self.con = duckdb.connect(str(path), config={"memory_limit": memory})
        except duckdb.IOException:
            raise TijdigError(
                "The warehouse is in use or damaged.", where=path.name,
                todo="Wait until the other run ends; if none runs, remove the file and take the deliveries in again.",
            ) from None  # fmt: skip
        self._prepare()

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.con.close()

    def _prepare(self) -> None:
        self.con.execute(sql_text("macros"))
        self.con.execute(
            "create table if not exists levering (volgnr int primary key, levering_id text, bron text, "
            "peildatum date, geleverd_op timestamptz, soort text, rijen int, geaccepteerd int, afgekeurd int, "
            "bewaard int, waarden_afgekeurd int, per_tabel json, onbekend_over int, stand_uitkeringen int, "
            "ingelezen_op timestamptz)"
        )
        self.con.execute(
            "create table if not exists afkeur (volgnr int, tabel text, regel bigint, code text, zacht boolean)"
        )
        self.con.execute("create table if not exists onvolledig (tabel text, over text, van int, tot int)")
        self.con.execute(
            "create or replace temp macro onvolledig_op(stand) as table "
            "select * from onvolledig where van <= stand and (tot is null or tot > stand)"
        )
        self.con.execute("create table if not exists inrichting (schema_versie int)")
        for table in TABLES.values():
            columns = ", ".join(f"{column} text" for column in table.columns)
            self.con.execute(
                f"create table if not exists {table.name} ({columns}, rij_hash text, van int, tot int, weg boolean)"
            )
            self.con.execute(
                f"create or replace temp macro {table.name}_op(stand) as table "
                f"select * from {table.name} where van <= stand and (tot is null or tot > stand)"
            )
        found = self.con.execute("select schema_versie from inrichting").fetchall()
        if not found:
            self.con.execute("insert into inrichting values (?)", [_SCHEMA_VERSION])
        elif found[0][0] != _SCHEMA_VERSION:
            raise TijdigError(
                f"The warehouse has layout {found[0][0]}, this program needs {_SCHEMA_VERSION}.", where=self.path.name,
                todo="Remove the file and take the deliveries in again; the casebook keeps what was found and told.",
            )  # fmt: skip

    # -- deliveries ---------------------------------------------------------------------------------------

    def stand(self) -> int:
        """The number of the newest delivery; 0 for an empty warehouse."""
        return int(self.con.execute("select coalesce(max(volgnr), 0) from levering").fetchall()[0][0])

    def stand_of(self, bron: Bron) -> int:
        """The number of the newest delivery of ``bron``; 0 where there is none."""
        rows = self.con.execute("select coalesce(max(volgnr), 0) from levering where bron = ?", [bron])
        return int(rows.fetchall()[0][0])

    def deliveries(self) -> list[TakenIn]:
        """Every delivery taken in, oldest first."""
        frame = self.con.sql("from levering order by volgnr").pl()
        rows = (row | {"per_tabel": json.loads(row["per_tabel"])} for row in frame.iter_rows(named=True))
        return [TakenIn.model_validate(row) for row in rows]

    def known(self, manifest: Manifest) -> TakenIn | None:
        """The last delivery of this source, when it holds the same content and nothing it leans on changed.

        BRP rows are kept only where they concern somebody with an uitkering, so the same BRP delivery must be
        read again once the uitkeringen changed.
        """
        last = [d for d in self.deliveries() if d.bron is manifest.bron][-1:]
        if not last or last[0].levering_id != manifest.levering_id:
            return None
        rows = self.con.execute("select stand_uitkeringen from levering where volgnr = ?", [last[0].volgnr])
        leans_on = rows.fetchall()[0][0]
        same = manifest.bron is Bron.UITKERINGSGEGEVENS or leans_on == self.stand_of(Bron.UITKERINGSGEGEVENS)
        return last[0].model_copy(update={"nieuw": False}) if same else None

    def require_not_older(self, manifest: Manifest, where: Path) -> None:
        """Refuse a delivery whose peildatum lies before that of the last one of its source.

        Raises:
            DeliveryError: it is older.
        """
        rows = self.con.execute("select max(peildatum) from levering where bron = ?", [manifest.bron])
        last = rows.fetchall()[0][0]
        if last is not None and manifest.peildatum < last:
            raise DeliveryError(
                f"Delivery of {manifest.bron} has peildatum {manifest.peildatum}, older than the last one, {last}.",
                where=where, todo="Remove it, or ask the supplier for a newer one.",
            )  # fmt: skip

    def accept(
        self,
        manifest: Manifest,
        frames: Mapping[str, str],
        counts: TakenIn,
        *,
        now: datetime,
        also: Callable[[int], None] = lambda _: None,
    ) -> TakenIn:
        """Lay the kept rows of a delivery over the history, in one transaction.

        Args:
            manifest: what was delivered.
            frames: table name -> name of a relation with the kept rows (contract columns as text). The staged
                rows they came from are ``stage.<table>``.
            counts: the counts of the intake; its ``volgnr`` is used.
            now: the moment of processing.
            also: more to write in the same transaction, given the delivery's number.

        A full delivery ends the rows it no longer holds, except of keys among its rejected rows: unreadable
        is not gone. A delivery of mutations only replaces the keys it holds.
        """
        with self.transaction():
            for name, relation in frames.items():
                self._lay_over(TABLES[name], relation, counts.volgnr, manifest.soort)
            self.con.execute(
                "insert into levering values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    counts.volgnr, manifest.levering_id, manifest.bron, manifest.peildatum, manifest.geleverd_op,
                    manifest.soort, counts.rijen, counts.geaccepteerd, counts.afgekeurd, counts.bewaard,
                    counts.waarden_afgekeurd, json.dumps(counts.per_tabel),
                    counts.onbekend_over, self.stand_of(Bron.UITKERINGSGEGEVENS), now,
                ],
            )  # fmt: skip
            also(counts.volgnr)
        return counts

    def _lay_over(self, table: TableContract, relation: str, volgnr: int, soort: DeliveryKind) -> None:
        parts = f", {_UNIT}, ".join(f"coalesce({column}, '')" for column in table.columns)
        self.con.execute(
            f"create or replace temp table nieuw as select *, sha256(concat({parts})) as rij_hash from {relation}"
        )
        ended = f"tot is null and rij_hash not in (select rij_hash from nieuw) and {self._may_end(table, soort)}"
        delivered = f"{table.parent} in (select {table.parent} from stage.{table.name})"
        self.con.execute(
            f"update {table.name} set tot = ?, weg = not coalesce({delivered}, false) where {ended}", [volgnr]
        )
        self.con.execute(
            f"insert into {table.name} by name select distinct nieuw.*, ?::int as van, null::int as tot, "
            f"null::boolean as weg from nieuw "
            f"where rij_hash not in (select rij_hash from {table.name} where tot is null)",
            [volgnr],
        )
        if table.about is not None:
            self._note_incomplete(table, volgnr, soort)

    def _note_incomplete(self, table: TableContract, volgnr: int, soort: DeliveryKind) -> None:
        """Keep whom a rejected row was about, and whose stored row a full delivery did not confirm.

        What an earlier delivery left incomplete stays so until a full delivery, or a readable row about the same.
        """
        unread = f"select over from stage.onleesbaar where tabel = '{table.name}' and over is not null"
        unconfirmed = (
            f"select {table.about} from {table.name} where tot is null and rij_hash not in (select rij_hash from nieuw)"
        )
        full = soort is DeliveryKind.VOLLEDIG
        mended = (
            "true" if full else f"over in (select {table.about} from stage.{table.name}) and over not in ({unread})"
        )
        self.con.execute(
            f"update onvolledig set tot = ? where tot is null and tabel = '{table.name}' and {mended}", [volgnr]
        )
        self.con.execute(
            f"insert into onvolledig select distinct '{table.name}', over, ?::int, null::int from "
            f"({unread}{f' union {unconfirmed}' if full else ''}) as o (over)",
            [volgnr],
        )

    @staticmethod
    def _may_end(table: TableContract, soort: DeliveryKind) -> str:
        """SQL: whether a stored row may end because it is not among the rows to keep.

        A key that was delivered and could be read may: the row changed, or concerns nobody with an uitkering any
        more. A key that was not delivered is gone only in a full delivery of which every key could be read.
        """
        unreadable = f"select sleutel from stage.onleesbaar where tabel = '{table.name}'"
        readable = f"{table.parent} not in ({unreadable} and sleutel is not null)"
        delivered = f"{table.parent} in (select {table.parent} from stage.{table.name})"
        if soort is DeliveryKind.MUTATIES:
            return f"{readable} and {delivered}"
        return f"{readable} and ({delivered} or not exists ({unreadable} and sleutel is null))"

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.con.execute("begin")
        try:
            yield
        except BaseException:
            self.con.execute("rollback")
            raise
        self.con.execute("commit")

    # -- reading ------------------------------------------------------------------------------------------

    def rejected(self, volgnrs: list[int]) -> pl.DataFrame:
        """Rejected rows and values of these deliveries: levering_id, tabel, regel, code, zacht; no values."""
        frame: pl.DataFrame = self.con.sql(
            "select levering_id, tabel, regel, code, zacht from afkeur join levering using (volgnr) "
            "where volgnr in (select unnest($volgnrs)) order by levering_id, tabel, regel, code",
            params={"volgnrs": volgnrs},
        ).pl()
        return frame

    def running(self, peildatum: date) -> tuple[int, int]:
        """How many uitkeringen run, and of how many the belanghebbende has no exact key in the BRP.

        Reads the view ``dossier`` of this connection.
        """
        rows = self.con.execute(
            "select count(*), count(*) filter (where uitkering_id not in (select uitkering_id from dossier)) "
            "from uitkering_op($stand) where loopt(datum_aanvang_uitkering, datum_einde_uitkering, $peildatum)",
            {"stand": self.stand(), "peildatum": peildatum},
        ).fetchall()
        return int(rows[0][0]), int(rows[0][1])

    def materialise(self, name: str, sql: str, params: Mapping[str, Any]) -> None:
        """Keep the result of one SELECT as the temporary table ``name`` for the views that read it."""
        self.con.execute(f"create or replace temp table {name} as {sql}", used_params(sql, params))

    def read(self, sql: str, params: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The result of one SELECT with ``$name`` parameters."""
        frame: pl.DataFrame = self.con.sql(sql, params=used_params(sql, params or {}) or None).pl()
        return frame


def used_params(sql: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Only the parameters a statement names: DuckDB refuses others."""
    named = set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", sql)))
    return {name: value for name, value in params.items() if name in named}


def sql_text(name: str) -> str:
    """One of this room's SQL files."""
    return resources.files("store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
