"""Hold a delivery, or one file, against its contract without keeping anything: for a supplier or a beheerder."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from contracts.delivery import MANIFEST_NAME, DeliveredFile, read_manifest
from contracts.errors import DeliveryError
from contracts.tables import TABLES, TableContract
from matching.intake.take_in import check_file, check_rows, require_count
from store.staging import CsvShape, Staging, StagingArea
from store.warehouse import Warehouse

_FIRST_LINES = 5


@dataclass(frozen=True)
class CodeCount:
    """How often one thing is wrong, and on which lines first. ``zacht``: only the value is lost, not the row."""

    code: str
    zacht: bool
    aantal: int
    regels: tuple[int, ...]


@dataclass(frozen=True)
class CheckResult:
    """One file against its contract; counts and line numbers, no values."""

    tabel: str
    bestand: str
    rijen: int
    afgekeurd: int
    codes: tuple[CodeCount, ...]


def check_path(path: Path, table: str | None = None) -> list[CheckResult]:
    """Check a manifest, the folder of a delivery, or one CSV file.

    Args:
        path: ``levering.json``, a folder that holds it, or a CSV file.
        table: for a CSV file: which table it is; default its name.

    Raises:
        DeliveryError: it can't be read at all, or the table is not known.
    """
    files: list[tuple[TableContract, Path, DeliveredFile | None]]
    if path.is_dir() or path.name == MANIFEST_NAME:
        delivery = read_manifest(path)
        files = [(TABLES[file.tabel], delivery.path(file), file) for file in delivery.manifest.bestanden]
    else:
        files = [(_table(path, table), path, None)]
    shapes = [check_file(contract, file, line) for contract, file, line in files]
    with (
        TemporaryDirectory(prefix="tijdig-") as folder,
        Warehouse(Path(folder) / "check.duckdb") as warehouse,
        StagingArea(warehouse) as area,
    ):
        results = []
        for (contract, file, line), shape in zip(files, shapes, strict=True):
            result = _check(area.new(), contract, file, shape)
            if line is not None:
                require_count(result.rijen, line, file)
            results.append(result)
        return results


def _table(path: Path, table: str | None) -> TableContract:
    name = table or path.stem
    if name not in TABLES:
        raise DeliveryError(
            "It is not clear which table this file is.", where=path.name,
            todo=f"Say so with --tabel; the tables are {', '.join(TABLES)}.",
        )  # fmt: skip
    return TABLES[name]


def _check(empty: Staging, table: TableContract, path: Path, shape: CsvShape) -> CheckResult:
    with empty as staging:
        rows = staging.load_csv(table, path, shape)
        staging.find_duplicates(table)
        staging.keep_none()
        for batch in staging.batches(table):
            staging.add_rejected(table, check_rows(table, batch)[1])
        found = staging.rejected()
    counted = (
        found.group_by("code", "zacht")
        .agg(aantal=pl.len(), regels=pl.col("regel").sort().head(_FIRST_LINES))
        .sort("zacht", "aantal", "code", descending=[False, True, False])
    )
    rejected = found.filter(~pl.col("zacht")).get_column("regel").n_unique()
    codes = tuple(CodeCount(**{**row, "regels": tuple(row["regels"])}) for row in counted.iter_rows(named=True))
    return CheckResult(table.name, path.name, rows, rejected, codes)
