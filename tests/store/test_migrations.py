"""Migrations: they make the tables of today, a casebook of the first release keeps every row, and it is never half."""

import json
import os
import re
import signal
import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from contracts.errors import BusyError, CasebookError
from store.casebook import Casebook, book
from store.casebook.tables import metadata
from store.migrations import run
from tests.postgres import database

#: Version 1 as its own program made it, and rows for each of its tables; neither is made by what is tested here.
HERE = Path(__file__).parent
ROWS = json.loads((HERE / "casebook_0001.json").read_text(encoding="utf-8"))
#: Tables of version 1 that are gone, and why nothing is lost.
GONE = {"layout": "the number of the layout; the version says it now"}
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'casebook.sqlite'}"
        return
    with database() as address:
        yield address


def first_release(url, rows=ROWS):
    """A casebook of version 1, by SQL that was written down when it was the newest."""
    engine = sa.create_engine(url)
    text = (HERE / f"casebook_0001.{engine.dialect.name}.sql").read_text(encoding="utf-8")
    with engine.begin() as con:
        for statement in text.split("\n--\n"):
            con.exec_driver_sql(statement)
        known = sa.MetaData()
        known.reflect(con)
        for name, values in rows.items():
            table = known.tables[name]
            if values:
                con.execute(table.insert(), [_typed(table, row) for row in values])
            if engine.dialect.name == "postgresql":
                _catch_up(con, table)
    engine.dispose()


def _typed(table, row):
    reads = {sa.DateTime: datetime.fromisoformat, sa.Date: date.fromisoformat}
    return {
        name: next((read(value) for kind, read in reads.items() if isinstance(table.c[name].type, kind)), value)
        if isinstance(value, str) else value
        for name, value in row.items()
    }  # fmt: skip


def _catch_up(con, table):
    """As if the database had handed out the numbers itself."""
    for column in table.primary_key.columns:
        if column.server_default is not None:
            con.exec_driver_sql(
                f"select setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                f"(select max({column.name}) from {table.name}))"
            )


def everything(url):
    """Table -> its rows with the names of their columns, as the database has them, in an order of their own."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as con:
        known = sa.MetaData()
        known.reflect(con)
        found = {
            name: sorted((dict(row._mapping) for row in con.execute(sa.select(table))), key=repr)
            for name, table in known.tables.items()
            if name != "alembic_version"
        }
    engine.dispose()
    return found


def kept(rows):
    """These rows as the newest release has them: of what an old one did not write down nothing is known."""
    new = {"outbox": {"teruggehaald_op": None}}
    return {name: [row | new.get(name, {}) for row in rows[name]] for name in rows if name not in GONE}


def version(url):
    return book.found_version(url)


# --- migrations and tables.py agree -----------------------------------------------------------------------


def shape(con):
    """What a database says of its tables: columns, keys, references, checks, indexes and triggers."""
    look = sa.inspect(con)
    names = sorted(set(look.get_table_names()) - {"alembic_version"})
    return {name: _shape(con, look, name) for name in names} | {"triggers": _triggers(con)}


def _shape(con, look, name):
    return {
        "columns": {one["name"]: (str(one["type"]), one["nullable"], one["default"]) for one in look.get_columns(name)},
        "order": [one["name"] for one in look.get_columns(name)],
        "key": look.get_pk_constraint(name)["constrained_columns"],
        "references": sorted(
            (one["constrained_columns"], one["referred_table"], one["referred_columns"])
            for one in look.get_foreign_keys(name)
        ),
        "unique": sorted(one["column_names"] for one in look.get_unique_constraints(name)),
        "indexes": sorted((one["name"], one["column_names"], bool(one["unique"])) for one in look.get_indexes(name)),
        "checks": _checks(con, name),
    }


def _checks(con, name):
    if con.dialect.name == "postgresql":
        sql = "select conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid = %s::regclass"
        return sorted(map(tuple, con.exec_driver_sql(sql, (name,))))
    text = con.exec_driver_sql("select sql from sqlite_master where type = 'table' and name = ?", (name,)).scalar_one()
    found = []
    for start in (match.end() for match in re.finditer(r"CHECK \(", text)):
        depth = 1
        for place, sign in enumerate(text[start:], start):
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if depth == 0:
                found.append(text[start:place])
                break
    return sorted(found)


def _triggers(con):
    if con.dialect.name == "postgresql":
        sql = (
            "select pg_get_triggerdef(t.oid), p.prosrc from pg_trigger as t join pg_proc as p on p.oid = t.tgfoid "
            "where not t.tgisinternal"
        )
    else:
        sql = "select name, sql from sqlite_master where type = 'trigger'"
    return sorted(map(tuple, con.exec_driver_sql(sql)))


def made_by_tables(url):
    engine = sa.create_engine(url)
    with engine.begin() as con:
        metadata.create_all(con)
        found = shape(con)
        metadata.drop_all(con)
        assert not set(sa.inspect(con).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return found


@pytest.mark.parametrize("begin", ["empty", "first release", "empty, step by step"])
def test_migrations_make_the_tables_of_today(url, begin):
    wanted = made_by_tables(url)
    engine = sa.create_engine(url)
    if begin == "first release":
        first_release(url)
    with engine.begin() as con:
        if begin == "empty, step by step":
            for step in run.steps_from(None):
                run.upgrade(con, to=step.versie)
                assert run.version_of(con) == step.versie
        else:
            run.upgrade(con)
        assert shape(con) == wanted, "tables.py changed: add a migration in store/migrations/versions"
        context = MigrationContext.configure(con, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_comparison_sees_what_is_not_the_same(url):
    """That the test above can fail: for each kind of difference."""
    engine = sa.create_engine(url)
    with engine.begin() as con:
        run.upgrade(con)
        wanted, differs = shape(con), []
        guard = "audit_update" if con.dialect.name == "sqlite" else "audit_only_added on audit"
        for change in (
            "drop index ix_objection_datum", "alter table night add column teveel integer", f"drop trigger {guard}",
            "create table teveel (nr integer, check (nr > 1))",
        ):  # fmt: skip
            con.exec_driver_sql(change)
            differs.append(shape(con))
    engine.dispose()
    assert wanted["destruction"]["checks"]
    for before, after in zip([wanted, *differs], differs, strict=False):
        assert before != after


def test_the_first_migration_makes_what_the_first_release_made(url):
    first_release(url, {})
    engine = sa.create_engine(url)
    with engine.begin() as con:
        theirs = shape(con)
        known = sa.MetaData()
        known.reflect(con)
        known.drop_all(con)
    with engine.begin() as con:
        run.upgrade(con, to="0001")
        assert shape(con) == theirs
        assert con.exec_driver_sql("select versie from layout").scalar() == 11
        assert con.exec_driver_sql("select nr, volgnr, hash from audit_head").one() == (1, 0, "0" * 64)
    engine.dispose()


# --- rows stay ----------------------------------------------------------------------------------------------


def test_every_table_of_the_first_release_has_rows_to_lose():
    assert all(ROWS.values())


def test_a_casebook_of_the_first_release_keeps_every_row(url):
    first_release(url)
    before = everything(url)
    assert {name: len(rows) for name, rows in before.items()} == {name: len(rows) for name, rows in ROWS.items()}
    done = book.migrate(url)
    assert [step.versie for step in done] == ["0002", "0003", "0004", "0005"]
    after = everything(url)
    assert {name: after[name] for name in before if name not in GONE} == kept(before)
    assert {name for name in after if after[name]} == before.keys() - GONE


def test_what_went_on_works_with_old_rows(url):
    first_release(url)
    book.migrate(url)
    with Casebook(url) as casebook:
        assert casebook.verify()[:1] == (4,)
        assert casebook.verify().breuk is None
        casebook.note("medewerker", "taak_bekeken", "T-0", NOW)
        assert [row.volgnr for row in casebook.lines_about("T-0")] == [5, 1]
        assert casebook.verify().breuk is None
        with pytest.raises(sa.exc.DBAPIError, match="only added to"), casebook._writing() as con:
            con.execute(sa.text("delete from audit"))
        with casebook._writing() as con:
            kind = {"moment": NOW, "soort": "kopie", "wat": "bestanden", "aantal": 1, "van_voor": date(2026, 1, 1)}
            table = metadata.tables["destruction"]
            number = con.execute(table.insert().values(kind | {"beleid": "1", "stand": "klaar"})).inserted_primary_key
        assert number[0] == len(ROWS["destruction"]) + 1
        with pytest.raises(sa.exc.IntegrityError), casebook._writing() as con:
            con.execute(table.insert().values(kind | {"beleid": "1", "stand": "klaar", "soort": "iets"}))


def test_reading_the_log_of_a_task_does_not_read_the_whole_log(tmp_path):
    """What the second version is for."""
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook, casebook._engine.connect() as con:
        ask = "select * from audit where waarover = 'T-1' order by volgnr desc limit 200"
        plan = " ".join(row.detail for row in con.exec_driver_sql(f"explain query plan {ask}"))
    assert "ix_audit_waarover" in plan
    assert "TEMP B-TREE" not in plan


def test_what_refers_to_a_row_finds_it_by_an_index():
    """Or taking away a finding reads whole tables."""
    for table in metadata.tables.values():
        begins = {index.columns.keys()[0] for index in table.indexes}
        begins |= {one.columns.keys()[0] for one in table.constraints if isinstance(one, sa.UniqueConstraint)}
        begins |= {table.primary_key.columns.keys()[0]}
        for key in table.foreign_keys:
            assert key.parent.name in begins, f"{table.name}.{key.parent.name}"


# --- who does it, and when ------------------------------------------------------------------------------------


def test_a_file_goes_on_by_itself_and_a_copy_of_before_lies_beside_it(tmp_path):
    path = tmp_path / "casebook.sqlite"
    first_release(f"sqlite:///{path}")
    before = everything(f"sqlite:///{path}")
    with Casebook.at(path):
        pass
    copy = tmp_path / "casebook.voor-0001-verder.sqlite"
    assert version(f"sqlite:///{path}") == run.newest()
    assert everything(f"sqlite:///{copy}") == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    written = copy.stat().st_mtime_ns
    with Casebook.at(path):
        pass
    assert copy.stat().st_mtime_ns == written, "only when it leaves a version"


def test_a_new_file_has_no_copy(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite"):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["casebook.sqlite"]


def test_postgresql_refuses_until_somebody_asks():
    with database() as url:
        first_release(url)
        with pytest.raises(CasebookError, match="has version 0001; this program needs 0005") as refused:
            Casebook(url)
        assert "tijdig migreer" in refused.value.todo
        assert version(url) == "0001"
        book.migrate(url)
        with Casebook(url):
            pass
        assert book.migrate(url) == []


def test_a_version_that_is_not_known_is_refused_and_left_as_it_is(url):
    with Casebook(url) as casebook, casebook._writing() as con:
        con.execute(sa.text("update alembic_version set version_num = '9999'"))
        con.execute(sa.text("drop table history"))
    for open_it in (Casebook, book.migrate):
        with pytest.raises(CasebookError, match="has version 9999; this program knows none after 0005") as refused:
            open_it(url)
        assert "left as it is" in refused.value.todo
    assert "history" not in everything(url)


@pytest.mark.parametrize("made", ["before there was a layout", "with another layout"])
def test_a_casebook_from_before_the_first_release_is_refused_and_left_as_it_is(tmp_path, made):
    path = tmp_path / "casebook.sqlite"
    first_release(f"sqlite:///{path}")
    with sqlite3.connect(path) as con:
        con.execute("drop table layout" if made.startswith("before") else "update layout set versie = 10")
        con.execute("drop table oordeel")
    with pytest.raises(CasebookError, match="first release had 11"):
        Casebook.at(path)
    assert "oordeel" not in everything(f"sqlite:///{path}")


def test_who_writes_is_waited_for_and_then_it_is_left_as_it_was(monkeypatch):
    monkeypatch.setattr(book, "_MIGRATION_WAIT", "200ms")
    with database() as url:
        first_release(url)
        engine = sa.create_engine(url)
        with engine.begin() as con:
            con.execute(sa.text("update night set bijgewerkt_op = now()"))
            with pytest.raises(BusyError, match="so it was not changed"):
                book.migrate(url)
        engine.dispose()
        assert version(url) == "0001"
        book.migrate(url)
        assert version(url) == run.newest()


def test_a_row_that_refers_to_nothing_stops_it_and_leaves_it(tmp_path):
    path = tmp_path / "casebook.sqlite"
    first_release(f"sqlite:///{path}")
    with sqlite3.connect(path) as con:
        con.execute("delete from finding where signaal_id = (select signaal_id from task limit 1)")
    before = everything(f"sqlite:///{path}")
    with pytest.raises(CasebookError, match="rows that are not there"):
        Casebook.at(path)
    assert version(f"sqlite:///{path}") == "0001"
    assert everything(f"sqlite:///{path}") == before


# --- killed -----------------------------------------------------------------------------------------------------


def killed_at(url, step):
    """Migrate in a process of its own that is killed at the n-th statement; returns whether it was."""
    child = os.fork()
    if child == 0:
        count = 0

        def point(*_):
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(sa.Engine, "before_cursor_execute", point)
        sa.event.listen(sa.Engine, "commit", point)
        try:
            book.migrate(url)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_killed_anywhere_it_is_the_old_or_the_new(tmp_path):
    made = tmp_path / "made.sqlite"
    first_release(f"sqlite:///{made}")
    old = everything(f"sqlite:///{made}")
    whole = made.read_bytes()
    seen = set()
    for step in range(1, 400):
        path = tmp_path / f"{step}.sqlite"
        path.write_bytes(whole)
        url = f"sqlite:///{path}"
        killed = killed_at(url, step)
        now = version(url)
        seen.add(now)
        if now == "0001":
            assert everything(url) == old
        with Casebook.at(path) as casebook:
            assert casebook.verify().breuk is None
        assert {name: rows for name, rows in everything(url).items() if name in old} == kept(old)
        if not killed:
            break
    assert not killed
    assert step > 15
    assert seen == {"0001", run.newest()}


def test_killed_anywhere_in_postgresql_it_is_the_old():
    with database() as url:
        first_release(url)
        old = everything(url)
        for step in range(8, 60, 9):
            if not killed_at(url, step):
                break
            _until_let_go(url)
            assert version(url) == "0001"
            assert everything(url) == old
        book.migrate(url)
        assert {name: rows for name, rows in everything(url).items() if name in old} == kept(old)


def _until_let_go(url):
    """The server sees that who was killed is gone."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    ask = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    until = datetime.now(UTC) + timedelta(seconds=10)
    with engine.connect() as con:
        while con.exec_driver_sql(ask).scalar() and datetime.now(UTC) < until:
            pass
    engine.dispose()
