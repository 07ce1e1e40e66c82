"""Take a delivery in: hold it against its manifest and its contracts, keep what is sound, say what is not."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dataframely as dy
import polars as pl

from contracts.columns import UNKNOWN_DATE
from contracts.delivery import DeliveredFile, Delivery
from contracts.errors import DeliveryError
from contracts.tables import TABLES, Bron, TableContract, is_forbidden, tables_of
from store.staging import CsvShape, Staging
from store.warehouse import TakenIn, Warehouse

_CHUNK = 1 << 22
_MAX_HEADER = 65_536
Progress = Callable[[str], None]


@dataclass(frozen=True)
class TableResult:
    """One table of a delivery after its check."""

    good: str
    rows: int
    rejected: int
    soft: int


def take_in(warehouse: Warehouse, delivery: Delivery, *, now: datetime, progress: Progress = lambda _: None) -> TakenIn:
    """Take one delivery in, or find that it was taken in before.

    Args:
        warehouse: where the kept rows go.
        delivery: manifest and files.
        now: the moment of processing.
        progress: told each step by name.

    Returns:
        The counts; rows in = accepted + rejected, accepted = kept + minimised.

    Raises:
        DeliveryError: the delivery does not fit; the warehouse is as it was.
    """
    manifest = delivery.manifest
    warehouse.require_not_older(manifest, delivery.folder)
    if (known := warehouse.known(manifest)) is not None:
        return known
    shapes = {file.tabel: check_file(TABLES[file.tabel], delivery.path(file), file) for file in manifest.bestanden}
    if manifest.bron is Bron.BRP and not warehouse.stand_of(Bron.UITKERINGSGEGEVENS):
        raise DeliveryError(
            "BRP can't be taken in before uitkeringsgegevens: nobody knows yet whom it may keep.",
            where=delivery.folder, todo="Take a delivery of uitkeringsgegevens in first.",
        )  # fmt: skip
    with Staging(warehouse) as staging:
        results: dict[str, TableResult] = {}
        for table in tables_of(manifest.bron):
            progress(table.name)
            file = next(f for f in manifest.bestanden if f.tabel == table.name)
            rows = staging.load_csv(table, delivery.path(file), shapes[table.name])
            require_count(rows, file, delivery.path(file))
            results[table.name] = check_table(staging, table, rows, warehouse.stand())
        counts = _counts(delivery, results, staging, volgnr=warehouse.stand() + 1)
        frames = {name: result.good for name, result in results.items()}
        with_rejected = staging.keep_rejected
        return warehouse.accept(manifest, frames, counts, now=now, also=with_rejected)


def check_file(table: TableContract, path: Path, file: DeliveredFile | None) -> CsvShape:
    """Hold one file against its contract's header and its manifest line, without looking at a value.

    Raises:
        DeliveryError: missing, empty, not UTF-8, another hash than the manifest says, a missing, unknown,
            double or forbidden column.
    """
    if not path.is_file():
        raise DeliveryError("File is missing.", where=path.name, todo="Ask the supplier to send it again.")
    digest, newlines, first_line = _scan(path)
    if not first_line.strip():
        raise DeliveryError(
            "File is empty: not even a header.", where=path.name, todo="Ask the supplier to send it again."
        )
    if file is not None and digest != file.sha256:
        raise DeliveryError(
            "File is not the one the manifest describes (sha256 differs).", where=path.name,
            todo="It was cut off or changed on the way: ask for the delivery again.",
        )  # fmt: skip
    return CsvShape(*_header(table, path, first_line), newlines)


def _scan(path: Path) -> tuple[str, int, bytes]:
    """Sha256, number of newlines and the first line, in one pass."""
    digest, newlines, head = hashlib.sha256(), 0, b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            newlines += chunk.count(b"\n")
            last = chunk[-1:]
            head = head or chunk[:_MAX_HEADER]
            _require_utf8(decoder, chunk, path)
        newlines += bool(head) and last != b"\n"
    return digest.hexdigest(), newlines, head.split(b"\n", 1)[0]


def _require_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes, path: Path) -> None:
    try:
        if not chunk.isascii() or decoder.getstate()[0]:
            decoder.decode(chunk)
    except UnicodeDecodeError:
        raise DeliveryError(
            "File is not UTF-8.",
            where=path.name,
            todo="Ask for UTF-8, or convert it (often it is Windows-1252).",
        ) from None


def _header(table: TableContract, path: Path, line: bytes) -> tuple[str, tuple[str, ...]]:
    """Delimiter and column names; the contract's columns, each once, in any order."""
    text = line.decode("utf-8-sig").rstrip("\r")
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    names = tuple(next(csv.reader(io.StringIO(text), delimiter=delimiter)))
    forbidden = [name for name in names if is_forbidden(name)]
    if forbidden:
        raise DeliveryError(
            f"File holds columns that may never be read: {', '.join(map(repr, forbidden))}.", where=path.name,
            todo="Ask the supplier to leave them out; nothing of this file was read.",
        )  # fmt: skip
    missing = [name for name in table.columns if name not in names]
    # An unknown header may be a row of values in disguise, so unknown names are counted, not quoted.
    unknown = len([name for name in names if name not in table.columns])
    double = len(names) - len(set(names))
    if missing or unknown or double:
        raise DeliveryError(
            f"Columns do not fit contract {table.name}: missing {missing or 'none'}; {unknown} unknown; "
            f"{double} double.",
            where=path.name, todo="Ask for the columns of the contract, each once, with their names on the first line.",
        )  # fmt: skip
    return delimiter, names


def require_count(rows: int, file: DeliveredFile, path: Path) -> None:
    """Hold the rows of a file against its manifest line.

    Raises:
        DeliveryError: they differ.
    """
    if rows != file.rijen:
        raise DeliveryError(
            f"File holds {rows} rows, the manifest says {file.rijen}.",
            where=path.name, todo="The delivery is not complete: ask for it again.",
        )  # fmt: skip


def check_table(staging: Staging, table: TableContract, rows: int, stand: int) -> TableResult:
    """Hold every staged row against the contract, batch by batch; hand over what passes and is kept."""
    staging.find_duplicates(table)
    staging.mark_kept(table, stand)
    good = staging.start_good(table)
    for batch in staging.batches(table):
        passed, found = check_rows(table, batch)
        staging.add_good(good, passed.filter("bewaard").select(table.columns))
        staging.add_rejected(table, found)
    codes = staging.rejected().filter(pl.col("tabel") == table.name)
    rejected = codes.filter(~pl.col("zacht")).get_column("regel").n_unique()
    return TableResult(good, rows, rejected, codes.filter("zacht").height)


def check_rows(table: TableContract, batch: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Hold rows against a contract.

    Args:
        table: the contract.
        batch: its columns as text, ``rij`` (place), ``dubbel`` and ``bewaard`` (booleans).

    Returns:
        The rows that pass, bad soft values made unknown; and what was found: ``rij``, ``code``
        (``column:check``), ``zacht``, ``sleutel`` and ``over`` (the parent's key, and whom the row is about, each
        where it is sound itself).
    """
    schema = _with_place(table)
    twice = batch.filter("dubbel")
    good, failure = schema.filter(batch.filter(~pl.col("dubbel")).drop("dubbel"))
    passed = pl.DataFrame(good)
    details = failure.details()
    found = _found(table, details)
    if details.height:
        again, still = schema.filter(_without_soft(table, details))
        passed = pl.concat([passed, pl.DataFrame(again)]).sort("rij")
        # A row that is rejected as a whole does not also lose single values.
        lost = still.invalid().get_column("rij").implode()
        found = found.filter(~pl.col("zacht") | ~pl.col("rij").is_in(lost))
    doubles = twice.select(
        "rij", code=pl.lit("sleutel:dubbel"), zacht=pl.lit(value=False),
        sleutel=pl.col(table.parent), over=pl.col(table.about or table.parent),
    )  # fmt: skip
    return passed, pl.concat([found, doubles])


def _with_place(table: TableContract) -> type[dy.Schema]:
    return type(f"{table.name}_geplaatst", (table.schema,), {"rij": dy.Int64(), "bewaard": dy.Bool()})


def _check_columns(table: TableContract, details: pl.DataFrame) -> dict[str, str]:
    """Check columns of a failure's details -> the contract column they are about."""
    names = {}
    for name in details.columns:
        column, bar, _ = name.partition("|")
        if bar and column in table.columns:
            names[name] = column
    return names


def _found(table: TableContract, details: pl.DataFrame) -> pl.DataFrame:
    checks = _check_columns(table, details)
    frames = [
        details.filter(pl.col(check) == "invalid").select(
            "rij",
            code=pl.lit(f"{column}:{check.partition('|')[2].removeprefix('check__')}"),
            zacht=pl.lit(table.is_soft(column)),
            sleutel=_where_sound(table.parent, checks),
            over=_where_sound(table.about or table.parent, checks),
        )
        for check, column in checks.items()
    ]
    schema = {"rij": pl.Int64, "code": pl.String, "zacht": pl.Boolean, "sleutel": pl.String, "over": pl.String}
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _where_sound(column: str, checks: dict[str, str]) -> pl.Expr:
    """The value of a column in the rows where that value itself passed its checks; null elsewhere."""
    wrong = [pl.col(check) == "invalid" for check, about in checks.items() if about == column]
    return pl.when(~pl.any_horizontal(wrong)).then(pl.col(column))


def _without_soft(table: TableContract, details: pl.DataFrame) -> pl.DataFrame:
    """The failed rows with each bad soft value made unknown: empty, or for a register date ``00000000``."""
    wrong: dict[str, list[str]] = {}
    for check, column in _check_columns(table, details).items():
        if table.is_soft(column):
            wrong.setdefault(column, []).append(check)
    return details.with_columns(
        pl.when(pl.any_horizontal(pl.col(check) == "invalid" for check in checks))
        .then(pl.lit(UNKNOWN_DATE if table.kind(column) == "datum8" else None, dtype=pl.String))
        .otherwise(pl.col(column))
        .alias(column)
        for column, checks in wrong.items()
    ).select([*table.columns, "rij", "bewaard"])


def _counts(delivery: Delivery, results: dict[str, TableResult], staging: Staging, *, volgnr: int) -> TakenIn:
    manifest = delivery.manifest
    rows = sum(result.rows for result in results.values())
    rejected = sum(result.rejected for result in results.values())
    return TakenIn(
        volgnr=volgnr,
        levering_id=manifest.levering_id,
        bron=manifest.bron,
        peildatum=manifest.peildatum,
        geleverd_op=manifest.geleverd_op,
        soort=manifest.soort,
        rijen=rows,
        geaccepteerd=rows - rejected,
        afgekeurd=rejected,
        bewaard=staging.counts({name: result.good for name, result in results.items()}),
        waarden_afgekeurd=sum(result.soft for result in results.values()),
        onbekend_over=staging.lost(),
    )
