"""Staging: the raw rows of deliveries, in temporary database files that are gone when the intake ends.

Raw rows concern a whole gemeente, most of whom have no uitkering, so they never enter the warehouse: only
rows that passed the contract *and* concern somebody with an uitkering are handed over (data minimisation).
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import duckdb
import polars as pl

from contracts.errors import DeliveryError
from contracts.tables import TABLES, TableContract
from store.warehouse import Warehouse, sql_text

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


@dataclass(frozen=True)
class CsvShape:
    """What the first line of a CSV file says, and how many lines the file has."""

    delimiter: str
    header: tuple[str, ...]
    newlines: int


class StagingArea:
    """The folder of the staging files of one intake."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Make an empty folder beside the warehouse; what a killed run left behind is removed first."""
        self._con = warehouse.con
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
        return Staging(self._con, self._folder / f"{self._made}.duckdb")


class Staging:
    """The raw tables of one delivery; in a ``with`` block they are attached to the warehouse as ``stage``."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        """A staging file at ``path`` for this warehouse connection; made when it is first attached."""
        self._con, self._path = con, path

    def __enter__(self) -> Self:
        """Attach the file."""
        path = str(self._path).replace("'", "''")
        self._con.execute(f"attach '{path}' as stage")
        self._con.execute("create table if not exists stage.onleesbaar (tabel text, sleutel text, over text)")
        self._con.execute(
            "create table if not exists stage.afkeur_nieuw (tabel text, regel bigint, code text, zacht boolean)"
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Detach the file; its rows stay until the staging area closes."""
        self._con.execute("drop table if exists nieuw")
        self._con.execute("detach stage")

    def load_csv(self, table: TableContract, path: Path, shape: CsvShape) -> int:
        """Read one CSV file as text into ``stage.<table>`` and return the number of data rows, good or not.

        Rows that are no CSV become rejected rows with their line number.

        Raises:
            DeliveryError: the file can't be read as CSV at all.
        """
        columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in shape.header) + "}"
        cleaned = ", ".join(f"{_cleaned(name)} as {name}" for name in table.columns)
        self._con.execute("drop table if exists reject_errors")
        self._con.execute("drop table if exists reject_scans")
        try:
            self._con.execute(
                f"create table stage.{table.name} as select {cleaned} from read_csv(?, "
                f"auto_detect = false, header = true, delim = '{shape.delimiter}', quote = '\"', escape = '\"', "
                f"columns = {columns}, ignore_errors = true, store_rejects = true)",
                [str(path)],
            )
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            # DuckDB's own message quotes the line, which may hold a person.
            raise DeliveryError(
                "File can't be read as CSV.", where=path.name,
                todo="Check delimiter, quotes and encoding (UTF-8), or ask for a new delivery.",
            ) from None  # fmt: skip
        return self._number_rows(table, shape)

    def _number_rows(self, table: TableContract, shape: CsvShape) -> int:
        """Keep the lines that could not be read, and what is needed to tell a row's line in the file."""
        codes = " ".join(f"when '{found}' then '{code}'" for found, code in _READ_ERRORS.items())
        self._con.execute(
            f"insert into stage.afkeur_nieuw select '{table.name}', line, "
            f"case first(error_type order by column_idx) {codes} else 'onleesbaar' end, false "
            "from reject_errors group by line"
        )
        # Nobody knows whose row an unreadable line was: nobody may disappear on this table.
        self._con.execute(f"insert into stage.onleesbaar select '{table.name}', null, null from reject_errors limit 1")
        self._con.execute(
            f"create table stage.{table.name}_slecht as select line - 2 - row_number() over (order by line) + 1 "
            "as voor_rij from (select distinct line from reject_errors)"
        )
        good, bad = (self._count(f"stage.{table.name}"), self._count(f"stage.{table.name}_slecht"))
        if shape.newlines - 1 > good + bad:
            self._note_inner_newlines(table)
        else:
            self._con.execute(f"create table stage.{table.name}_binnen (rij bigint, extra bigint)")
        return good + bad

    def _note_inner_newlines(self, table: TableContract) -> None:
        """Rows whose quoted text holds newlines shift the lines after them; only looked for where they occur."""
        inner = " + ".join(
            f"length(coalesce({column}, '')) - length(replace(coalesce({column}, ''), chr(10), ''))"
            for column in table.columns
        )
        self._con.execute(
            f"create table stage.{table.name}_binnen as select rowid as rij, {inner} as extra "
            f"from stage.{table.name} where {inner} > 0"
        )

    def find_duplicates(self, table: TableContract) -> None:
        """Make ``dubbel``: rows whose key occurs more than once. Nobody can say which of them is true."""
        if not table.key:
            self._con.execute("create or replace temp table dubbel (rij bigint)")
            return
        key = ", ".join(table.key)
        present = " and ".join(f"{column} is not null" for column in table.key)
        self._con.execute(
            f"create or replace temp table dubbel as select rowid as rij from stage.{table.name} "
            f"where {present} and ({key}) in "
            f"(select ({key}) from stage.{table.name} where {present} group by {key} having count(*) > 1)"
        )

    def mark_kept(self, table: TableContract, stand: int) -> None:
        """Make ``bewaard``: the rows that concern somebody with an uitkering (see ``sql/bewaard_*.sql``)."""
        if table.name not in ("brp_persoon", "brp_relatie"):
            self._con.execute(f"create or replace temp table bewaard as select rowid as rij from stage.{table.name}")
            return
        for step in sql_text(f"bewaard_{table.name}").split(";"):
            if step.strip():
                self._con.execute(step, {"stand": stand} if "$stand" in step else {})

    def keep_none(self) -> None:
        """Make ``bewaard`` empty: for a check that keeps nothing."""
        self._con.execute("create or replace temp table bewaard (rij bigint)")

    def batches(self, table: TableContract) -> Iterator[pl.DataFrame]:
        """The staged rows as frames: contract columns, ``rij`` (place), ``dubbel`` and ``bewaard``."""
        columns = ", ".join(f"r.{column}" for column in table.columns)
        for start in range(0, self._count(f"stage.{table.name}"), BATCH):
            yield self._con.sql(
                f"select {columns}, r.rowid as rij, d.rij is not null as dubbel, b.rij is not null as bewaard "
                f"from (select rowid, * from stage.{table.name} where rowid >= $start and rowid < $stop) as r "
                "left join dubbel as d on d.rij = r.rowid left join bewaard as b on b.rij = r.rowid "
                "order by r.rowid",
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
            self._con.register("goede_rijen", rows)
            self._con.execute(f"insert into {name} by name from goede_rijen")
            self._con.unregister("goede_rijen")

    def add_rejected(self, table: TableContract, found: pl.DataFrame) -> None:
        """Add rejections: ``rij``, ``code``, ``zacht``, ``sleutel`` (the parent's key) and ``over`` (whom about)."""
        if not found.height:
            return
        self._con.register("gevonden", found)
        self._con.execute(
            f"insert into stage.afkeur_nieuw select '{table.name}', "
            f"rij + 2 + (select count(*) from stage.{table.name}_slecht where voor_rij <= rij) "
            f"+ coalesce((select sum(extra) from stage.{table.name}_binnen as b where b.rij < gevonden.rij), 0), "
            "code, zacht from gevonden"
        )
        self._con.execute(
            f"insert into stage.onleesbaar select '{table.name}', sleutel, over from gevonden where not zacht"
        )
        self._con.unregister("gevonden")

    def rejected(self) -> pl.DataFrame:
        """What was rejected so far: tabel, regel, code, zacht; no values."""
        frame: pl.DataFrame = self._con.sql("from stage.afkeur_nieuw order by tabel, regel, code").pl()
        return frame

    def keep_rejected(self, volgnr: int) -> None:
        """Hand the rejections over to the warehouse; call inside its transaction."""
        self._con.execute("insert into afkeur select ?::int, * from stage.afkeur_nieuw", [volgnr])

    def lost(self) -> int:
        """Rows of which nobody can tell whom they were about, in tables where such a loss could let a letter out."""
        return self._count(f"stage.onleesbaar where over is null and {_PROTECTS}")

    def counts(self, names: Mapping[str, str]) -> int:
        """Rows over all tables to hand over."""
        return sum(self._count(name) for name in names.values())

    def _count(self, relation: str) -> int:
        return int(self._con.execute(f"select count(*) from {relation}").fetchall()[0][0])


def _cleaned(column: str) -> str:
    """SQL that brings one column to its written form; what it can't mend, the contract rejects."""
    if column in ("adresseerbaar_object_id", "nummeraanduiding_id"):
        return f"bag_id({column})"
    if column == "postcode":
        return f"upper(replace({column}, ' ', ''))"
    return column
