"""The log of who looked and who did what: only added to, and whatever else is done with it shows."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from store.casebook.tables import audit, audit_head

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)
LINES = 5


@pytest.fixture
def book(anywhere):
    for nth in range(LINES):
        anywhere.note(f"door-{nth}", "taak_bekeken", "T-1", NOW + timedelta(minutes=nth))
    return anywhere


def tamper(book, *statements):
    """What somebody does who is owner of the database: the guard goes first."""
    guards = ["drop trigger audit_only_added on audit"]
    if book._engine.dialect.name == "sqlite":
        guards = ["drop trigger audit_update", "drop trigger audit_delete"]
    with book._engine.begin() as con:
        for statement in (*guards, *statements):
            con.exec_driver_sql(statement)


def test_a_log_that_nobody_touched_is_whole_and_goes_on(book):
    before = book.verify()
    assert (before.regels, before.breuk) == (LINES, None)
    book.note("anna", "taak_opgepakt", "T-2", NOW)
    after = book.verify()
    assert (after.regels, after.breuk) == (LINES + 1, None)
    assert after.hash != before.hash


def test_an_empty_log_is_whole(anywhere):
    assert anywhere.verify() == (0, "0" * 64, None)


@pytest.mark.parametrize(
    "statement",
    ["update audit set wie = 'bram' where volgnr = 3", "delete from audit where volgnr = 5", "delete from audit"],
)
def test_the_database_refuses_to_change_or_remove_a_line(book, statement):
    with pytest.raises(DBAPIError, match="only added to"), book._engine.begin() as con:
        con.exec_driver_sql(statement)
    assert (book.verify().regels, book.verify().breuk) == (LINES, None)


def test_the_database_refuses_to_empty_it(book):
    if book._engine.dialect.name != "postgresql":
        pytest.skip("SQLite knows no truncate")
    with pytest.raises(DBAPIError, match="only added to"), book._engine.begin() as con:
        con.exec_driver_sql("truncate audit")


@pytest.mark.parametrize("column", ["wie", "wat", "waarover", "moment", "hash", "vorige"])
@pytest.mark.parametrize("nth", [1, 3, LINES])
def test_a_line_that_is_changed_is_found(book, column, nth):
    tamper(book, f"update audit set {column} = 'anders' where volgnr = {nth}")
    assert book.verify().breuk == nth


@pytest.mark.parametrize("nth", [1, 3])
def test_a_line_that_is_removed_is_found(book, nth):
    tamper(book, f"delete from audit where volgnr = {nth}")
    assert book.verify().breuk == nth


def test_a_line_that_is_removed_and_the_numbers_closed_is_found(book):
    tamper(book, "delete from audit where volgnr = 3", "update audit set volgnr = 3 where volgnr = 4",
           "update audit set volgnr = 4 where volgnr = 5", "update audit_head set volgnr = 4")  # fmt: skip
    assert book.verify().breuk == 3


def test_a_log_that_is_cut_off_is_found(book):
    tamper(book, f"delete from audit where volgnr = {LINES}")
    assert book.verify().breuk == LINES


def test_a_log_of_which_all_is_gone_is_found(book):
    tamper(book, "delete from audit")
    assert book.verify().breuk == 1


def test_a_line_that_is_put_in_between_is_found(book):
    tamper(
        book, "update audit set volgnr = 6 where volgnr = 5", "update audit set volgnr = 5 where volgnr = 4",
        "insert into audit (volgnr, moment, wie, wat, waarover, vorige, hash) select 4, moment, 'niemand', wat, waarover, "
        "hash, hash from audit where volgnr = 3",
        "update audit_head set volgnr = 6",
    )  # fmt: skip
    assert book.verify().breuk == 4


def test_two_lines_that_change_places_are_found(book):
    tamper(book, "update audit set volgnr = 99 where volgnr = 2", "update audit set volgnr = 2 where volgnr = 3",
           "update audit set volgnr = 3 where volgnr = 99")  # fmt: skip
    assert book.verify().breuk == 2


def test_a_log_that_is_made_anew_has_another_last_hash(book):
    kept = book.verify().hash
    rows = list(book.lines_about("T-1"))[::-1]
    with book._engine.connect() as con:
        assert con.execute(sa.select(audit_head.c.hash)).scalar_one() == kept
    tamper(book, "delete from audit", f"update audit_head set volgnr = 0, hash = '{'0' * 64}'")
    for row in rows[:-1]:
        book.note(row.wie, row.wat, row.waarover, datetime.fromisoformat(row.moment))
    book.note("iemand-anders", rows[-1].wat, rows[-1].waarover, datetime.fromisoformat(rows[-1].moment))
    anew = book.verify()
    assert (anew.regels, anew.breuk) == (LINES, None)
    assert anew.hash != kept, "which is why it is kept elsewhere"


def test_no_line_holds_more_than_who_what_and_an_opaque_reference(book):
    assert {column.name for column in audit.columns} == {"volgnr", "moment", "wie", "wat", "waarover", "vorige", "hash"}
