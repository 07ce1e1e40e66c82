"""``tijdig explain`` and ``tijdig recompute``: why a finding is there, and whether it comes out the same again."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.errors import CasebookError
from contracts.receipt import Receipt
from contracts.verwerkingen import Activiteit
from flows import present_signaal
from flows.logboek import handling
from flows.progress import shown_on
from flows.settings import Workplace

#: Exit code where something comes out otherwise.
DIFFERS = 1
console = Console()

Signaal = typer.Argument(help="Een signaal_id uit signalen.jsonl.")
Beperkt = Annotated[
    bool, typer.Option("--beperkt", help="Laat ook een signaal zien dat maar een beperkte groep mag kennen.")
]
Map = Annotated[Path, typer.Option("--map", help="Werkmap.", file_okay=False)]


def explain(
    signaal_id: Annotated[str, Signaal],
    map_: Map = Path(),
    bon: Annotated[  # noqa: FBT002 - typer makes it an option
        bool, typer.Option("--bon", help="Toon alleen de bon, in de vorm waarvan de hash genomen is.")
    ] = False,
    beperkt: Beperkt = False,  # noqa: FBT002
) -> None:
    """Leg uit waarom een signaal er is: regel, wet, feiten, getallen, wat getoetst is en wat ermee gebeurt.

    De hash van de bon narekenen: [bold]tijdig explain SIGNAAL-ID --bon | sha256sum[/bold]
    """
    with handling(Workplace(map_), signaal_id, "signaal uitleggen", Activiteit.VERANTWOORDING) as casebook:
        row, receipts = casebook.get(signaal_id), casebook.receipts_of(signaal_id)
        tasks, letters = casebook.about(signaal_id)
        decisions, answers = casebook.decisions_about(signaal_id), casebook.oordelen_of(signaal_id)
    if row.beperkt and not beperkt:
        present_signaal.restricted(Console(stderr=True) if bon else console)
        raise typer.Exit(DIFFERS if bon else 0)
    receipt = Receipt.model_validate(receipts[-1].inhoud) if receipts else None
    if not bon:
        present_signaal.explanation(console, row, receipt, tasks, letters, decisions)
        present_signaal.judgement(console, signaal_id, tasks, answers)
    elif receipt is None:
        raise CasebookError("No receipt was kept.", where=signaal_id, todo="Run the night again; it makes one.")
    else:
        typer.echo(receipt.canonical(), nl=False)


def recompute(
    signaal_id: Annotated[str | None, Signaal] = None,
    map_: Map = Path(),
    alles: Annotated[bool, typer.Option("--alles", help="Elk signaal waarvan een bon bewaard is.")] = False,  # noqa: FBT002
    nacht: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Bij --alles: alleen de bonnen van deze nacht.")
    ] = None,
    beperkt: Beperkt = False,  # noqa: FBT002
) -> None:
    """Reken een signaal opnieuw uit, met wat toen bekend was en de regels, waarden en instellingen van nu.

    Uitkomst 0: precies gelijk; 1: er is iets anders, en dat staat erbij.

    Voorbeeld: [bold]tijdig recompute --alles --nacht 2026-11-03[/bold]
    """
    from flows.recompute import recompute_all, recompute_one  # noqa: PLC0415 - the night's rooms take a second to load

    if (signaal_id is None) is not alles or (nacht is not None and not alles):
        raise CasebookError(
            "Name one finding, or ask for all.", where="recompute",
            todo="Give a signaal_id, or --alles; --nacht goes with --alles.",
        )  # fmt: skip
    work = Workplace(map_)
    with shown_on(console):
        if signaal_id is None:
            results = list(recompute_all(work, nacht.date() if nacht else None))
        else:
            results = list(recompute_one(work, signaal_id))
    present_signaal.recomputed(console, results, each=not alles, beperkt=beperkt)
    if not all(result.equal for result in results):
        raise typer.Exit(DIFFERS)
