"""The list of gemeenten, and what two of them may not share: refused before any night."""

import json
import os
import shutil
from datetime import date
from io import StringIO

import pytest
import sqlalchemy as sa
from rich.console import Console
from typer.testing import CliRunner

from contracts.errors import DeliveryError, SettingsError, TijdigError
from flows.alone import NightRunsError, alone
from flows.cli import app
from flows.gemeenten import overview
from flows.gemeenten.command import run_nights
from flows.gemeenten.outcome import Stand, Uitslag
from flows.gemeenten.separate import SharedError, require_separate
from flows.gemeenten.settings import together
from flows.gemeenten.transfer import transfers
from flows.memory import at_most, sharing
from flows.secret import secret, secrets_in
from flows.settings import Workplace
from tests.postgres import database

LIST = """
workers = 3
[gemeente.noord]
codes = ["9901", "9902"]
warme_overdracht = true
[gemeente.zuid]
codes = ["9903"]
map = "andere/map"
contact = {naam = "Dienst Zuid", telefoon = "14 0123", email = "dienst@zuid.example"}
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "gemeenten.toml").write_text(LIST)
    for folder in ("noord", "andere/map"):
        (tmp_path / folder / "gegevens").mkdir(parents=True)
    return tmp_path


def both(place):
    return together(place).members


def test_the_list_says_where_each_is_and_whom_others_call(place):
    noord, zuid = both(place)
    assert (noord.naam, noord.work.folder, noord.geheimen) == ("noord", place / "noord", None)
    assert (zuid.work.folder, zuid.gemeente.codes) == (place / "andere" / "map", ("9903",))
    assert str(zuid.gemeente.contact) == "Dienst Zuid, 14 0123, dienst@zuid.example"
    assert [one.naam for one in together(place / "gemeenten.toml").chosen(("zuid",))] == ["zuid"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"9903"', '"9902"'), "gemeentecode 9902 stands under more than one"),
        (('"9903"', '"Zuid"'), "gemeente.zuid.codes.0"),
        (("[gemeente.zuid]", '[gemeente."J. Jansen"]'), "String should match pattern"),
        (("workers = 3", "workers = 0"), "workers: Input should be greater"),
        (('"andere/map"', '"/srv/andere"'), "map: Value error, a work folder is inside"),
        (('"andere/map"', '"../andere"'), "map: Value error, a work folder is inside"),
        (("14 0123", "bel me"), "contact.telefoon"),
        (("workers = 3", "workers ="), "no valid TOML"),
        (("[gemeente.zuid]", "[gemeente.overzicht]"), "overzicht is the folder of the overviews"),
        (("workers = 3", "werkers = 3"), "werkers: Extra inputs are not permitted"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_with_its_place(place, change, said):
    (place / "gemeenten.toml").write_text(LIST.replace(*change))
    with pytest.raises(SettingsError, match=said):
        both(place)


def test_no_list_and_a_name_that_is_not_in_it_say_what_to_do(place, tmp_path):
    with pytest.raises(SettingsError, match="tijdig gemeenten demo"):
        both(tmp_path / "elders")
    with pytest.raises(SettingsError, match=r"No gemeente is called oost.*gemeenten lijst"):
        together(place).chosen(("noord", "oost"))


def test_codes_that_are_not_its_own_work_area_stop_that_gemeente(place):
    noord, zuid = both(place)
    noord.require_codes()
    with pytest.raises(SettingsError, match="not those of its own settings"):
        zuid.require_codes()


def test_only_who_asks_for_it_hears_whom_to_call_and_only_of_others_that_can_be_called(place):
    noord, zuid = both(place)
    assert transfers(noord.work) == (("9903", "Dienst Zuid, 14 0123, dienst@zuid.example"),)
    # Zuid did not ask for it; somebody who is not in the list, or has no list above, neither.
    assert transfers(zuid.work) == ()
    assert transfers(Workplace(place / "west")) == ()
    (place / "gemeenten.toml").write_text(LIST.replace("contact", "warme_overdracht = true\n#"))
    assert [transfers(member.work) for member in both(place)] == [(), ()]


# -- apart ------------------------------------------------------------------------------------------------


def test_two_work_folders_of_their_own_are_apart(place):
    for member in both(place):
        (member.work.folder / "tijdig.toml").write_text("")
        assert member.work.sleutel
    require_separate(both(place))


def _same_folder(noord, zuid, place):
    (place / "gemeenten.toml").write_text(LIST.replace("andere/map", "noord"))


def _nested(noord, zuid, place):
    (place / "gemeenten.toml").write_text(LIST.replace("andere/map", "noord/zuid"))


def _link(noord, zuid, place):
    shutil.rmtree(zuid)
    zuid.symlink_to(noord)


def _linked_database(noord, zuid, place):
    (noord / "gegevens" / "casebook.sqlite").write_bytes(b"")
    os.link(noord / "gegevens" / "casebook.sqlite", zuid / "gegevens" / "casebook.sqlite")


def _linked_data(noord, zuid, place):
    (zuid / "gegevens").rmdir()
    (zuid / "gegevens").symlink_to(noord / "gegevens")


def _linked_deliveries(noord, zuid, place):
    (noord / "leveringen").mkdir()
    (zuid / "leveringen").symlink_to(noord / "leveringen")


def _copied_key(noord, zuid, place):
    for folder, end in ((noord, ""), (zuid, "\n")):
        (folder / "gegevens" / "sleutel").write_text("0123456789abcdef" * 2 + end)


def _key_of_the_log_in_a_secret(noord, zuid, place):
    (place / "gemeenten.toml").write_text(LIST + '\ngeheimen = "geheim"\n')
    (place / "geheim").mkdir()
    (place / "geheim" / "logboek_sleutel").write_text("a" * 64)
    (noord / "gegevens" / "logboek_sleutel").write_text("a" * 64)


def _one_folder_of_secrets(noord, zuid, place):
    (place / "gemeenten.toml").write_text(
        LIST.replace("[gemeente.zuid]", '[gemeente.zuid]\ngeheimen = "geheim"').replace(
            "[gemeente.noord]", '[gemeente.noord]\ngeheimen = "geheim"'
        )
    )
    (place / "geheim").mkdir()


def _one_file_of_measures(noord, zuid, place):
    for folder in (noord, zuid):
        (folder / "tijdig.toml").write_text('[metingen]\nbestand = "tijdig.prom"\n')


@pytest.mark.parametrize(
    ("arrange", "what"),
    [
        (_same_folder, "a work folder"),
        (_nested, "a work folder"),
        (_link, "a work folder"),
        (_linked_database, "a file or folder"),
        (_linked_data, "a file or folder"),
        (_linked_deliveries, "a file or folder"),
        (_one_folder_of_secrets, "a file or folder"),
        (_one_file_of_measures, "a file or folder"),
        (_copied_key, "a key"),
        (_key_of_the_log_in_a_secret, "a key"),
    ],
)
def test_what_two_share_is_refused_and_said(place, arrange, what):
    arrange(place / "noord", place / "andere" / "map", place)
    with pytest.raises(SharedError, match=f"noord and zuid share {what}: nothing was run"):
        require_separate(both(place))


def _on(member, url):
    member.work.folder.joinpath("tijdig.toml").write_text(f"[werklijst]\ndatabase = '{url}'\n")


def test_one_database_by_two_names_is_one_and_a_schema_each_is_apart(place):
    noord, zuid = both(place)
    with database() as address:
        url = sa.make_url(address).set(drivername="postgresql")._replace(password=None)
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        with engine.begin() as con:
            for schema in ("noord", "zuid"):
                con.execute(sa.text(f"create schema {schema}"))
        engine.dispose()

        def at(**query):
            return url.update_query_dict(query).render_as_string(hide_password=False)

        _on(noord, at())
        _on(zuid, at(application_name="zuid"))
        with pytest.raises(SharedError, match="share a database"):
            require_separate(both(place))
        # Its own schema first, and the other one still in sight.
        _on(noord, at(options="-csearch_path=noord"))
        _on(zuid, at(options="-csearch_path=zuid,noord"))
        with pytest.raises(SharedError, match="share a database"):
            require_separate(both(place))
        _on(zuid, at(options="-csearch_path=zuid"))
        require_separate(both(place))


def test_a_database_that_does_not_answer_is_held_by_its_address(place):
    noord, zuid = both(place)
    nowhere = "postgresql://tijdig@127.0.0.1:9/{}"
    _on(noord, nowhere.format("a"))
    _on(zuid, nowhere.format("b"))
    require_separate(both(place))
    _on(zuid, nowhere.format("a"))
    with pytest.raises(SharedError, match="share a database"):
        require_separate(both(place))


def test_settings_that_can_not_be_read_stop_no_other_gemeente(place):
    (place / "noord" / "tijdig.toml").write_text("werkgebied = ")
    require_separate(both(place))


# -- secrets and memory -----------------------------------------------------------------------------------


def test_a_secret_of_one_gemeente_is_never_that_of_the_process(tmp_path, monkeypatch):
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL", "van-iedereen")
    (tmp_path / "notifynl_sleutel").write_text("van-noord\n")
    with secrets_in(tmp_path):
        assert secret("notifynl_sleutel") == "van-noord"
        with secrets_in(None):
            assert secret("notifynl_sleutel") is None
        assert (secret("smtp_wachtwoord"), secret("notifynl_sleutel")) == (None, "van-noord")
    assert secret("notifynl_sleutel") == "van-iedereen"


def test_memory_is_what_was_asked_or_the_share_of_a_worker_where_that_is_less():
    assert at_most("3GB") == "3GB"
    with sharing(2 * 2**30):
        assert (at_most("3GB"), at_most("500MB")) == ("2048MiB", "500MB")
    with sharing(None):
        assert at_most("3GB") == "3GB"


# -- what the shared service reads -------------------------------------------------------------------------

DAY = date(2026, 11, 3)
GOOD = Uitslag(naam="noord", stand=Stand.GELUKT, uitkeringen=410, nieuw=7, brieven=4, taken=2, seconden=3.5)
BAD = Uitslag.failed("zuid", DeliveryError("No <rows>.", where="brp", todo="Ask again."), "zuid")


def test_an_error_is_told_as_it_was_meant_and_of_another_only_its_kind():
    assert (BAD.stand, BAD.fout.wat, BAD.fout.waar, BAD.fout.doen) == ("mislukt", "No <rows>.", "brp", "Ask again.")
    odd = Uitslag.failed("zuid", ValueError("Noor Jansen, 900000012"), "zuid")
    assert odd.fout.wat == "Onverwachte fout: ValueError."
    assert "Jansen" not in odd.model_dump_json()
    assert Uitslag.failed("zuid", NightRunsError("x", where="x", todo="x"), "zuid").stand is Stand.BEZIG


def test_the_overview_keeps_the_line_of_who_was_not_run_now(tmp_path):
    overview.write([GOOD, BAD], tmp_path, DAY)
    page = overview.write([BAD.model_copy(update={"stand": Stand.GELUKT, "fout": None, "nieuw": 3})], tmp_path, DAY)
    lines = (tmp_path / "overzicht.csv").read_text().splitlines()
    assert [line.split(";")[:4] for line in lines] == [
        ["gemeente", "stand", "uitkeringen", "nieuw"], ["noord", "gelukt", "410", "7"], ["zuid", "gelukt", "0", "3"],
    ]  # fmt: skip
    assert "2 van 2 klaar" in page.read_text()
    assert len(json.loads((tmp_path / "overzicht.json").read_text())) == 2
    # A power cut can leave it empty; that ends no later run.
    (tmp_path / "overzicht.json").write_text("")
    overview.write([GOOD], tmp_path, DAY)
    assert [line.split(";")[0] for line in (tmp_path / "overzicht.csv").read_text().splitlines()[1:]] == ["noord"]


def test_the_page_and_the_console_say_what_to_do_and_escape_what_came_from_elsewhere(tmp_path):
    page = overview.write([GOOD, BAD], tmp_path, DAY).read_text()
    assert "1 van 2 klaar" in page
    assert ("No &lt;rows&gt;." in page, "<rows>" in page) == (True, False)
    console = Console(width=80, record=True, file=StringIO())
    overview.tell(console, [BAD, GOOD], tmp_path / "overzicht.html")
    said = console.export_text()
    assert "zuid: No <rows>. [brp] Ask again." in said
    assert all(len(line) <= 80 for line in said.splitlines()[:5])
    assert [line.split()[:2] for line in said.splitlines() if line.startswith(("noord", "zuid "))] == [
        ["noord", "goed"], ["zuid", "mislukt"],
    ]  # fmt: skip


# -- the command line --------------------------------------------------------------------------------------


def test_the_list_shows_who_takes_part_and_that_they_are_apart(place):
    done = CliRunner().invoke(app, ["gemeenten", "lijst", "--map", str(place)])
    assert done.exit_code == 0, done.output
    assert "Geen twee gemeenten delen" in done.output
    (place / "gemeenten.toml").write_text(LIST.replace("andere/map", "noord"))
    assert isinstance(CliRunner().invoke(app, ["gemeenten", "lijst", "--map", str(place)]).exception, SharedError)


def test_a_whole_run_is_refused_while_another_one_goes_on(place, monkeypatch):
    monkeypatch.setattr("flows.gemeenten.command.prepare_prefect_in", lambda _: pytest.fail("a run began"))
    with alone(place / "overzicht" / "run.slot", 0.0) as ours:
        assert ours
        with pytest.raises(TijdigError, match="A run of these gemeenten goes on already"):
            run_nights(together(place), DAY, (), None, None)


def test_nothing_begins_where_two_are_not_apart_also_when_only_one_is_asked_for(place, monkeypatch):
    monkeypatch.setattr("flows.gemeenten.command.prepare_prefect_in", lambda _: pytest.fail("a run began"))
    _copied_key(place / "noord", place / "andere" / "map", place)
    with pytest.raises(SharedError, match="share a key"):
        run_nights(together(place), DAY, ("noord",), None, None)


def test_a_cluster_elsewhere_needs_an_api_that_it_can_reach():
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.gemeenten.server import one_api

    for there in (None, "http://127.0.0.1:4200/api"):
        with (
            temporary_settings({PREFECT_API_URL: there}),
            pytest.raises(SettingsError, match="can't reach the Prefect API"),
            one_api("tcp://planner:8786"),
        ):
            pytest.fail("it began")
    with temporary_settings({PREFECT_API_URL: "http://prefect:4200/api"}), one_api("tcp://planner:8786") as api:
        assert api == "http://prefect:4200/api"


@pytest.mark.parametrize(
    ("stands", "code"),
    [
        ((Stand.GELUKT, Stand.GELUKT), 0),
        ((Stand.GELUKT, Stand.LET_OP), 3),
        ((Stand.LET_OP, Stand.MISLUKT), 1),
        ((Stand.BEZIG, Stand.GELUKT), 1),
    ],
)
def test_the_exit_code_says_whether_each_has_its_night(place, monkeypatch, stands, code):
    ran = [GOOD.model_copy(update={"naam": naam, "stand": stand}) for naam, stand in zip("ab", stands, strict=True)]
    monkeypatch.setattr("flows.gemeenten.command.run_nights", lambda *_: ran)
    done = CliRunner().invoke(app, ["gemeenten", "run", "--map", str(place), "--peildatum", "2026-11-03"])
    assert done.exit_code == code
    assert "overzicht/2026-11-03/overzicht.html" in done.output.replace("\n", "")
