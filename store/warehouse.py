"""The warehouse (DuckDB): what each delivery said, as history that can be read as it stood on any day, as known then.

A table of a contract holds its columns as text plus two periods. ``peil_van`` and ``peil_tot`` are the days a row was
so, by the peildatum of the deliveries that brought and ended it (``peil_tot`` empty = still so). ``van`` and ``tot``
are the numbers of the deliveries after which this was known and no longer held for true. Reading a day as known at a
stand is ``<table>_op(stand, peildatum)``. An unchanged row is stored once however often it is delivered, and a
delivery that comes late is laid in under the newer ones.

It can be rebuilt from its snapshot (``snapshot``), and nothing of record lives here; that is the casebook's.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb
import polars as pl
from pydantic import BaseModel, ConfigDict

from contracts.delivery import DeliveryKind, Manifest
from contracts.errors import TijdigError
from contracts.tables import TABLES, Bron, tables_of
from store.faults import plain
from store.layer import Layer
from store.sqltext import parsed, sql_text, used_params

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

_SCHEMA_VERSION = 7
#: What is noted of deliveries.
_BOOKS = """
create table if not exists levering (
    volgnr int primary key, levering_id text, bron text, peildatum date, geleverd_op timestamptz, soort text, rijen int,
    geaccepteerd int, afgekeurd int, bewaard int, waarden_afgekeurd int, per_tabel json, onbekend_over int,
    gelijk_aan int, inhoud text, leunt_op text, ingelezen_op timestamptz
);
create table if not exists afkeur (volgnr int, tabel text, regel bigint, code text, zacht boolean);
create table if not exists opmerking (volgnr int, tabel text, code text, aantal bigint);
create table if not exists onvolledig (tabel text, over text, van int, tot int);
create table if not exists genoemd (tabel text, sleutel text, volgnr int);
create table if not exists inrichting (schema_versie int);
"""
#: What is known of a table at a stand, and of those rows the ones in force on a day.
_MACROS_OF_A_TABLE = """
create or replace temp macro {name}_bekend(stand) as table
    select * from {name} where van <= stand and (tot is null or tot > stand);
create or replace temp macro {name}_op(stand, dag) as table
    select * from {name} where van <= stand and (tot is null or tot > stand)
    and peil_van <= dag and (peil_tot is null or peil_tot > dag);
"""
_MACROS = (
    "".join(_MACROS_OF_A_TABLE.format(name=name) for name in TABLES)
    + """
create or replace temp macro onvolledig_op(stand) as table
    select * from onvolledig where van <= stand and (tot is null or tot > stand);
create or replace temp macro bekend_tot(welke, stand, dag) as
    (select max(peildatum) from levering where bron = welke and volgnr <= stand and peildatum <= dag);
-- The surname of a partner that somebody may use.
create or replace temp macro partner_op(stand, dag) as table
    select anummer, gerelateerde_voorvoegsel as voorvoegsel, gerelateerde_geslachtsnaam as geslachtsnaam
    from brp_relatie_op(stand, dag)
    where soort = 'partner' and datum_ontbinding is null and gerelateerde_geslachtsnaam is not null
    qualify row_number() over (partition by anummer order by datum_sluiting desc nulls last, rij_hash) = 1;
"""
)


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
    gelijk_aan: int | None = None
    """The delivery whose files it repeats, where it does: then nothing was read again."""
    nieuw: bool = True
    """False where this delivery was known already and nothing was done."""

    @property
    def geminimaliseerd(self) -> int:
        """Accepted rows that concern nobody with an uitkering and were not kept."""
        return self.geaccepteerd - self.bewaard

    @property
    def inhoud_van(self) -> int:
        """The number of the delivery whose rows, rejections and remarks these are."""
        return self.gelijk_aan or self.volgnr


#: What to do about a warehouse that can't be read.
REBUILD: Final = "`tijdig warehouse herbouw`: it makes the file anew from its snapshot"


def layout() -> int:
    """The number of the layout this program works with."""
    return _SCHEMA_VERSION


#: What DuckDB says of a file that is not as it wrote it.
_DAMAGE: Final = ("corrupt", "checksum", "could not read enough bytes")


def _says_damaged(error: duckdb.Error) -> bool:
    """Whether DuckDB says that a file is not what it wrote; of a full disk it says something else."""
    said = str(error).lower()
    return isinstance(error, duckdb.SerializationException) or any(one in said for one in _DAMAGE)


def _damaged(path: Path) -> TijdigError:
    return TijdigError("The warehouse is damaged.", where=path.name, todo=f"Run {REBUILD}.")


def _connect(path: Path, memory: str, *, read_only: bool = False) -> "Connection":
    try:
        return duckdb.connect(str(path), read_only=read_only, config={"memory_limit": memory})
    except duckdb.IOException as error:
        raise plain(error) or TijdigError(
            "The warehouse is in use or damaged.", where=path.name,
            todo=f"Wait until the other run ends; if none runs, run {REBUILD}.",
        ) from None  # fmt: skip
    except duckdb.Error as error:
        # Another error than DuckDB gives of a file that is in use: what is in it can't be read.
        raise plain(error) or _damaged(path) from error


def _make(path: Path, memory: str) -> None:
    """An empty file, beside its place and put there when it is whole: DuckDB can't open half of one."""
    new = path.with_name(f"{path.name}.leeg")
    new.unlink(missing_ok=True)
    _connect(new, memory).close()
    new.replace(path)


class Warehouse:
    """A connection to one DuckDB file. One process at a time may hold it for writing."""

    def __init__(self, path: Path, *, memory: str = "3GB", read_only: bool = False) -> None:
        """Open (or make) the warehouse at ``path``; ``memory`` is DuckDB's own limit."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        if not read_only and not path.exists():
            _make(path, memory)
        self._con = _connect(path, memory, read_only=read_only)
        try:
            if read_only:
                self._require_layout()
            else:
                self._make_tables()
        except BaseException as error:
            # Or who tries again gets this very connection, with what is wrong in it.
            self.__exit__(None, error, None)
            raise

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Close the file.

        Raises:
            TijdigError: what was being done found that the file is damaged, or that the disk is full or can't be
                written.
        """
        try:
            self._con.close()
        except duckdb.Error as closing:
            error = error or closing
        if isinstance(error, duckdb.Error) and (said := plain(error)):
            raise said from None
        if isinstance(error, duckdb.Error) and _says_damaged(error):
            raise _damaged(self.path) from None

    @cached_property
    def con(self) -> "Connection":
        """The connection with its macros, which the books of deliveries can be kept without."""
        self._make_macros()
        return self._con

    def _make_tables(self) -> None:
        self._run(_BOOKS)
        if not self._con.execute("select schema_versie from inrichting").fetchall():
            self._con.execute("insert into inrichting values (?)", [_SCHEMA_VERSION])
        self._require_layout()
        self._run("; ".join(
            f"create table if not exists {table.name} ({', '.join(f'{column} text' for column in table.columns)}, "
            "rij_hash text, peil_van date, peil_tot date, van int, tot int, weg boolean)"
            for table in TABLES.values()
        ))  # fmt: skip

    def _run(self, sql: str) -> None:
        for statement in parsed(sql):
            self._con.execute(statement)

    def _require_layout(self) -> None:
        found = self._con.execute("select schema_versie from inrichting").fetchall()[0][0]
        if found != _SCHEMA_VERSION:
            raise TijdigError(
                f"The warehouse has layout {found}, this program needs {_SCHEMA_VERSION}.", where=self.path.name,
                todo="Remove the file and ask for full deliveries; the casebook keeps what was found and told.",
            )  # fmt: skip

    def _make_macros(self) -> None:
        self._run(sql_text("macros"))
        self._run(_MACROS)

    # -- deliveries ---------------------------------------------------------------------------------------

    def stand(self) -> int:
        """The number of the newest delivery; 0 for an empty warehouse."""
        return int(self._con.execute("select coalesce(max(volgnr), 0) from levering").fetchall()[0][0])

    def stand_of(self, bron: Bron) -> int:
        """The number of the newest delivery of ``bron``; 0 where there is none."""
        rows = self._con.execute("select coalesce(max(volgnr), 0) from levering where bron = ?", [bron])
        return int(rows.fetchall()[0][0])

    def deliveries(self) -> list[TakenIn]:
        """Every delivery taken in, in the order of the days they are about; of one day the last one counts."""
        return self._noted("")

    def newest(self, until: date = date.max) -> dict[Bron, TakenIn]:
        """Of each source that ever delivered the last one of these, up to and with the day ``until``."""
        last = "row_number() over (partition by bron order by peildatum desc, volgnr desc) = 1"
        return {taken.bron: taken for taken in self._noted(f"where peildatum <= $dag qualify {last}", dag=until)}

    def _noted(self, which: str, **params: object) -> list[TakenIn]:
        frame = self._con.sql(f"from levering {which} order by peildatum, volgnr", params=params or None).pl()
        rows = (row | {"per_tabel": json.loads(row["per_tabel"])} for row in frame.iter_rows(named=True))
        return [TakenIn.model_validate(row) for row in rows]

    def known(self, manifest: Manifest) -> TakenIn | None:
        """This very delivery, when it was taken in before and reading it again could not add a row.

        Rows are kept only where they concern somebody with an uitkering, so the newest delivery of a source must be
        read again once the data it leans on changed.
        """
        same = self._noted("where levering_id = $id", id=manifest.levering_id)
        if not same:
            return None
        newest = self.newest().get(manifest.bron)
        stale = (
            newest is not None
            and newest.levering_id == manifest.levering_id
            and self._leant_on(newest) != (self.leaning(manifest.bron))
        )
        return None if stale else same[-1].model_copy(update={"nieuw": False})

    def repeats(self, manifest: Manifest) -> TakenIn | None:
        """The newest delivery of this source, where ``manifest`` brings the same files about a later day.

        Both must be full, nothing they lean on may have changed, and no late delivery may have come since.
        """
        newest = self.newest().get(manifest.bron)
        full = manifest.soort is DeliveryKind.VOLLEDIG
        if newest is None or not full or newest.soort is not DeliveryKind.VOLLEDIG:
            return None
        rows = self._con.execute("select inhoud from levering where volgnr = ?", [newest.volgnr]).fetchall()
        fits = (
            rows[0][0] == manifest.inhoud
            and manifest.peildatum >= newest.peildatum
            and newest.volgnr == self.stand_of(manifest.bron)
            and self._leant_on(newest) == self.leaning(manifest.bron)
        )
        return newest if fits else None

    def repeat(self, manifest: Manifest, newest: TakenIn, *, now: datetime) -> TakenIn:
        """Note that a delivery repeats the newest one: every row still holds, so nothing else is written."""
        counts = newest.model_copy(
            update={
                "volgnr": self.stand() + 1, "levering_id": manifest.levering_id, "peildatum": manifest.peildatum,
                "geleverd_op": manifest.geleverd_op, "gelijk_aan": newest.inhoud_van,
            }
        )  # fmt: skip
        with self.transaction():
            self._note(manifest, counts, now)
        return counts

    def leaning(self, bron: Bron) -> str:
        """What decides which rows of ``bron`` are kept: the contracts, and the data of the sources it leans on."""
        newest = self.newest() if bron.leans_on else {}
        parts = [f"{other}:{newest[other].inhoud_van if other in newest else 0}" for other in bron.leans_on]
        columns = "|".join(f"{table.name}({','.join(table.columns)})" for table in tables_of(bron))
        return " ".join([hashlib.sha256(columns.encode()).hexdigest()[:12], *parts])

    def _leant_on(self, delivery: TakenIn) -> str:
        rows = self._con.execute("select leunt_op from levering where volgnr = ?", [delivery.volgnr]).fetchall()
        return str(rows[0][0])

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
        is not gone. A delivery of mutations only replaces the keys it holds. What a newer delivery says stays.
        """
        con = self.con
        with self.transaction():
            for name, relation in frames.items():
                Layer(con, TABLES[name], manifest, counts.volgnr).lay(relation)
            self._note(manifest, counts, now)
            also(counts.volgnr)
            written = {name: self._believed(name) for name in frames}
        self._settle(written)
        return counts

    def _believed(self, name: str) -> int:
        return int(self._con.execute(f"select count(*) from {name} where tot is null").fetchall()[0][0])

    def _settle(self, written: Mapping[str, int]) -> None:
        """Write everything to the file and see that it can be read.

        DuckDB 2.0 checkpoints a large commit by itself, and the first read meanwhile can find a table empty.

        Raises:
            TijdigError: what was written can't be read back.
        """
        self._con.execute("checkpoint")
        lost = [name for name, rows in written.items() if self._believed(name) != rows]
        if lost:
            raise TijdigError(
                f"The warehouse does not give back what was written to {', '.join(lost)}.", where=self.path.name,
                todo="Run the night again; if it stays so, remove the file and ask for full deliveries.",
            )  # fmt: skip

    def _note(self, manifest: Manifest, counts: TakenIn, now: datetime) -> None:
        self._con.execute(
            "insert into levering values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                counts.volgnr, manifest.levering_id, manifest.bron, manifest.peildatum, manifest.geleverd_op,
                manifest.soort, counts.rijen, counts.geaccepteerd, counts.afgekeurd, counts.bewaard,
                counts.waarden_afgekeurd, json.dumps(counts.per_tabel), counts.onbekend_over, counts.gelijk_aan,
                manifest.inhoud, self.leaning(manifest.bron), now,
            ],
        )  # fmt: skip

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._con.execute("begin")
        try:
            yield
        except BaseException:
            self._con.execute("rollback")
            raise
        self._con.execute("commit")

    # -- reading ------------------------------------------------------------------------------------------

    def rejected(self, volgnrs: list[int]) -> pl.DataFrame:
        """Rejected rows and values of these deliveries: levering_id, tabel, regel, code, zacht; no values."""
        frame: pl.DataFrame = self._con.sql(
            "select l.levering_id, a.tabel, a.regel, a.code, a.zacht from afkeur as a "
            "join levering as l on a.volgnr = coalesce(l.gelijk_aan, l.volgnr) "
            "where l.volgnr in (select unnest($volgnrs)) order by l.levering_id, a.tabel, a.regel, a.code",
            params={"volgnrs": volgnrs},
        ).pl()
        return frame

    def remarks(self, volgnrs: list[int]) -> pl.DataFrame:
        """What else there is to know of these deliveries: levering_id, tabel, code, aantal; no values."""
        frame: pl.DataFrame = self._con.sql(
            "select l.levering_id, o.tabel, o.code, o.aantal from opmerking as o "
            "join levering as l on o.volgnr = coalesce(l.gelijk_aan, l.volgnr) "
            "where l.volgnr in (select unnest($volgnrs)) order by l.levering_id, o.tabel, o.code",
            params={"volgnrs": volgnrs},
        ).pl()
        return frame

    def running(self, peildatum: date) -> tuple[int, int]:
        """How many uitkeringen run, and of how many the belanghebbende has no exact key in the BRP.

        Reads the view ``dossier`` of this connection.
        """
        rows = self.con.execute(
            "select count(*), count(*) filter (where uitkering_id not in (select uitkering_id from dossier)) "
            "from uitkering_op($stand, $peildatum) "
            "where loopt(datum_aanvang_uitkering, datum_einde_uitkering, $peildatum)",
            {"stand": self.stand(), "peildatum": peildatum},
        ).fetchall()
        return int(rows[0][0]), int(rows[0][1])

    def materialise(self, name: str, sql: str, params: Mapping[str, Any]) -> None:
        """Keep the result of one SELECT as the temporary table ``name`` for the views that read it."""
        (statement,) = parsed(f"create or replace temp table {name} as {sql}")
        self.con.execute(statement, used_params(sql, params))

    def keep(self, name: str, frame: pl.DataFrame) -> None:
        """Keep a frame as the temporary table ``name`` for the views that read it."""
        self.con.register("te_bewaren", frame)
        self.con.execute(f"create or replace temp table {name} as from te_bewaren")
        self.con.unregister("te_bewaren")

    def columns(self, name: str) -> list[str]:
        """The columns of a table."""
        return list(self.con.table(name).columns)

    def read(self, sql: str, params: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The result of one SELECT with ``$name`` parameters."""
        frame: pl.DataFrame = self.con.sql(sql, params=used_params(sql, params or {}) or None).pl()
        return frame
