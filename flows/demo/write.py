"""Writes what is delivered on a day: the two deliveries of each night, and those of the month when they are due."""

from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import polars as pl

from contracts.delivery import DeliveryKind, Manifest, describe_file, write_manifest
from contracts.tables import Bron
from flows.demo import tables_brp, tables_dienst, tables_duo
from flows.demo.rhythm import Round, duo_days, ib_rounds
from flows.demo.tables_ib import ib_tables
from flows.demo.town import Town

_HANDED_OVER = time(2, 0, tzinfo=timezone(timedelta(hours=1)))


def write_night(folder: Path, town: Town) -> list[Path]:
    """Write ``<day>/uitkeringsgegevens`` and ``<day>/brp`` into ``folder``, both whole.

    Returns:
        The two folders, each with its files and ``levering.json``.
    """
    dienst = {
        "uitkering": tables_dienst.uitkering(town),
        "uitkeringsperiode": tables_dienst.uitkeringsperiode(town),
        "bekende_medebewoner": tables_dienst.bekende_medebewoner(town),
        "melding": tables_dienst.melding(town),
        "klantvoorkeur": tables_dienst.klantvoorkeur(town),
        "vertegenwoordiger": tables_dienst.vertegenwoordiger(town),
        "vordering": tables_dienst.vordering(town),
    }
    register = {"brp_persoon": tables_brp.brp_persoon(town), "brp_relatie": tables_brp.brp_relatie(town)}
    return [
        _write_delivery(folder, Bron.UITKERINGSGEGEVENS, town.dag, dienst),
        _write_delivery(folder, Bron.BRP, town.dag, register),
    ]


def write_monthly(folder: Path, town: Town, peildatum: date, *, before: date | None = None) -> list[Path]:
    """Write ``<day>/ib`` (what is new or changed) and ``<day>/duo`` (whole) into ``folder``.

    Args:
        folder: where the deliveries come.
        town: as it is when they are made.
        peildatum: the second night, which the monthly days are counted from.
        before: write everything that is delivered before this day; without it, what is delivered on ``peildatum``.

    Returns:
        Their folders, by day.
    """
    rounds, days = ib_rounds(peildatum), duo_days(peildatum)
    settled = max(ronde.tot for ronde in rounds if ronde.dag < peildatum)

    def due(day: date) -> bool:
        return day < before if before else day == peildatum

    written = [_write_ib(folder, town, ronde, settled) for ronde in rounds if due(ronde.dag)]
    return sorted(written + [_write_duo(folder, town, day) for day in days if due(day)], key=lambda path: path.parent)


def _write_ib(folder: Path, town: Town, ronde: Round, settled: date) -> Path:
    tables = ib_tables(town, ronde, settled)
    return _write_delivery(folder, Bron.IB, ronde.dag, tables, DeliveryKind.MUTATIES)


def _write_duo(folder: Path, town: Town, dag: date) -> Path:
    tables = {
        "duo_inschrijving": tables_duo.duo_inschrijving(town, dag),
        "duo_studiefinanciering": tables_duo.duo_studiefinanciering(town, dag),
    }
    return _write_delivery(folder, Bron.DUO, dag, tables)


def _write_delivery(
    folder: Path, bron: Bron, dag: date, tables: dict[str, pl.DataFrame], soort: DeliveryKind = DeliveryKind.VOLLEDIG
) -> Path:
    target = folder / dag.isoformat() / bron
    target.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in tables.items():
        path = target / f"{name}.csv"
        table.write_csv(path, separator=";", quote_style="necessary")
        files.append(describe_file(name, path, len(table)))
    manifest = Manifest(
        bron=bron, peildatum=dag, geleverd_op=datetime.combine(dag, _HANDED_OVER), soort=soort, bestanden=tuple(files)
    )
    write_manifest(target, manifest)
    return target
