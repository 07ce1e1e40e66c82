"""``tijdig rechten``: what inwoners ask about their own data, and by which day it must be answered (AVG 12, 15 to 21).

A burgerservicenummer is asked for without showing it, or read from a pipe: it is never an argument.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from stdnum.nl import bsn as elfproef

from contracts.dutch import calendar_date
from contracts.errors import CasebookError
from contracts.logregel import Betrokkene, Soort
from contracts.rechten import (
    GEGEVENS,
    VERZOEK_ZIN,
    VERZOEKDAAD_ZIN,
    VERZOEKSTAND_ZIN,
    Verzoek,
    Verzoekdaad,
    Verzoeksoort,
)
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import in_dossiers, processing
from flows.present import today
from flows.report.words import counted
from flows.settings import Workplace
from flows.steps import open_warehouse
from store.casebook import Casebook
from store.subject import Subject, subject_of

app = typer.Typer(no_args_is_help=True, help="Verzoeken van inwoners over hun eigen gegevens, met de termijn.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Dossier = Annotated[str | None, typer.Argument(help="Het dossiernummer van de inwoner. Zonder: geef --bsn.")]
Bsn = Annotated[bool, typer.Option("--bsn", help="Vraag om het BSN (onzichtbaar, of door een pijp).")]
Alles = Annotated[bool, typer.Option("--alles", help="Ook wat klaar is.")]
Door = Annotated[str, typer.Option(help="Wie dit doet, zoals het consulentnummer.")]
Nummer = Annotated[str, typer.Argument(help="Het nummer van het verzoek, zoals V-ABCDEFGHIJ.")]
Waarom = Annotated[str, typer.Option(help="In woorden, zonder namen en nummers.")]


@app.command()
def nieuw(  # noqa: PLR0913, PLR0917 - each is an option
    soort: Annotated[Verzoeksoort, typer.Argument(help="Wat de inwoner vraagt.")],
    door: Door,
    dossier: Dossier = None,
    bsn: Bsn = False,  # noqa: FBT002
    gegeven: Annotated[str | None, typer.Option(help="Bij een bewering: welk gegeven; zie `gegevens`.")] = None,
    toelichting: Annotated[str, typer.Option(help="Wat de inwoner zegt, zonder namen en nummers.")] = "",
    ontvangen: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Wanneer het binnenkwam; standaard vandaag.")
    ] = None,
    map_: Map = Path(),
) -> None:
    """Schrijf een verzoek op. De volgende nacht houdt er rekening mee; een brief die nog klaarligt, gaat niet weg.

    Voorbeeld: [bold]tijdig rechten nieuw bewering D-000123 --gegeven brp_bewoner --door C-01[/bold]
    """
    work, day = Workplace(map_), today()
    came = ontvangen.date() if ontvangen else day
    if came > day:
        raise CasebookError("A request can't come tomorrow.", where="--ontvangen", todo="Give the day it came.")
    with kept_casebook(work) as casebook:
        who = the_subject(work, dossier, ask=bsn)
        if who.dossiernummer is None and who.sleutel is None:
            raise CasebookError(
                "Nothing is known of this person.",
                where="tijdig rechten",
                todo="Answer that; there is nothing to hold.",
            )
        with processing(work, Activiteit.RECHTEN, "verzoek opschrijven") as step:
            step.about(of_subject(who))
            made = casebook.file_request(
                soort, dossiernummer=who.dossiernummer, persoon_sleutel=who.sleutel, ontvangen=came,
                toelichting=toelichting, door=door, now=datetime.now(UTC), gegeven=gegeven,
            )  # fmt: skip
    say(f"Opgeschreven als {made.verzoek_id}. {VERZOEK_ZIN[soort]}")
    if soort is Verzoeksoort.GEEN_BERICHTEN:
        say("Dit geldt vanaf nu. Bevestig het aan de inwoner.")
    else:
        say(f"Antwoord uiterlijk op {calendar_date(made.uiterlijk)}.")


@app.command("open")
def waiting(map_: Map = Path(), alles: Alles = False) -> None:  # noqa: FBT002
    """Toon wat nog een antwoord nodig heeft, met hoeveel dagen er nog zijn.

    Voorbeeld: [bold]tijdig rechten open[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        found = casebook.requests(open_only=not alles)
    day = today()
    for one in found:
        say(f"{one.verzoek_id}  {one.soort:<15} {one.stand:<12} {_left(one, day)}")
    if not found:
        say("Er is geen verzoek." if alles else "Er wacht geen verzoek op antwoord.")


@app.command()
def toon(nummer: Nummer, map_: Map = Path()) -> None:
    """Toon één verzoek: wat gevraagd is, hoever het is en wat ermee gebeurde.

    Voorbeeld: [bold]tijdig rechten toon V-ABCDEFGHIJ[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        one, events = casebook.request(nummer), casebook.events_of_request(nummer)
    say(f"{one.verzoek_id}: {VERZOEK_ZIN[one.soort]} {VERZOEKSTAND_ZIN[one.stand]}")
    if one.gegeven:
        say(f"Volgens de inwoner klopt niet: {GEGEVENS[one.gegeven].zin}.")
    say(f"Ontvangen op {calendar_date(one.ontvangen)}, antwoord uiterlijk op {calendar_date(one.uiterlijk)}.")
    for event in events:
        text = f" {event.tekst}" if event.tekst else ""
        say(f"{event.moment:%d-%m-%Y}  {event.door}: {VERZOEKDAAD_ZIN[Verzoekdaad(event.wat)]}{text}")


@app.command()
def verleng(nummer: Nummer, door: Door, waarom: Waarom, map_: Map = Path()) -> None:
    """Neem twee maanden meer, één keer en binnen de eerste maand. Vertel de inwoner dat, en waarom.

    Voorbeeld: [bold]tijdig rechten verleng V-ABCDEFGHIJ --door C-01 --waarom "De BRP doet onderzoek."[/bold]
    """
    with _handling(map_, nummer, "verzoek verlengen") as casebook:
        one = casebook.extend_request(nummer, door=door, waarom=waarom, now=datetime.now(UTC))
    say(f"Antwoord uiterlijk op {calendar_date(one.uiterlijk)}. Vertel de inwoner nu dat het langer duurt, en waarom.")


@app.command()
def gegrond(nummer: Nummer, door: Door, waarom: Waarom = "", map_: Map = Path()) -> None:
    """Geef de inwoner wat werd gevraagd. Van een bewering sluiten de signalen, en de terugmelding staat klaar.

    Voorbeeld: [bold]tijdig rechten gegrond V-ABCDEFGHIJ --door C-01[/bold]
    """
    with _handling(map_, nummer, "verzoek beantwoorden") as casebook:
        one = casebook.settle_request(nummer, gegrond=True, door=door, waarom=waarom, now=datetime.now(UTC))
    say("Vastgelegd: gegrond. Vertel het de inwoner.")
    if one.soort is Verzoeksoort.BEWERING:
        say("Is de bron verbeterd? Hef het dan op: tijdig rechten beeindig.")


@app.command()
def ongegrond(nummer: Nummer, door: Door, waarom: Waarom, map_: Map = Path()) -> None:
    """Wijs een verzoek af, met de reden. Vanaf de volgende nacht houdt het niets meer tegen.

    Voorbeeld: [bold]tijdig rechten ongegrond V-ABCDEFGHIJ --door C-01 --waarom "De inschrijving klopt."[/bold]
    """
    with _handling(map_, nummer, "verzoek beantwoorden") as casebook:
        casebook.settle_request(nummer, gegrond=False, door=door, waarom=waarom, now=datetime.now(UTC))
    say("Vastgelegd: ongegrond. Vertel de inwoner waarom, en dat klagen kan bij de AP of bij de rechter.")


@app.command()
def beeindig(nummer: Nummer, door: Door, waarom: Waarom = "", map_: Map = Path()) -> None:
    """De inwoner trekt het in, of wat was toegekend geldt niet meer (de bron is verbeterd).

    Bij een beperking: vertel het de inwoner vooraf (AVG 18 lid 3).

    Voorbeeld: [bold]tijdig rechten beeindig V-ABCDEFGHIJ --door C-01[/bold]
    """
    with _handling(map_, nummer, "verzoek beëindigen") as casebook:
        one = casebook.end_request(nummer, door=door, waarom=waarom, now=datetime.now(UTC))
    say(f"Vastgelegd. {VERZOEKSTAND_ZIN[one.stand]}")


@app.command()
def gegevens() -> None:
    """Toon van welke gegevens een inwoner kan zeggen dat ze niet kloppen."""
    for code, one in GEGEVENS.items():
        say(f"{code:<20} {one.zin}")


def the_subject(work: Workplace, dossier: str | None, *, ask: bool) -> Subject:
    """Who is meant: by dossiernummer, or by a burgerservicenummer that is asked for.

    Raises:
        TijdigError: neither or both are given, the number is none, or it is not certain who is meant.
    """
    if (dossier is None) is not ask:
        raise CasebookError(
            "Name a dossier, or ask for the burgerservicenummer.", where="tijdig", todo="Give DOSSIER or --bsn."
        )
    number = asked_bsn() if ask else None
    with open_warehouse(work, read_only=True) as warehouse:
        who = subject_of(warehouse, work.sleutel, dossiernummer=dossier, bsn=number)
    if dossier is not None and who.bsn is None and not _has_findings(work, dossier):
        raise CasebookError("No such dossier.", where=dossier[:40], todo="See whether it is typed right.")
    return who


def _has_findings(work: Workplace, dossier: str) -> bool:
    """Whether the casebook knows a dossier that the register does not hold any more."""
    with kept_casebook(work) as casebook:
        return bool(casebook.rows_about([dossier], [])["finding"])


def of_subject(who: Subject) -> list[Betrokkene]:
    """Whose data are used, for the log of processings."""
    keys = [Betrokkene(Soort.PERSOON, key) for key in who.sleutels]
    return keys or list(in_dossiers(who.dossiers))


def asked_bsn() -> str:
    """A burgerservicenummer, typed without showing it or read from a pipe.

    Raises:
        CasebookError: it is none.
    """
    typed = typer.prompt("BSN", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    number = "".join(sign for sign in str(typed) if sign.isdigit())
    if not elfproef.is_valid(number):
        raise CasebookError("This is no burgerservicenummer.", where="--bsn", todo="Type its nine digits.")
    return number


@contextmanager
def _handling(folder: Path, nummer: str, naam: str) -> Iterator[Casebook]:
    """The casebook for what is done with a request: whose it is, is written down first."""
    work = Workplace(folder)
    with kept_casebook(work) as casebook:
        one = casebook.request(nummer)
        with processing(work, Activiteit.RECHTEN, naam) as step:
            step.about(
                [Betrokkene(Soort.PERSOON, one.persoon_sleutel)] if one.persoon_sleutel
                else in_dossiers(filter(None, [one.dossiernummer]))
            )  # fmt: skip
            yield casebook


def _left(one: Verzoek, day: date) -> str:
    if one.stand != "open":
        return ""
    left = one.days_left(day)
    if left < 0:
        return f"TE LAAT: de laatste dag was {calendar_date(one.uiterlijk)}"
    return f"nog {counted(left, 'dag', 'dagen')}, tot en met {calendar_date(one.uiterlijk)}"


def say(text: str) -> None:
    """Print a line as it is."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)
