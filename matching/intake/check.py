"""Hold a delivery, or one file, against its contract without keeping anything: for a supplier or a beheerder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from contracts.delivery import MANIFEST_NAME, DeliveredFile, DeliveryKind, Formaat, read_manifest
from contracts.errors import DeliveryError
from contracts.mapping import ColumnMapping
from contracts.tables import TABLES, TableContract
from matching.intake.files import check_file, scan_file
from matching.intake.take_in import check_table, load_brp_file, require_count
from store.staging import Staging, StagingArea
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
    """One table of one file against its contract; counts, line numbers and codes, no values.

    Attributes:
        tabel: the contract; empty where the file as a whole can't be read.
        bestand: the file's name.
        rijen: data rows, good or not.
        afgekeurd: rows that are rejected.
        codes: what is wrong with rows and values.
        opmerkingen: what rejects nothing and should be known: code -> how often.
        fout: why the file as a whole can't be taken in; then nothing else is known.
    """

    tabel: str
    bestand: str
    rijen: int = 0
    afgekeurd: int = 0
    codes: tuple[CodeCount, ...] = ()
    opmerkingen: tuple[tuple[str, int], ...] = ()
    fout: DeliveryError | None = None


@dataclass(frozen=True)
class _File:
    path: Path
    formaat: Formaat
    table: TableContract | None
    line: DeliveredFile | None = None
    soort: DeliveryKind = DeliveryKind.VOLLEDIG


def check_path(
    path: Path,
    table: str | None = None,
    *,
    formaat: Formaat | None = None,
    peildatum: date,
    mappings: Mapping[str, ColumnMapping] | None = None,
) -> list[CheckResult]:
    """Check a manifest, the folder of a delivery, or one loose file.

    Args:
        path: ``levering.json``, a folder that holds it, or a file: CSV, Parquet, or a whole BRP delivery.
        table: for a loose CSV or Parquet file: which table it is; default its name.
        formaat: for a loose file; default Haal Centraal for ``.json``, else a table.
        peildatum: the day a GBA-V file is read about.
        mappings: table -> how this gemeente's columns differ from the contract's.

    Returns:
        One result a table, and one with ``fout`` for a file that can't be taken in.

    Raises:
        DeliveryError: the manifest can't be read, or it is not clear which table a file is.
    """
    files = _files(path, table, formaat)
    with (
        TemporaryDirectory(prefix="tijdig-") as folder,
        Warehouse(Path(folder) / "check.duckdb") as warehouse,
        StagingArea(warehouse) as area,
        area.new() as staging,
    ):
        return list(_check_all(staging, files, peildatum, mappings or {}))


def _files(path: Path, table: str | None, formaat: Formaat | None) -> list[_File]:
    if path.is_dir() or path.name == MANIFEST_NAME:
        delivery = read_manifest(path)
        manifest = delivery.manifest
        return [
            _File(delivery.path(line), line.formaat, TABLES.get(line.tabel or ""), line, manifest.soort)
            for line in manifest.bestanden
        ]
    formaat = formaat or (Formaat.HAALCENTRAAL if path.suffix == ".json" else Formaat.TABEL)
    return [_File(path, formaat, _table(path, table) if formaat is Formaat.TABEL else None)]


def _table(path: Path, table: str | None) -> TableContract:
    name = table or path.stem
    if name not in TABLES:
        raise DeliveryError(
            "It is not clear which table this file is.", where=path.name,
            todo=f"Say so with --tabel; the tables are {', '.join(TABLES)}.",
        )  # fmt: skip
    return TABLES[name]


def _check_all(
    staging: Staging, files: list[_File], peildatum: date, mappings: Mapping[str, ColumnMapping]
) -> Iterator[CheckResult]:
    """Load every file first: rows of one table may belong to rows of another."""
    loaded: dict[str, tuple[_File, int]] = {}
    for file in files:
        try:
            rows = _load(staging, file, peildatum, mappings)
        except DeliveryError as error:
            yield CheckResult(file.table.name if file.table else "", file.path.name, fout=error)
        else:
            loaded |= {name: (file, count) for name, count in rows.items()}
    for name, (file, rows_) in loaded.items():
        # What a mutation belongs to may be known already, and a loose file says nothing of other tables.
        alone = file.soort is DeliveryKind.MUTATIES or TABLES[name].belongs_to not in loaded
        yield _result(staging, TABLES[name], file.path, rows_, alone=alone)


def _load(staging: Staging, file: _File, peildatum: date, mappings: Mapping[str, ColumnMapping]) -> dict[str, int]:
    if file.table is None:
        scan_file(file.path, file.line)
        rows = load_brp_file(staging, file.path, file.formaat, peildatum)
        counted = rows["brp_persoon"]
    else:
        shape = check_file(file.table, file.path, file.line, mappings.get(file.table.name, ColumnMapping()))
        counted = staging.load_file(file.table, file.path, shape)
        rows = {file.table.name: counted}
    if file.line is not None:
        require_count(counted, file.line, file.path)
    return rows


def _result(staging: Staging, table: TableContract, path: Path, rows: int, *, alone: bool) -> CheckResult:
    checked = check_table(staging, table, rows, None if alone else DeliveryKind.VOLLEDIG, {})
    found = staging.rejected().filter(tabel=table.name)
    counted = (
        found.group_by("code", "zacht")
        .agg(aantal=pl.len(), regels=pl.col("regel").sort().head(_FIRST_LINES))
        .sort("zacht", "aantal", "code", descending=[False, True, False])
    )
    codes = tuple(CodeCount(**{**row, "regels": tuple(row["regels"])}) for row in counted.iter_rows(named=True))
    remarks = staging.remarks().filter(tabel=table.name).select("code", "aantal").rows()
    return CheckResult(table.name, path.name, rows, checked.rejected, codes, tuple(remarks))
