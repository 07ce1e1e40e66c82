"""``tijdig notices``: the messages to inwoners."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.settings import Workplace

app = typer.Typer(no_args_is_help=True, help="De berichten aan inwoners: brief, e-mail en sms.")
console = Console()

Formulier = Annotated[
    bool, typer.Option("--formulier", help="Met het antwoordformulier, ook als dat in de instellingen uit staat.")
]


@app.command()
def preview(
    map_: Annotated[Path, typer.Option("--map", help="Waarheen.", file_okay=False)] = Path("uitvoer", "voorbeelden"),
    werkmap: Annotated[
        Path, typer.Option(help="Werkmap; haar tijdig.toml zegt hoe de dienst zich voorstelt.", file_okay=False)
    ] = Path(),
    *,
    formulier: Formulier = False,
) -> None:
    """Maak van elk bericht een voorbeeld, in elke vorm, en een bladzijde om ze naast elkaar te bekijken.

    Alle mensen erin zijn verzonnen.

    Voorbeeld: [bold]tijdig notices preview --map voorbeelden --formulier[/bold]
    """
    from flows.preview import write_preview  # noqa: PLC0415 - the layouts are loaded when they are needed

    house = Workplace(werkmap).settings.huis
    page = write_preview(map_, house.model_copy(update={"antwoordformulier": formulier or house.antwoordformulier}))
    console.print(f"Open {page} in een browser.", highlight=False, soft_wrap=True)
