"""``tijdig linking``: weights, reports, explanations and decisions about persons without a sound key.

The engine is imported when a command needs it: pandas and recordlinkage take a second to load.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer
from rich.console import Console

from contracts.errors import TijdigError
from contracts.verwerkingen import Activiteit
from flows import present
from flows.logboek import handling
from flows.settings import Workplace

if TYPE_CHECKING:
    from matching.identify import Sides
    from matching.linking.explain import Explanation
    from matching.linking.weights import Weights

app = typer.Typer(no_args_is_help=True, help="Personen koppelen zonder (goede) sleutel.")
console = Console()
errors = Console(stderr=True)

Map = Annotated[Path, typer.Option("--map", help="Werkmap; voor wie in de leveringen staat.", file_okay=False)]
Register = Annotated[
    Path | None,
    typer.Option("--register", help="Uittreksel van een register (CSV), in plaats van --map.", dir_okay=False),
]
Rijen = Annotated[
    Path | None, typer.Option("--rijen", help="Rijen over personen (CSV), bij --register.", dir_okay=False)
]
Gewichten = Annotated[
    str | None,
    typer.Option(
        "--gewichten", help="Versie, of bestand van `tijdig linking estimate`; standaard die van deze uitgave."
    ),
]


@app.command("estimate")
def estimate_weights(  # noqa: PLR0913, PLR0917 - each is an option
    uit: Annotated[Path, typer.Option(help="Waar de gewichten komen (.yaml).", dir_okay=False)],
    versie: Annotated[str, typer.Option(help="Hoe deze gewichten heten.")],
    map_: Map = Path(),
    register: Register = None,
    rijen: Rijen = None,
    datum: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Standaard vandaag.")] = None,
    zaad: Annotated[int, typer.Option(help="Zelfde zaad, zelfde willekeurige paren.", min=0)] = 1,
) -> None:
    """Schat gewichten uit rijen met een BSN dat klopt. Een mens bekijkt ze; een nacht leert nooit.

    De rijen zijn die van DUO, UWV en IB in een werkmap, of die van een los bestand.
    Naast de gewichten komen een verslag (.md) en een grafiek (.svg) met dezelfde naam.

    Voorbeeld: [bold]tijdig linking estimate --map . --versie 2027-1 --uit 2027-1.yaml[/bold]
    """
    from matching.linking.estimate import estimate  # noqa: PLC0415
    from matching.linking.report import page  # noqa: PLC0415

    if uit.suffix not in (".yaml", ".yml"):
        raise TijdigError("Weights are written as YAML.", where="--uit", todo="Name a file that ends in .yaml.")
    day = datum.date() if datum else present.today()
    sides = _sides(map_, register, rijen)
    source = f"{register.name} en {rijen.name}, zaad {zaad}" if register and rijen else f"werkmap, zaad {zaad}"
    weights = estimate(sides.register, sides.rows, version=versie, day=day, source=source, seed=zaad)
    with _writing(uit):
        weights.save(uit)
    told, chart = uit.with_suffix(".md"), _chart(uit, weights)
    _write(told, page(weights, chart=chart.name))
    _say(f"{weights.aantallen.geverifieerd} geverifieerde rijen; geschreven: {uit}, {told.name} en {chart.name}")


@app.command()
def report(
    map_: Map = Path(),
    register: Register = None,
    rijen: Rijen = None,
    gewichten: Gewichten = None,
    uit: Annotated[
        Path | None, typer.Option(help="Schrijf het verslag (.md) hierheen, met de grafiek ernaast.", dir_okay=False)
    ] = None,
) -> None:
    """Toon gewichten, trechter, uitkomst, en de uitkomst per groep.

    Van wie in de laatste nacht van een werkmap te koppelen was, of van een los bestand.

    Voorbeeld: [bold]tijdig linking report --map . --uit koppelen.md[/bold]
    """
    from matching.identify import identify  # noqa: PLC0415
    from matching.linking.report import page  # noqa: PLC0415

    sides, weights = _sides(map_, register, rijen), _weights(gewichten)
    run = identify(sides, gewichten)
    if uit is None:
        _say(page(weights, run, sides.rows))
        return
    chart = _chart(uit, weights)
    _write(uit, page(weights, run, sides.rows, chart.name))
    _say(f"Geschreven: {uit} en {chart.name}")


@app.command("explain")
def explain_pair(  # noqa: PLR0913, PLR0917 - each is an option
    rij: Annotated[str, typer.Argument(help="Een signaal_id; of koppel_links van een signaal; of een rijnummer.")],
    persoon: Annotated[
        str, typer.Argument(help="Niets bij een signaal_id; koppel_rechts; of een rijnummer in het register.")
    ] = "",
    map_: Map = Path(),
    register: Register = None,
    rijen: Rijen = None,
    gewichten: Gewichten = None,
    svg: Annotated[Path | None, typer.Option(help="Schrijf de waterval ook als plaatje.", dir_okay=False)] = None,
) -> None:
    """Leg uit waarom iemand wel of niet aan een persoon is gekoppeld.

    Voorbeeld: [bold]tijdig linking explain S-R01-0123456789abcdef --svg waterval.svg[/bold]
    Los bestand: [bold]tijdig linking explain 12 3401 --register brp.csv --rijen ib.csv[/bold]
    """
    from matching.linking.explain import explain  # noqa: PLC0415
    from matching.linking.waterfall import bits, waterfall  # noqa: PLC0415

    weights, sides = _weights(gewichten), _sides(map_, register, rijen)
    row, person = _pair(sides, *_named(map_, rij, persoon))
    known = sides.rows.filter(id=row).select("op_adres").to_series().to_list() == [True]
    told = explain(
        sides.register, sides.rows, row, person, weights, pairs=sides.pairs if known else None
    )  # fmt: skip
    _say(f"{bits(told.start):>8}  kans vooraf")
    for line in told.lines:
        _say(f"{bits(line.gewicht):>8}  {line.vergelijking}: {line.niveau}")
    _say(f"{bits(told.total):>8}  samen")
    _say(f"Beste andere kandidaat: {'geen' if told.rival is None else bits(told.rival)}")
    _say(_outcome(told, person, sides.register))
    if svg is not None:
        _write(svg, str(waterfall(told)))


@app.command("besluit")
def decide(
    signaal_id: Annotated[str, typer.Argument(help="Een signaal met een taak om een koppeling te controleren.")],
    zelfde: Annotated[bool, typer.Option("--zelfde/--niet-zelfde", help="Is het dezelfde persoon?")],
    door: Annotated[str, typer.Option(help="Wie dit besluit, zoals het consulentnummer.")],
    map_: Map = Path(),
) -> None:
    """Leg vast of iemand die de dienst kent dezelfde is als de bewoner van een signaal.

    Het besluit telt vanaf de volgende nacht, zolang beide gegevens gelijk blijven. Een later besluit vervangt het.

    Voorbeeld: [bold]tijdig linking besluit S-R01-0123456789abcdef --niet-zelfde --door C-01[/bold]
    """
    with handling(Workplace(map_), signaal_id, "koppeling beslissen", Activiteit.KOPPELING) as casebook:
        casebook.decide_link(signaal_id, zelfde=zelfde, door=door, now=datetime.now(UTC))
    _say(f"Vastgelegd: {'dezelfde persoon' if zelfde else 'niet dezelfde persoon'}. Dit telt vanaf de volgende nacht.")


@app.command("match")
def match_file(
    register: Annotated[Path, typer.Option(help="Uittreksel van een register (CSV).", dir_okay=False)],
    rijen: Annotated[Path, typer.Option(help="Rijen over personen (CSV).", dir_okay=False)],
    uit: Annotated[Path, typer.Option(help="Waar de uitkomst komt (CSV).", dir_okay=False)],
    gewichten: Gewichten = None,
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
    from matching.linking.loose import match  # noqa: PLC0415

    counts = match(register, rijen, uit, _weights(gewichten), _warn)
    _say(f"{', '.join(f'{band} {count}' for band, count in counts.items())}; geschreven: {uit}")


def _weights(version: str | None) -> "Weights":
    from matching.linking.weights import PINNED, Weights  # noqa: PLC0415

    return Weights.load(version or PINNED)


def _sides(map_: Path, register: Path | None, rows: Path | None) -> "Sides":
    """Two files, or who was to be linked on the last night of a work folder."""
    from flows.steps import sides_of_last_night  # noqa: PLC0415
    from matching.linking.loose import sides_of_files  # noqa: PLC0415

    if register is None and rows is None:
        return sides_of_last_night(Workplace(map_))
    if register is None or rows is None:
        raise TijdigError("A register and rows go together.", where="--register, --rijen", todo="Give both, or --map.")
    return sides_of_files(register, rows, _warn)


def _named(map_: Path, row: str, person: str) -> tuple[str, str]:
    """The two descriptions that a finding is about; others as they are."""
    from store.casebook import LINK  # noqa: PLC0415

    if person:
        return row, person
    with handling(Workplace(map_), row, "koppeling uitleggen", Activiteit.KOPPELING) as casebook:
        facts = casebook.get(row).inhoud["feiten"]
    if not facts.get(LINK[0]):
        raise TijdigError(
            "This finding asks nothing about who is who.", where=row, todo="Take one with a task controleer_koppeling."
        )
    return str(facts[LINK[0]]), str(facts[LINK[1]])


def _pair(sides: "Sides", row: str, person: str) -> tuple[int, int]:
    """The numbers of a row and a register person that are given by number or by key."""
    found = []
    for value, frame, key in ((row, sides.rows, "links_sleutel"), (person, sides.register, "persoon_sleutel")):
        ids = [int(value)] if value.isdecimal() and key not in frame.columns else []
        if key in frame.columns:
            ids = frame.filter(frame[key] == value)["id"].to_list()
        if not ids:
            raise TijdigError(
                "Nobody by this number or key.", where=value[:40],
                todo="Take koppel_links and koppel_rechts of a finding that is still so, or row numbers of the files.",
            )  # fmt: skip
        found.append(ids[0])
    return found[0], found[1]


def _outcome(told: "Explanation", person: int, register: pl.DataFrame) -> str:
    """What became of the row, and the guard that spoke."""
    whom = ""
    if told.linked_id == person:
        whom = " aan deze persoon"
    elif told.linked_id is not None and "persoon_sleutel" in register.columns:
        whom = f" aan {register.filter(id=told.linked_id)['persoon_sleutel'][0]}"
    elif told.linked_id is not None:
        whom = f" aan rij {told.linked_id} van het register"
    words = {
        "exact": f"De rij is gekoppeld{whom}: het BSN klopt.", "automatisch": f"De rij is automatisch gekoppeld{whom}.",
        "controleren": f"Controleren: hoort de rij{whom}?", "geen": "De rij is aan niemand gekoppeld.",
    }  # fmt: skip
    return f"{words[told.band]} {told.guard}".strip()


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _warn(text: str) -> None:
    errors.print(text, markup=False, highlight=False, soft_wrap=True)


def _chart(beside: Path, weights: "Weights") -> Path:
    from matching.linking.bars import weights_chart  # noqa: PLC0415

    chart = beside.with_suffix(".svg")
    _write(chart, str(weights_chart(weights)))
    return chart


def _write(path: Path, text: str) -> None:
    with _writing(path):
        path.write_text(text, encoding="utf-8")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TijdigError("A file can't be written.", where=path.name, todo="Name a folder that exists.") from error
