"""``tijdig migreer``: it says what it will do, does it once, and what is past its term of the copies goes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from contracts.errors import CasebookError
from contracts.retention import Soort, retention_on
from flows.cli import app
from flows.old_files import old_files
from flows.settings import Workplace
from store.casebook.book import found_version
from store.migrations.run import newest
from tests.postgres import database
from tests.store.test_migrations import everything, first_release


def run(*arguments):
    return CliRunner().invoke(app, ["migreer", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def work(tmp_path):
    place = Workplace(tmp_path)
    place.casebook.parent.mkdir()
    first_release(f"sqlite:///{place.casebook}")
    return place


def test_a_trial_says_each_step_and_changes_nothing(work):
    before = work.casebook.read_bytes()
    done = run("--map", work.folder, "--proef")
    assert "heeft versie 0001; het wordt 0005:" in done.output
    assert [line.split()[0] for line in done.output.splitlines() if line.startswith("  ")] == [
        "0002",
        "0003",
        "0004",
        "0005",
    ]
    assert "Er is niets veranderd." in done.output
    assert work.casebook.read_bytes() == before


def test_it_is_done_and_then_there_is_nothing_to_do(work):
    done = run("--map", work.folder)
    assert "Gedaan. Het casusboek heeft nu versie 0005." in done.output
    assert "gegevens/casebook.voor-0001-verder.sqlite" in done.output
    assert "Dat is de nieuwste." in run("--map", work.folder).output


def test_without_a_casebook_it_says_so(tmp_path):
    with pytest.raises(CasebookError, match="No night was run here"):
        run("--map", tmp_path)
    assert not (tmp_path / "gegevens").exists()


def test_postgresql(tmp_path):
    with database() as url:
        first_release(url)
        said = url.replace("postgresql+psycopg", "postgresql").replace(":@", "@")
        (tmp_path / "tijdig.toml").write_text(f'[werklijst]\ndatabase = "{said}"\n', encoding="utf-8")
        before = everything(url)
        assert "Er is niets veranderd." in run("--map", tmp_path, "--proef").output
        assert everything(url) == before
        assert "Gedaan." in run("--map", tmp_path).output
        assert found_version(url) == newest()


@pytest.mark.parametrize(("days", "goes"), [(30, False), (31, True)])
def test_a_copy_of_before_goes_after_its_term(work, days, goes):
    run("--map", work.folder)
    made = datetime.now(UTC).date()
    later = made + timedelta(days=days)
    beleid = retention_on(date(2026, 12, 1))
    found = old_files(work, beleid, later, frozenset(), lambda _: made)
    copy = work.casebook.with_name("casebook.voor-0001-verder.sqlite")
    assert found.get(Soort.KOPIE, []) == ([copy] if goes else [])
