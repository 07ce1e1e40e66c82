"""What a night leaves behind, to hold the one that was disturbed against one that was not."""

import re
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa

from contracts.logregel import Logregel
from flows.alone import one_night
from flows.bewaking.alerts import Loop
from flows.bewaking.state import read
from flows.casebook import open_casebook
from flows.logboek import logboek_of
from flows.settings import Workplace
from flows.steps import open_warehouse
from store import snapshot
from store.casebook.tables import metadata
from store.destroy import all_tables

#: When something was done, and how long it took: of two nights on the same data that differs.
MOMENTS = frozenset({"moment", "bijgewerkt_op", "laatste_poging", "besloten_op", "ingelezen_op"})
#: Of the counts of a night: when it was counted, and what a run added to the same night before it.
_OF_THIS_RUN = frozenset({"gemaakt_op", "stappen", "bijgekomen"})
#: What is only there for as long as a run lasts. A file of SQLite or DuckDB that a killed process left is taken up by
#: the next one, so after a night that ended neither is there.
_HALF = re.compile(r"\.(nieuw|oud|deel|tmp|wal)$|-journal$|^\.berichten")


def left_behind(work: Workplace) -> dict[str, Any]:
    """Findings, decisions, tasks, letters and their states, what the warehouse holds, and each file that goes out."""
    return {"casebook": record(work), "warehouse": held(work), "files": going_out(work), "folders": _places(work)}


def record(work: Workplace) -> dict[str, list[dict[str, Any]]]:
    """Table -> every row of the casebook, without the moments."""
    with open_casebook(work) as casebook, casebook._engine.connect() as con:
        return {
            name: sorted((_timeless(row._mapping) for row in con.execute(sa.select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def held(work: Workplace) -> dict[str, list[tuple[Any, ...]]]:
    """Table -> every row of the warehouse, without the moments."""
    with open_warehouse(work, read_only=True) as warehouse:
        return {name: _rows(warehouse.read(f"from {name}")) for name in all_tables(warehouse.con)}


def going_out(work: Workplace) -> dict[str, bytes]:
    """Name -> content of each file that printer, consulent and applicatiebeheerder read, but for the report.

    That says how long its steps took. Its counts are in the casebook.
    """
    files = (path for path in work.folder.glob("uitvoer/**/*") if path.is_file() and path.suffix != ".html")
    return {str(path.relative_to(work.folder)): path.read_bytes() for path in files}


def require_sound(work: Workplace) -> None:
    """What must hold after any fault: nothing half, nothing locked, and chain, log and snapshot are whole.

    In the log of processings half of a file may lie: nobody reads it, and it is destroyed with its day.
    """
    half = [
        path.name for path in work.folder.rglob("*") if _HALF.search(path.name) and work.logboek not in path.parents
    ]
    assert half == [], f"left half: {half}"
    with one_night(work.folder), open_casebook(work) as casebook:
        assert casebook.verify().breuk is None
    for line in logboek_of(work).lines():
        Logregel.model_validate_json(line)
    (only,) = work.snapshots.iterdir()
    with open_warehouse(work, read_only=True) as warehouse:
        assert snapshot.verified(only).stand == warehouse.stand()
    assert read(work.bewaking).runs[Loop.NACHT].stand == "klaar"


def _timeless(row: Any) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MOMENTS}
    if "tellingen" in kept:
        kept["tellingen"] = {name: value for name, value in kept["tellingen"].items() if name not in _OF_THIS_RUN}
    return kept


def _rows(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return sorted(frame.drop(MOMENTS, strict=False).rows(), key=repr)


def _places(work: Workplace) -> list[str]:
    """Every file and folder but those of Prefect, of logs, and of snapshots, which have names of their own moment."""
    apart: tuple[Path, ...] = (work.prefect_home, work.logboek, work.bewaking, work.snapshots)
    found = (path for path in work.folder.rglob("*") if not any(one == path or one in path.parents for one in apart))
    return sorted(str(path.relative_to(work.folder)) for path in found)
