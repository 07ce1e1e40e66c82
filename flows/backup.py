"""A backup of a work folder, taken while nights and pages go on; and putting it back in an empty one.

What is in it is enough to go on: the record, what the register said (its snapshot), the secrets by which ids are made,
settings, the log of processings and the results of nights. What is not: raw deliveries, which do not outlive their
night, and print folders: a printer that finds one again would post it again.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.errors import CasebookError, TijdigError
from flows.alone import one_keeper, one_night
from flows.casebook import open_casebook
from flows.init import FOLDERS
from flows.mailroom import PRINT_FOLDER
from flows.settings import SETTINGS_FILE, Workplace
from flows.steps import open_warehouse
from store import snapshot
from store.casebook import Casebook
from store.casebook.book import copy_file, found_version, older_copies
from store.casebook.tables import RESTORED
from store.disk import put, settle
from store.migrations.run import steps_from

MANIFEST: Final = "backup.json"
#: So long a backup waits for a night that runs, in seconds.
PATIENCE: Final = 3_600.0
#: Who does it, in the audit log.
BY: Final = "beheer"
_NAME: Final = "tijdig-backup-"
_HALF: Final = ".nieuw"
_BACK: Final = ".terugzetten"
_FORMAT: Final = 1
#: In ``gegevens/``: what is copied by a way of its own, can be made again, or is only there while something runs.
_NOT_COPIED: Final = ("prefect", "snapshots")
_NOT_CALLED: Final = ("casebook.sqlite", "warehouse.duckdb")
_NOT_ENDING: Final = (".slot", _HALF)
_MODE: Final = 0o600


class File(BaseModel):
    """A file of a backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    bytes: int


class Backup(BaseModel):
    """What a backup says of itself.

    Attributes:
        formaat: of this manifest.
        gemaakt_op: the moment at which the casebook was copied.
        casusboek: whether the casebook is in it, or is in PostgreSQL and has a backup of its own.
        versie: of the casebook; None = it is not in it.
        geheimen: the files of it that are secrets.
        bestanden: every file of it, by its path.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    formaat: int
    gemaakt_op: datetime
    casusboek: Literal["sqlite", "postgresql", "geen"]
    versie: str | None
    geheimen: tuple[str, ...]
    bestanden: dict[str, File]

    @classmethod
    def read(cls, folder: Path) -> "Backup":
        """That of a folder.

        Raises:
            TijdigError: there is none, or it is of another format.
        """
        try:
            found = cls.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            raise TijdigError(
                "This is no backup, or its manifest is damaged.", where=folder,
                todo=f"Give the folder that `tijdig backup` made, with its {MANIFEST}.",
            ) from None  # fmt: skip
        if found.formaat != _FORMAT:
            raise TijdigError(
                f"The backup has format {found.formaat}, this program knows {_FORMAT}.", where=folder / MANIFEST,
                todo="Use the release that made it, or a later one.",
            )  # fmt: skip
        return found


# -- taking it ---------------------------------------------------------------------------------------------------


def take_backup(work: Workplace, to: Path, now: datetime, patience: float = PATIENCE) -> Path:
    """Copy what is needed to go on; returns the folder of the backup, that is there whole or not at all.

    Args:
        work: the work folder; pages go on, and a night waits no longer than the copying takes.
        to: the folder in which backups are kept.
        now: the moment.
        patience: how many seconds to wait for a night that runs.

    Raises:
        BusyError: a night, or the destruction of what is past its term, still went on after that.
        TijdigError: there is nothing to back up, or such a backup is there already.
    """
    if not (work.folder / "gegevens").is_dir():
        raise TijdigError("There is nothing to back up.", where=work.folder, todo="Give the work folder: --map.")
    made = to / f"{_NAME}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    half = made.with_name(made.name + _HALF)
    if made.exists():
        raise TijdigError("A backup of this second is there already.", where=made, todo="Try again.")
    to.mkdir(parents=True, exist_ok=True)
    for left in to.glob(f"{_NAME}*{_HALF}"):
        shutil.rmtree(left)  # of one that was killed: people are in it
    half.mkdir(mode=0o700)
    try:
        # A night writes while it is copied, and retention takes away what was about to be.
        with one_night(work.folder, patience), one_keeper(work.folder, patience):
            said = _copy_all(work, half, now)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    put(half / MANIFEST, said.model_dump_json(indent=1), _MODE)
    half.rename(made)
    settle(to)
    return made


def _copy_all(work: Workplace, half: Path, now: datetime) -> Backup:
    kind, version = _copy_casebook(work, half, now)
    _copy_snapshot(work, half)
    for path in _files_of(work):
        _copy(path, half / path.relative_to(work.folder))
    files = {str(path.relative_to(half)): path for path in sorted(half.rglob("*")) if path.is_file()}
    return Backup(
        formaat=_FORMAT, gemaakt_op=now, casusboek=kind, versie=version,
        geheimen=tuple(name for name in files if name.startswith("gegevens/") and "sleutel" in Path(name).name),
        bestanden={
            name: File(sha256=snapshot.sha256_of(path), bytes=path.stat().st_size) for name, path in files.items()
        },
    )  # fmt: skip


def _copy_casebook(
    work: Workplace, half: Path, now: datetime
) -> tuple[Literal["sqlite", "postgresql", "geen"], str | None]:
    if work.settings.werklijst.database is not None:
        return "postgresql", None
    if not work.casebook.exists():
        return "geen", None
    with open_casebook(work) as casebook:
        casebook.note(BY, "backup_gemaakt", half.name.removesuffix(_HALF), now)
    to = half / work.casebook.relative_to(work.folder)
    _make(to.parent)
    copy_file(work.casebook, to)
    return "sqlite", found_version(f"sqlite:///{to}")


def _copy_snapshot(work: Workplace, half: Path) -> None:
    """What the register said: its snapshot, made now where a release before had none."""
    if snapshot.newest(work.snapshots) is None and work.warehouse.exists():
        with open_warehouse(work) as warehouse:
            snapshot.keep(warehouse, work.snapshots, datetime.now(UTC))
    folder = snapshot.newest(work.snapshots)
    if folder is None:
        return
    to = half / folder.relative_to(work.folder)
    for path in sorted(folder.iterdir()):
        _copy(path, to / path.name)
    snapshot.verified(to)


def _files_of(work: Workplace) -> Iterator[Path]:
    settings = work.folder / SETTINGS_FILE
    if settings.is_file():
        yield settings
    copies = older_copies(work.casebook)
    for path in _below(work.folder / "gegevens", _NOT_COPIED):
        if not (path.name.startswith(_NOT_CALLED) or path.name.endswith(_NOT_ENDING) or path in copies):
            yield path
    yield from _below(work.folder / "postbewijzen", ())
    for path in _below(work.folder / "uitvoer", ()):
        if PRINT_FOLDER not in path.relative_to(work.folder).parts[:-1]:
            yield path


def _below(folder: Path, but: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] not in but:
            yield path


def _copy(path: Path, to: Path) -> None:
    _make(to.parent)
    put(to, path.read_bytes(), _MODE)


def _make(folder: Path) -> None:
    """Make a folder, and those around it, that their owner alone may look into."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=0o700)


# -- putting it back ---------------------------------------------------------------------------------------------


def put_back(source: Path, work: Workplace, now: datetime) -> Backup:
    """Make a work folder from a backup; it is there whole or not at all. Messages are held from then on.

    Args:
        source: the folder of the backup; it is only read.
        work: the work folder to make: not there yet, or empty.
        now: the moment.

    Raises:
        TijdigError: the folder is in use; a file is missing, too many or not as it was written; the casebook or the
            register is of a newer release, or not sound; the audit log is not whole. Nothing is left then.
    """
    if work.folder.exists() and any(work.folder.iterdir()):
        raise TijdigError(
            "There is something in this work folder.", where=work.folder,
            todo="Give an empty folder; nothing that stands somewhere is replaced.",
        )  # fmt: skip
    said = verified(source)
    half = work.folder.resolve().with_name(work.folder.resolve().name + _BACK)
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700, parents=True)
    try:
        _fill(source, said, Workplace(half), now)
        if work.folder.exists():
            work.folder.rmdir()
        half.rename(work.folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return said


def verified(source: Path) -> Backup:
    """What a backup says of itself, where every file is there and as it was written, and no other.

    Raises:
        TijdigError: it is not so; says which file.
    """
    said = Backup.read(source)
    there = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()} - {MANIFEST}
    for wrong, names in (("is missing", said.bestanden.keys() - there), ("is too many", there - said.bestanden.keys())):
        if names:
            raise _refused(source, f"{min(names)} {wrong}")
    for name, file in said.bestanden.items():
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise _refused(source, f"{name} lies outside it")
        if snapshot.sha256_of(source / name) != file.sha256:
            raise _refused(source, f"{name} is not as it was written")
    return said


def _refused(source: Path, why: str) -> TijdigError:
    return TijdigError(f"The backup is not whole: {why}.", where=source, todo="Use another backup.")


def _fill(source: Path, said: Backup, half: Workplace, now: datetime) -> None:
    for name in said.bestanden:
        _copy(source / name, half.folder / name)
    for name, mode in FOLDERS.items():
        (half.folder / name).mkdir(exist_ok=True)
        (half.folder / name).chmod(mode)
    half.folder.chmod(0o750)
    if said.casusboek == "sqlite":
        _check_casebook(half.casebook, source)
        with Casebook.at(half.casebook) as casebook:
            _check_log(casebook, source)
            casebook.hold_notices(said.gemaakt_op, RESTORED, BY, now)
            casebook.note(BY, "backup_teruggezet", source.name[:80], now)
    folder = snapshot.newest(half.snapshots)
    if folder is not None:
        snapshot.rebuild(folder, half.warehouse)


def _check_casebook(path: Path, source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
            sound = con.execute("pragma integrity_check").fetchall() == [("ok",)]
            sound = sound and not con.execute("pragma foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise _refused(source, "the casebook is not sound")
    steps_from(found_version(f"sqlite:///{path}"))  # refuses one of a newer release


def _check_log(casebook: Casebook, source: Path) -> None:
    broken = casebook.verify().breuk
    if broken is not None:
        raise CasebookError(
            f"The audit log in the backup does not fit from line {broken} on.", where=source,
            todo="Use another backup, and find out who changed this one.",
        )  # fmt: skip
