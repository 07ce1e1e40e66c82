"""``tijdig doctor``: can this work folder do its work, and may it count? It looks and changes nothing.

Each check gives what is not as it must be: what, where, and what to do. No personal data is read, and none is shown.
"""

import math
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
import typer
from rich.console import Console

from contracts.delivery import Manifest
from contracts.dutch import calendar_date
from contracts.errors import CasebookError, SettingsError, TijdigError
from contracts.notice import NoticeError
from contracts.tables import Bron
from flows.casebook import postgresql
from flows.init import FOLDERS
from flows.present import today
from flows.preview_samples import sample_letters
from flows.productie import Gemis, channels, missing
from flows.reach import answering, sign_on
from flows.report.words import counted
from flows.settings import SETTINGS_FILE, Workplace
from flows.steps import find_deliveries, open_warehouse
from notifications.letter import pages, render
from notifications.preflight import require_postable
from store.casebook.book import as_utc, found_version
from store.casebook.tables import notice_hold, task
from store.logboek import unsent
from store.migrations.run import newest, steps_from
from worklist.services import STYLE
from worklist.style import not_there

console = Console()
#: Exit code where something is not well.
NOT_WELL: Final = 1
#: So much must be free besides room for what is there once more.
_FREE_BYTES: Final = 1_000_000_000
_CONNECT_SECONDS: Final = "10"
_ZONE: Final = "Europe/Amsterdam"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_SECRETS: Final = ("sleutel", "logboek_sleutel", "werklijst_sleutel")
_GIGABYTE: Final = 1e9
#: An amount as DuckDB reads it.
_MEMORY: Final = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]i?B)", re.IGNORECASE)
_UNITS: Final = {
    f"{letter}{kind}": base**power
    for power, letter in enumerate("KMGT", 1) for kind, base in (("B", 1000), ("IB", 1024))
}  # fmt: skip
#: Where the memory limit of a container can be read.
_LIMITS: Final = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


class Check(NamedTuple):
    """One thing that is looked at: its name, and what was not well."""

    naam: str
    gemis: tuple[Gemis, ...]


def examine(work: Workplace, now: datetime) -> Iterator[Check]:
    """Every check but those of production, in their order; with settings that can't be read only that is said."""
    wrong = tuple(_settings(work))
    yield Check("Instellingen", wrong)
    if wrong:
        return
    day = now.astimezone(ZoneInfo(_ZONE)).date() if _zone_known() else now.date()
    looks: dict[str, Callable[[], Iterable[Gemis]]] = {
        "Werkmap": lambda: folder(work),
        "Ruimte op de schijf": lambda: room(work),
        "Geheugen": lambda: memory(work),
        "Klok en tijdzone": lambda: clock(work, now),
        "Casusboek": lambda: casebook(work),
        "Leveringen": lambda: deliveries(work, day),
        "Brieven maken": lambda: letters(work),
        "Kanalen": lambda: [*channels(work.settings), *answering(work.settings)],
        "Aanmelddienst": lambda: sign_on(work.settings, now),
        "Stijl van de werklijst": lambda: style(work),
        "Logboek Dataverwerkingen": lambda: log(work),
    }
    for naam, look in looks.items():
        yield Check(naam, tuple(look()))


def _settings(work: Workplace) -> Iterator[Gemis]:
    if not work.folder.is_dir():
        yield Gemis("De werkmap is er niet.", str(work.folder), "Geef de goede map met --map.")
        return
    try:
        _ = work.settings
    except SettingsError as error:
        # What does not fit is named by its setting, never by its value.
        yield Gemis(f"De instellingen passen niet: {error.what}", SETTINGS_FILE, "Verbeter of verwijder wat er staat.")


def folder(work: Workplace) -> Iterator[Gemis]:
    """Whether Tijdig can work there, and nobody else can read its secrets."""
    for path in (work.folder, *(work.folder / naam for naam in FOLDERS)):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            yield Gemis(
                "Tijdig mag hier niet lezen en schrijven.", str(path), "Geef de gebruiker van Tijdig die rechten."
            )
        if path != work.folder and path.exists() and os.name == "posix" and path.stat().st_mode & stat.S_IRWXO:
            yield Gemis(
                "Iedereen op deze computer kan hierin kijken; er staan gegevens van mensen in.", str(path),
                f"Sluit de map voor anderen: chmod o-rwx {path.name}",
            )  # fmt: skip
    for path in sorted({one.parent for one in work.leveringen.rglob("*") if one.is_file()}):
        if not os.access(path, os.W_OK | os.X_OK):
            yield Gemis(
                "Tijdig kan de bestanden van deze levering straks niet weghalen.", str(path),
                "Geef de gebruiker van Tijdig schrijfrecht op die map, ook voor de volgende levering.",
            )  # fmt: skip
    key = work.folder / "gegevens" / "sleutel"
    if work.warehouse.exists() and not key.exists():
        yield Gemis(
            "De sleutel voor de nummers van personen is weg: er draait geen nacht.", str(key),
            "Zet hem terug uit de back-up. Met een andere zou elk signaal nieuw zijn.",
        )  # fmt: skip
    for naam in _SECRETS:
        path = work.folder / "gegevens" / naam
        if path.exists() and os.name == "posix" and path.stat().st_mode & _OTHERS:
            yield Gemis(
                "Anderen kunnen een geheim lezen.", str(path), f"Zet de rechten op alleen de eigenaar: chmod 600 {naam}"
            )


def room(work: Workplace) -> Iterator[Gemis]:
    """Whether there is room for what a night writes: as much as there is now, and a gigabyte."""
    there = sum(_size(path) for path in (work.folder / "gegevens").rglob("*"))
    free, needed = shutil.disk_usage(work.folder).free, there + _FREE_BYTES
    if free < needed:
        yield Gemis(
            f"Er is {free / _GIGABYTE:.1f} GB vrij; een nacht kan {needed / _GIGABYTE:.1f} GB nodig hebben.",
            str(work.folder), "Maak ruimte, of zet de werkmap op een grotere schijf.",
        )  # fmt: skip


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        # A night that runs takes files away.
        return 0


def memory(work: Workplace) -> Iterator[Gemis]:
    """Whether what the database of a night may use is there: in a container that has less the night is killed."""
    there = min(_bytes_of_machine(), _bytes_of_container())
    asked = _MEMORY.fullmatch(work.settings.geheugen)
    if asked is None:
        yield Gemis("Deze hoeveelheid is niet te lezen.", "geheugen", 'Schrijf bijvoorbeeld "3GB".')
    elif (wanted := float(asked[1]) * _UNITS[asked[2].upper()]) > there:
        yield Gemis(
            f"De nacht mag {wanted / _GIGABYTE:.1f} GB gebruiken; hier is {there / _GIGABYTE:.1f} GB.", "geheugen",
            "Zet de instelling lager, of geef deze computer meer geheugen.",
        )  # fmt: skip


def _bytes_of_machine() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _bytes_of_container() -> float:
    """The limit of the control group, by either version; infinite = none that can be read."""
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            return float(path.read_text(encoding="ascii"))
    return math.inf


def clock(work: Workplace, now: datetime) -> Iterator[Gemis]:
    """Whether the clock can be right, and the time of here is known."""
    if not _zone_known():
        yield Gemis(f"De tijdzone {_ZONE} is niet bekend.", "tijdzones", "Installeer het pakket tzdata.")
    newest = max((manifest.geleverd_op for manifest in _manifests(work)), default=None)
    if newest is not None and newest > now + timedelta(hours=1):
        yield Gemis(
            f"De klok loopt achter: er is een levering van {newest:%d-%m-%Y %H:%M}.", "klok",
            "Zet de klok gelijk; of vraag de leverancier naar het tijdstip in levering.json.",
        )  # fmt: skip


def _zone_known() -> bool:
    try:
        ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError:
        return False
    return True


def _manifests(work: Workplace) -> list[Manifest]:
    return [delivery.manifest for delivery in find_deliveries(work, date.max)[0]]


def casebook(work: Workplace) -> Iterator[Gemis]:
    """Whether the record can be reached, and is of this release."""
    if work.settings.werklijst.database is None and not work.casebook.exists():
        return
    try:
        url = postgresql(work)
        found = found_version(_hurried(url) if url else _only_read(work.casebook))
        may = found is not None or url is None or _may_make(_hurried(url))
    except (SettingsError, sa.exc.DatabaseError):
        # Without its cause: that may repeat user and host.
        yield Gemis(
            "Het casusboek is niet te openen.", "[werklijst] database, of gegevens/casebook.sqlite",
            "Kijk of de database draait, of het bestand heel is en of de rechten kloppen.",
        )  # fmt: skip
        return
    except CasebookError:
        yield Gemis(
            "Het casusboek is van voor de eerste uitgave.", "casusboek",
            "Bewaar het bestand, en begin in een lege werkmap.",
        )  # fmt: skip
        return
    if not may:
        yield Gemis(
            "De gebruiker van de database mag geen tabellen maken.", "[werklijst] database",
            "Geef dat recht: grant create on schema public to ... (vanaf PostgreSQL 15 is het er niet vanzelf).",
        )  # fmt: skip
    yield from _of_another_version(found, in_file=url is None)
    if found == newest():
        yield from _in_it(work, _hurried(url) if url else _only_read(work.casebook))


def _of_another_version(found: str | None, *, in_file: bool) -> Iterator[Gemis]:
    """What is to be done about the version of the casebook; one in a file goes on by itself."""
    try:
        steps = steps_from(found)
    except CasebookError:
        yield Gemis(
            f"Het casusboek heeft versie {found}; dit programma kent niets na {newest()}.", "casusboek",
            "Gebruik de versie van Tijdig die bij dit casusboek hoort, of een latere.",
        )  # fmt: skip
        return
    if found is not None and steps and not in_file:
        yield Gemis(
            f"Het casusboek heeft versie {found}; dit programma heeft {newest()} nodig.", "casusboek",
            "Stop de nachten en de werklijst, maak een backup, en draai `tijdig migreer`.",
        )  # fmt: skip


def _in_it(work: Workplace, url: str) -> Iterator[Gemis]:
    """What is in the record that keeps work from people, however well all else is."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as con:
            since = con.execute(sa.select(notice_hold.c.sinds).where(notice_hold.c.vrij_op.is_(None))).scalar()
            of = sa.select(task.c.consulent_id).distinct().where(task.c.status == "open", task.c.team.is_(None))
            waiting = {row.consulent_id for row in con.execute(of) if row.consulent_id is not None}
    finally:
        engine.dispose()
    if since is not None:
        day = calendar_date(as_utc(since).date())
        yield Gemis(
            f"Alle berichten worden vastgehouden; wat er sinds {day} ging, is niet bekend.", "casusboek",
            "Kijk met `tijdig notices vastgehouden` wat er wacht, en geef het vrij.",
        )  # fmt: skip
    teamless = waiting - {one for team in work.settings.teams.values() for one in team}
    if teamless and work.settings.openklant is None:
        who = counted(len(teamless), "consulent met open taken staat", "consulenten met open taken staan")
        yield Gemis(
            f"{who} in geen team: alleen een teamleider ziet die taken.", "[teams]",
            "Zet elke consulent in een team; de werklijst leest dat als zij begint.",
        )  # fmt: skip


def _hurried(url: str) -> str:
    """An address of PostgreSQL at which nobody waits long for an answer."""
    known = sa.make_url(url).update_query_dict({"connect_timeout": _CONNECT_SECONDS})
    return known.render_as_string(hide_password=False)


def _may_make(url: str) -> bool:
    """Whether the tables can be made where there are none yet."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as con:
            may = sa.func.coalesce(sa.func.has_schema_privilege(sa.func.current_schema(), "create"), sa.false())
            return bool(con.execute(sa.select(may)).scalar())
    finally:
        engine.dispose()


def _only_read(path: Path) -> str:
    """A file of SQLite, opened so that nothing is made beside it; where others have it open that is there already."""
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    return f"sqlite:///file:{path.resolve()}?{how}&uri=true"


def deliveries(work: Workplace, day: date) -> Iterator[Gemis]:
    """Whether each source that is counted on is there, and fresh; what waits to be taken in counts too."""
    try:
        known = _taken(work)
    except TijdigError:
        yield Gemis(
            "Het pakhuis is in gebruik, of is niet te lezen.", str(work.warehouse),
            "Wacht tot de nacht klaar is. Blijft dit zo: tijdig warehouse herbouw maakt het opnieuw.",
        )  # fmt: skip
        return
    newest = _newest(known, _manifests(work))
    limits = work.settings.gate_limits
    for bron in limits.expected:
        if bron not in newest:
            yield Gemis(f"Van {bron} is nog nooit iets geleverd.", str(work.leveringen), "Zet de levering klaar.")
        elif (day - newest[bron]).days > limits.max_days[bron]:
            yield Gemis(
                f"De laatste levering van {bron} is van {calendar_date(newest[bron])}: te oud.", str(work.leveringen),
                "Vraag de leverancier om een nieuwe.",
            )  # fmt: skip


def _newest(known: dict[Bron, date], coming: Iterable[Manifest]) -> dict[Bron, date]:
    """The last day that each source is about, taken in or not."""
    days = [*known.items(), *((one.bron, one.peildatum) for one in coming)]
    return {bron: max(day for other, day in days if other is bron) for bron, _ in days}


def _taken(work: Workplace) -> dict[Bron, date]:
    if not work.warehouse.exists():
        return {}
    with open_warehouse(work, read_only=True) as warehouse:
        return {bron: taken.peildatum for bron, taken in warehouse.newest().items()}


def letters(work: Workplace) -> Iterator[Gemis]:
    """Whether a letter to somebody made up can be laid out, with its fonts, and would be taken by a printer."""
    house = work.settings.huis
    sample = next(iter(sample_letters(house))).notice
    try:
        require_postable(render(sample, house), sample.kenmerk, pages(sample))
    except NoticeError as error:
        yield Gemis(
            f"Een voorbeeldbrief lukt niet: {error.what}", "[huis]",
            "Kijk naar naam en adres van de dienst; ontbreekt een lettertype, draai dan `make setup`.",
        )  # fmt: skip


def style(work: Workplace) -> Iterator[Gemis]:
    """Whether the pages look as they should; without it they work."""
    absent = not_there(STYLE, work.settings.werklijst.thema)
    if absent:
        yield Gemis(
            f"De werklijst mist {len(absent)} van haar stijlbestanden, zoals {absent[0]}; zij werkt, maar is kaal.",
            str(work.settings.werklijst.thema or STYLE), "Draai `make style`, of kijk naar [werklijst] thema.",
        )  # fmt: skip


def log(work: Workplace) -> Iterator[Gemis]:
    """Whether the log of processings can be written, and was sent on."""
    if work.logboek.exists() and not os.access(work.logboek, os.W_OK | os.X_OK):
        yield Gemis(
            "Het logboek is niet te schrijven: dan begint er geen nacht.", str(work.logboek), "Geef die rechten."
        )
        return
    if work.settings.logboek.otlp is None or not work.logboek.exists():
        return
    waiting = len(unsent(work.logboek))
    if waiting:
        yield Gemis(
            f"In {waiting} bestanden van het logboek staan regels die elders niet bevestigd zijn.", "[logboek] otlp",
            "Draai `tijdig logboek verstuur` en kijk wat er misgaat.",
        )  # fmt: skip


def tell_doctor(
    map_: Annotated[
        Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)
    ] = Path(),
    productie: Annotated[  # noqa: FBT002 - typer makes it an option
        bool, typer.Option("--productie", help="Kijk ook wat productie nodig heeft, waar die nog uit staat.")
    ] = False,
) -> None:
    """Kijk of Tijdig hier kan werken, en wat er nog ontbreekt voor productie. Verandert niets. Uitkomst 1: iets is mis.

    Voorbeeld: [bold]tijdig doctor --map /srv/tijdig/voorbeeldstad --productie[/bold]
    """
    work, now = Workplace(map_), datetime.now(UTC)
    found = list(examine(work, now))
    if not found[0].gemis and (productie or work.settings.productie):
        # Channels stand above already.
        known = {one for check in found for one in check.gemis}
        found.append(Check("Klaar voor productie", tuple(one for one in missing(work, today()) if one not in known)))
    for check in found:
        _say(f"{'mis ' if check.gemis else 'goed'}  {check.naam}")
        for one in check.gemis:
            _say(f"      {one.wat}", f"      waar: {one.waar}", f"      doen: {one.doen}")
    wrong = sum(len(check.gemis) for check in found)
    _say(
        f"Er is {wrong} ding niet in orde."
        if wrong == 1
        else f"Er zijn {wrong} dingen niet in orde."
        if wrong
        else "Alles is in orde."
    )
    if wrong:
        raise typer.Exit(NOT_WELL)


def _say(*lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
