"""The command line as a beheerder uses it: in a process of its own, with its exit codes and messages."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from contracts.tables import Bron
from flows.cli import app
from flows.settings import Workplace
from tests.world import DAY, bsn, town

pytestmark = pytest.mark.slow


def with_housemate():
    return town().person(2, house=1, datum_aanvang_adreshouding="20261020")


def command(*arguments):
    return [sys.executable, "-c", "from flows.cli import main; main()", *map(str, arguments)]


@pytest.fixture(scope="module")
def by_itself(tmp_path_factory):
    """No server anywhere: a night starts Prefect's temporary one, as on a machine without a schedule."""
    return os.environ | {"PREFECT_HOME": str(tmp_path_factory.mktemp("home")), "COLUMNS": "200"}


@pytest.fixture(scope="module")
def environment(by_itself, prefect):
    """Beside a running server, as `tijdig serve` starts one: no night waits for a server of its own."""
    return by_itself | {"PREFECT_API_URL": prefect}


def tijdig(environment, *arguments):
    return subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def outcome(work):
    """What matters of a night: findings, tasks and letters, byte for byte."""
    folder = work.uitvoer(DAY)
    names = ("signalen.jsonl", "taken.jsonl", "berichten/manifest.jsonl")
    pdfs = sorted((path.name, path.read_bytes()) for path in (folder / "berichten").glob("*.pdf"))
    return [(folder / name).read_text() for name in names], pdfs


def test_run_then_explain(tmp_path, by_itself):
    work = Workplace(tmp_path)
    with_housemate().write_all(work.leveringen)
    ran = tijdig(by_itself, "run", "--map", tmp_path, "--peildatum", DAY)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 brieven" in ran.stdout
    assert "Traceback" not in ran.stdout
    (line,) = (work.uitvoer(DAY) / "signalen.jsonl").read_text().splitlines()
    told = tijdig(by_itself, "explain", json.loads(line)["signaal_id"], "--map", tmp_path)
    assert told.returncode == 0
    for expected in ("artikel 22a lid 1 Pw", "sinds 20 oktober 2026", "koppeling_onzeker", "brief"):
        assert expected in told.stdout
    assert bsn(1) not in ran.stdout + told.stdout
    assert tijdig(by_itself, "explain", "S-R01-0000", "--map", tmp_path).returncode == 2
    again = tijdig(by_itself, "recompute", json.loads(line)["signaal_id"], "--map", tmp_path)
    assert (again.returncode, "gelijk. Bon" in again.stdout) == (0, True)


def test_contracts_are_exported_with_deliveries_that_pass_them(tmp_path, environment):
    assert tijdig(environment, "contracts", "export", "--map", tmp_path).returncode == 0
    for bron in Bron:
        checked = CliRunner().invoke(app, ["check", str(tmp_path / "voorbeelden" / bron)])
        assert (checked.exit_code, checked.exception) == (0, None)


def test_where_nothing_can_be_taken_in_it_ends_with_exit_code_2_and_one_block_that_says_what_to_do(
    tmp_path, environment
):
    work = Workplace(tmp_path)
    path = with_housemate().write_all(work.leveringen)[0].folder / "uitkering.csv"
    path.write_text(path.read_text()[:100])
    ran = tijdig(environment, "run", "--map", tmp_path, "--peildatum", DAY)
    assert ran.returncode == 2
    assert "What to do:" in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def test_a_closed_gate_ends_with_exit_code_3(tmp_path, environment):
    with_housemate().write_all(Workplace(tmp_path).leveringen)
    ran = tijdig(environment, "run", "--map", tmp_path, "--peildatum", "2026-11-20")
    assert ran.returncode == 3
    assert "Let op" in ran.stdout


def test_check_tells_a_supplier_where_to_look_without_values(tmp_path, environment):
    world = with_housemate().person(40, house=40, anummer="123").person(41, house=41, born="2015")
    delivery = world.write_all(tmp_path)[1]
    checked = tijdig(environment, "check", delivery.folder)
    assert checked.returncode == 1
    assert "anummer:vorm" in checked.stdout
    assert "geboortedatum:geen_datum" in checked.stdout
    assert "24" in checked.stdout, "the line of the first bad row"
    assert bsn(40) not in checked.stdout
    assert tijdig(environment, "check", delivery.folder / "brp_relatie.csv").returncode == 0
    assert tijdig(environment, "check", tmp_path / "nergens.csv", "--tabel", "uitkering").returncode == 2


def test_settings_that_do_not_fit_are_said(tmp_path, environment):
    with_housemate().write_all(Workplace(tmp_path).leveringen)
    (tmp_path / "tijdig.toml").write_text("rust_dagen = 'lang'\n")
    ran = tijdig(environment, "run", "--map", tmp_path, "--peildatum", DAY)
    assert (ran.returncode, "rust_dagen" in ran.stderr) == (2, True)


def world_of_its_own(folder):
    """A work folder with deliveries and a fixed key, so that two of them give the same night byte for byte."""
    work = Workplace(folder)
    with_housemate().write_all(work.leveringen)
    (work.folder / "gegevens").mkdir()
    (work.folder / "gegevens" / "sleutel").write_text("0123456789abcdef")
    return work


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, environment):
    work = world_of_its_own(tmp_path_factory.mktemp("ongestoord"))
    assert tijdig(environment, "run", "--map", work.folder, "--peildatum", DAY).returncode == 0
    return outcome(work)


def wait_for(process, work, moment):
    """Wait until raw rows are read (0), or a little after the night told of its first, second ... step."""
    if moment == 0:
        while not (work.folder / "gegevens" / "tijdelijk").exists():
            assert process.poll() is None
            time.sleep(0.005)
    steps = (line for line in process.stdout if line.startswith("  "))
    for _ in range(moment):
        next(steps)
    time.sleep(0.05)


# While facts are found nothing is written; letters are killed at every step they take in test_killed_delivery.py.
@pytest.mark.parametrize("moment", [0, 2, 4], ids=["intake", "casebook", "report"])
def test_killed_anywhere_and_run_again_gives_the_same_night(tmp_path, environment, undisturbed, moment):
    work = world_of_its_own(tmp_path)
    arguments = command("run", "--map", work.folder, "--peildatum", DAY)
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        wait_for(process, work, moment)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it was not over yet"
    assert tijdig(environment, "run", "--map", work.folder, "--peildatum", DAY).returncode == 0
    assert outcome(work) == undisturbed
    assert not (work.folder / "gegevens" / "tijdelijk").exists()
