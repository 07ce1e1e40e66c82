"""Files that survive a power cut, and that a reader finds old or new, never half."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

#: A disk takes so many files together.
_AT_ONCE = 8


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk; Windows has no call for the latter."""
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_all(paths: Iterable[Path]) -> None:
    """Wait until these files, just written, are on disk.

    Many at the end cost far less than one after each write: a disk takes them together.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(settle, paths):
            pass


@contextmanager
def filled(path: Path, mode: int | None = None, *, settled: bool = True) -> Iterator[Path]:
    """A file to fill beside ``path``, which takes its place when it is filled; where that fails, nothing changed.

    Args:
        path: of the file; its folder is there.
        mode: who may read it, before anything is in it; None = as this process makes files.
        settled: wait until it is on disk. Without it a power cut may leave the old file or an empty one: for what is
            made again by running again.
    """
    new = path.with_name(f".{path.name}.nieuw")
    if new.exists():  # of a run that was killed
        new.unlink()
    if mode is not None:
        new.touch(mode=mode)
    try:
        yield new
        if settled:
            settle(new)
        new.replace(path)
    except Exception:
        if new.exists():
            new.unlink()
        raise
    if settled:
        settle(path.parent)


def put(path: Path, data: str | bytes, mode: int | None = None, *, settled: bool = True) -> None:
    """Put ``data`` (text as UTF-8) in the place of what a file holds, see ``filled``."""
    with filled(path, mode, settled=settled) as new:
        new.write_bytes(data.encode() if isinstance(data, str) else data)
