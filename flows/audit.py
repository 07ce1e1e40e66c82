"""``tijdig audit``: is the log of who looked and who did what whole, and what does it say of a task?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.dutch import number
from flows.casebook import kept_casebook
from flows.settings import Workplace

app = typer.Typer(no_args_is_help=True, help="Het logboek: wie keek, en wie deed wat.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
#: Exit code where the log is not whole.
BROKEN = 1


@app.command()
def verify(map_: Map = Path()) -> None:
    """Controleer of het logboek heel is: geen regel veranderd, weg, of ertussen gezet. Uitkomst 1: er klopt iets niet.

    Bewaar de laatste controlesom ergens anders. Wie het hele logboek opnieuw maakt, valt anders niet op.

    Voorbeeld: [bold]tijdig audit verify --map /srv/tijdig/voorbeeldstad[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        chain = casebook.verify()
    if chain.breuk is not None:
        _say(f"Het logboek klopt niet: regel {number(chain.breuk)} past niet op de regel ervoor, of is weg.")
        raise typer.Exit(BROKEN)
    _say(f"Het logboek is heel: {number(chain.regels)} regels.")
    _say(f"Laatste controlesom: {chain.hash}")


@app.command()
def toon(
    taak: Annotated[str, typer.Argument(help="Een taak_id of dossiernummer.")],
    map_: Map = Path(),
    aantal: Annotated[int, typer.Option(help="Hoeveel regels hoogstens.", min=1, max=10_000)] = 200,
) -> None:
    """Toon wie een taak bekeek en wat ermee gedaan is, de laatste regel boven.

    Voorbeeld: [bold]tijdig audit toon T-0123456789[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        lines = casebook.lines_about(taak, aantal)
    for row in lines:
        _say(f"{row.moment}  {row.wie}  {row.wat}")
    if not lines:
        _say("Over deze taak staat niets in het logboek.")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
