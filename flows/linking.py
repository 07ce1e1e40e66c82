"""``tijdig linking``: weights, reports and explanations of linking persons without a sound key."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.errors import TijdigError
from flows import present
from matching.linking import Weights, estimate
from matching.linking.bars import weights_chart
from matching.linking.explain import Explanation, explain
from matching.linking.linker import linked
from matching.linking.loose import match, read_both
from matching.linking.report import page
from matching.linking.waterfall import bits, waterfall
from matching.linking.weights import PINNED

app = typer.Typer(no_args_is_help=True, help="Personen koppelen zonder (goede) sleutel.")
console = Console()
errors = Console(stderr=True)

Register = Annotated[Path, typer.Option("--register", help="Uittreksel van een register (CSV).", dir_okay=False)]
Rijen = Annotated[Path, typer.Option("--rijen", help="Rijen over personen (CSV).", dir_okay=False)]
Gewichten = Annotated[str, typer.Option("--gewichten", help="Versie, of bestand van `tijdig linking estimate`.")]


@app.command("estimate")
def estimate_weights(
    register: Register,
    rijen: Rijen,
    uit: Annotated[Path, typer.Option(help="Waar de gewichten komen (.yaml).", dir_okay=False)],
    versie: Annotated[str, typer.Option(help="Hoe deze gewichten heten.")],
    datum: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Standaard vandaag.")] = None,
    zaad: Annotated[int, typer.Option(help="Zelfde zaad, zelfde willekeurige paren.", min=0)] = 1,
) -> None:
    """Schat gewichten uit rijen met een BSN dat klopt. Een mens bekijkt ze; een nacht leert nooit.

    Naast de gewichten komen een verslag (.md) en een grafiek (.svg) met dezelfde naam.

    Voorbeeld: [bold]tijdig linking estimate --register brp.csv --rijen ib.csv --versie 2027-1 --uit 2027-1.yaml[/bold]
    """
    if uit.suffix not in (".yaml", ".yml"):
        raise TijdigError("Weights are written as YAML.", where="--uit", todo="Name a file that ends in .yaml.")
    day = datum.date() if datum else present.today()
    source = f"{register.name} en {rijen.name}, zaad {zaad}"
    weights = estimate(*read_both(register, rijen, _warn), version=versie, day=day, source=source, seed=zaad)
    with _writing(uit):
        weights.save(uit)
    told, chart = uit.with_suffix(".md"), uit.with_suffix(".svg")
    _write(chart, str(weights_chart(weights)))
    _write(told, page(weights, chart=chart.name))
    _say(f"{weights.aantallen.geverifieerd} geverifieerde rijen; geschreven: {uit}, {told.name} en {chart.name}")


@app.command()
def report(
    register: Register,
    rijen: Rijen,
    gewichten: Gewichten = PINNED,
    uit: Annotated[
        Path | None, typer.Option(help="Schrijf het verslag (.md) hierheen, met de grafiek ernaast.", dir_okay=False)
    ] = None,
) -> None:
    """Toon gewichten, trechter, uitkomst, en de uitkomst per groep.

    Voorbeeld: [bold]tijdig linking report --register brp.csv --rijen ib.csv --uit koppelen.md[/bold]
    """
    weights = Weights.load(gewichten)
    known, rows = read_both(register, rijen, _warn)
    run = linked(known, rows, weights)
    if uit is None:
        _say(page(weights, run, rows))
        return
    chart = uit.with_suffix(".svg")
    _write(chart, str(weights_chart(weights)))
    _write(uit, page(weights, run, rows, chart.name))
    _say(f"Geschreven: {uit} en {chart.name}")


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
    weights = Weights.load(gewichten)
    told = explain(*read_both(register, rijen, _warn), rij, persoon, weights)
    _say(f"{bits(told.start):>8}  kans vooraf")
    for line in told.lines:
        _say(f"{bits(line.gewicht):>8}  {line.vergelijking}: {line.niveau}")
    _say(f"{bits(told.total):>8}  samen")
    _say(f"Beste andere kandidaat: {'geen' if told.rival is None else bits(told.rival)}")
    _say(_outcome(told, persoon))
    if svg is not None:
        _write(svg, str(waterfall(told)))


@app.command("match")
def match_file(
    register: Register,
    rijen: Rijen,
    uit: Annotated[Path, typer.Option(help="Waar de uitkomst komt (CSV).", dir_okay=False)],
    gewichten: Gewichten = PINNED,
) -> None:
    """Koppel de rijen van een los bestand aan een register. Een link zonder geverifieerd BSN is een vraag, geen feit.

    Beide bestanden hebben een kop met een paar van: burgerservicenummer, naam,
    voorletters, voornaam, achternaam, geboortedatum, postcode, huisnummer,
    geslacht. Andere kolommen worden niet gebruikt.

    De uitkomst heeft een regel per rij, met in band:
    - exact: het BSN klopt, en naam en geboortedatum bevestigen het;
    - automatisch: past duidelijk beter op deze persoon dan op ieder ander;
    - controleren: vraag na of de rij bij deze persoon hoort;
    - geen: niemand in het register past genoeg.

    Wacht en uitleg zeggen waarom een rij die goed past toch gecontroleerd moet
    worden. Gewicht en marge (de voorsprong op de tweede) zijn in bits. Een BSN
    dat naam en geboortedatum niet bevestigen is geen sleutel: zo'n rij wordt
    vergeleken als elke andere.

    Voorbeeld: [bold]tijdig linking match --register brp.csv --rijen lijst.csv --uit uitkomst.csv[/bold]
    """
    counts = match(register, rijen, uit, Weights.load(gewichten), _warn)
    _say(f"{', '.join(f'{band} {count}' for band, count in counts.items())}; geschreven: {uit}")


def _outcome(told: Explanation, person: int) -> str:
    """What became of the row, and the guard that spoke."""
    whom = {None: "", person: " aan deze persoon"}.get(told.linked_id, f" aan rij {told.linked_id} van het register")
    words = {
        "exact": f"De rij is gekoppeld{whom}: het BSN klopt.", "automatisch": f"De rij is automatisch gekoppeld{whom}.",
        "controleren": f"Controleren: hoort de rij{whom}?", "geen": "De rij is aan niemand gekoppeld.",
    }  # fmt: skip
    return f"{words[told.band]} {told.guard}".strip()


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _warn(text: str) -> None:
    errors.print(text, markup=False, highlight=False, soft_wrap=True)


def _write(path: Path, text: str) -> None:
    with _writing(path):
        path.write_text(text, encoding="utf-8")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TijdigError("A file can't be written.", where=path.name, todo="Name a folder that exists.") from error
