"""Snapshots of the warehouse: what it keeps, as Parquet files beside it, from which a lost or damaged one is rebuilt.

The warehouse is one file that a bad disk can spoil as a whole, and the deliveries it was made from are gone the same
night. A snapshot is its tables as they are, so all of the history and never more than the warehouse itself holds. It is
written after deliveries were taken in and after retention, each time whole: what was destroyed is in none that is left.
"""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import duckdb
from pydantic import BaseModel, ConfigDict, ValidationError

from contracts.errors import TijdigError
from store import disk
from store.destroy import all_tables, beside, discard, replace
from store.sqltext import quoted
from store.warehouse import Warehouse, layout

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

MANIFEST: Final = "inhoud.json"
_HALF: Final = ".nieuw"


class File(BaseModel):
    """A table in a snapshot: how many rows, how many of them ended, and the SHA-256 of its file."""

    model_config = ConfigDict(frozen=True)

    rijen: int
    beeindigd: int
    sha256: str


class Snapshot(BaseModel):
    """What a snapshot says of itself."""

    model_config = ConfigDict(frozen=True)

    inrichting: int
    stand: int
    gemaakt_op: datetime
    tabellen: dict[str, File]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The snapshot in a folder.

        Raises:
            TijdigError: its manifest can't be read.
        """
        try:
            return cls.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            raise TijdigError(
                "A snapshot of the warehouse says nothing of itself that can be read.", where=folder.name,
                todo="Use the last backup: tijdig restore.",
            ) from None  # fmt: skip

    def describes(self, counts: dict[str, tuple[int, int]], stand: int) -> bool:
        """Whether the warehouse it was made of is still like this."""
        here = {name: (one.rijen, one.beeindigd) for name, one in self.tabellen.items()}
        return (self.inrichting, self.stand, here) == (layout(), stand, counts)


def newest(folder: Path) -> Path | None:
    """The snapshot to rebuild from; None = there is none. One that was never finished is none."""
    found = [path for path in _all(folder) if path.suffix != _HALF and (path / MANIFEST).exists()]
    return max(found, key=_how_new, default=None)


def _how_new(folder: Path) -> tuple[int, datetime]:
    """By the number of the last delivery in it: a clock may have been set back since the one before."""
    said = Snapshot.read(folder)
    return said.stand, said.gemaakt_op


def keep(warehouse: Warehouse, folder: Path, now: datetime) -> bool:
    """Make the snapshot say what the warehouse says; returns whether a new one was needed.

    Args:
        warehouse: with nothing half done in it.
        folder: where snapshots lie; the one before goes when the new one is there.
        now: the moment.
    """
    counts, stand = _counts(warehouse.con), warehouse.stand()
    old = _all(folder)
    if len(old) == 1 and _still_so(old[0], counts, stand):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = folder / f"{now:%Y%m%dT%H%M%S%f}-{stand:06d}"
    half = made.with_name(made.name + _HALF)
    half.mkdir(mode=0o700)
    files = {name: _write(warehouse.con, name, half, counts[name]) for name in counts}
    said = Snapshot(inrichting=layout(), stand=stand, gemaakt_op=now, tabellen=files)
    disk.put(half / MANIFEST, said.model_dump_json(indent=1), 0o600)
    half.rename(made)
    for path in old:
        shutil.rmtree(path)
    return True


def rebuild(folder: Path, path: Path) -> Snapshot:
    """Make the warehouse anew from a snapshot; what stands there is replaced when the new one is whole.

    Args:
        folder: the snapshot.
        path: of the warehouse, that nobody has open.

    Raises:
        TijdigError: the snapshot is damaged, or of another layout; what stands there is left.
    """
    said = verified(folder)
    new = beside(path)
    discard(new)
    with Warehouse(new) as warehouse:
        con = warehouse.con
        con.execute("delete from inrichting")
        for name in said.tabellen:
            source = {"file": str(_file(folder, name))}
            con.execute(f"insert into {name} by name select * from read_parquet($file)", source)
        con.execute("checkpoint")
        if not said.describes(_counts(con), warehouse.stand()):
            raise _damaged(folder, "its rows are not those it was made of")
    replace(path)
    return said


def verified(folder: Path) -> Snapshot:
    """What a snapshot says of itself, where every file is as it was written.

    Raises:
        TijdigError: one is not, or it is of another layout.
    """
    said = Snapshot.read(folder)
    if said.inrichting != layout():
        raise TijdigError(
            f"The snapshot has layout {said.inrichting}, this program needs {layout()}.", where=folder.name,
            todo="Rebuild with the release that made it.",
        )  # fmt: skip
    for name, one in said.tabellen.items():
        file = _file(folder, name)
        if not file.exists() or sha256_of(file) != one.sha256:
            raise _damaged(folder, f"{file.name} is not as it was written")
    return said


def is_whole(path: Path) -> bool:
    """Whether every row of a warehouse can be read."""
    try:
        with Warehouse(path, read_only=True) as warehouse:
            for name in all_tables(warehouse.con):
                warehouse.con.execute(f"select sum(hash(t)) from {name} as t").fetchall()
    except (duckdb.Error, TijdigError):
        return False
    return True


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(folder: Path, why: str) -> TijdigError:
    return TijdigError(
        f"The snapshot of the warehouse is damaged: {why}.", where=folder.name,
        todo="Use the last backup: tijdig restore.",
    )  # fmt: skip


def _all(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _still_so(folder: Path, counts: dict[str, tuple[int, int]], stand: int) -> bool:
    return (folder / MANIFEST).exists() and Snapshot.read(folder).describes(counts, stand)


def _counts(con: "Connection") -> dict[str, tuple[int, int]]:
    """Table -> how many rows it has, and how many of them are not believed any more."""
    found = {}
    for name in all_tables(con):
        ended = "count(tot)" if "tot" in con.table(name).columns else "0"
        found[name] = con.execute(f"select count(*), {ended} from {name}").fetchall()[0]
    return found


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _write(con: "Connection", name: str, folder: Path, counts: tuple[int, int]) -> File:
    path = _file(folder, name)
    con.execute(f"copy {name} to {quoted(path)} (format parquet, compression zstd)")
    path.chmod(0o600)
    disk.settle(path)
    return File(rijen=counts[0], beeindigd=counts[1], sha256=sha256_of(path))
