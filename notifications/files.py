"""Files that survive a power cut, and a folder that changes as a whole."""

import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

#: A disk takes so many files together.
_AT_ONCE = 8


def write(path: Path, data: bytes) -> None:
    """Write ``data`` and wait until it is on disk."""
    lay(path, data)
    _settle(path)


def lay(path: Path, data: bytes) -> None:
    """Write ``data``; ``settle`` waits for it."""
    path.write_bytes(data)


def settle(paths: Iterable[Path]) -> None:
    """Wait until these files, just written, are on disk.

    Many at the end cost far less than one after each write: a disk takes them together.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(_settle, paths):
            pass


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    sync(new)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    sync(folder.parent)
    _remove(old)


def recover(folder: Path) -> None:
    """Undo what was begun and not put in place: half a set goes, an old set without successor returns."""
    new, old = _beside(folder)
    _remove(new)
    if old.exists() and not folder.exists():
        old.rename(folder)
    _remove(old)


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path`` at once: a reader finds the old file or the new one."""
    new = path.with_name(f"{path.name}.nieuw")
    write(new, data)
    new.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Wait until the names in ``folder`` are on disk; Windows has no call for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}.nieuw"), folder.with_name(f".{folder.name}.oud")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
