"""``tijdig report``: what the dienst tells of itself, and what it writes down for that."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows import registers
from flows.bewaking.alerts import Loop
from flows.bewaking.watch import watched
from flows.casebook import has_casebook
from flows.evaluation.run import make_evaluation
from flows.leerdialoog.command import leerdialoog
from flows.present import today
from flows.settings import Workplace

app = typer.Typer(help="Verslagen: de evaluatie van een maand, en wat de dienst daarvoor bijhoudt.")
app.add_typer(registers.elders, name="elders")
app.add_typer(registers.klacht, name="klacht")
app.command("leerdialoog")(leerdialoog)
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Maand = Annotated[
    str | None, typer.Option(help="De maand, zoals 2026-10; standaard de laatste met nachten die voorbij is.")
]
Tot = Annotated[str | None, typer.Option(help="Tot en met deze maand, voor een langere periode.")]


@app.callback(invoke_without_command=True)
def usual(context: typer.Context, maand: Maand = None, tot: Tot = None, map_: Map = Path()) -> None:
    """Verslagen: de evaluatie van een maand, en wat de dienst daarvoor bijhoudt.

    Zonder opdracht erachter is het de evaluatie: [bold]tijdig report[/bold]
    """
    if context.invoked_subcommand is None:
        tell_month(maand, tot, map_)


@app.command("maand")
def tell_month(maand: Maand = None, tot: Tot = None, map_: Map = Path()) -> None:
    """Maak de evaluatie van een maand of een langere periode: een pagina en per cijfer een CSV-bestand.

    Kleine aantallen staan er niet in, ook niet door aftrekken.

    Voorbeeld: [bold]tijdig report maand --maand 2026-01 --tot 2026-12[/bold]
    """
    work = Workplace(map_)
    # Of a schedule the beheerder hears; who asks for a month sees for themselves.
    by_schedule = maand is None and tot is None and has_casebook(work)
    with watched(work, Loop.MAAND, today()) if by_schedule else nullcontext():
        page, name = make_evaluation(work, maand, tot)
    console.print(f"Evaluatie van {name}: {page}", markup=False, highlight=False, soft_wrap=True)
