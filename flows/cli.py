"""The command line ``tijdig``. What it prints is for a beheerder or jurist, so it is Dutch; errors are English."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.delivery import Formaat
from contracts.errors import TijdigError
from flows import (
    audit,
    explain,
    linking,
    logboek_cli,
    notices,
    present,
    rechten,
    register,
    reports,
    rules,
    serve_worklist,
    signaal,
    steekproef,
    warehouse_cli,
)
from flows.backup_cli import backup, restore
from flows.bewaking.command import tell_metrics, tell_watchdog
from flows.doctor import tell_doctor
from flows.gemeenten import command as gemeenten
from flows.init import init
from flows.inzage import inzage
from flows.language import tell_language
from flows.migreer import tell_migration
from flows.mkba import tell_mkba
from flows.norm import tell_norm
from flows.prefect_here import keep_private, leave, prepare_prefect, told_when_gone, without_heartbeats
from flows.productie import require_ready
from flows.progress import show, shown_on
from flows.report.model import NightReport
from flows.retention_cli import tell_retention
from flows.room import require_room
from flows.settings import Workplace
from flows.simulate import tell_simulation
from flows.try_rules import try_rules
from store.faults import told_plainly

app = typer.Typer(
    name="tijdig",
    help="Vindt elke nacht wat er in een leven veranderde, en vertelt het op tijd: een vriendelijke brief of een "
    "taak voor een consulent, nooit een sanctie.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
contracts_app = typer.Typer(no_args_is_help=True, help="De contracten waar leveringen aan moeten voldoen.")
app.add_typer(contracts_app, name="contracts")
app.add_typer(linking.app, name="linking")
app.add_typer(signaal.app, name="signaal")
app.add_typer(steekproef.app, name="steekproef")
app.add_typer(reports.app, name="report")
app.add_typer(notices.app, name="notices")
app.add_typer(serve_worklist.app, name="worklist")
app.add_typer(audit.app, name="audit")
app.add_typer(rechten.app, name="rechten")
app.add_typer(logboek_cli.app, name="logboek")
app.add_typer(register.app, name="register")
app.add_typer(warehouse_cli.app, name="warehouse")
app.add_typer(gemeenten.app, name="gemeenten")
console = Console()
errors = Console(stderr=True)

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Dag = Annotated[
    datetime | None,
    typer.Option("--peildatum", formats=["%Y-%m-%d"], help="De dag waarop beoordeeld wordt; standaard vandaag."),
]


def run_night(work: Workplace, peildatum: date) -> NightReport:
    """One night as a Prefect flow, shown on the console; what is not arranged is said before Prefect starts.

    Raises:
        TijdigError: see ``nightly``.
    """
    require_ready(work, peildatum)
    require_room(work)
    prepare_prefect(work)
    first = not (work.prefect_home / "prefect.db").exists()
    with shown_on(console):
        present.starting(console, peildatum, first=first)
        show("Prefect starten ...")
        from flows.nightly import nightly  # noqa: PLC0415 - Prefect reads its settings when it is imported

        with without_heartbeats(), told_when_gone():
            return nightly(werkmap=work.folder, peildatum=peildatum)


@app.command()
def demo(
    map_: Map = Path(),
    huishoudens: Annotated[int, typer.Option(help="Huishoudens met bijstand.", min=550)] = 6_300,
    inwoners: Annotated[int, typer.Option(help="Inwoners van Voorbeeldstad.", min=6_500)] = 120_000,
    zaad: Annotated[int, typer.Option(help="Zelfde zaad, zelfde gemeente.")] = 2026,
    dagen: Annotated[int, typer.Option(help="2, of 3 om ook te zien hoe signalen sluiten.", min=2, max=3)] = 2,
) -> None:
    """Maak de verzonnen gemeente Voorbeeldstad, draai twee nachten en vergelijk met de antwoordsleutel.

    Voorbeeld: [bold]tijdig demo --huishoudens 550 --inwoners 6500[/bold]
    """
    from flows.demo_run import Size, run_demo  # noqa: PLC0415 - only the demo needs its generator

    size = Size(inwoners=inwoners, huishoudens=huishoudens, zaad=zaad, dagen=dagen)
    run_demo(Workplace(map_), console, run_night, size)


@app.command()
def run(map_: Map = Path(), peildatum: Dag = None) -> None:
    """Draai één nacht op de leveringen in de werkmap.

    Voorbeeld: [bold]tijdig run --map /srv/tijdig/voorbeeldstad --peildatum 2026-11-03[/bold]
    """
    work = Workplace(map_)
    day = peildatum.date() if peildatum else present.today()
    report = run_night(work, day)
    present.night(console, report, work.uitvoer(day))
    if report.waarschuwing:
        raise typer.Exit(present.GATE_CLOSED)


@app.command()
def check(
    bestand: Annotated[Path, typer.Argument(help="levering.json, de map van een levering, of één bestand.")],
    tabel: Annotated[
        str | None, typer.Option(help="Welke tabel een los bestand is; standaard de bestandsnaam.")
    ] = None,
    formaat: Annotated[
        Formaat | None,
        typer.Option(help="Wat een los bestand is; standaard haalcentraal voor .json, anders een tabel."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Schrijf het verslag ook als webpagina.", dir_okay=False)] = None,
    map_: Map = Path(),
    peildatum: Dag = None,
) -> None:
    """Houd een levering tegen haar contract, zonder iets te bewaren. Leest CSV, Parquet, Haal Centraal en GBA-V.

    Uitkomst 0: alles past; 1: er zijn rijen afgekeurd; 2: een bestand past helemaal niet.

    Voorbeeld: [bold]tijdig check leveringen/2026-11-03/brp --html verslag.html[/bold]
    """
    from flows.report.check_page import write_check  # noqa: PLC0415
    from matching.intake.check import check_path  # noqa: PLC0415

    day = peildatum.date() if peildatum else present.today()
    mappings = Workplace(map_).settings.leveringen
    results = check_path(bestand, tabel, formaat=formaat, peildatum=day, mappings=mappings)
    present.checked(console, results)
    if html is not None:
        write_check(results, html, titel=bestand.name)
    if any(result.fout for result in results):
        raise typer.Exit(2)
    if any(result.afgekeurd for result in results):
        raise typer.Exit(1)


@app.command()
def replay(
    bestand: Annotated[Path, typer.Option(help="De GBA-V-testset van RvIG (CSV).")],
    van: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Wat de dienst weet, is de stand van deze dag.")],
    tot: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="De nacht van deze dag wordt gedraaid.")],
    map_: Annotated[
        Path | None, typer.Option("--map", help="Werkmap; standaard replay-VAN-TOT in de huidige map.")
    ] = None,
) -> None:
    """Speel de geschiedenis van echte testpersonen na: wat veranderde tussen twee dagen, en wat maakte de nacht ervan?

    Voorbeeld: [bold]tijdig replay --bestand testset.csv --van 2019-01-01 --tot 2020-01-01[/bold]
    """
    from flows.replay import run_replay  # noqa: PLC0415

    folder = map_ or Path(f"replay-{van.date()}-{tot.date()}")
    run_replay(bestand, van.date(), tot.date(), Workplace(folder), console, run_night)


app.command("init")(init)
app.command("inzage")(inzage)
app.command("retention")(tell_retention)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("migreer")(tell_migration)
app.command("norm")(tell_norm)
app.command("mkba")(tell_mkba)
app.command("simulate")(tell_simulation)
app.command("language")(tell_language)
app.command("doctor")(tell_doctor)
app.command("metrics")(tell_metrics)
app.command("waakhond")(tell_watchdog)
app.add_typer(rules.app, name="rules")
app.command("explain")(explain.explain)
app.command("recompute")(explain.recompute)
app.command("shadow")(try_rules)


@app.command()
def serve(map_: Map = Path()) -> None:
    """Start een lokale Prefect-server met de nachtelijke deployment en haar rooster. Stop met Ctrl-C."""
    from flows.serve import run_server  # noqa: PLC0415

    work = Workplace(map_)
    prepare_prefect(work)
    run_server(work, console)


@contracts_app.command("export")
def export_contracts(
    map_: Annotated[Path, typer.Option("--map", help="Waarheen.", file_okay=False)] = Path("contracten"),
) -> None:
    """Schrijf elk contract als ODCS (YAML) en JSON Schema, met een voorbeeldlevering per bron.

    Voorbeeld: [bold]tijdig contracts export --map contracten[/bold]
    """
    from contracts.publish import export  # noqa: PLC0415

    written = export(map_)
    console.print(f"{len(written)} bestanden geschreven in {map_}", highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command line; an error a beheerder can act on is shown in one block, with exit code 2.

    What it writes is for its user and their group: people are in it.
    """
    keep_private()
    try:
        with told_plainly():
            app()
    except TijdigError as error:
        present.error(errors, error)
        leave(error)
