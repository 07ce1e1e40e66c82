"""``tijdig report elders`` and ``tijdig report klacht``: what somebody writes down by hand for the evaluation."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
import typer
from pydantic import ValidationError
from rich.console import Console

from contracts.dutch import calendar_date
from contracts.errors import CasebookError
from contracts.outcome import UITKOMST_ZIN, Uitkomst
from contracts.registers import (
    ELDERSOORT_NAAM,
    HERKOMST_NAAM,
    KLACHTONDERWERP_NAAM,
    KLACHTUITKOMST_ZIN,
    Elders,
    EldersAfgehandeld,
    Eldersoort,
    Herkomst,
    Klacht,
    KlachtAfgehandeld,
    Klachtonderwerp,
    Klachtuitkomst,
)
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import in_dossiers, processing
from flows.present import today
from flows.settings import Workplace

elders = typer.Typer(
    no_args_is_help=True, help="Signalen van elders: van een collega, een netwerkpartner of de samenleving."
)
klacht = typer.Typer(no_args_is_help=True, help="Klachten over Tijdig: tellen waarover ze gaan en hoe ze aflopen.")
console = Console()
T = TypeVar("T")

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Door = Annotated[str, typer.Option(help="Wie dit opschrijft, zoals het consulentnummer.")]
Toelichting = Annotated[str | None, typer.Option(help="Mag leeg blijven. Schrijf geen namen, adressen of BSN.")]
Ontvangen = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="De dag waarop het binnenkwam; standaard vandaag.")
]
Op = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="De dag waarop het klaar was; standaard vandaag.")
]
Nummer = Annotated[int, typer.Argument(help="Het nummer dat bij het opschrijven genoemd werd.")]
Alles = Annotated[bool, typer.Option("--alles", help="Ook wat al afgehandeld is.")]


@elders.command("noteer")
def note_elders(  # noqa: PLR0913, PLR0917 - each is an option
    herkomst: Annotated[Herkomst, typer.Option(help="eigen_organisatie, netwerkpartner of samenleving.")],
    soort: Annotated[Eldersoort, typer.Option(help="Waar het over gaat.")],
    door: Door,
    ontvangen: Ontvangen = None,
    dossier: Annotated[str | None, typer.Option(help="Het dossiernummer, als dat bekend is.")] = None,
    toelichting: Toelichting = None,
    map_: Map = Path(),
) -> None:
    """Schrijf een signaal op dat niet uit een register komt. Er volgt geen brief of taak uit.

    Voorbeeld: [bold]tijdig report elders noteer --herkomst netwerkpartner --soort hulpvraag --door C-01[/bold]
    """
    said = _typed(lambda: Elders(
        herkomst=herkomst, soort=soort, dossiernummer=dossier, ontvangen_op=_day(ontvangen), door=door,
        moment=datetime.now(UTC), toelichting=toelichting,
    ))  # fmt: skip
    work = Workplace(map_)
    with kept_casebook(work) as casebook, processing(work, Activiteit.EVALUATIE, "signaal van elders noteren") as step:
        step.about(in_dossiers([said.dossiernummer] if said.dossiernummer else []))
        nummer = casebook.note_elders(said)
    _say(f"Opgeschreven als nummer {nummer}. Afgehandeld? tijdig report elders afronden {nummer} --uitkomst ...")


@elders.command("afronden")
def end_elders(
    nummer: Nummer,
    uitkomst: Annotated[Uitkomst, typer.Option(help="Hoe het afliep.")],
    door: Door,
    op: Op = None,
    map_: Map = Path(),
) -> None:
    """Schrijf op hoe een signaal van elders afliep. Dat kan één keer.

    Voorbeeld: [bold]tijdig report elders afronden 3 --uitkomst aangepast --door C-01[/bold]
    """
    said = _typed(lambda: EldersAfgehandeld(uitkomst=uitkomst, op=_day(op), door=door, moment=datetime.now(UTC)))
    with kept_casebook(Workplace(map_)) as casebook:
        casebook.end_elders(nummer, said)
    _say(f"Afgehandeld: {nummer}. {UITKOMST_ZIN[uitkomst]}")


@elders.command("toon")
def show_elders(map_: Map = Path(), alles: Alles = False) -> None:  # noqa: FBT002
    """Toon de signalen van elders die nog open staan.

    Voorbeeld: [bold]tijdig report elders toon --alles[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        _show([row for row in casebook.elders() if alles or row.afgehandeld_op is None], _of_elders)


@klacht.command("noteer")
def note_klacht(
    onderwerp: Annotated[Klachtonderwerp, typer.Option(help="Waar de klacht over gaat.")],
    door: Door,
    ontvangen: Ontvangen = None,
    toelichting: Toelichting = None,
    map_: Map = Path(),
) -> None:
    """Tel een klacht. Van wie zij is, staat er niet bij: behandel haar zoals de dienst dat altijd doet.

    Voorbeeld: [bold]tijdig report klacht noteer --onderwerp toon --door C-01[/bold]
    """
    said = _typed(lambda: Klacht(
        onderwerp=onderwerp, ontvangen_op=_day(ontvangen), door=door, moment=datetime.now(UTC), toelichting=toelichting
    ))  # fmt: skip
    with kept_casebook(Workplace(map_)) as casebook:
        nummer = casebook.note_klacht(said)
    _say(f"Opgeschreven als nummer {nummer}. Afgehandeld? tijdig report klacht afronden {nummer} --uitkomst ...")


@klacht.command("afronden")
def end_klacht(
    nummer: Nummer,
    uitkomst: Annotated[Klachtuitkomst, typer.Option(help="Hoe het afliep.")],
    door: Door,
    op: Op = None,
    map_: Map = Path(),
) -> None:
    """Schrijf op hoe een klacht afliep. Dat kan één keer.

    Voorbeeld: [bold]tijdig report klacht afronden 3 --uitkomst gegrond --door C-01[/bold]
    """
    said = _typed(lambda: KlachtAfgehandeld(uitkomst=uitkomst, op=_day(op), door=door, moment=datetime.now(UTC)))
    with kept_casebook(Workplace(map_)) as casebook:
        casebook.end_klacht(nummer, said)
    _say(f"Afgehandeld: {nummer}. {KLACHTUITKOMST_ZIN[uitkomst]}")


@klacht.command("toon")
def show_klachten(map_: Map = Path(), alles: Alles = False) -> None:  # noqa: FBT002
    """Toon de klachten die nog open staan.

    Voorbeeld: [bold]tijdig report klacht toon --alles[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        _show([row for row in casebook.klachten() if alles or row.afgehandeld_op is None], _of_klacht)


def _typed(make: Callable[[], T]) -> T:
    """What was typed, checked; what is wrong is named and not repeated."""
    try:
        return make()
    except ValidationError as error:
        found = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'invoer'}: {one['msg']}" for one in error.errors(include_input=False)
        )
        raise CasebookError(
            f"This can't be written down: {found}.", where="tijdig report",
            todo="Sign it with your own number, write no BSN, and give a day that has come.",
        ) from None  # fmt: skip


def _day(given: datetime | None) -> date:
    return given.date() if given else today()


def _show(rows: list[sa.Row[Any]], words: Callable[[sa.Row[Any]], Iterator[str]]) -> None:
    for row in rows:
        for line in words(row):
            _say(line)
    if not rows:
        _say("Er staat niets open.")


def _of_elders(row: sa.Row[Any]) -> Iterator[str]:
    dossier = f", dossier {row.dossiernummer}" if row.dossiernummer else ""
    yield (
        f"{row.nummer}  {calendar_date(row.ontvangen_op)}, van {HERKOMST_NAAM[Herkomst(row.herkomst)]}: "
        f"{ELDERSOORT_NAAM[Eldersoort(row.soort)]}{dossier}"
    )
    if row.afgehandeld_op is not None:
        yield f"   {calendar_date(row.afgehandeld_op)}: {UITKOMST_ZIN[Uitkomst(row.uitkomst)]}"


def _of_klacht(row: sa.Row[Any]) -> Iterator[str]:
    yield f"{row.nummer}  {calendar_date(row.ontvangen_op)}: {KLACHTONDERWERP_NAAM[Klachtonderwerp(row.onderwerp)]}"
    if row.afgehandeld_op is not None:
        yield f"   {calendar_date(row.afgehandeld_op)}: {KLACHTUITKOMST_ZIN[Klachtuitkomst(row.uitkomst)]}"


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
