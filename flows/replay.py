"""Replay the history of the GBA-V test set: what the dienst knew on one day, the night of a later day.

There is no public bijstand file for these test persons, so the benefit population is a chosen subset; the
output says so.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from contracts.errors import SettingsError
from contracts.finding import REDEN_ZIN, Reden
from contracts.parameters import parameter
from flows import present
from flows.outputs import replace_file
from flows.replay_changes import changes, count_people
from flows.replay_population import benefit_population, write_population
from flows.report.model import NightReport
from flows.settings import SETTINGS_FILE, Workplace
from matching.intake.gbav_delivery import write_delivery
from matching.intake.gbav_testset import Testset, read_testset

RunNight = Callable[[Workplace, date], NightReport]
_GEMEENTE = "Testpersonen van RvIG"
_ADVICE = {"nudge": "brief", "taak": "taak", "geen_actie": "geen actie"}


@dataclass(frozen=True)
class Days:
    """The two days of a replay: ``van`` is what the dienst knows, ``tot`` is the night."""

    van: date
    tot: date


def run_replay(
    bestand: Path, van: date, tot: date, work: Workplace, console: Console, run_night: RunNight
) -> pl.DataFrame:
    """Write the deliveries of both days, run the night of the second, and list what changed for whom.

    Returns:
        One row a dossier whose address or co-residents changed: ``dossiernummer``, ``veranderd``, ``nacht``.

    Raises:
        DeliveryError: the file is not the GBA-V test set.
        SettingsError: the work folder has settings that are not those of a replay.
        TijdigError: the second day lies before the first.
    """
    present.require_order(van, tot)
    _require_own_folder(work)
    days = Days(van, tot)
    testset = read_testset(bestand)
    population = _write(testset, days, work)
    report = run_night(work, tot)
    present.night(console, report, work.uitvoer(tot))
    found = _findings(work.uitvoer(tot) / "signalen.jsonl")
    age = parameter("kostendelersleeftijd").on(tot).waarde
    listed = changes(testset.at(van), testset.at(tot), population, tot, age).join(found, on="dossiernummer", how="left")
    listed = listed.with_columns(nacht=pl.coalesce("nacht", "waarom_niets")).drop("waarom_niets")
    path = work.uitvoer(tot) / "veranderingen.csv"
    replace_file(path, listed.write_csv(separator=";"))
    _show_people(console, testset, days)
    _show_changes(console, listed, found, population["uitkering"].height, path)
    return listed


def _require_own_folder(work: Workplace) -> None:
    """A replay writes settings: never over those of a dienst."""
    path = work.folder / SETTINGS_FILE
    if path.is_file() and work.settings.gemeente != _GEMEENTE:
        raise SettingsError(
            "This work folder has settings of its own.",
            where=path,
            todo="Give a replay its own folder with --map.",
        )


def _write(testset: Testset, days: Days, work: Workplace) -> dict[str, pl.DataFrame]:
    age = parameter("kostendelersleeftijd").on(days.van).waarde
    population = benefit_population(*testset.at(days.van), days.van, kostendelersleeftijd=age)
    write_population(population, days.van, work.leveringen / days.van.isoformat() / "uitkeringsgegevens")
    for day in (days.van, days.tot):
        write_delivery(testset, day, work.leveringen / day.isoformat() / "brp")
    codes = sorted(population["uitkering"].get_column("gemeentecode").unique())
    # The dienst's own data are as old as the first day on purpose; every gemeente counts as the work area.
    (work.folder / SETTINGS_FILE).write_text(
        f'gemeente = "{_GEMEENTE}"\nwerkgebied = {json.dumps(codes)}\n'
        f"uitkeringsgegevens_hoogstens_dagen_oud = {(days.tot - days.van).days}\n",
        encoding="utf-8",
    )
    return population


def _findings(path: Path) -> pl.DataFrame:
    """One row a dossier with findings: what the night made of them, in words."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [{"dossiernummer": line["dossiernummer"], "nacht": _in_words(line)} for line in lines]
    frame = pl.DataFrame(rows, schema={"dossiernummer": pl.String, "nacht": pl.String})
    return frame.group_by("dossiernummer").agg(pl.col("nacht").sort().str.join("; ")).sort("dossiernummer")


def _in_words(line: dict[str, str]) -> str:
    why = f" ({REDEN_ZIN[Reden(line['reden'])].rstrip('.')})" if line["reden"] else ""
    return f"{line['regel']} {_ADVICE[line['advies']]}{why}"


def _show_people(console: Console, testset: Testset, days: Days) -> None:
    counts = Table("", title="Testpersonen in de BRP", title_justify="left", title_style="bold")
    counts.add_column(days.van.isoformat(), justify="right")
    counts.add_column(days.tot.isoformat(), justify="right")
    before, after = count_people(testset.at(days.van)), count_people(testset.at(days.tot))
    for name in before:
        counts.add_row(name, str(before[name]), str(after[name]))
    console.print(counts)
    console.print(
        f"{testset.broken_links} verwijzingen in de historie van het bestand kloppen niet: geteld en overgeslagen.",
        highlight=False,
    )


def _show_changes(console: Console, listed: pl.DataFrame, found: pl.DataFrame, chosen: int, path: Path) -> None:
    table = Table("dossier", "wat veranderde", "wat de nacht ervan maakte", title="Veranderd", title_justify="left")
    for row in listed.iter_rows():
        table.add_row(*row)
    console.print(table)
    unchanged = found.join(listed, on="dossiernummer", how="anti").height
    console.print(
        f"Gekozen bevolking: {chosen} uitkeringen. Dit is een keuze, geen bijstandsbestand: alle volwassenen tot "
        "67 jaar met een adres op de eerste dag, zoals de BRP ze die dag kende.\n"
        f"{listed.height} dossiers met een verandering in adres of medebewoners; {unchanged} dossiers met een "
        "signaal zonder zo'n verandering (zoals een adres dat al in onderzoek was).\n"
        f"Lijst: {path}",
        highlight=False,
        soft_wrap=True,
    )
