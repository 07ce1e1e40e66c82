"""Files that survive a power cut, and a folder that changes as a whole."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write ``data`` and wait until it is on disk."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def replace_folder(folder: Path, content: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly ``content`` (file name to bytes), in two phases.

    The new folder is made whole beside the old one, which then steps aside. A reader finds the old set, for
    an instant no folder, or the new set; never a mix.
    """
    new, old = _beside(folder)
    new.mkdir(parents=True)
    for name, data in content.items():
        write(new / name, data)
    sync(new)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    sync(folder.parent)
    _remove(old)


def recover(folder: Path) -> None:
    """Undo what a killed ``replace_folder`` left: half a set goes, an old set without successor returns."""
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
