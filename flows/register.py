"""``tijdig register``: what a dienst publishes or keeps about this algorithm and its processings."""

import csv
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from contracts.algoritmeregister import Record
from contracts.errors import SettingsError
from flows.algoritmeregister import as_csv_rows, as_json, as_markdown, made
from flows.present import today
from flows.settings import Workplace

app = typer.Typer(no_args_is_help=True, help="Algoritmeregister, verwerkingsregister en DPIA-blad.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met tijdig.toml.", file_okay=False)]
_KINDS: Final = (".json", ".md", ".csv")


@app.command()
def export(
    naar: Annotated[
        Path | None, typer.Option(help="Waarheen: .json, .md of .csv. Zonder: op het scherm.", dir_okay=False)
    ] = None,
    map_: Map = Path(),
) -> None:
    """Maak de beschrijving voor het Algoritmeregister (standaard 1.0), en controleer haar.

    Voorbeeld: [bold]tijdig register export --naar algoritmeregister.json[/bold]
    """
    record = made(Workplace(map_).settings, today())
    if naar is None:
        typer.echo(as_json(record), nl=False)
        return
    write(record, naar)
    console.print(f"Geschreven: {naar}", markup=False, highlight=False, soft_wrap=True)


def write(record: Record, path: Path) -> None:
    """Write a record, in the form that the name of the file asks for.

    Raises:
        SettingsError: there is no such form.
    """
    match path.suffix:
        case ".json":
            path.write_text(as_json(record), encoding="utf-8")
        case ".md":
            path.write_text(as_markdown(record), encoding="utf-8")
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";").writerows([("veld", "titel", "waarde"), *as_csv_rows(record)])
        case _:
            raise SettingsError(
                "Dit soort bestand wordt niet gemaakt.", where="--naar", todo=f"Kies {', '.join(_KINDS)}."
            )
