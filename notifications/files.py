"""A folder that changes as a whole."""

import shutil
from pathlib import Path

from store import disk


def write(path: Path, data: bytes) -> None:
    """Write ``data`` and wait until it is on disk."""
    lay(path, data)
    disk.settle(path)


def lay(path: Path, data: bytes) -> None:
    """Write ``data``; ``disk.settle_all`` waits for it."""
    path.write_bytes(data)


def beside(folder: Path) -> Path:
    """A new, empty folder beside ``folder``, to be filled and then put in its place."""
    new, _ = _beside(folder)
    new.mkdir(parents=True)
    return new


def put_in_place(folder: Path) -> None:
    """The folder that was filled beside ``folder`` takes its place, in two phases.

    The old one steps aside first. A reader finds the old set, for an instant no folder, or the new set; never a mix.
    """
    new, old = _beside(folder)
    disk.settle(new)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    disk.settle(folder.parent)
    _remove(old)


def recover(folder: Path) -> None:
    """Undo what was begun and not put in place: half a set goes, an old set without successor returns."""
    new, old = _beside(folder)
    _remove(new)
    if old.exists() and not folder.exists():
        old.rename(folder)
    _remove(old)


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}.nieuw"), folder.with_name(f".{folder.name}.oud")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
