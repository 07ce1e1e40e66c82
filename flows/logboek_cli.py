"""``tijdig logboek``: is the log of processings whole, how much of it is there, and was it sent on?"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from contracts.dutch import number
from contracts.logregel import Logregel
from flows.logboek import logboek_of
from flows.otlp import send_on
from flows.report.words import counted
from flows.secret import secret
from flows.settings import Workplace

app = typer.Typer(no_args_is_help=True, help="Het Logboek Dataverwerkingen: wat er met wiens gegevens gebeurde.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
#: Exit code where lines do not fit, or were not taken elsewhere.
NOT_WELL = 1


@app.command()
def controleer(map_: Map = Path()) -> None:
    """Houd elke regel tegen de velden van de standaard, en tel ze per stap. Uitkomst 1: er past iets niet.

    Voorbeeld: [bold]tijdig logboek controleer --map /srv/tijdig/voorbeeldstad[/bold]
    """
    counts: Counter[str] = Counter()
    wrong = 0
    for line in logboek_of(Workplace(map_)).lines():
        try:
            counts[Logregel.model_validate_json(line).name] += 1
        except ValidationError:
            wrong += 1
    for naam, count in sorted(counts.items()):
        _say(f"{number(count):>12}  {naam}")
    _say(f"{counted(wrong, 'regel past', 'regels passen')} niet." if wrong else "Alle regels passen.")
    if wrong:
        raise typer.Exit(NOT_WELL)


@app.command()
def verstuur(map_: Map = Path()) -> None:
    """Stuur door wat nog niet bevestigd is. De nacht doet dit ook. Uitkomst 1: er blijft iets wachten.

    Voorbeeld: [bold]tijdig logboek verstuur[/bold]
    """
    work = Workplace(map_)
    if work.settings.logboek.otlp is None:
        _say("Er is geen logboek elders ingesteld: [logboek] otlp.")
        return
    done = send_on(work, secret)
    _say(f"{counted(done.regels, 'regel', 'regels')} doorgestuurd en bevestigd.")
    for trouble in done.storingen:
        _say(f"Let op: {trouble.wat} ({trouble.waar}) {trouble.doen}")
    if done.wachten:
        _say(f"In {counted(done.wachten, 'bestand', 'bestanden')} staan nog regels die wachten.")
        raise typer.Exit(NOT_WELL)


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
