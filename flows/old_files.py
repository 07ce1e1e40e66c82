"""Which files and folders of a work folder are past their term: letters, results of nights, overviews, raw deliveries.

How old a file is, is the day on which it came to this disk: a supplier may copy times along.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from contracts.delivery import MANIFEST_NAME, read_manifest
from contracts.errors import DeliveryError
from contracts.retention import Bewaarbeleid, Soort
from flows.inzage import FOLDER as INZAGE
from flows.logboek import logboek_of
from flows.settings import Workplace
from store.casebook.book import older_copies

LETTERS: Final = "berichten"
#: What a night leaves that has nobody in it.
WITHOUT_ANYBODY: Final = ("verslag.html",)
Arrived = Callable[[Path], date]


def arrived(path: Path) -> date:
    """The day on which a file came to this disk."""
    return datetime.fromtimestamp(path.stat().st_ctime, UTC).date()


def old_files(
    work: Workplace, beleid: Bewaarbeleid, today: date, open_nights: frozenset[date], came: Arrived = arrived
) -> dict[Soort, list[Path]]:  # fmt: skip
    """What is past its term, by kind: files, or folders that go whole.

    Args:
        work: the work folder.
        beleid: the terms.
        today: the day.
        open_nights: nights of which a letter must still be made, or taken back: their print folder stays.
        came: says how old a file is.
    """

    def before(soort: Soort) -> date:
        return beleid.of(soort).before(today)

    nights = [(day, path) for path in _folders(work.folder / "uitvoer") if (day := _day_of(path)) is not None]
    found = {
        Soort.BRIEF: [
            path / LETTERS for day, path in nights
            if day < before(Soort.BRIEF) and day not in open_nights and (path / LETTERS).is_dir()
        ],
        Soort.UITVOER: [
            *(one for day, path in nights if day < before(Soort.UITVOER) for one in _of_night(path)),
            *(one for one in _beside(work) if came(one) < before(Soort.UITVOER)),
        ],
        Soort.POSTBEWIJS: [one for one in _files(work.postbewijzen) if came(one) < before(Soort.POSTBEWIJS)],
        Soort.INZAGE: [
            one for one in _folders(work.folder / "uitvoer" / INZAGE) if came(one) < before(Soort.INZAGE)
        ],
        Soort.LEVERING: list(_deliveries(work, before(Soort.LEVERING), today, came)),
        Soort.LOGBOEK: list(_logged(work, before(Soort.LOGBOEK))),
        Soort.LOGS: [one for one in _files(work.logs) if (_day_of(one) or came(one)) < before(Soort.LOGS)],
        Soort.KOPIE: [one for one in older_copies(work.casebook) if came(one) < before(Soort.KOPIE)],
    }  # fmt: skip
    return {soort: sorted(paths) for soort, paths in found.items() if paths}


def count_files(paths: list[Path]) -> int:
    """How many files these are, those in folders among them."""
    return sum(len(_files(path)) if path.is_dir() else 1 for path in paths)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all in it; and the folder around it where that is empty now."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    around = path.parent
    if around.is_dir() and around.name not in ("uitvoer", "leveringen", "postbewijzen") and not any(around.iterdir()):
        around.rmdir()


def _of_night(folder: Path) -> Iterator[Path]:
    """The files of a night that can be about somebody."""
    for path in folder.iterdir():
        if path.name not in (*WITHOUT_ANYBODY, LETTERS):
            yield path


def _beside(work: Workplace) -> list[Path]:
    """Files beside the folders of nights, such as case sheets: they may be about somebody."""
    folder = work.folder / "uitvoer"
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _deliveries(work: Workplace, before: date, today: date, came: Arrived) -> Iterator[Path]:
    """Folders of deliveries that were left: about a day that is long past, and that came long ago."""
    term = work.settings.leveringen_bewaren_dagen
    for path in sorted(work.leveringen.rglob(MANIFEST_NAME)):
        try:
            about = read_manifest(path).manifest.peildatum
        except DeliveryError:
            about = date.min
        if max(came(path), about) < min(before, today - timedelta(days=term)):
            yield path.parent
    manifests = {path.parent for path in work.leveringen.rglob(MANIFEST_NAME)}
    for path in _files(work.leveringen):
        if path.parent not in manifests and came(path) < before:
            yield path


def _logged(work: Workplace, before: date) -> Iterator[Path]:
    """Days of the log of processings; not where lines must still be sent on."""
    waits = set()
    if work.settings.logboek.otlp is not None:
        waits = {path for path, _ in logboek_of(work).unsent()}
    for path in _folders(work.logboek):
        day = _day_of(path)
        if day is not None and day < before and not any(path in one.parents for one in waits):
            yield path


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name.removesuffix(".jsonl"))
    except ValueError:
        return None
