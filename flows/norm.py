"""``tijdig norm``: the norm of one household, for a consulent or jurist who wants to check a case."""

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.dutch import calendar_date, euro
from contracts.errors import TijdigError
from contracts.parameters import to_confirm
from flows import present
from flows.facts_file import fitting, read_facts
from matching.norm import Huishouden, Norm, Uitkomst, norm

console = Console()
_DAY = "%Y-%m-%d"
_EXAMPLE = "tijdig norm --voorbeeld"


def tell_norm(  # noqa: PLR0913, PLR0917 - each is an option
    feiten: Annotated[
        Path | None, typer.Option(help="Feiten in een bestand (YAML); zie --voorbeeld.", dir_okay=False)
    ] = None,
    geboren: Annotated[str | None, typer.Option(help="Geboortedatum van de belanghebbende.")] = None,
    partner: Annotated[str | None, typer.Option(help="Geboortedatum van de echtgenoot.")] = None,
    kinderen: Annotated[
        bool | None, typer.Option("--kinderen/--geen-kinderen", help="Ten laste komende kinderen.")
    ] = None,
    kostendelers: Annotated[int, typer.Option(help="Kostendelende medebewoners.", min=0, max=100)] = 0,
    medebewoner: Annotated[list[str] | None, typer.Option(help="Geboortedatum van een medebewoner; mag vaker.")] = None,
    peildatum: Annotated[datetime | None, typer.Option(formats=[_DAY], help="Standaard vandaag.")] = None,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, met bedragen in centen.")] = False,  # noqa: FBT002
    voorbeeld: Annotated[bool, typer.Option("--voorbeeld", help="Toon een bestand met feiten.")] = False,  # noqa: FBT002
) -> None:
    """Reken de norm van één huishouden uit, met elke stap en haar artikel.

    Staat iets niet vast, dan komt er een bereik uit, met wat er onbekend is. Van
    een medebewoner die met een optie is opgegeven is alleen de geboortedatum bekend.

    Voorbeeld: [bold]tijdig norm --geboren 1985-03-14 --kostendelers 1[/bold]
    Meer feiten: [bold]tijdig norm --voorbeeld > gezin.yaml[/bold], pas aan, en dan
    [bold]tijdig norm --feiten gezin.yaml --peildatum 2026-07-01[/bold]
    """
    if voorbeeld:
        typer.echo(resources.files("flows").joinpath("norm_voorbeeld.yaml").read_text(encoding="utf-8"), nl=False)
        return
    if feiten and (geboren or partner or kinderen is not None or kostendelers or medebewoner):
        raise TijdigError(
            "Facts stand in a file or in options.",
            where="--feiten",
            todo="Write all in the file, or give no file.",
        )
    given: dict[str, Any] = {"ten_laste_komende_kinderen": kinderen, "kostendelers": kostendelers}
    given["belanghebbende"] = {"geboortedatum": geboren}
    given["partner"] = {"geboortedatum": partner} if partner else None
    given["medebewoners"] = [{"geboortedatum": born} for born in medebewoner or ()]
    facts = read_facts(feiten, _EXAMPLE) if feiten else given
    household = _household(facts, str(feiten or "--geboren, --partner, --medebewoner"))
    found = norm(household, peildatum.date() if peildatum else present.today())
    if als_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    _show(found)


def _household(facts: object, where: str) -> Huishouden:
    todo = f"Write dates as 1990-05-01, 1990-05, 1990 or onbekend; see `{_EXAMPLE}`."
    return fitting(Huishouden, facts, where, todo)


def _show(found: Norm) -> None:
    _say(_headline(found))
    if not found.zeker:
        _say("\nOnbekend, en het maakt verschil:")
        _say("\n".join(f"- {reason}" for reason in found.redenen))
    ends = {"Berekening": found.laagste} if found.zeker else {"Laagste": found.laagste, "Hoogste": found.hoogste}
    for title, end in ends.items():
        console.print()
        console.print(_steps(title, end))
    for remark in found.opmerkingen:
        _say(f"\nLet op: {remark}")
    if unsure := to_confirm(found.gebruikt):
        _say(f"\nNog na te lezen in de wet: {', '.join(unsure)}.")


def _headline(found: Norm) -> str:
    low, high = found.bereik
    amount = euro(low) if found.zeker else f"{euro(low)} tot {euro(high)}"
    return f"Norm op {calendar_date(found.peildatum)}: {amount} per maand, met vakantietoeslag"


def _steps(title: str, end: Uitkomst) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("stap", overflow="fold")
    table.add_column("uitkomst", justify="right")
    table.add_column("artikel", overflow="fold")
    for one in end.stappen:
        table.add_row(one.wat, one.uitkomst, one.artikel.removeprefix("artikel "))
    table.add_row("zonder vakantietoeslag", euro(end.zonder_vakantietoeslag), "19 lid 3 Pw")
    table.add_row("[bold]norm per maand[/]", f"[bold]{euro(end.bedrag)}[/]", "")
    return table


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False)
