"""``tijdig warehouse``: make a lost or damaged warehouse anew from its snapshot."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.dutch import number
from contracts.errors import TijdigError
from flows.alone import one_night
from flows.settings import Workplace
from store import snapshot

app = typer.Typer(no_args_is_help=True, help="Het warehouse: wat leveringen zeiden over wie een uitkering heeft.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]


@app.callback()
def _commands() -> None:
    """With one command Typer would leave out its name."""


@app.command()
def herbouw(
    map_: Map = Path(),
    toch: Annotated[bool, typer.Option("--toch", help="Ook als het warehouse er is en helemaal te lezen is.")] = False,  # noqa: FBT002
) -> None:
    """Maak een verloren of beschadigd warehouse opnieuw, uit de momentopname die na elke inname wordt gemaakt.

    De volgende nacht vindt dan hetzelfde als zonder schade.

    Voorbeeld: [bold]tijdig warehouse herbouw --map /srv/tijdig/voorbeeldstad[/bold]
    """
    work = Workplace(map_)
    with one_night(work.folder):
        said = rebuild(work, even_so=toch)
    rows = sum(one.rijen for one in said.tabellen.values())
    _say(f"Het warehouse is opnieuw gemaakt: {number(rows)} rijen, tot en met levering {said.stand}.")
    _say(
        f"De momentopname was van {said.gemaakt_op.astimezone():%d-%m-%Y %H:%M}. Draai nu gewoon de nacht: tijdig run."
    )


def rebuild(work: Workplace, *, even_so: bool = False) -> snapshot.Snapshot:
    """Make the warehouse anew.

    Args:
        work: the work folder, in which no night runs.
        even_so: also where the warehouse can be read.

    Raises:
        TijdigError: there is no snapshot, it is damaged, or the warehouse is whole.
    """
    folder = snapshot.newest(work.snapshots)
    if folder is None:
        raise TijdigError(
            "There is no snapshot to make the warehouse from.", where=work.snapshots,
            todo="Put back the last backup with tijdig restore, or ask each source for a full delivery.",
        )  # fmt: skip
    if not even_so and work.warehouse.exists() and snapshot.is_whole(work.warehouse):
        raise TijdigError(
            "The warehouse is there, and every row of it can be read.", where=work.warehouse,
            todo="Nothing needs to be done. With --toch it is made anew even so.",
        )  # fmt: skip
    return snapshot.rebuild(folder, work.warehouse)


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
