"""``tijdig simulate``: three ways of working over years in a made-up gemeente, for a manager, jurist or raadslid."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from advice.simulation import Plan, Simulatie, simulate
from advice.simulation.compute import steps
from contracts.bands import SIMULATIE, bands_on
from contracts.parameters import refuse_unseen
from flows.present import today
from flows.progress import show, shown_on, step
from flows.report.words import moment
from flows.settings import Workplace
from flows.simulation import present
from flows.simulation.files import PAGE, write
from flows.simulation.page import render

console = Console()


def tell_simulation(  # noqa: PLR0913, PLR0917 - each is an option
    jaren: Annotated[int, typer.Option(help="Hoeveel jaar.", min=1, max=20)] = 5,
    huishoudens: Annotated[int, typer.Option(help="Huishoudens met bijstand.", min=1, max=500_000)] = 6_300,
    trekkingen: Annotated[int, typer.Option(help="Hoe vaak, elke keer met ander toeval.", min=30, max=1_000)] = 30,
    zaad: Annotated[int, typer.Option(help="Zelfde zaad, zelfde uitkomst.", min=0)] = 2026,
    uit: Annotated[
        Path | None,
        typer.Option(help="Waar de bestanden komen; standaard uitvoer/simulatie in de werkmap.", file_okay=False),
    ] = None,
    peildatum: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="De dag van normen en parameters; standaard vandaag."),
    ] = None,
    map_: Annotated[Path, typer.Option("--map", help="Werkmap.", file_okay=False)] = Path(),
) -> None:
    """Speel jaren na in een verzonnen gemeente: wat scheelt het als de dienst op tijd iets vraagt?

    Drie werelden op hetzelfde toeval: niets extra, repressief en Tijdig. Dit is een
    model, geen meting: de bladzijde noemt elke parameter die niemand bevestigd heeft.

    Voorbeeld: [bold]tijdig simulate --huishoudens 6300 --jaren 5 --uit simulatie[/bold]
    """
    day = peildatum.date() if peildatum else today()
    plan = Plan(jaren=jaren, huishoudens=huishoudens, trekkingen=trekkingen, zaad=zaad, peildatum=day)
    work, found = Workplace(map_), _simulated(plan)
    if work.settings.productie:
        refuse_unseen(found.gebruikt)
    folder = work.folder / "uitvoer" / "simulatie" if uit is None else uit
    written = write(found, render(found, moment(datetime.now(UTC)), version("tijdig")), folder)
    present.outcome(console, found)
    names = ", ".join(path.name for path in written if path.name != PAGE)
    console.print(f"Bladzijde: {folder / PAGE}\nEn {names} ernaast.", highlight=False, markup=False, soft_wrap=True)


def _simulated(plan: Plan) -> Simulatie:
    with shown_on(console), step("Gerekend"):
        return simulate(plan, bands_on(plan.peildatum), bands_on(plan.peildatum, SIMULATIE), _counting(plan))


def _counting(plan: Plan) -> Callable[[], None]:
    """Say how far it is, each time it is called."""
    draws, again = steps(plan)
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        if done <= draws:
            show(f"Trekking {done} van {draws} ...")
        else:
            show(f"Wat het verschil maakt: {done - draws} van {2 * again} ...")

    return one_more
