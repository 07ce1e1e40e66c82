"""``tijdig doctor``: each thing that can be wrong is said with what to do, and nothing is changed."""

import os
import shutil
import socket
import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfoNotFoundError

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from typer.testing import CliRunner

from contracts.finding import ContactTask
from flows import doctor, steps
from flows.cli import app
from flows.init import make_folders
from flows.logboek import looks
from flows.settings import Workplace
from store.casebook import Casebook
from store.casebook.tables import RESTORED
from store.migrations.run import newest
from tests.notifications.notify_server import FAILS, KEY, Notify
from tests.postgres import database
from tests.worklist.at_once import TOKEN
from tests.worklist.desk import finding
from tests.worklist.oidc_server import SignOn
from tests.worklist.openklant_server import OpenKlant as Klant
from tests.world import DAY, town

NOW = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC)


@pytest.fixture
def work(tmp_path):
    """A work folder with fresh deliveries and a casebook."""
    work = Workplace(tmp_path)
    make_folders(work)
    town().write_all(work.leveringen)
    with Casebook.at(work.casebook):
        pass
    _ = work.sleutel
    return work


@pytest.fixture
def styled(monkeypatch):
    """The style of the worklist is there."""
    monkeypatch.setattr(doctor, "not_there", lambda *_: [])


def said(work, naam, now=NOW):
    return [one.wat for check in doctor.examine(work, now) if check.naam == naam for one in check.gemis]


def contents(work):
    return {path: (path.read_bytes(), path.stat().st_mode) for path in work.folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("styled")
def test_where_all_is_well_nothing_is_said_and_nothing_is_changed(work):
    before = contents(work)
    assert [(check.naam, check.gemis) for check in doctor.examine(work, NOW) if check.gemis] == []
    assert contents(work) == before


def test_a_folder_that_is_not_there(tmp_path):
    assert said(Workplace(tmp_path / "nergens"), "Instellingen") == ["De werkmap is er niet."]


def test_settings_that_do_not_fit_are_all_that_is_said(work):
    (work.folder / "tijdig.toml").write_text("rust_dagen = 'geheim woord'\n")
    found = list(doctor.examine(Workplace(work.folder), NOW))
    assert [check.naam for check in found] == ["Instellingen"]
    assert "rust_dagen" in found[0].gemis[0].wat
    assert "geheim woord" not in str(found)


def test_a_secret_that_others_can_read(work):
    (work.folder / "gegevens" / "sleutel").chmod(0o644)
    assert said(work, "Werkmap") == ["Anderen kunnen een geheim lezen."]


def test_a_lost_key_of_persons(work):
    (work.folder / "gegevens" / "sleutel").unlink()
    assert said(work, "Werkmap") == []
    work.warehouse.write_bytes(b"")
    assert said(work, "Werkmap") == ["De sleutel voor de nummers van personen is weg: er draait geen nacht."]


def test_a_folder_without_rights(work, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: path != work.folder / "gegevens")
    assert said(work, "Werkmap") == ["Tijdig mag hier niet lezen en schrijven."]


def test_folders_that_everybody_can_look_into(work):
    (work.folder / "uitvoer").chmod(0o755)
    assert said(work, "Werkmap") == ["Iedereen op deze computer kan hierin kijken; er staan gegevens van mensen in."]


def test_a_delivery_that_can_not_be_taken_away_afterwards(work, monkeypatch):
    (brp,) = {one.parent for one in work.leveringen.rglob("levering.json") if one.parent.name == "brp"}
    monkeypatch.setattr(os, "access", lambda path, _: path != brp)
    assert said(work, "Werkmap") == ["Tijdig kan de bestanden van deze levering straks niet weghalen."]


@pytest.mark.parametrize(
    ("setting", "machine", "container", "says"),
    [
        ("3GB", 2e9, None, ["De nacht mag 3.0 GB gebruiken; hier is 2.0 GB."]),
        ("3GB", 64e9, "2147483648", ["De nacht mag 3.0 GB gebruiken; hier is 2.1 GB."]),
        ("2GiB", 64e9, "2147483648", []),
        ("512 mb", 64e9, "max", []),
        ("veel", 64e9, None, ["Deze hoeveelheid is niet te lezen."]),
    ],
)  # fmt: skip
def test_more_memory_than_there_is(work, monkeypatch, setting, machine, container, says):
    (work.folder / "tijdig.toml").write_text(f'geheugen = "{setting}"\n')
    limit = work.folder / "memory.max"
    if container:
        limit.write_text(container)
    monkeypatch.setattr(doctor, "_bytes_of_machine", lambda: machine)
    monkeypatch.setattr(doctor, "_LIMITS", (limit,))
    assert said(Workplace(work.folder), "Geheugen") == says


def test_a_full_disk(work, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=500_000_000))
    (one,) = said(work, "Ruimte op de schijf")
    assert one.startswith("Er is 0.5 GB vrij; een nacht kan 1.0 GB")


def test_a_clock_that_is_behind(work):
    (one,) = said(work, "Klok en tijdzone", NOW - timedelta(days=400))
    assert one.startswith("De klok loopt achter: er is een levering van 03-11-2026")


def test_no_time_zones(work, monkeypatch):
    def unknown(name):
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(doctor, "ZoneInfo", unknown)
    assert said(work, "Klok en tijdzone") == ["De tijdzone Europe/Amsterdam is niet bekend."]


def test_a_casebook_that_is_none(work):
    work.casebook.write_bytes(b"no database at all, but long enough to be read as one" * 20)
    assert said(work, "Casusboek") == ["Het casusboek is niet te openen."]


def test_a_casebook_of_another_release(work):
    with sqlite3.connect(work.casebook) as con:
        con.execute("update alembic_version set version_num = '9999'")
    assert said(work, "Casusboek") == [f"Het casusboek heeft versie 9999; dit programma kent niets na {newest()}."]


def test_a_casebook_from_before_the_first_release(work):
    with sqlite3.connect(work.casebook) as con:
        con.executescript("drop table alembic_version; create table layout (versie int); insert into layout values (9)")
    assert said(work, "Casusboek") == ["Het casusboek is van voor de eerste uitgave."]


def test_a_casebook_of_the_version_before_goes_on_by_itself(work):
    with sqlite3.connect(work.casebook) as con:
        con.execute("update alembic_version set version_num = '0001'")
    assert said(work, "Casusboek") == []


def test_messages_that_are_held_are_said_until_they_are_freed(work):
    with Casebook.at(work.casebook) as casebook:
        casebook.hold_notices(NOW, RESTORED, "K. de Wit", NOW)
    assert said(work, "Casusboek") == [
        "Alle berichten worden vastgehouden; wat er sinds 3 november 2026 ging, is niet bekend."
    ]
    with Casebook.at(work.casebook) as casebook:
        casebook.free_notices("K. de Wit", NOW)
    assert said(work, "Casusboek") == []


def test_a_consulent_of_no_team_has_tasks_that_she_does_not_see(work):
    of_anna, of_nobody = finding("anna", "D-100"), finding("los", "D-400", None)
    with Casebook.at(work.casebook) as casebook:
        todo = {f.signaal_id: ContactTask(soort="contact") for f in (of_anna, of_nobody)}
        casebook.record(DAY, [of_anna, of_nobody], todo, unusable=())
    assert said(work, "Casusboek") == [
        "1 consulent met open taken staat in geen team: alleen een teamleider ziet die taken."
    ]
    (work.folder / "tijdig.toml").write_text('[teams]\nNoord = ["C-01"]\n')
    assert said(Workplace(work.folder), "Casusboek") == []


def test_a_database_that_does_not_run(work):
    (work.folder / "tijdig.toml").write_text('[werklijst]\ndatabase = "postgresql://tijdig@127.0.0.1:1/tijdig"\n')
    assert said(Workplace(work.folder), "Casusboek") == ["Het casusboek is niet te openen."]


def test_before_the_first_night_there_is_no_casebook_and_that_is_well(work):
    work.casebook.unlink()
    assert said(work, "Casusboek") == []
    assert not work.casebook.exists()


def test_a_source_that_never_delivered_and_one_that_is_too_old(work):
    shutil.rmtree(work.leveringen / DAY.isoformat() / "brp")
    assert said(work, "Leveringen") == ["Van brp is nog nooit iets geleverd."]
    old = said(work, "Leveringen", NOW + timedelta(days=4))
    assert old == [
        "De laatste levering van uitkeringsgegevens is van 3 november 2026: te oud.", "Van brp is nog nooit iets geleverd.",
    ]  # fmt: skip


def test_what_was_taken_in_counts_too(work):
    steps.take_in_all(work, DAY)
    shutil.rmtree(work.leveringen)
    assert said(work, "Leveringen") == []


def test_a_warehouse_that_is_none(work):
    work.warehouse.write_bytes(b"no database")
    assert said(work, "Leveringen") == ["Het pakhuis is in gebruik, of is niet te lezen."]


def test_a_letter_that_can_not_be_made(work):
    (work.folder / "tijdig.toml").write_text('[huis]\ndienst = "Dienst \U0001f600"\n')
    (one,) = said(Workplace(work.folder), "Brieven maken")
    assert one.startswith("Een voorbeeldbrief lukt niet")


def test_a_channel_without_its_secret(work):
    (work.folder / "tijdig.toml").write_text('[kanaal.notifynl]\nadres = "https://api.notify.example"\n')
    (one,) = said(Workplace(work.folder), "Kanalen")
    assert one.startswith("Kanaal notifynl kan niet beginnen")


def test_pages_without_style(work, tmp_path_factory):
    theme = tmp_path_factory.mktemp("thema")
    (work.folder / "tijdig.toml").write_text(f'[werklijst]\nthema = "{theme}"\n')
    (one,) = said(Workplace(work.folder), "Stijl van de werklijst")
    assert one.startswith("De werklijst mist")


def test_a_log_that_can_not_be_written(work, monkeypatch):
    work.logboek.mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda path, _: path != work.logboek)
    assert said(work, "Logboek Dataverwerkingen") == ["Het logboek is niet te schrijven: dan begint er geen nacht."]


def test_a_log_of_which_lines_wait(work):
    (work.folder / "tijdig.toml").write_text('[logboek]\notlp = "https://logboek.example"\n')
    looks(Workplace(work.folder))("taak bekijken", finding("anna", "D-100"))
    (one,) = said(Workplace(work.folder), "Logboek Dataverwerkingen")
    assert one.startswith("In 1 bestanden van het logboek")


def with_settings(work, text):
    (work.folder / "tijdig.toml").write_text(text)
    return Workplace(work.folder)


@pytest.fixture
def mail():
    """A mail server that takes hello; gives its port, and what it heard."""
    heard = []

    class Hears:
        async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
            heard.append("EHLO")
            session.host_name = hostname
            return responses

        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            heard.append("DATA")
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Hears(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port, heard
    controller.stop()


def smtp(port, more=""):
    return f'[kanaal.smtp]\nserver = "127.0.0.1"\nport = 1\nafzender = "a@b.example"\n{more}'.replace(
        "port = 1", f"poort = {port}"
    )


def test_a_mail_server_that_answers_is_greeted_and_gets_nothing(work, mail):
    port, heard = mail
    assert said(with_settings(work, smtp(port, "beveiligd = false\n")), "Kanalen") == []
    assert heard == ["EHLO"]


def test_a_mail_server_that_does_not_secure_the_line(work, mail):
    (one,) = said(with_settings(work, smtp(mail[0])), "Kanalen")
    assert one.startswith("Kanaal smtp antwoordt niet goed: The mail server does not answer as it should (SMTPNot")


def test_a_mail_server_that_is_not_there(work):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (one,) = said(with_settings(work, smtp(port)), "Kanalen")
    assert one.endswith("(ConnectionRefusedError).")


def test_a_notify_that_knows_us_and_one_that_does_not(work, monkeypatch):
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL", KEY)
    with Notify() as notify:
        work = with_settings(work, f'[kanaal.notifynl]\nadres = "{notify.url}"\n')
        assert said(work, "Kanalen") == []
        notify.lies.append(FAILS)
        (one,) = said(work, "Kanalen")
        assert one == "Kanaal notifynl antwoordt niet goed: NotifyNL does not answer as it should (500)."
    assert notify.messages == []
    (gone,) = said(work, "Kanalen")
    assert "no-answer" in gone


def test_an_open_klant_that_knows_us_and_one_that_does_not(work, monkeypatch):
    monkeypatch.setenv("TIJDIG_OPENKLANT_SLEUTEL", TOKEN)
    with Klant() as klant:
        text = f'[openklant]\nadres = "{klant.url}"\nwerklijst_adres = "https://werklijst.example"\n'
        work = with_settings(work, text + 'eenheid = {identificator = "sdd", naam = "Sociale Dienst"}\n')
        assert said(work, "Kanalen") == []
        monkeypatch.setenv("TIJDIG_OPENKLANT_SLEUTEL", "een-andere")
        (one,) = said(work, "Kanalen")
        assert one.startswith("Open Klant antwoordt niet goed: ")
    (gone,) = said(work, "Kanalen")
    assert gone == "Open Klant antwoordt niet goed (no-connection-or-too-many)."


def oidc(address):
    return (
        '[werklijst]\nadres = "https://werklijst.example"\n'
        f'[werklijst.oidc]\nadres = "{address}"\nclient_id = "tijdig"\nrollen = {{consulenten = "consulent"}}\n'
    )


def test_a_sign_on_of_the_dienst(work):
    now = datetime.now(UTC)
    with SignOn() as known:
        work = with_settings(work, oidc(known.discovery))
        assert said(work, "Aanmelddienst", now) == []
        assert known.asked == []
        assert said(work, "Aanmelddienst", now + timedelta(minutes=7)) == [
            "De klok verschilt 7 minuten met die van de aanmelddienst."
        ]
        known.published = []
        known.fails.add("/sleutels")
        assert "does not answer" in said(work, "Aanmelddienst", now)[0]
        known.fails.clear()
    assert "does not answer (ConnectionError)" in said(work, "Aanmelddienst", now)[0]


def test_a_sign_on_under_another_name(work):
    with SignOn() as known:
        known.base = "https://elders.example"
        (one,) = said(with_settings(work, oidc(known.discovery)), "Aanmelddienst")
    assert one == "De aanmelddienst antwoordt niet goed: a sign-on under another name than its own."


def test_a_database_in_which_no_table_may_be_made(work, monkeypatch):
    with database() as url:
        said_url = sa.make_url(url)
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        name = f"lezer_{os.getpid()}"
        with engine.connect() as con:
            con.execute(sa.text(f"create role {name} login"))
            con.execute(sa.text("revoke create on schema public from public"))
        try:
            monkeypatch.setattr(doctor, "postgresql", lambda _: url)
            assert said(work, "Casusboek") == []
            other = said_url.set(username=name).render_as_string(hide_password=False)
            monkeypatch.setattr(doctor, "postgresql", lambda _: other)
            assert said(work, "Casusboek") == ["De gebruiker van de database mag geen tabellen maken."]
        finally:
            with engine.connect() as con:
                con.execute(sa.text(f"drop role {name}"))
            engine.dispose()


@pytest.mark.usefixtures("styled")
def test_on_the_command_line(work, monkeypatch):
    monkeypatch.setattr(doctor, "datetime", type("Clock", (datetime,), {"now": classmethod(lambda *_: NOW)}))
    runner = CliRunner()
    well = runner.invoke(app, ["doctor", "--map", str(work.folder)], catch_exceptions=False)
    assert (well.exit_code, "Alles is in orde." in well.output) == (0, True)
    ahead = runner.invoke(app, ["doctor", "--map", str(work.folder), "--productie"], catch_exceptions=False)
    assert (ahead.exit_code, "[verantwoording] dpia" in ahead.output) == (1, True)
    (work.folder / "tijdig.toml").write_text("productie = true\n")
    counts = runner.invoke(app, ["doctor", "--map", str(work.folder)], catch_exceptions=False)
    assert (counts.exit_code, "mis   Klaar voor productie" in counts.output) == (1, True)
