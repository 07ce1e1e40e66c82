"""What a disk or database did, in words a beheerder can act on; what is not known stays as it is."""

import errno
import sqlite3

import duckdb
import pytest
import sqlalchemy as sa

from contracts.errors import AwayError, BusyError, CasebookError, DiskError
from store.faults import plain, told_plainly


class Pg(Exception):  # noqa: N818 - as the driver of PostgreSQL has it
    def __init__(self, sqlstate):
        super().__init__("words of a server, with a row in it")
        self.sqlstate = sqlstate


def of_casebook(orig, kind=sa.exc.OperationalError):
    return kind("select 1", {}, orig)


@pytest.mark.parametrize(
    ("error", "kind", "what"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/srv/tijdig/uitvoer/manifest.jsonl"), DiskError, "full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), DiskError, "full"),
        (OSError(errno.EROFS, "Read-only file system", "x"), DiskError, "can't be written"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), DiskError, "can't be written"),
        (OSError(errno.EIO, "Input/output error", "x"), DiskError, "does not give or take"),
        (duckdb.IOException("Could not write file: No space left on device"), DiskError, "full"),
        (duckdb.FatalException("has been invalidated. Original error: No space left on device"), DiskError, "full"),
        (duckdb.IOException('Cannot open file "x": Permission denied'), DiskError, "can't be written"),
        (of_casebook(sqlite3.OperationalError("database or disk is full")), DiskError, "full"),
        (of_casebook(sqlite3.OperationalError("attempt to write a readonly database")), DiskError, "can't be written"),
        (of_casebook(sqlite3.OperationalError("disk I/O error")), DiskError, "does not give or take"),
        (of_casebook(sqlite3.OperationalError("database is locked")), BusyError, "busy"),
        (of_casebook(sqlite3.DatabaseError("database disk image is malformed"), sa.exc.DatabaseError), CasebookError, "damaged"),
        (of_casebook(Pg("57P01")), AwayError, "can't be opened"),
        (of_casebook(Pg("08006")), AwayError, "can't be opened"),
        (of_casebook(Pg(None)), AwayError, "can't be opened"),
        (of_casebook(Pg("53100")), DiskError, "full"),
        (of_casebook(Pg("25006"), sa.exc.InternalError), DiskError, "can't be written"),
        (of_casebook(Pg("55P03")), BusyError, "busy"),
    ],
)  # fmt: skip
def test_a_known_fault_says_what_it_is_and_what_to_do(error, kind, what):
    said = plain(error)
    assert type(said) is kind
    assert what in said.what
    assert said.todo
    assert "/srv" not in said.where


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "No such file or directory", "x"),
        ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"),
        duckdb.BinderException("Referenced column not found"),
        of_casebook(sqlite3.OperationalError("no such table: finding")),
        of_casebook(Pg("42P01"), sa.exc.ProgrammingError),
        of_casebook(Pg("42501")),
        ValueError("no fault of a disk"),
    ],
)
def test_what_is_not_known_stays_as_it_is(error):
    assert plain(error) is None
    with pytest.raises(type(error)), told_plainly():
        raise error


def test_what_the_system_said_is_not_repeated():
    with pytest.raises(AwayError) as raised, told_plainly():
        raise of_casebook(Pg("57P01"))
    assert raised.value.__suppress_context__
    assert "a row" not in str(raised.value)
