"""``tijdig retention``: destroy what is past its term, or say what would go."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.dutch import calendar_date, number
from contracts.retention import Soort, retention_on
from flows.casebook import kept_casebook
from flows.prefect_here import prepare_prefect
from flows.present import today
from flows.settings import Workplace

console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]


def tell_retention(
    map_: Map = Path(),
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen wat er weg zou gaan.")] = False,  # noqa: FBT002
    dag: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="De dag waarop geteld wordt; standaard vandaag.")
    ] = None,
) -> None:
    """Vernietig wat voorbij zijn bewaartermijn is, en schrijf op hoeveel het was. Met --proef verandert er niets.

    Sluit eerst de werklijst: anders kunnen oude bytes in het bestand blijven staan, en zegt de opdracht dat.

    Voorbeeld: [bold]tijdig retention --proef[/bold]
    """
    work = Workplace(map_)
    prepare_prefect(work)
    from flows.retention import LOG, Place, by_kind, planned, retention  # noqa: PLC0415

    day = dag.date() if dag else today()
    with kept_casebook(work):
        pass  # there is one, and of this release
    counts = by_kind(planned(Place.on(work, day, datetime.now(UTC)))) if proef else retention(work.folder, day)
    beleid = retention_on(day)
    say(f"Bewaartermijnen versie {beleid.versie}, gerekend op {calendar_date(day)}.")
    for soort in Soort:
        if count := counts.get(soort, 0):
            term = beleid.of(soort)
            say(f"{number(count):>9}  {soort}: {term.wat} ({term.in_words})")
    if not counts:
        say("Er is niets voorbij zijn termijn.")
    elif not proef:
        say(f"Vernietigd. Wat en hoeveel staat in gegevens/{LOG}, zonder wie.")


def say(text: str) -> None:
    """Print a line as it is."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)
