"""How the worklist starts: which casebook, whose accounts, and where it refuses."""

import signal
import socket
import stat
import subprocess
import sys
import time

import httpx
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient
from typer.testing import CliRunner

from contracts.errors import CasebookError, SettingsError, TijdigError
from contracts.work import Rol
from flows import steps
from flows.casebook import has_casebook, kept_casebook, open_casebook
from flows.cli import app
from flows.demo.accounts import TEAMS, make_accounts, people
from flows.serve_worklist import application_of, require_safe
from flows.settings import Settings, Workplace
from tests.postgres import database
from tests.world import DAY, town

OIDC = {
    "adres": "https://login.example/.well-known/openid-configuration",
    "client_id": "tijdig",
    "rollen": {"g": "consulent"},
}
AT = "https://werklijst.example"


@pytest.fixture
def work(tmp_path):
    """A work folder after a night with a housemate the dienst does not know; the inwoner wants to be called."""
    made = Workplace(tmp_path)
    (tmp_path / "tijdig.toml").write_text('[teams]\nNoord = ["C-01"]\n', encoding="utf-8")
    world = town().preference(1, kanaal="BELLEN")
    world.person(40, house=1, datum_aanvang_adreshouding="20261020").write_all(made.leveringen)
    steps.take_in_all(made, DAY)
    steps.decide_and_record(made, DAY, steps.find(made, DAY))
    return made


def chosen(**werklijst):
    more = {"productie": True} if werklijst.pop("productie", False) else {}
    return Settings.model_validate({"werklijst": werklijst, **more})


@pytest.mark.parametrize(
    ("settings", "adres"),
    [
        (chosen(productie=True), "127.0.0.1"),
        (chosen(), "0.0.0.0"),
        (chosen(), "192.168.1.10"),
        (chosen(adres=AT), "127.0.0.1"),
        (chosen(adres=AT, productie=True), "127.0.0.1"),
    ],
)
def test_accounts_of_the_demo_are_refused_in_production_and_where_others_can_come(settings, adres):
    with pytest.raises(SettingsError, match=r"werklijst\.oidc"):
        require_safe(settings, adres)


@pytest.mark.parametrize(
    ("settings", "adres"),
    [(chosen(), "127.0.0.1"), (chosen(), "::1"), (chosen(oidc=OIDC, adres=AT, productie=True), "0.0.0.0")],
)
def test_the_demo_here_and_the_sign_on_anywhere_start(settings, adres):
    require_safe(settings, adres)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"database": "postgresql://tijdig:geheim@db/tijdig"}, "werklijst_database_wachtwoord"),
        ({"database": "postgresql://tijdig@db/tijdig?password=geheim"}, "werklijst_database_wachtwoord"),
        ({"database": "mysql://tijdig@db/tijdig"}, "not PostgreSQL"),
        ({"database": "zomaar iets"}, "no address"),
        ({"oidc": OIDC}, "adres"),
        ({"adres": "http://werklijst.example"}, "adres"),
    ],
)
def test_settings_that_do_not_fit_say_so_without_repeating_a_password(tmp_path, given, said):
    lines = [f'{name} = "{value}"' for name, value in given.items() if isinstance(value, str)]
    if "oidc" in given:
        lines += [
            "[werklijst.oidc]",
            f'adres = "{OIDC["adres"]}"',
            'client_id = "tijdig"',
            'rollen = {g = "consulent"}',
        ]
    (tmp_path / "tijdig.toml").write_text("\n".join(["[werklijst]", *lines]), encoding="utf-8")
    with pytest.raises(SettingsError, match=said) as refused:
        _ = Workplace(tmp_path).settings
    assert "geheim@" not in str(refused.value)
    assert "=geheim" not in str(refused.value)


def test_a_consulent_is_in_one_team():
    with pytest.raises(ValueError, match="C-01 stands in more than one"):
        Settings.model_validate({"teams": {"Noord": ["C-01"], "Zuid": ["C-01"]}})


def test_without_a_night_there_is_nothing_to_show(tmp_path):
    work = Workplace(tmp_path)
    assert not has_casebook(work)
    with pytest.raises(TijdigError, match="No night was run here"):
        kept_casebook(work)
    asked = CliRunner().invoke(app, ["worklist", "--map", str(tmp_path)])
    assert isinstance(asked.exception, TijdigError)


def test_a_secret_is_made_once_for_the_demo_and_only_its_owner_reads_it(work):
    with open_casebook(work) as casebook:
        application_of(work, casebook)
        path = work.folder / "gegevens" / "werklijst_sleutel"
        first = path.read_text()
        application_of(work, casebook)
    assert path.read_text() == first
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_elsewhere_the_secrets_are_asked_for(work, monkeypatch):
    lines = ["[werklijst]", f'adres = "{AT}"', "[werklijst.oidc]", f'adres = "{OIDC["adres"]}"', 'client_id = "tijdig"',
             'rollen = {g = "consulent"}']  # fmt: skip
    (work.folder / "tijdig.toml").write_text("\n".join(lines), encoding="utf-8")
    there = Workplace(work.folder)
    with open_casebook(there) as casebook:
        with pytest.raises(SettingsError, match="TIJDIG_WERKLIJST_SLEUTEL"):
            application_of(there, casebook)
        monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL", "te-kort")
        with pytest.raises(SettingsError, match="TIJDIG_WERKLIJST_SLEUTEL"):
            application_of(there, casebook)
        monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL", "x" * 64)
        with pytest.raises(SettingsError, match="TIJDIG_WERKLIJST_OIDC_GEHEIM"):
            application_of(there, casebook)
        monkeypatch.setenv("TIJDIG_WERKLIJST_OIDC_GEHEIM", "y")
        assert TestClient(application_of(there, casebook), base_url=AT).get("/inloggen").status_code == 200


def test_a_consulent_of_the_demo_logs_in_and_sees_the_task_of_the_night(work):
    with open_casebook(work) as casebook:
        password = make_accounts(casebook)
        pages = application_of(work, casebook)
        with TestClient(pages, base_url="http://localhost") as browser:
            token = browser.get("/inloggen").text.split('name="csrf" value="')[1].split('"')[0]
            shown = browser.post("/inloggen", data={"gebruiker": "c-01", "wachtwoord": password, "csrf": token})
        assert shown.status_code == 200
        (task,) = casebook.tasks_of(DAY)
        assert task.dossiernummer in shown.text
        assert task.taak_id in shown.text


def test_nights_and_pages_use_the_same_postgresql(work):
    with database() as address:
        url = sa.make_url(address).set(drivername="postgresql")
        lines = [
            "[teams]",
            'Noord = ["C-01"]',
            "[werklijst]",
            f'database = "{url.render_as_string(hide_password=False)}"',
        ]
        (work.folder / "tijdig.toml").write_text("\n".join(lines).replace(":@", "@"), encoding="utf-8")
        there = Workplace(work.folder)
        there.casebook.unlink()
        steps.decide_and_record(there, DAY, steps.find(there, DAY))
        assert not there.casebook.exists()
        with kept_casebook(there) as casebook:
            password = make_accounts(casebook)
            (task,) = casebook.tasks_of(DAY)
            with TestClient(application_of(there, casebook), base_url="http://localhost") as browser:
                token = browser.get("/inloggen").text.split('name="csrf" value="')[1].split('"')[0]
                shown = browser.post("/inloggen", data={"gebruiker": "c-01", "wachtwoord": password, "csrf": token})
                assert task.taak_id in shown.text
                assert browser.get(f"/taken/{task.taak_id}").status_code == 200
            assert (casebook.verify().regels, casebook.verify().breuk) == (2, None)


def test_a_database_that_does_not_answer_is_said_without_its_address(work):
    lines = ["[werklijst]", 'database = "postgresql://tijdig@127.0.0.1:1/geheimenaam"']
    (work.folder / "tijdig.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CasebookError, match=r"can't be opened.*\[werklijst\] database") as refused:
        open_casebook(Workplace(work.folder))
    assert "geheimenaam" not in str(refused.value)


@pytest.mark.slow
def test_it_starts_says_where_and_writes_no_line_about_who_asked_what(work):
    """The command as a beheerder gives it, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from flows.cli import main; main()",
        "worklist",
        "--map",
        str(work.folder),
        "--poort",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            answer = _asked(f"http://127.0.0.1:{port}/inloggen", running)
            gone = httpx.get(f"http://127.0.0.1:{port}/taken/T-GEHEIM")
        finally:
            running.send_signal(signal.SIGINT)
            said = running.communicate(timeout=30)[0]
    assert (answer.status_code, gone.status_code) == (200, 303)
    assert "server" not in answer.headers
    assert f"http://localhost:{port}" in said
    assert "T-GEHEIM" not in said


def _asked(address, running):
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        try:
            return httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("it does not answer")


def test_the_people_of_the_demo_have_every_role_and_each_consulent_a_team():
    by_name = {user.gebruiker: user for user in people()}
    assert {rol for user in by_name.values() for rol in user.rollen} == set(Rol)
    assert len(by_name) == 40 + 4 + 4
    for team, members in TEAMS.items():
        for one in members:
            user = by_name[one.lower()]
            assert (user.team, user.consulent_id, user.rollen) == (team, one, {Rol.CONSULENT})


def test_accounts_are_made_and_listed_and_not_in_production(work):
    def run(*command):
        return CliRunner().invoke(app, ["worklist", "accounts", "--map", str(work.folder), *command])

    made = run(
        "--nieuw", "anna", "--naam", "Anna Smit", "--rol", "consulent", "--team", "Noord", "--consulent-id", "C-01"
    )
    assert made.exit_code == 0
    assert "Wachtwoord van anna: " in made.output
    assert "Anna Smit" in run().output
    (work.folder / "tijdig.toml").write_text("productie = true\n", encoding="utf-8")
    refused = run("--nieuw", "bram")
    assert isinstance(refused.exception, SettingsError)
    assert "bram" not in run().output


def test_the_log_is_checked_and_shown_by_the_command_line(work):
    def run(*command):
        return CliRunner().invoke(app, ["audit", *command, "--map", str(work.folder)])

    with open_casebook(work) as casebook:
        (task,) = casebook.tasks_of(DAY)
        assert "0 regels" in run("verify").output
        from datetime import UTC, datetime

        casebook.note("c-01", "taak_bekeken", task.taak_id, datetime(2026, 11, 4, 9, tzinfo=UTC))
        assert "2026-11-04T09:00:00+00:00  c-01  taak_bekeken" in run("toon", task.taak_id).output
        whole = run("verify")
        assert (whole.exit_code, "1 regels" in whole.output) == (0, True)
        assert casebook.verify().hash in whole.output
        with casebook._engine.begin() as con:
            con.exec_driver_sql("drop trigger if exists audit_update")
            con.exec_driver_sql("update audit set wie = 'c-02'")
    broken = run("verify")
    assert (broken.exit_code, "regel 1 " in broken.output) == (1, True)
