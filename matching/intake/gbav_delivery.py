"""Writing tables as a delivery the ordinary intake can take in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl

from contracts.delivery import DeliveryKind, Manifest, describe_file, write_manifest
from contracts.tables import Bron, tables_of
from matching.intake.gbav_testset import Testset


def write_delivery(testset: Testset, peildatum: date, folder: Path) -> Path:
    """Write what the test set says about the day as a full delivery of BRP.

    Values go out as the file has them, sound or not: rejecting is the intake's work.

    Returns:
        The path of ``levering.json``.
    """
    persoon, relatie = testset.at(peildatum)
    return write_tables({"brp_persoon": persoon, "brp_relatie": relatie}, Bron.BRP, peildatum, folder)


def write_tables(tables: Mapping[str, pl.DataFrame], bron: Bron, peildatum: date, folder: Path) -> Path:
    """Write one CSV file a table (``;``, UTF-8, empty for null) and the manifest beside them.

    The delivery is dated at the end of its peildatum, so the same tables always give the same delivery.

    Args:
        tables: each table of ``bron`` by name.
        bron: whose delivery it is.
        peildatum: the day the tables are about.
        folder: where to; made where it does not exist.

    Returns:
        The path of ``levering.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table in tables_of(bron):
        path, rows = folder / f"{table.name}.csv", tables[table.name].select(table.columns)
        rows.write_csv(path, separator=";")
        files.append(describe_file(table.name, path, rows.height))
    manifest = Manifest(
        bron=bron,
        peildatum=peildatum,
        geleverd_op=datetime.combine(peildatum, time(23), UTC),
        soort=DeliveryKind.VOLLEDIG,
        bestanden=tuple(files),
    )
    return write_manifest(folder, manifest)
