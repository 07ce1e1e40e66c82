"""Writes a town on one day as the two deliveries of that night."""

from datetime import datetime, time, timedelta, timezone
from pathlib import Path

import polars as pl

from contracts.delivery import DeliveryKind, Manifest, describe_file, write_manifest
from contracts.tables import Bron
from flows.demo import tables_brp, tables_dienst
from flows.demo.town import Town

_HANDED_OVER = time(2, 0, tzinfo=timezone(timedelta(hours=1)))


def write_day(folder: Path, town: Town) -> list[Path]:
    """Write ``<day>/brp`` and ``<day>/uitkeringsgegevens`` into ``folder``.

    Returns:
        The two folders, each with its files and ``levering.json``.
    """
    dienst = {
        "uitkering": tables_dienst.uitkering(town),
        "uitkeringsperiode": tables_dienst.uitkeringsperiode(town),
        "bekende_medebewoner": tables_dienst.bekende_medebewoner(town),
        "melding": tables_dienst.melding(town),
        "klantvoorkeur": tables_dienst.klantvoorkeur(town),
    }
    register = {"brp_persoon": tables_brp.brp_persoon(town), "brp_relatie": tables_brp.brp_relatie(town)}
    day = folder / town.dag.isoformat()
    return [
        _write_delivery(day, Bron.BRP, town, register),
        _write_delivery(day, Bron.UITKERINGSGEGEVENS, town, dienst),
    ]


def _write_delivery(day: Path, bron: Bron, town: Town, tables: dict[str, pl.DataFrame]) -> Path:
    folder = day / bron
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in tables.items():
        path = folder / f"{name}.csv"
        table.write_csv(path, separator=";", quote_style="necessary")
        files.append(describe_file(name, path, len(table)))
    manifest = Manifest(
        bron=bron,
        peildatum=town.dag,
        geleverd_op=datetime.combine(town.dag, _HANDED_OVER),
        soort=DeliveryKind.VOLLEDIG,
        bestanden=tuple(files),
    )
    write_manifest(folder, manifest)
    return folder
