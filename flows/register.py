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
from flows.verwerkingsregister import record, sheet

app = typer.Typer(no_args_is_help=True, help="Algoritmeregister, verwerkingsregister en DPIA-blad.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met tijdig.toml.", file_okay=False)]
Markdown = Annotated[Path | None, typer.Option("--naar", help="Waarheen (.md). Zonder: op het scherm.", dir_okay=False)]
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
    found = made(Workplace(map_).settings, today())
    if naar is None:
        typer.echo(as_json(found), nl=False)
        return
    write(found, naar)
    console.print(f"Geschreven: {naar}", markup=False, highlight=False, soft_wrap=True)


def write(found: Record, path: Path) -> None:
    """Write a record, in the form that the name of the file asks for.

    Raises:
        SettingsError: there is no such form.
    """
    match path.suffix:
        case ".json":
            path.write_text(as_json(found), encoding="utf-8")
        case ".md":
            path.write_text(as_markdown(found), encoding="utf-8")
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";").writerows([("veld", "titel", "waarde"), *as_csv_rows(found)])
        case _:
            raise SettingsError(
                "Dit soort bestand wordt niet gemaakt.", where="--naar", todo=f"Kies {', '.join(_KINDS)}."
            )


@app.command("verwerkingen")
def tell_record(naar: Markdown = None, map_: Map = Path()) -> None:
    """Maak het verwerkingsregister (AVG artikel 30) voor deze dienst.

    Voorbeeld: [bold]tijdig register verwerkingen --naar verwerkingen.md[/bold]
    """
    _tell(record(Workplace(map_).settings, today()), naar)


@app.command("dpia")
def tell_sheet(naar: Markdown = None, map_: Map = Path()) -> None:
    """Maak het blad voor de DPIA (AVG artikel 35): wat het programma zelf weet, en wat de dienst nog moet doen.

    Voorbeeld: [bold]tijdig register dpia --naar dpia.md[/bold]
    """
    _tell(sheet(Workplace(map_).settings, today()), naar)


def _tell(text: str, path: Path | None) -> None:
    if path is None:
        typer.echo(text, nl=False)
        return
    path.write_text(text, encoding="utf-8")
    console.print(f"Geschreven: {path}", markup=False, highlight=False, soft_wrap=True)
