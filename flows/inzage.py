"""``tijdig inzage``: everything that is held about one person, for that person, without data of others (AVG 15).

The overview lies in a folder that only its owner can open, under the number of the request: no name, number or dossier
is in a file name. It goes by itself after its term.
"""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import sqlalchemy as sa
import typer

from contracts.errors import CasebookError
from contracts.rechten import Verzoek, Verzoeksoort
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import processing
from flows.overview.collect import collect
from flows.overview.page import render
from flows.present import today
from flows.rechten import Bsn, Door, Dossier, Map, of_subject, say, the_subject
from flows.report.words import counted
from flows.settings import Workplace
from store.casebook import INWONER, PRINT, Casebook
from store.subject import Subject

FOLDER: Final = "inzage"
PAGE, DATA, TO_READ = "inzage.html", "inzage.json", "na_te_kijken.json"


def inzage(
    door: Door,
    dossier: Dossier = None,
    bsn: Bsn = False,  # noqa: FBT002
    verzoek: Annotated[str | None, typer.Option(help="Het nummer van het verzoek; zonder komt er een nieuw.")] = None,
    map_: Map = Path(),
) -> None:
    """Maak voor één persoon het overzicht van alles wat Tijdig heeft, in gewone taal, zonder gegevens van een ander.

    Ook voor een partner of huisgenoot: met --bsn. Ga eerst na of de vraag echt van deze persoon komt.

    Voorbeeld: [bold]tijdig inzage D-000123 --door C-01[/bold]
    """
    work, now = Workplace(map_), datetime.now(UTC)
    with kept_casebook(work) as casebook:
        who = the_subject(work, dossier, ask=bsn)
        asked = _request(casebook, who, verzoek, door, now)
        with processing(work, Activiteit.RECHTEN, "inzage geven") as step:
            step.about(of_subject(who))
            held = make_overview(work, who, asked.verzoek_id, now)
        casebook.note_overview(asked.verzoek_id, door=door, now=now)
    say(f"Het overzicht ligt in {folder_of(work, asked.verzoek_id)}: {PAGE} om te lezen, {DATA} om mee te nemen.")
    if held:
        texts = counted(held, "tekst", "teksten")
        say(f"Kijk eerst {TO_READ} na: {texts} van medewerkers gaan misschien ook over iemand anders.")
        say("Geef dat bestand niet mee.")
    say("Lees het overzicht voordat u het geeft. Daarna: tijdig rechten gegrond " + asked.verzoek_id)


def folder_of(work: Workplace, verzoek_id: str) -> Path:
    """Where an overview lies."""
    return work.folder / "uitvoer" / FOLDER / verzoek_id


def make_overview(work: Workplace, who: Subject, verzoek_id: str, now: datetime) -> int:
    """Write the overview; returns how many texts somebody must look at first. One that was there is replaced whole."""
    folder = folder_of(work, verzoek_id)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.parent.chmod(0o700)
    new = folder.with_name(f"{verzoek_id}.nieuw")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    found, held = collect(work, who, now, _letters(work, new))
    _write(new / DATA, json.dumps(found, ensure_ascii=False, indent=1))
    _write(new / PAGE, render(found))
    if held:
        texts = [{"waar": where, "tekst": text} for where, text in held]
        _write(new / TO_READ, json.dumps(texts, ensure_ascii=False, indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return len(held)


def _request(casebook: Casebook, who: Subject, number: str | None, door: str, now: datetime) -> Verzoek:
    """The request that this answers: the one that is named, one of theirs that waits, or a new one.

    Raises:
        CasebookError: the one that is named is not theirs, or asks for something else.
    """
    waiting = [
        one for one in casebook.requests(open_only=True) if one.soort is Verzoeksoort.INZAGE and _theirs(one, who)
    ]
    if number is not None:
        named = casebook.request(number)
        if named.soort is not Verzoeksoort.INZAGE or not _theirs(named, who):
            raise CasebookError(
                "This is no request for inzage of this person.", where=number, todo="See `tijdig rechten open`."
            )
        return named
    if waiting:
        return waiting[0]
    if who.dossiernummer is None and who.sleutel is None:
        raise CasebookError(
            "Nothing is known of this person.", where="tijdig inzage", todo="Answer that nothing is held about them."
        )
    return casebook.file_request(
        Verzoeksoort.INZAGE, dossiernummer=who.dossiernummer, persoon_sleutel=who.sleutel, ontvangen=today(),
        toelichting="", door=door, now=now,
    )  # fmt: skip


def _theirs(one: Verzoek, who: Subject) -> bool:
    if one.persoon_sleutel is not None:
        return one.persoon_sleutel in who.sleutels
    return one.dossiernummer in (*who.dossiers, *who.als_partner)


def _letters(work: Workplace, folder: Path) -> Callable[[sa.Row[Any]], str | None]:
    """Copies a letter to the inwoner into the folder where the print folder still holds it."""

    def letter(row: sa.Row[Any]) -> str | None:
        path = work.uitvoer(row.nacht) / "berichten" / f"{row.kenmerk}.pdf"
        if row.kanaal != PRINT or row.aan != INWONER or row.status == "ingetrokken" or not path.is_file():
            return None
        target = folder / path.name
        target.touch(mode=0o600)
        target.write_bytes(path.read_bytes())
        return path.name

    return letter


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
