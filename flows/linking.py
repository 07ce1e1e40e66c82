"""``tijdig linking``: weights, reports and explanations of linking persons without a sound key."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows import present
from matching.linking import Weights, estimate
from matching.linking.explain import explain
from matching.linking.linker import linked
from matching.linking.loose import match, read_records
from matching.linking.report import page
from matching.linking.waterfall import bits, waterfall
from matching.linking.weights import PINNED

app = typer.Typer(no_args_is_help=True, help="Personen koppelen zonder (goede) sleutel.")
console = Console()

Register = Annotated[Path, typer.Option("--register", help="Uittreksel van een register (CSV).", dir_okay=False)]
Rijen = Annotated[Path, typer.Option("--rijen", help="Rijen over personen (CSV).", dir_okay=False)]
Gewichten = Annotated[str, typer.Option("--gewichten", help="Versie, of bestand van `tijdig linking estimate`.")]


@app.command("estimate")
def estimate_weights(
    register: Register,
    rijen: Rijen,
    uit: Annotated[Path, typer.Option(help="Waar de gewichten komen (YAML).", dir_okay=False)],
    versie: Annotated[str, typer.Option(help="Hoe deze gewichten heten.")],
    datum: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Standaard vandaag.")] = None,
    zaad: Annotated[int, typer.Option(help="Zelfde zaad, zelfde willekeurige paren.")] = 1,
) -> None:
    """Schat gewichten uit rijen met een BSN dat klopt. Een mens bekijkt ze; een nacht leert nooit.

    Voorbeeld: [bold]tijdig linking estimate --register brp.csv --rijen ib.csv --versie 2027-1 --uit 2027-1.yaml[/bold]
    """
    day = datum.date() if datum else present.today()
    source = f"{register.name} en {rijen.name}, zaad {zaad}"
    weights = estimate(read_records(register), read_records(rijen), version=versie, day=day, source=source, seed=zaad)
    weights.save(uit)
    uit.with_suffix(".md").write_text(page(weights), encoding="utf-8")
    _say(f"{weights.aantallen.geverifieerd} geverifieerde rijen; geschreven: {uit} en {uit.with_suffix('.md')}")


@app.command()
def report(
    register: Register,
    rijen: Rijen,
    gewichten: Gewichten = PINNED,
    uit: Annotated[Path | None, typer.Option(help="Schrijf het verslag (Markdown) hierheen.", dir_okay=False)] = None,
) -> None:
    """Toon gewichten, trechter, uitkomst, en de uitkomst per groep.

    Voorbeeld: [bold]tijdig linking report --register brp.csv --rijen ib.csv --uit koppelen.md[/bold]
    """
    weights, rows = Weights.load(gewichten), read_records(rijen)
    text = page(weights, linked(read_records(register), rows, weights), rows)
    if uit is None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    else:
        uit.write_text(text, encoding="utf-8")
        _say(f"Geschreven: {uit}")


@app.command("explain")
def explain_pair(
    rij: Annotated[int, typer.Argument(help="Nummer van een rij; de eerste onder de kop is 1.")],
    persoon: Annotated[int, typer.Argument(help="Nummer van een rij in het register.")],
    register: Register,
    rijen: Rijen,
    gewichten: Gewichten = PINNED,
    svg: Annotated[Path | None, typer.Option(help="Schrijf de waterval ook als plaatje.", dir_okay=False)] = None,
) -> None:
    """Leg uit waarom een rij wel of niet aan een persoon is gekoppeld.

    Voorbeeld: [bold]tijdig linking explain 12 3401 --register brp.csv --rijen ib.csv --svg waterval.svg[/bold]
    """
    told = explain(read_records(register), read_records(rijen), rij, persoon, Weights.load(gewichten))
    _say(f"{bits(told.start):>8}  kans vooraf")
    for line in told.lines:
        _say(f"{bits(line.gewicht):>8}  {line.vergelijking}: {line.niveau}")
    _say(f"{bits(told.total):>8}  samen; band van de rij: {told.band}")
    _say(f"Op één na beste kandidaat: {'geen' if told.rival is None else bits(told.rival)}")
    if told.guard:
        _say(told.guard)
    if svg is not None:
        svg.write_text(str(waterfall(told)), encoding="utf-8")


@app.command("match")
def match_file(
    register: Register,
    rijen: Rijen,
    uit: Annotated[Path, typer.Option(help="Waar de uitkomst komt (CSV).", dir_okay=False)],
    gewichten: Gewichten = PINNED,
) -> None:
    """Koppel de rijen van een los bestand aan een register. Een link zonder geverifieerd BSN is een vraag, geen feit.

    Voorbeeld: [bold]tijdig linking match --register brp.csv --rijen lijst.csv --uit uitkomst.csv[/bold]
    """
    counts = match(register, rijen, uit, Weights.load(gewichten))
    _say(f"{', '.join(f'{band} {count}' for band, count in counts.items())}; geschreven: {uit}")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
