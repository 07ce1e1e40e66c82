"""Take deliveries in: hold each against its manifest and its contracts, keep what is sound, say what is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from contracts.delivery import DeliveredFile, Delivery, DeliveryKind, Formaat
from contracts.errors import DeliveryError
from contracts.mapping import ColumnMapping
from contracts.tables import TABLES, Bron, TableContract, tables_of
from matching.intake.files import check_file, scan_file, unchanged
from matching.intake.gbav_testset import read_testset
from matching.intake.nameless import keep_named
from matching.intake.rows import check_rows
from store.haalcentraal import read_haalcentraal
from store.staging import Staging, StagingArea
from store.warehouse import TakenIn, Warehouse

Progress = Callable[[str], None]
#: Whom a delivery concerns is judged by the newest state of the data it leans on, whatever day it is about itself.
NEWEST = date(9999, 12, 31)


@dataclass(frozen=True)
class Refused:
    """A delivery that can't be taken in; the warehouse is as it was. Without ``bron`` nobody can tell whose it is."""

    error: DeliveryError
    bron: Bron | None = None
    moment: tuple[date, datetime] | None = None


@dataclass(frozen=True)
class Intake:
    """What came of the deliveries of a night."""

    taken: tuple[TakenIn, ...]
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class TableResult:
    """One table of a delivery after its check."""

    good: str
    rows: int
    rejected: int
    soft: int


@dataclass
class _Options:
    now: datetime
    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)
    progress: Progress = lambda _: None
    gewichten: str | None = None


def take_in(
    warehouse: Warehouse,
    deliveries: Sequence[Delivery],
    *,
    now: datetime,
    mappings: Mapping[str, ColumnMapping] | None = None,
    gewichten: str | None = None,
    progress: Progress = lambda _: None,
) -> Intake:
    """Take deliveries in: source by source, and of a source the oldest peildatum first.

    One that was taken in before and still stands is left as it is. One that can't be taken in is refused as a whole,
    leaves the warehouse as it was, and keeps no other from coming in.

    Args:
        warehouse: where the kept rows go.
        deliveries: manifests and files, in any order.
        now: the moment of processing.
        mappings: table -> how this gemeente's columns differ from the contract's.
        gewichten: the version of the weights by which rows without a burgerservicenummer are linked.
        progress: told each step by name.

    Returns:
        The counts of each that was taken in (rows in = accepted + rejected, accepted = kept + minimised), and what
        was refused and why.
    """
    order = list(Bron)
    options = _Options(now, mappings or {}, progress, gewichten)
    taken: list[TakenIn] = []
    refused: list[Refused] = []
    with StagingArea(warehouse) as area:
        for delivery in sorted(deliveries, key=lambda d: (order.index(d.manifest.bron), *d.moment)):
            try:
                taken.append(_take_one(warehouse, area, delivery, options))
            except DeliveryError as error:
                refused.append(Refused(error, delivery.manifest.bron, delivery.moment))
    return Intake(tuple(taken), tuple(refused))


def _take_one(warehouse: Warehouse, area: StagingArea, delivery: Delivery, options: _Options) -> TakenIn:
    manifest = delivery.manifest
    if known := warehouse.known(manifest):
        return known
    _require_leaning(warehouse, delivery)
    if newest := warehouse.repeats(manifest):
        for file in manifest.bestanden:
            options.progress(f"{file.tabel} {manifest.peildatum} vergelijken")
            scan_file(delivery.path(file), file)
        return warehouse.repeat(manifest, newest, now=options.now)
    with area.new() as staging:
        rows = _load(staging, delivery, options)
        params = {"stand": warehouse.stand(), "peildatum": manifest.peildatum, "nieuwste": NEWEST}
        results = {}
        for table in (table for table in tables_of(manifest.bron) if table.name in rows):
            options.progress(f"{table.name} {manifest.peildatum} toetsen")
            results[table.name] = check_table(
                staging, table, rows[table.name], manifest.soort, params, gewichten=options.gewichten
            )
        counts = _counts(delivery, results, staging, volgnr=warehouse.stand() + 1)
        for name in results:
            staging.forget_strangers(TABLES[name])
        frames = {name: result.good for name, result in results.items()}
        return warehouse.accept(manifest, frames, counts, now=options.now, also=staging.hand_over)


def _require_leaning(warehouse: Warehouse, delivery: Delivery) -> None:
    missing = [bron for bron in delivery.manifest.bron.leans_on if not warehouse.stand_of(bron)]
    if missing:
        raise DeliveryError(
            f"{delivery.manifest.bron} can't be taken in before {missing[0]}: nobody knows yet whom it may keep.",
            where=delivery.folder, todo=f"Take a delivery of {missing[0]} in first.",
        )  # fmt: skip


def _load(staging: Staging, delivery: Delivery, options: _Options) -> dict[str, int]:
    """Read every file of a delivery into staging; whatever is wrong with a file as a whole shows here."""
    rows: dict[str, int] = {}
    for file in delivery.manifest.bestanden:
        path = delivery.path(file)
        options.progress(f"{file.tabel or file.bestand} {delivery.manifest.peildatum} lezen")
        with unchanged(path):
            rows |= _load_file(staging, path, file, delivery, options)
    return rows


def _load_file(
    staging: Staging, path: Path, file: DeliveredFile, delivery: Delivery, options: _Options
) -> dict[str, int]:
    if file.formaat is Formaat.TABEL:
        table = TABLES[str(file.tabel)]
        shape = check_file(table, path, file, options.mappings.get(table.name, ColumnMapping()))
        rows = {table.name: staging.load_file(table, path, shape)}
        require_count(rows[table.name], file, path)
    else:
        scan_file(path, file)
        rows = load_brp_file(staging, path, file.formaat, delivery.manifest.peildatum)
        require_count(rows["brp_persoon"], file, path)
    return rows


def load_brp_file(staging: Staging, path: Path, formaat: Formaat, peildatum: date) -> dict[str, int]:
    """Bring a file that holds the whole BRP delivery into staging; returns the rows of each table.

    Raises:
        DeliveryError: it is not what it should be.
    """
    if formaat is Formaat.GBAV:
        persoon, relatie = read_testset(path).at(peildatum)
        frames = {"brp_persoon": persoon, "brp_relatie": relatie}
    else:
        frames = read_haalcentraal(path, folder=staging.folder)
    return {name: staging.load_frame(TABLES[name], frame) for name, frame in frames.items()}


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


def check_table(
    staging: Staging,
    table: TableContract,
    rows: int,
    soort: DeliveryKind | None,
    params: Mapping[str, object],
    *,
    gewichten: str | None = None,
) -> TableResult:
    """Hold every staged row against the contract, batch by batch; hand over what passes and is kept.

    Args:
        staging: where the raw rows are.
        table: the contract.
        rows: how many rows there are, readable or not.
        soort: whether rows may belong to rows of an earlier delivery; None where the rows they belong to are not
            there to look at.
        params: ``stand``, ``peildatum`` and ``nieuwste`` for what is kept; empty = keep nothing.
        gewichten: the version of the weights by which rows without a number are linked.
    """
    staging.find_doubles(table)
    staging.find_orphans(table, soort, params)
    if params:
        staging.mark_kept(table, params)
        keep_named(staging, table, params, gewichten)
    else:
        staging.keep_none()
    good = staging.start_good(table)
    rejected, soft = staging.unreadable(table), 0
    for batch in staging.batches(table):
        checked = check_rows(table, batch)
        staging.add_good(good, checked.passed.filter("bewaard").select(table.columns))
        staging.add_rejected(table, checked.found)
        staging.add_remarks(table, checked.unknown_codes)
        rejected += checked.found.filter(zacht=False).get_column("rij").n_unique()
        soft += checked.lost_values
    return TableResult(good, rows, rejected, soft)


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
