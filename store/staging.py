"""Staging: the raw rows of deliveries, in temporary database files that are gone when the intake ends.

Raw rows concern a whole gemeente, most of whom have no uitkering, so they never enter the warehouse: only
rows that passed the contract *and* concern somebody with an uitkering are handed over (data minimisation).
"""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Self

import duckdb
import polars as pl

from contracts.delivery import DeliveryKind
from contracts.errors import DeliveryError
from contracts.tables import TABLES, TableContract
from store.faults import plain
from store.lines import find_lines, plain_lines
from store.reading import FileShape, Source, scan_sql, select_sql, windows_to_utf8
from store.sqltext import quoted, statements, used_params
from store.warehouse import Warehouse

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

#: Rows a batch: large enough for whole-table speed, small enough to keep memory flat at 18 million rows.
BATCH = 500_000

_READ_ERRORS = {
    "MISSING COLUMNS": "te_weinig_kolommen",
    "TOO MANY COLUMNS": "te_veel_kolommen",
    "UNQUOTED VALUE": "aanhalingsteken",
    "LINE SIZE OVER MAXIMUM": "regel_te_lang",
    "INVALID ENCODING": "tekencodering",
}

#: Rows of these tables can hold a letter back: a wish, a report, a housemate who is known, an uitkering that ended.
_PROTECTS = "tabel in ({})".format(", ".join(f"'{table.name}'" for table in TABLES.values() if table.protects))

#: What a rejected row can be about -> those of whom rows are known or kept.
_CONCERNED = {
    "anummer": "select anummer from brp_persoon where tot is null union all select anummer from stage.brp_persoon_goed",
    "uitkering_id": "select uitkering_id from uitkering where tot is null "
    "union all select uitkering_id from stage.uitkering_goed",
    "burgerservicenummer": "select unnest([burgerservicenummer, partner_burgerservicenummer]) from uitkering "
    "where tot is null union all "
    "select unnest([burgerservicenummer, partner_burgerservicenummer]) from stage.uitkering_goed",
}


class StagingArea:
    """The folder of the staging files of one intake."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Make an empty folder beside the warehouse; what a killed run left behind is removed first."""
        self._warehouse = warehouse
        self._folder = warehouse.path.parent / "tijdelijk"
        self._made = 0

    def __enter__(self) -> Self:
        """Start empty."""
        self._remove()
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Remove every raw row."""
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def new(self) -> "Staging":
        """The staging file of one more delivery."""
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        return Staging(self._warehouse.con, folder)


class Staging:
    """The raw tables of one delivery; in a ``with`` block they are attached to the warehouse as ``stage``."""

    def __init__(self, con: "Connection", folder: Path) -> None:
        """A staging file in ``folder`` for this warehouse connection; made when it is attached."""
        self._con, self.folder = con, folder
        self._first_line: dict[str, int] = {}
        self._unreadable: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Attach the file."""
        self._con.execute(f"attach {quoted(self.folder / 'stage.duckdb')} as stage")
        self._con.execute("create table stage.onleesbaar (tabel text, sleutel text, over text)")
        self._con.execute("create table stage.afkeur_nieuw (tabel text, regel bigint, code text, zacht boolean)")
        self._con.execute("create table stage.opmerking_nieuw (tabel text, code text, aantal bigint)")
        return self

    def __exit__(self, *_: object) -> None:
        """Detach the file and remove it with every raw row in it."""
        self._con.execute("drop table if exists nieuw")
        self._con.execute("detach stage")
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- raw rows in --------------------------------------------------------------------------------------

    def load_file(self, table: TableContract, path: Path, shape: FileShape) -> int:
        """Read one CSV or Parquet file as text into ``stage.<table>`` and return the number of rows, good or not.

        Lines that are no CSV become rejected rows with their line number.

        Raises:
            DeliveryError: the file can't be read at all.
        """
        readable = windows_to_utf8(path, self.folder / "utf8.csv") if shape.windows else path
        self._con.execute("drop table if exists reject_errors")
        self._con.execute("drop table if exists reject_scans")
        query = select_sql(table, scan_sql(readable, shape), shape.sources)
        try:
            self._con.execute(f"create table stage.{table.name} as {query}")
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:  # a spoilt Parquet file raises the class itself
            if plain(error) is not None:
                raise
            # DuckDB's own message quotes the line, which may hold a person.
            raise DeliveryError(
                "File can't be read.", where=path.name,
                todo="Check delimiter, quotes, line ends and encoding (UTF-8), or ask for a new delivery.",
            ) from None  # fmt: skip
        self.add_remarks(table, shape.remarks)
        if shape.delimiter:
            return self._number_lines(table, shape, readable, path.name)
        return self._number_records(table)

    def load_frame(self, table: TableContract, rows: pl.DataFrame) -> int:
        """Bring rows that an adapter made into ``stage.<table>`` and return their number."""
        self._con.register("aangeleverd", rows)
        query = select_sql(table, "aangeleverd", {name: Source(name) for name in table.delivered})
        self._con.execute(f"create table stage.{table.name} as {query}")
        self._con.unregister("aangeleverd")
        return self._number_records(table)

    def _number_records(self, table: TableContract) -> int:
        self._first_line[table.name] = 1
        self._note_shifts(table, {})
        return self._count(f"stage.{table.name}")

    def _number_lines(self, table: TableContract, shape: FileShape, path: Path, name: str) -> int:
        """Keep the lines that could not be read, and what is needed to tell a row's line in the file."""
        self._first_line[table.name] = 2
        found = self._con.execute(
            "select line::bigint, first(error_type order by column_idx)::text from reject_errors group by line"
        ).fetchall()
        bad = dict(found)
        rows = self._count(f"stage.{table.name}") + len(bad)
        plain = shape.newlines - 1 == rows
        lines = plain_lines(bad) if plain else find_lines(path, shape.delimiter, bad)
        if lines.records > rows:
            # DuckDB leaves a line that is longer than its buffer out, without a word.
            raise DeliveryError(
                "File holds lines that can't be read at all.", where=name,
                todo="A line of more than 30 MB is no row: ask for a new delivery.",
            )  # fmt: skip
        self._note_unreadable(table, [(lines.bad[record], str(kind)) for record, kind in bad.items()])
        self._note_shifts(table, lines.shifts)
        self.add_remarks(table, {"regel:leeg_of_niet_gelezen": lines.unread} if lines.unread else {})
        return rows

    def _note_unreadable(self, table: TableContract, found: list[tuple[int, str]]) -> None:
        self._unreadable[table.name] = len(found)
        if not found:
            return
        rows = pl.DataFrame(
            [(table.name, line, _READ_ERRORS.get(kind, "onleesbaar"), False) for line, kind in found],
            schema=["tabel", "regel", "code", "zacht"], orient="row",
        )  # fmt: skip
        self._insert("stage.afkeur_nieuw", rows)
        # Nobody knows whose row an unreadable line was: nobody may disappear on this table.
        self._con.execute("insert into stage.onleesbaar values (?, null, null)", [table.name])

    def _note_shifts(self, table: TableContract, shifts: Mapping[int, int]) -> None:
        self._con.execute(f"create table stage.{table.name}_verschoven (rij bigint, extra bigint)")
        if shifts:
            self._insert(
                f"stage.{table.name}_verschoven",
                pl.DataFrame(
                    {"rij": list(shifts), "extra": list(shifts.values())},
                    schema=dict.fromkeys(["rij", "extra"], pl.Int64),
                ),
            )

    def _insert(self, name: str, rows: pl.DataFrame) -> None:
        self._con.register("nieuwe_rijen", rows)
        self._con.execute(f"insert into {name} by name from nieuwe_rijen")
        self._con.unregister("nieuwe_rijen")

    # -- what holds between rows ----------------------------------------------------------------------------

    def find_doubles(self, table: TableContract) -> None:
        """Make ``dubbel`` (rows whose key occurs more than once) with ``vervangen``: replaced by a newer row.

        Where none of them is the newest nobody can say which is true; of identical rows one stands for all.
        """
        self._con.execute("create or replace temp table dubbel (rij bigint, vervangen boolean)")
        if not table.key:
            return
        key, whole = ", ".join(table.key), ", ".join(table.columns)
        present = " and ".join(f"{column} is not null" for column in table.key)
        order = ", ".join(
            f"({name} = '1') desc" if table.facts(name).kind == "janee" else f"{name} desc" for name in table.newest
        )
        self._con.execute(
            f"insert into dubbel with samen as (select rowid as rij, {key}, hash({whole}) as inhoud, "
            f"rank() over (partition by {key} order by {order or '1'}) as plaats from stage.{table.name} "
            f"where {present} and ({key}) in "
            f"(select ({key}) from stage.{table.name} where {present} group by {key} having count(*) > 1)), "
            f"nieuwste as (select *, row_number() over (partition by {key} order by plaats, rij) as volgorde, "
            f"min(inhoud) filter (where plaats = 1) over (partition by {key}) "
            f"= max(inhoud) filter (where plaats = 1) over (partition by {key}) as eenduidig from samen) "
            "select rij, eenduidig from nieuwste where volgorde > 1 or not eenduidig"
        )
        replaced = self._count("dubbel where vervangen")
        self.add_remarks(table, {"sleutel:vervangen_door_nieuwere": replaced} if replaced else {})

    def find_orphans(self, table: TableContract, soort: DeliveryKind | None, params: Mapping[str, object]) -> None:
        """Make ``wees``: rows of which the row they belong to was not delivered (nor is known, for mutations)."""
        self._con.execute("create or replace temp table wees (rij bigint)")
        if table.belongs_to is None or soort is None:
            return
        known = f"select {table.parent} from stage.{table.belongs_to}"
        if soort is DeliveryKind.MUTATIES:
            known += f" union all select {table.parent} from {table.belongs_to}_op($stand, $nieuwste)"
        sql = (
            f"insert into wees select r.rowid from stage.{table.name} as r where r.{table.parent} is not null "
            f"and not exists (from ({known}) as k where k.{table.parent} = r.{table.parent})"
        )
        self._con.execute(sql, used_params(sql, params))

    def mark_kept(self, table: TableContract, params: Mapping[str, object]) -> None:
        """Make ``bewaard``: the rows that concern somebody with an uitkering (see ``sql/bewaard_*.sql``)."""
        for step in statements(f"bewaard_{table.name}"):
            self._con.execute(step, used_params(step, params))

    def nameless(self, table: TableContract) -> pl.DataFrame:
        """Whom rows name that are not kept and have no number that can be one: ``id``, name, birth date, ``rijen``."""
        frame: pl.DataFrame = self._con.sql(
            "select row_number() over (order by wie) as id, * exclude (wie) from ("
            "select any_value(voorletters) as voorletters, any_value(voorvoegsel) as voorvoegsel, "
            "any_value(geslachtsnaam) as geslachtsnaam, any_value(geboortedatum) as geboortedatum, "
            "wie(null, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as wie, list(rowid) as rijen "
            f"from stage.{table.name} where not is_bsn(burgerservicenummer) "
            "and geslachtsnaam is not null and geboortedatum is not null "
            "and rowid not in (select rij from bewaard) group by wie)"
        ).pl()
        return frame

    def register(self, params: Mapping[str, object]) -> pl.DataFrame:
        """The persons in the warehouse as records to link to; ``gezocht``: rows that name them are kept."""
        sql = (
            "select row_number() over (order by b.anummer) as id, b.voornamen, b.voorvoegsel, b.geslachtsnaam, "
            "r.voorvoegsel as partner_voorvoegsel, r.geslachtsnaam as partner_geslachtsnaam, b.geboortedatum, "
            "b.anummer in (from bewaard_bij_naam) as gezocht from brp_persoon_op($stand, $nieuwste) as b "
            "left join partner_op($stand, $nieuwste) as r on b.anummer = r.anummer"
        )
        frame: pl.DataFrame = self._con.sql(sql, params=used_params(sql, params)).pl()
        return frame

    def also_keep(self, rows: pl.Series) -> None:
        """Add these places to the rows that are kept."""
        self._insert("bewaard", rows.cast(pl.Int64).to_frame("rij"))

    def keep_none(self) -> None:
        """Make ``bewaard`` empty: for a check that keeps nothing."""
        self._con.execute("create or replace temp table bewaard (rij bigint)")

    # -- rows out -------------------------------------------------------------------------------------------

    def batches(self, table: TableContract) -> Iterator[pl.DataFrame]:
        """The staged rows as frames: contract columns, ``rij`` (place), ``dubbel``, ``wees`` and ``bewaard``."""
        columns = ", ".join(f"r.{column}" for column in table.columns)
        for start in range(0, self._count(f"stage.{table.name}"), BATCH):
            yield self._con.sql(
                f"select {columns}, r.rowid as rij, coalesce(not d.vervangen, false) as dubbel, "
                "w.rij is not null as wees, b.rij is not null and d.rij is null as bewaard "
                f"from (select rowid, * from stage.{table.name} where rowid >= $start and rowid < $stop) as r "
                "left join dubbel as d on d.rij = r.rowid left join wees as w on w.rij = r.rowid "
                "left join bewaard as b on b.rij = r.rowid order by r.rowid",
                params={"start": start, "stop": start + BATCH},
            ).pl()

    def start_good(self, table: TableContract) -> str:
        """Make an empty table for the rows to hand over and return its name."""
        name = f"stage.{table.name}_goed"
        columns = ", ".join(f"{column} text" for column in table.columns)
        self._con.execute(f"create or replace table {name} ({columns})")
        return name

    def add_good(self, name: str, rows: pl.DataFrame) -> None:
        """Add rows that passed the contract and are kept."""
        if rows.height:
            self._insert(name, rows)

    def add_rejected(self, table: TableContract, found: pl.DataFrame) -> None:
        """Add rejections: ``rij``, ``code``, ``zacht``, ``sleutel`` (the parent's key) and ``over`` (whom about)."""
        if not found.height:
            return
        self._con.register("gevonden", found)
        self._con.execute(
            f"insert into stage.afkeur_nieuw select '{table.name}', "
            f"gevonden.rij + {self._first_line[table.name]} + coalesce(extra, 0), code, zacht "
            f"from gevonden asof left join stage.{table.name}_verschoven as v on gevonden.rij >= v.rij"
        )
        self._con.execute(
            f"insert into stage.onleesbaar select distinct on (rij) '{table.name}', sleutel, over "
            "from gevonden where not zacht"
        )
        self._con.unregister("gevonden")

    def add_remarks(self, table: TableContract, counts: Mapping[str, int]) -> None:
        """Add what rejects nothing but should be known: code -> how often."""
        for code, count in counts.items():
            self._con.execute("insert into stage.opmerking_nieuw values (?, ?, ?)", [table.name, code, count])

    def unreadable(self, table: TableContract) -> int:
        """Lines of its file that are no row."""
        return self._unreadable.get(table.name, 0)

    def rejected(self) -> pl.DataFrame:
        """What was rejected so far: tabel, regel, code, zacht; no values."""
        frame: pl.DataFrame = self._con.sql("from stage.afkeur_nieuw order by tabel, regel, code").pl()
        return frame

    def remarks(self) -> pl.DataFrame:
        """What was remarked so far: tabel, code, aantal."""
        frame: pl.DataFrame = self._con.sql(
            "select tabel, code, sum(aantal)::bigint as aantal from stage.opmerking_nieuw "
            "group by tabel, code order by tabel, code"
        ).pl()
        return frame

    def hand_over(self, volgnr: int) -> None:
        """Hand rejections and remarks over to the warehouse; call inside its transaction."""
        self._con.execute("insert into afkeur select ?::int, * from stage.afkeur_nieuw", [volgnr])
        self._con.execute(
            "insert into opmerking select ?::int, tabel, code, sum(aantal) from stage.opmerking_nieuw "
            "group by tabel, code",
            [volgnr],
        )

    def forget_strangers(self, table: TableContract) -> None:
        """Forget whom rejected rows were about, except who is known or kept: only of those something can be missed."""
        if table.about is not None:
            self._con.execute(
                f"update stage.onleesbaar set over = null where tabel = '{table.name}' "
                f"and not exists (from ({_CONCERNED[table.about]}) as k (wie) where k.wie = onleesbaar.over)"
            )

    def lost(self) -> int:
        """Rows of which nobody can tell whom they were about, in tables where such a loss could let a letter out."""
        return self._count(f"stage.onleesbaar where over is null and {_PROTECTS}")

    def counts(self, names: Mapping[str, str]) -> int:
        """Rows over all tables to hand over."""
        return sum(self._count(name) for name in names.values())

    def _count(self, relation: str) -> int:
        return int(self._con.execute(f"select count(*) from {relation}").fetchall()[0][0])
