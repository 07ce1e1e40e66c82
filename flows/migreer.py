"""``tijdig migreer``: bring the casebook to the version of this program, or say what that would do."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.casebook import kept_casebook, postgresql
from flows.settings import Workplace
from store.casebook.book import found_version, migrate, older_copy
from store.migrations.run import newest, steps_from

console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]


def tell_migration(
    map_: Map = Path(),
    proef: Annotated[bool, typer.Option("--proef", help="Zeg alleen wat er zou veranderen.")] = False,  # noqa: FBT002
) -> None:
    """Breng het casusboek naar de versie van dit programma. Met --proef verandert er niets.

    In PostgreSQL gaat dit niet vanzelf: stop eerst de nachten en de werklijst, en maak een backup.
    Een casusboek in een bestand gaat vanzelf mee, met een kopie van daarvoor ernaast.

    Voorbeeld: [bold]tijdig migreer --proef[/bold]
    """
    work = Workplace(map_)
    url = postgresql(work)
    if url is None and not work.casebook.exists():
        kept_casebook(work)  # says that there is none
    address = url or f"sqlite:///{work.casebook}"
    found = found_version(address)
    steps = steps_from(found)
    if not steps:
        _say(f"Het casusboek heeft versie {found}. Dat is de nieuwste.")
        return
    _say(f"Het casusboek heeft {f'versie {found}' if found else 'nog geen tabellen'}; het wordt {newest()}:")
    for step in steps:
        _say(f"  {step.versie}  {step.wat}")
    if proef:
        _say("Er is niets veranderd.")
        return
    migrate(address)
    _say(f"Gedaan. Het casusboek heeft nu versie {newest()}.")
    if url is None and found is not None:
        _say(f"Een kopie van daarvoor ligt in gegevens/{older_copy(work.casebook, found).name}.")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
