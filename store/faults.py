"""What went wrong, where a disk or a database did: an error that says what to do, instead of what the system said.

The words of a system can repeat a path, a host or a row, and nobody can act on "database or disk is full". What is not
known here stays as it is: it was not foreseen, and is to be mended.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

import duckdb
import sqlalchemy as sa

from contracts.errors import AwayError, BusyError, CasebookError, DiskError, TijdigError

#: The errors of disk and databases that may be told in plain words.
FAULTS: Final[tuple[type[Exception], ...]] = (OSError, duckdb.Error, sa.exc.DBAPIError)


class _Kind(StrEnum):
    """What a disk can do to a run."""

    FULL = "full"
    CLOSED = "closed"
    BROKEN = "broken"


_ERRNO: Final = {
    errno.ENOSPC: _Kind.FULL, errno.EDQUOT: _Kind.FULL, errno.EFBIG: _Kind.FULL, errno.EROFS: _Kind.CLOSED,
    errno.EACCES: _Kind.CLOSED, errno.EPERM: _Kind.CLOSED, errno.EIO: _Kind.BROKEN,
}  # fmt: skip
#: What DuckDB and SQLite say of each, in lower case.
_SAID: Final = {
    "no space left": _Kind.FULL, "disk is full": _Kind.FULL, "file too large": _Kind.FULL,
    "disk quota exceeded": _Kind.FULL, "read-only file system": _Kind.CLOSED, "permission denied": _Kind.CLOSED,
    "readonly database": _Kind.CLOSED, "unable to open database file": _Kind.CLOSED,
    "operation not permitted": _Kind.CLOSED, "input/output error": _Kind.BROKEN, "disk i/o error": _Kind.BROKEN,
}  # fmt: skip
_WORDS: Final = {
    _Kind.FULL: ("The disk is full.", "Make room and run it again: what was finished stays, the rest is done then."),
    _Kind.CLOSED: (
        "This can't be written.",
        "Give the user of Tijdig the right to write here, on a disk that is not read-only (tijdig doctor); run again.",
    ),
    _Kind.BROKEN: (
        "The disk does not give or take what is asked.", "See whether it is whole and has room, and run it again.",
    ),
}  # fmt: skip
#: What SQLite says of a file that is not as it wrote it.
_DAMAGED: Final = ("database disk image is malformed", "file is not a database")
#: Codes of PostgreSQL: its disk is full; it stands by, and only reads.
_SERVER: Final = {"53100": _Kind.FULL, "25006": _Kind.CLOSED}
#: Two that waited for each other; a lock that did not come free.
_IN_THE_WAY: Final = frozenset({"40P01", "55P03"})
#: A connection that broke, a server that stops or starts, too many who ask.
_GONE: Final = ("08", "57P", "53300")
_DATABASE: Final = "[werklijst] database"


def plain(error: Exception) -> TijdigError | None:
    """The same in plain words; None = it is no known fault of disk or database."""
    if isinstance(error, OSError):
        return _of_disk(_ERRNO.get(error.errno or 0), _name(error))
    if isinstance(error, duckdb.Error):
        return _of_disk(_kind(str(error)), "warehouse.duckdb")
    if isinstance(error, sa.exc.DBAPIError):
        return _of_casebook(error)
    return None


@contextmanager
def told_plainly() -> Iterator[None]:
    """Tell what disk or database did in plain words.

    Raises:
        TijdigError: instead of an error of theirs that is known.
    """
    try:
        yield
    except FAULTS as error:
        if (said := plain(error)) is None:
            raise
        # Without its cause, which may repeat a row.
        raise said from None


def is_busy(error: sa.exc.DBAPIError) -> bool:
    """Whether somebody else was in the way: a lock that did not come free, or two that waited for each other."""
    return getattr(error.orig, "sqlstate", None) in _IN_THE_WAY or "database is locked" in str(error.orig)


def _of_casebook(error: sa.exc.DBAPIError) -> TijdigError | None:
    if is_busy(error):
        return BusyError("Others kept the casebook busy.", where="casebook", todo="Try again.")
    said, state = str(error.orig).lower(), getattr(error.orig, "sqlstate", None) or ""
    if any(one in said for one in _DAMAGED):
        return CasebookError(
            "The casebook is damaged.", where="casebook",
            todo="Leave the file where it is and put the last backup back in an empty folder: tijdig restore.",
        )  # fmt: skip
    if isinstance(error.orig, sqlite3.Error):
        return _of_disk(_kind(said), "casebook")
    if (kind := _SERVER.get(state)) is not None:
        return _of_disk(kind, _DATABASE)
    # Without a code nothing came back: the connection broke or was never made.
    gone = error.connection_invalidated or not state or state.startswith(_GONE)
    return away() if gone and isinstance(error, sa.exc.OperationalError) else None


def away() -> AwayError:
    """The server of the casebook does not answer."""
    return AwayError(
        "The casebook can't be opened.", where=_DATABASE,
        todo="See whether the database runs, and whether address, user and password fit.",
    )  # fmt: skip


def is_full(where: str | Path) -> DiskError:
    """There is no room."""
    return _disk_error(_Kind.FULL, where)


def cannot_write(where: str | Path) -> DiskError:
    """Nothing may be written there."""
    return _disk_error(_Kind.CLOSED, where)


def _kind(said: str) -> _Kind | None:
    return next((kind for words, kind in _SAID.items() if words in said.lower()), None)


def _of_disk(kind: _Kind | None, where: str) -> DiskError | None:
    return None if kind is None else _disk_error(kind, where)


def _disk_error(kind: _Kind, where: str | Path) -> DiskError:
    what, todo = _WORDS[kind]
    return DiskError(what, where=where, todo=todo)


def _name(error: OSError) -> str:
    """The last part of its path: nobody is in a name of ours."""
    return Path(str(error.filename)).name if error.filename else "disk"
