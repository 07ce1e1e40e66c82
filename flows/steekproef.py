"""``tijdig steekproef``: what is looked at at the desk after a night, and what was seen there."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
import typer
from rich.console import Console

from contracts.desk import BEVINDING_ZIN, STEEKPROEF_ZIN, Bevinding, Steekproefsoort
from contracts.dutch import calendar_date
from contracts.finding import REDEN_ZIN, Reden
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import in_dossiers, processing
from flows.outputs import sample_line
from flows.report.words import counted
from flows.settings import Workplace

app = typer.Typer(
    no_args_is_help=True, help="De steekproef: kijken of Tijdig iets mist, zonder contact met de inwoner."
)
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
_CALM = "Bekijk dit aan het bureau. Neem hierover geen contact op met de inwoner."


@app.command()
def toon(
    map_: Map = Path(),
    alles: Annotated[bool, typer.Option("--alles", help="Ook wat al bekeken is.")] = False,  # noqa: FBT002
    beperkt: Annotated[  # noqa: FBT002
        bool, typer.Option("--beperkt", help="Ook dossiers die intussen alleen een beperkte groep mag kennen.")
    ] = False,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,  # noqa: FBT002
) -> None:
    """Toon wat er te bekijken is, en waarom het in de steekproef zit.

    Voorbeeld: [bold]tijdig steekproef toon[/bold]
    """
    work = Workplace(map_)
    with kept_casebook(work) as casebook, processing(work, Activiteit.STEEKPROEF, "steekproef bekijken") as step:
        rows = casebook.samples()
        asked = [row for row in rows if alles or row.uitkomst is None]
        shown = [row for row in asked if beperkt or not row.beperkt]
        step.about(in_dossiers(row.dossiernummer for row in shown))
    if als_json:
        typer.echo(json.dumps([sample_line(row) | _said(row) for row in shown], ensure_ascii=False, indent=2))
        return
    for row in shown:
        _say(*_words(row))
    if not shown:
        _say("Er is niets te bekijken.")
    elif any(row.uitkomst is None for row in shown):
        _say("", _CALM, "Klaar met kijken? tijdig steekproef uitkomst NUMMER --uitkomst terecht --door WIE")
    if len(shown) < len(asked):
        _say(f"Nog {counted(len(asked) - len(shown), 'dossier', 'dossiers')} voor een beperkte groep: --beperkt.")


@app.command()
def uitkomst(
    nummer: Annotated[int, typer.Argument(help="Een nummer uit tijdig steekproef toon.")],
    wat: Annotated[Bevinding, typer.Option("--uitkomst", help="Wat u aan het bureau zag.")],
    door: Annotated[str, typer.Option(help="Wie dit bekeek, zoals het consulentnummer.")],
    toelichting: Annotated[str | None, typer.Option(help="Waarom, zonder namen of nummers van mensen.")] = None,
    map_: Map = Path(),
) -> None:
    """Leg vast wat u zag. Dat kan één keer; er volgt geen brief of taak uit.

    Voorbeeld: [bold]tijdig steekproef uitkomst 12 --uitkomst terecht --door C-01[/bold]
    """
    work = Workplace(map_)
    with kept_casebook(work) as casebook, processing(work, Activiteit.STEEKPROEF, "bevinding vastleggen") as step:
        step.about(in_dossiers(row.dossiernummer for row in casebook.samples() if row.nummer == nummer))
        casebook.note_outcome(nummer, wat, door=door, now=datetime.now(UTC), toelichting=toelichting)
    _say(f"Vastgelegd bij {nummer}: {BEVINDING_ZIN[wat]}")


def _said(row: sa.Row[Any]) -> dict[str, Any]:
    moment = row.moment.isoformat() if row.moment else None
    return {"uitkomst": row.uitkomst, "door": row.door, "moment": moment, "gezien": row.toelichting}


def _words(row: sa.Row[Any]) -> Iterator[str]:
    yield f"{row.nummer}  dossier {row.dossiernummer}, nacht van {calendar_date(row.nacht)}"
    yield f"   {STEEKPROEF_ZIN[Steekproefsoort(row.soort)]}"
    if row.signaal_id:
        yield f"   Signaal {row.signaal_id}. {REDEN_ZIN[Reden(row.reden)]} Meer: tijdig explain {row.signaal_id}"
    if row.uitkomst:
        words = f" {row.toelichting}" if row.toelichting else ""
        yield f"   Door {row.door}: {BEVINDING_ZIN[Bevinding(row.uitkomst)]}{words}"


def _say(*lines: str) -> None:
    for text in lines:
        console.print(text, markup=False, highlight=False, soft_wrap=True)
