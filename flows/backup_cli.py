"""``tijdig backup`` and ``tijdig restore``."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from contracts.dutch import number
from flows.backup import PATIENCE, Backup, put_back, take_backup
from flows.bewaking.alerts import Loop
from flows.bewaking.watch import watched
from flows.present import today
from flows.settings import Workplace

console = Console()
ZONE: Final = ZoneInfo("Europe/Amsterdam")

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]


def backup(
    naar: Annotated[Path, typer.Option(help="Map waarin backups bewaard worden.", file_okay=False)],
    map_: Map = Path(),
    wacht: Annotated[int, typer.Option(help="Zoveel seconden wachten op een nacht die draait.", min=0)] = int(PATIENCE),
) -> None:
    """Maak een backup terwijl de werklijst doorgaat. Een nacht die draait, maakt eerst haar werk af.

    Er staat in wat in de werkmap staat over mensen, en de sleutels: bewaar hem even veilig als de werkmap zelf.

    Voorbeeld: [bold]tijdig backup --map /srv/tijdig/voorbeeldstad --naar /backup/tijdig[/bold]
    """
    work = Workplace(map_)
    with watched(work, Loop.BACKUP, today()) if (work.folder / "gegevens").is_dir() else nullcontext():
        made = take_backup(work, naar, datetime.now(UTC), wacht)
    said = Backup.read(made)
    size = sum(one.bytes for one in said.bestanden.values())
    _say(f"De backup staat in {made}: {number(len(said.bestanden))} bestanden, {number(size // 1_000_000 + 1)} MB.")
    _say(f"Er staan gegevens over mensen in, en {number(len(said.geheimen))} sleutels. Bewaar hem even veilig.")
    _say("Geheimen uit de omgeving (TIJDIG_...) en leveringen die nog wachten staan er niet in.")
    if said.casusboek == "postgresql":
        _say("Let op: het casusboek staat in PostgreSQL en zit er niet in. Maak daarvan zelf een backup (pg_dump).")


def restore(
    backup_: Annotated[Path, typer.Argument(metavar="BACKUP", help="Map die `tijdig backup` maakte.", file_okay=False)],
    map_: Annotated[Path, typer.Option("--map", help="Lege of nieuwe werkmap.", file_okay=False)],
) -> None:
    """Zet een backup terug in een lege werkmap. Eerst wordt alles gecontroleerd; er wordt nooit iets vervangen.

    Daarna gaat er geen bericht uit, tot iemand heeft gekeken wat er sinds de backup al ging.

    Voorbeeld: [bold]tijdig restore /backup/tijdig/tijdig-backup-20261103T020000Z --map /srv/tijdig/nieuw[/bold]
    """
    said = put_back(backup_, Workplace(map_), datetime.now(UTC))
    when = f"{said.gemaakt_op.astimezone(ZONE):%d-%m-%Y %H:%M}"
    _say(f"De backup van {when} staat in {map_}. Bestanden, casusboek, logboek en register kloppen.")
    if said.casusboek == "postgresql":
        _say("Het casusboek staat in PostgreSQL en zat er niet in. Zet dat zelf terug (pg_restore), en daarna:")
        since = f"{said.gemaakt_op.astimezone(ZONE):%Y-%m-%dT%H:%M}"
        _say(f"  tijdig notices vasthouden --map {map_} --sinds {since} --door ...")
        return
    _say(f"Let op: berichten die sinds {when} weggingen, kent Tijdig nu niet. Er gaat niets uit, tot u dit deed:")
    _say("  1. Draai de nacht opnieuw: tijdig run. De bronnen leveren opnieuw wat na de backup kwam.")
    _say("  2. Kijk wat er wacht: tijdig notices vastgehouden. Leg dat naast de drukker, de mailserver en NotifyNL.")
    _say("  3. tijdig notices vrijgeven --door ... --al-verstuurd LIJST")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
