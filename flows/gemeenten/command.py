"""``tijdig gemeenten``: the nights of several gemeenten, for the beheerder of a shared service."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from contracts.dutch import calendar_date
from contracts.errors import SettingsError, TijdigError
from flows import present
from flows.alone import alone
from flows.casebook import kept_casebook
from flows.gemeenten import overview
from flows.gemeenten.outcome import SomeFailedError, Stand, Uitslag
from flows.gemeenten.separate import require_separate
from flows.gemeenten.settings import GEMEENTEN_FILE, Member, Together, together
from flows.prefect_here import prepare_prefect_in, told_when_gone
from flows.progress import show, shown_on
from flows.secret import secrets_in

app = typer.Typer(no_args_is_help=True, help="De nachten van meer gemeenten tegelijk, strikt uit elkaar.")
console = Console()
#: Exit code where a gemeente has no night, and the others do.
SOME_FAILED: Final = 1

Map = Annotated[Path, typer.Option("--map", help=f"De map met {GEMEENTEN_FILE}, of dat bestand zelf.")]
Dag = Annotated[
    datetime | None,
    typer.Option("--peildatum", formats=["%Y-%m-%d"], help="De dag waarop beoordeeld wordt; standaard vandaag."),
]
Workers = Annotated[int | None, typer.Option(help="Zo veel nachten tegelijk, elk in een eigen proces.", min=1)]


@app.command()
def run(
    map_: Map = Path(),
    peildatum: Dag = None,
    workers: Workers = None,
    cluster: Annotated[str | None, typer.Option(help="Een Dask-cluster dat er al is: tcp://host:8786.")] = None,
    alleen: Annotated[list[str] | None, typer.Option(help="Alleen deze gemeente; mag vaker.")] = None,
) -> None:
    """Draai de nacht van elke gemeente. Gaat er een mis, dan gaan de andere door.

    Uitkomst 0: alles goed; 1: een gemeente heeft geen nacht; 2: er is niets gedraaid; 3: ergens is een poort dicht.

    Voorbeeld: [bold]tijdig gemeenten run --map /srv/tijdig --workers 4[/bold]
    """
    file, day = together(map_), peildatum.date() if peildatum else present.today()
    outcomes = run_nights(file, day, tuple(alleen or ()), workers, cluster)
    overview.tell(console, outcomes, overview.page_in(file.overviews, day))
    stands = {one.stand for one in outcomes}
    if stands & {Stand.MISLUKT, Stand.BEZIG}:
        raise typer.Exit(SOME_FAILED)
    if Stand.LET_OP in stands:
        raise typer.Exit(present.GATE_CLOSED)


def run_nights(
    file: Together, day: date, alleen: tuple[str, ...], workers: int | None, cluster: str | None
) -> list[Uitslag]:
    """The flow ``gemeenten``, shown on the console; a whole run is refused while another one goes on.

    Raises:
        SettingsError: see the flow.
        TijdigError: another run goes on.
    """
    require_separate(file.chosen(alleen) and file.members)
    with alone(file.overviews / "run.slot", 0.0) as ours:
        if not ours and not alleen:
            raise TijdigError(
                "A run of these gemeenten goes on already.", where=file.folder,
                todo="Wait until it is done, or run one gemeente with --alleen.",
            )  # fmt: skip
        prepare_prefect_in(file.overviews / "prefect")
        with shown_on(console):
            console.print(f"Nacht van [bold]{calendar_date(day)}[/bold]", highlight=False)
            show("Prefect starten ...")
            from flows.gemeenten.flow import gemeenten  # noqa: PLC0415 - Prefect reads its settings when imported
            from flows.gemeenten.server import one_api  # noqa: PLC0415

            with told_when_gone(), one_api(cluster):
                try:
                    return gemeenten(file.file, day, alleen, workers, cluster)
                except SomeFailedError as error:
                    return error.outcomes


@app.command()
def lijst(map_: Map = Path()) -> None:
    """Toon de gemeenten van dit bestand, en of zij strikt uit elkaar zijn. Uitkomst 2: dat zijn ze niet."""
    file = together(map_)
    table = Table("gemeente", "werkmap", "codes", "overdracht", "laatste nacht", box=box.SIMPLE_HEAD, show_edge=False)
    for member in file.members:
        one = member.gemeente
        warm = " en ".join(
            part for part, said in (("vraagt", one.warme_overdracht), ("neemt aan", one.contact is not None)) if said
        )
        table.add_row(member.naam, str(member.work.folder), ", ".join(one.codes), warm or "-", _last_night(member))
    console.print(table)
    require_separate(file.members)
    console.print("Geen twee gemeenten delen een map, een bestand, een sleutel of een database.", highlight=False)


def _last_night(member: Member) -> str:
    """When its last night was, without making anything."""
    try:
        with secrets_in(member.geheimen), kept_casebook(member.work) as casebook:
            night = casebook.last_night()
    except SettingsError:
        return "instellingen passen niet"
    except TijdigError:
        return "-"
    return night.isoformat() if night else "-"


@app.command()
def demo(
    map_: Annotated[Path, typer.Option("--map", help="Een lege map.", file_okay=False)] = Path("gemeenten-demo"),
    aantal: Annotated[int, typer.Option(help="Zo veel verzonnen gemeenten.", min=2, max=12)] = 7,
    huishoudens: Annotated[int, typer.Option(help="Huishoudens met bijstand per gemeente.", min=550)] = 550,
    inwoners: Annotated[int, typer.Option(help="Inwoners per gemeente.", min=6_500)] = 6_500,
    workers: Workers = None,
) -> None:
    """Maak zeven kleine verzonnen gemeenten en draai hun nacht.

    Voorbeeld: [bold]tijdig gemeenten demo --map /tmp/zeven[/bold]
    """
    from flows.demo.generate import PEILDATUM  # noqa: PLC0415 - only the demo needs its generator
    from flows.gemeenten.demo import make  # noqa: PLC0415

    with shown_on(console):
        make(map_, aantal=aantal, inwoners=inwoners, huishoudens=huishoudens)
    file = together(map_)
    outcomes = run_nights(file, PEILDATUM, (), workers, None)
    overview.tell(console, outcomes, overview.page_in(file.overviews, PEILDATUM))
    console.print(f"\nNog eens:  tijdig gemeenten run --map {map_} --peildatum {PEILDATUM}", highlight=False)
