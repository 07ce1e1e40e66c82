"""``tijdig signaal``: what a consulent does with a finding, and what became of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from advice.gesprek import gidsen
from contracts.dutch import calendar_date
from contracts.errors import CasebookError
from contracts.oordeel import Bewust, Oordeel
from contracts.outcome import UITKOMST_ZIN, WAAROM_ZIN, Uitkomst, Waarom
from flows import present_signaal, present_toets
from flows.logboek import handling
from flows.settings import Settings, Workplace
from flows.toets import toets_of

app = typer.Typer(no_args_is_help=True, help="Het leven van een signaal: antwoord, uitkomst, heropenen.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Signaal = Annotated[str, typer.Argument(help="Een signaal_id uit signalen.jsonl.")]
Door = Annotated[str, typer.Option(help="Wie dit doet, zoals het consulentnummer.")]
Beperkt = Annotated[bool, typer.Option("--beperkt", help="Ook van een signaal dat maar een beperkte groep mag kennen.")]

#: Exit code where a deed was asked of what only a restricted group may know, and nothing was done.
NOT_DONE = 1

#: After these the difference is expected to go soon; where it does not, somebody looks again.
_SOON = (Uitkomst.AANGEPAST, Uitkomst.GEEFT_ZELF_DOOR, Uitkomst.GEEN_CONTACT)


def closed_until(uitkomst: Uitkomst, settings: Settings, last: date) -> date | None:
    """The day from which a finding that was closed after night ``last`` may speak again; None = until a human says so.

    What an inwoner says of a wrong source goes before the source until somebody looked into it (AVG 16).
    """
    if uitkomst is Uitkomst.BRON_KLOPT_NIET:
        return None
    days = settings.afgerond_dagen if uitkomst in _SOON else settings.geen_gevolg_dagen
    return last + timedelta(days=days)


@app.command()
def afronden(
    signaal_id: Signaal,
    uitkomst: Annotated[Uitkomst, typer.Option(help="Hoe het eindigde.")],
    door: Door,
    tot: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Vanaf deze dag mag het weer opvallen; standaard naar de uitkomst."),
    ] = None,
    map_: Map = Path(),
) -> None:
    """Rond een signaal af. Zolang dat geldt hoort niemand er meer van, ook als het verschil blijft.

    Voorbeeld: [bold]tijdig signaal afronden S-R01-0123456789abcdef --uitkomst geen_gevolg --door C-01[/bold]
    """
    work = Workplace(map_)
    with handling(work, signaal_id, "signaal afronden") as casebook:
        term = tot.date() if tot else closed_until(uitkomst, work.settings, casebook.last_recorded())
        casebook.close(signaal_id, uitkomst, door=door, now=datetime.now(UTC), tot=term)
    until = "totdat iemand het heropent" if term is None else f"tot {calendar_date(term)}"
    _say(f"Afgerond: {UITKOMST_ZIN[uitkomst]} Dit geldt {until}, of tot het feit een andere datum heeft.")


@app.command()
def beantwoord(signaal_id: Signaal, door: Door, map_: Map = Path()) -> None:
    """Noteer dat de inwoner heeft geantwoord, of dat er contact was. De taak blijft staan tot u afrondt.

    Voorbeeld: [bold]tijdig signaal beantwoord S-R01-0123456789abcdef --door C-01[/bold]
    """
    with handling(Workplace(map_), signaal_id, "antwoord noteren") as casebook:
        casebook.answer(signaal_id, door=door, now=datetime.now(UTC))
    _say("Genoteerd: er is contact geweest.")


@app.command()
def heropen(signaal_id: Signaal, door: Door, map_: Map = Path()) -> None:
    """Open een afgerond signaal weer. Vanaf de volgende nacht is het een taak, als het verschil er dan nog is.

    Voorbeeld: [bold]tijdig signaal heropen S-R01-0123456789abcdef --door C-01[/bold]
    """
    with handling(Workplace(map_), signaal_id, "signaal heropenen") as casebook:
        casebook.reopen(signaal_id, door=door, now=datetime.now(UTC))
    _say("Heropend. Dit telt vanaf de volgende nacht.")


@app.command()
def toon(signaal_id: Signaal, map_: Map = Path(), beperkt: Beperkt = False) -> None:  # noqa: FBT002
    """Toon het leven van een signaal: elke status, sinds wanneer, en waarom; en wat een consulent oordeelde.

    Voorbeeld: [bold]tijdig signaal toon S-R01-0123456789abcdef[/bold]
    """
    with handling(Workplace(map_), signaal_id, "signaal bekijken") as casebook:
        now, life = casebook.get(signaal_id), casebook.life_of(signaal_id)
        answers = casebook.oordelen_of(signaal_id) if beperkt or not now.beperkt else []
    _say(f"{signaal_id}: {now.status}")
    for row in life:
        _say(f"{'na ' if row.door else ''}{row.nacht}  {row.naar}: {WAAROM_ZIN[Waarom(row.waarom)]}")
        if row.door:
            _say(f"  {_deed(row.door, row.uitkomst, row.tot)}")
    for line in present_toets.judged(answers):
        _say(line)


@app.command()
def toets(signaal_id: Signaal, map_: Map = Path(), beperkt: Beperkt = False) -> None:  # noqa: FBT002
    """Toon de drietrapstoets: drie vragen, wat Tijdig daarvoor weet en niet weet, en hoe u het gesprek kunt voeren.

    Voorbeeld: [bold]tijdig signaal toets S-R01-0123456789abcdef[/bold]
    """
    with handling(Workplace(map_), signaal_id, "drietrapstoets bekijken") as casebook:
        if casebook.get(signaal_id).beperkt and not beperkt:
            present_signaal.restricted(console)
            return
        known, answers = toets_of(casebook, signaal_id), casebook.oordelen_of(signaal_id)
    present_toets.questions(console, known, gidsen().onderwerpen[known.gids], answers)


@app.command()
def oordeel(  # noqa: PLR0913, PLR0917 - each is an option
    signaal_id: Signaal,
    bewust: Annotated[Bewust, typer.Option(help="Kon de inwoner weten wat er verwacht werd?")],
    context: Annotated[str, typer.Option(help="Wat was in deze omstandigheden redelijk om te verwachten?")],
    impact: Annotated[str, typer.Option(help="Wat kost het, wat doet een oplossing, en wat als niemand iets doet?")],
    door: Door,
    map_: Map = Path(),
    beperkt: Beperkt = False,  # noqa: FBT002
) -> None:
    """Leg uw antwoord op de drie vragen vast. Schrijf geen namen en geen BSN; een later antwoord komt eronder.

    Voorbeeld: [bold]tijdig signaal oordeel S-R01-0123456789abcdef --bewust nee
    --context "Dacht dat de gemeente het doorgaf." --impact "Nu nog klein." --door C-01[/bold]
    """
    with handling(Workplace(map_), signaal_id, "oordeel vastleggen") as casebook:
        if casebook.get(signaal_id).beperkt and not beperkt:
            present_signaal.restricted(console)
            raise typer.Exit(NOT_DONE)
        try:
            said = Oordeel(bewust=bewust, context=context, impact=impact, door=door, moment=datetime.now(UTC))
        except ValidationError as error:
            wrong = ", ".join(f"--{problem['loc'][0]}" for problem in error.errors(include_input=False))
            raise CasebookError(
                "This is no judgement of a human, in words.", where=wrong,
                todo="Write each answer without a BSN, and say who you are; a machine can't answer.",
            ) from None  # fmt: skip
        casebook.keep_oordeel(said, toets_of(casebook, signaal_id))
    _say("Vastgelegd. Het oordeel is van u en verandert niets vanzelf.")


def _deed(door: str, uitkomst: str | None, tot: date | None) -> str:
    if uitkomst is None:
        return f"Door {door}."
    until = "totdat iemand het heropent" if tot is None else f"tot {calendar_date(tot)}"
    return f"Door {door}: {UITKOMST_ZIN[Uitkomst(uitkomst)]} Geldt {until}."


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
