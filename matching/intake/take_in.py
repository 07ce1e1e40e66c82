"""Take a delivery in: hold it against its manifest and its contracts, keep what is sound, say what is not."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dataframely as dy
import polars as pl

from contracts.columns import UNKNOWN_DATE
from contracts.delivery import DeliveredFile, Delivery
from contracts.errors import DeliveryError
from contracts.tables import TABLES, Bron, TableContract, forbidden_words, tables_of
from store.staging import CsvShape, Staging, StagingArea
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


@dataclass(frozen=True)
class Loaded:
    """A delivery whose raw rows are staged: whole and as its manifest says, its rows not yet held to a contract."""

    delivery: Delivery
    staging: Staging
    rows: dict[str, int]


def take_in(
    warehouse: Warehouse, deliveries: Sequence[Delivery], *, now: datetime, progress: Progress = lambda _: None
) -> list[TakenIn]:
    """Take deliveries in, in this order; one that was taken in before and still stands is left as it is.

    Every delivery is read and held against its manifest before anything is kept of any of them, so that one
    which does not fit leaves the warehouse as it was.

    Args:
        warehouse: where the kept rows go.
        deliveries: manifests and files; uitkeringsgegevens before BRP.
        now: the moment of processing.
        progress: told each step by name.

    Returns:
        The counts of each; rows in = accepted + rejected, accepted = kept + minimised.

    Raises:
        DeliveryError: a delivery does not fit; the warehouse is as it was.
    """
    with StagingArea(warehouse) as area:
        plan: list[Loaded | TakenIn] = []
        for delivery in deliveries:
            warehouse.require_not_older(delivery.manifest, delivery.folder)
            renewed = any(isinstance(step, Loaded) and _is_own(step.delivery) for step in plan)
            known = None if renewed and not _is_own(delivery) else warehouse.known(delivery.manifest)
            if known is None and not _is_own(delivery) and not renewed:
                _require_own_data(warehouse, delivery)
            plan.append(known or _load(area.new(), delivery, progress))
        return [step if isinstance(step, TakenIn) else _accept(warehouse, step, now, progress) for step in plan]


def _is_own(delivery: Delivery) -> bool:
    return delivery.manifest.bron is Bron.UITKERINGSGEGEVENS


def _require_own_data(warehouse: Warehouse, delivery: Delivery) -> None:
    if not warehouse.stand_of(Bron.UITKERINGSGEGEVENS):
        raise DeliveryError(
            "BRP can't be taken in before uitkeringsgegevens: nobody knows yet whom it may keep.",
            where=delivery.folder, todo="Take a delivery of uitkeringsgegevens in first.",
        )  # fmt: skip


def _load(staging: Staging, delivery: Delivery, progress: Progress) -> Loaded:
    """Read every file of a delivery into its staging file; whatever is wrong with a file as a whole shows here."""
    files = delivery.manifest.bestanden
    shapes = [check_file(TABLES[file.tabel], delivery.path(file), file) for file in files]
    rows = {}
    with staging:
        for file, shape in zip(files, shapes, strict=True):
            progress(f"{file.tabel} {delivery.manifest.peildatum} lezen")
            rows[file.tabel] = staging.load_csv(TABLES[file.tabel], delivery.path(file), shape)
            require_count(rows[file.tabel], file, delivery.path(file))
    return Loaded(delivery, staging, rows)


def _accept(warehouse: Warehouse, loaded: Loaded, now: datetime, progress: Progress) -> TakenIn:
    """Hold the staged rows against their contracts and lay what is kept over the history."""
    manifest = loaded.delivery.manifest
    with loaded.staging as staging:
        results: dict[str, TableResult] = {}
        for table in tables_of(manifest.bron):
            progress(f"{table.name} {manifest.peildatum} toetsen")
            results[table.name] = check_table(staging, table, loaded.rows[table.name], warehouse.stand())
        counts = _counts(loaded.delivery, results, staging, volgnr=warehouse.stand() + 1)
        frames = {name: result.good for name, result in results.items()}
        return warehouse.accept(manifest, frames, counts, now=now, also=staging.keep_rejected)


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
    # A first line without header may hold a person (a street, a surname), so only our own words are quoted.
    forbidden = sorted({word for name in names for word in forbidden_words(name)})
    if forbidden:
        raise DeliveryError(
            f"File holds a column that may never be read: its name says {', '.join(forbidden)}.", where=path.name,
            todo="Ask the supplier to leave them out; nothing of this file was read.",
        )  # fmt: skip
    missing = [name for name in table.columns if name not in names]
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
        per_tabel={name: result.rows for name, result in results.items()},
        onbekend_over=staging.lost(),
    )
