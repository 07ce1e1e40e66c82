"""Every table of the contracts in plain DuckDB, without any intake: for SQL that reads `<table>_op` alone."""

from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from contracts.tables import TABLES
from store.sqltext import sql_text, used_params

SQL = Path(__file__).parents[1] / "matching" / "sql"


class BareTables:
    """Rows go in as they would be stored; a view comes out as a list of dicts."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute(sql_text("macros"))
        self.con.execute("create table levering (bron text, peildatum date)")
        self.con.execute(
            "create temp macro bekend_tot(welke, stand, dag) as "
            "(select max(peildatum) from levering where bron = welke and peildatum <= dag)"
        )
        # Nobody is linked by name: a number that stands alone is who it says, and nothing proves it.
        self.con.execute(
            "create table koppeling (id int, soort text, bij text, wie text, links_sleutel text, persoon_sleutel text, "
            "band text, gewicht bigint, zeker bool, mogelijk text[])"
        )
        for table in TABLES.values():
            columns = ", ".join(f"{column} text" for column in (*table.columns, "rij_hash"))
            self.con.execute(f"create table {table.name} ({columns})")
            self.con.execute(f"create temp macro {table.name}_op(stand, dag) as table from {table.name}")

    def heard(self, bron: str, day: date) -> "BareTables":
        """A delivery of ``bron`` about ``day`` was taken in."""
        self.con.execute("insert into levering values (?, ?)", [bron, day])
        return self

    def add(self, table: str, *rows: dict[str, str | None]) -> "BareTables":
        """Store rows; a column that a row does not name is empty."""
        columns = TABLES[table].columns
        assert all(set(row) <= set(columns) for row in rows), f"a column that {table} does not have"
        values = [{column: row.get(column) for column in columns} for row in rows]
        frame = pl.DataFrame(values, schema=dict.fromkeys(columns, pl.String))
        self.con.register("frame", frame)
        self.con.execute(f"insert into {table} select *, sha256(concat_ws('|', *columns(*))) from frame")
        self.con.unregister("frame")
        return self

    def emptied(self) -> "BareTables":
        for table in ("levering", *TABLES):
            self.con.execute(f"truncate {table}")
        return self

    def make(self, view: str, **parameters: object) -> "BareTables":
        """Keep the rows of ``matching/sql/<view>.sql`` as a table, for a view that reads it."""
        sql = (SQL / f"{view}.sql").read_text(encoding="utf-8")
        self.con.execute(f"create or replace temp table {view} as {sql}", used_params(sql, {"stand": 1} | parameters))
        return self

    def rows(self, view: str, **parameters: object) -> list[dict[str, object]]:
        """The rows of ``matching/sql/<view>.sql``."""
        sql = (SQL / f"{view}.sql").read_text(encoding="utf-8")
        frame: pl.DataFrame = self.con.sql(sql, params=used_params(sql, {"stand": 1} | parameters)).pl()
        return frame.to_dicts()


@cache
def _tables() -> BareTables:
    return BareTables()


def bare_tables() -> BareTables:
    """Tables without rows; the same ones for every test of a process, for making them takes longer than a test."""
    return _tables().emptied()
