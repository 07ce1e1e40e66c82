"""The log of processings of a night, a delivery, a look and a command: whose data, each once, and nobody to be seen."""

import hashlib
import hmac
import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from typer import Exit
from typer.testing import CliRunner

from contracts.errors import BusyError, CasebookError, SettingsError
from contracts.logregel import Betrokkene, Logregel, Soort
from contracts.verwerkingen import Activiteit
from flows import mailroom, steps
from flows.cards import fill_cards
from flows.cli import app
from flows.logboek import known_as, logboek_of, looks, processing
from flows.sampling import draw_sample
from flows.serve_worklist import application_of
from flows.settings import Workplace
from store.casebook import Casebook
from store.subject import subject_of
from tests.flows.killed import Deliveries
from tests.flows.otlp_server import REFUSES, Receiver
from tests.notifications.notify_server import KEY, Notify
from tests.worklist.desk import finding
from tests.world import DAY, anummer, bsn, town

REGISTER = "https://voorbeeldstad.example/verwerkingen"


def family():
    """Client 1 with partner 3, a child without a number and a housemate; the dienst knows somebody by name, and one
    by a number that the BRP does not have. Client 5 is alone; client 7 has a housemate, of whom a letter tells. Twenty
    others in town have nothing to do with it."""
    world = (
        town()
        .person(3, house=1, geslachtsnaam="Bakker")
        .change("uitkering", "uitkering_id", "U-1", partner_burgerservicenummer=bsn(3))
    )
    world.person(2, house=1, datum_aanvang_adreshouding="20261020")
    world.person(90, born="20200101").related(1, "kind", 90, numberless=True).without(
        "brp_persoon", "anummer", anummer(90)
    )
    world.knows(1, 91).person(5, house=5).uitkering(5, house=5).person(7, house=7).uitkering(7, house=7)
    world.person(8, house=7, datum_aanvang_adreshouding="20261020")
    return world.knows(
        1, None, medebewoner_geslachtsnaam="Visser", medebewoner_geboortedatum="19900101", medebewoner_voorletters="P."
    )


def night(work, number=0, of=None):
    day = DAY + timedelta(days=number)
    (of or family()).write_all(work.leveringen, day)
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    draw_sample(work, day)
    mailroom.deliver(work, day, usable=True)
    fill_cards(work, day, usable=True)
    with Casebook.at(work.casebook) as casebook:
        casebook.save_counts(day, {}, now=datetime(2026, 11, 3, 4, tzinfo=UTC))
    return found.findings


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A night, made once."""
    work = Workplace(tmp_path_factory.mktemp("nacht"))
    return work, night(work)


@pytest.fixture
def work(once, tmp_path):
    """A copy of it, with an empty log."""
    shutil.copytree(once[0].folder, tmp_path / "werk")
    copied = Workplace(tmp_path / "werk")
    shutil.rmtree(copied.logboek)
    return copied


def lines(work):
    return [Logregel.model_validate_json(line) for line in logboek_of(work).lines()]


def about(found, naam):
    return [line.attributes.data_subject_id for line in found if line.name == naam and line.attributes.data_subject_id]


def pseudonym(work, soort, value):
    key = (work.folder / "gegevens" / "logboek_sleutel").read_bytes()
    return hmac.new(key, f"{soort}|{value}".encode(), hashlib.sha256).hexdigest()[:32]


def person(work, *what):
    key = (work.folder / "gegevens" / "sleutel").read_text()
    return pseudonym(work, "persoonssleutel", hashlib.sha256("|".join((key, *what)).encode()).hexdigest()[:16])


def dossier(work, number):
    return pseudonym(work, "dossiernummer", f"D-{number}")


# -- a night ----------------------------------------------------------------------------------------------


def test_a_night_names_everybody_it_reads_about_once(once):
    work, _ = once
    named = about(lines(work), "gegevens vergelijken")
    wie = "\x1f".join
    assert sorted(named) == sorted([
        *(person(work, anummer(number)) for number in (1, 2, 3, 5, 7, 8)),
        person(work, "bsn", bsn(91)),
        person(work, "naam", wie(["", "", "", "Jansen", "20200101"])),
        person(work, "naam", wie(["", "P.", "", "Visser", "19900101"])),
    ])  # fmt: skip


def test_what_was_found_names_the_dossier_and_who_is_in_the_facts(once):
    work, findings = once
    facts = {"persoon_sleutel", "bewoner_sleutel", "partner_sleutel", "kind_sleutel"}
    keys = {value for one in findings for name, value in one.feiten.items() if name in facts and value}
    wanted = {*(dossier(work, number) for number in (1, 7)), *(pseudonym(work, "persoonssleutel", key) for key in keys)}
    assert keys
    assert set(about(lines(work), "signalen vastleggen")) == wanted


def test_each_step_has_a_line_of_its_own_and_those_of_persons_hang_below_it(once):
    found = lines(once[0])
    steps_, persons = [
        [line for line in found if bool(line.attributes.data_subject_id) is who] for who in (False, True)
    ]
    assert {line.name for line in steps_} >= {
        "leveringen innemen", "gegevens vergelijken", "signalen vastleggen", "steekproef trekken", "berichten bezorgen",
        "naam en adres lezen",
    }  # fmt: skip
    known = {line.span_id: line for line in steps_}
    for line in persons:
        above = known[line.parent_span_id]
        assert (above.trace_id, above.name) == (line.trace_id, line.name)
        assert above.start_time <= line.start_time <= line.end_time <= above.end_time
    assert len({line.span_id for line in found}) == len(found)


def test_the_ids_are_those_of_the_register(once):
    said = {line.name: line.attributes.processing_activity_id for line in lines(once[0])}
    assert said["gegevens vergelijken"] == f"{REGISTER}/registervergelijking/1"
    assert said["naam en adres lezen"] == f"{REGISTER}/berichten/1"
    assert said["steekproef trekken"] == f"{REGISTER}/steekproef/1"


def test_nobody_and_no_employee_is_to_be_seen_in_it(once):
    work, findings = once
    text = "".join(path.read_text() + str(path) for path in logboek_of(work).files())
    keys = {str(value) for one in findings for name, value in one.feiten.items() if name.endswith("_sleutel") and value}
    for word in [bsn(1), bsn(2), bsn(3), anummer(1), "Jansen", "Visser", "D-1", "C-01", "1234AB", *keys]:
        assert word not in text


def test_the_same_night_again_is_another_processing(work):
    mailroom.deliver(work, DAY, usable=True)
    first = lines(work)
    steps.find(work, DAY)
    again = [line for line in lines(work) if line not in first]
    assert len(about(again, "gegevens vergelijken")) == 9
    assert {line.trace_id for line in again}.isdisjoint({line.trace_id for line in first})


def test_somebody_finds_their_own_lines(once):
    work, _ = once
    key = (work.folder / "gegevens" / "sleutel").read_text()
    hashed = hashlib.sha256(f"{key}|{anummer(3)}".encode()).hexdigest()[:16]
    found = logboek_of(work).about([Betrokkene(Soort.PERSOON, hashed)])
    assert {json.loads(line)["name"] for line in found} >= {"gegevens vergelijken"}
    assert len(found) < len(lines(work))


def test_somebody_whom_the_dienst_knows_by_number_alone_finds_theirs_and_a_belanghebbende_all_of_theirs(once):
    work, _ = once
    with steps.open_warehouse(work) as warehouse:
        known, client = (subject_of(warehouse, work.sleutel, bsn=bsn(number)) for number in (91, 7))
    found = {json.loads(line)["name"] for line in logboek_of(work).about(known_as(work, known))}
    assert found == {"gegevens vergelijken"}
    found = {json.loads(line)["name"] for line in logboek_of(work).about(known_as(work, client))}
    assert found >= {"gegevens vergelijken", "signalen vastleggen", "naam en adres lezen"}


# -- how an action ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError("disk"), "Error"), (SettingsError("a", where="b", todo="c"), "Error"), (KeyboardInterrupt(), "Error"),
        (BusyError("a", where="b", todo="c"), "Error"),
        (CasebookError("a", where="b", todo="c"), "Unset"), (Exit(1), "Unset"),
    ],
)  # fmt: skip
def test_a_fault_of_ours_is_an_error_and_what_somebody_asked_wrongly_is_not(tmp_path, error, status):
    work = Workplace(tmp_path)
    with pytest.raises(type(error)), processing(work, Activiteit.CONTACT, "proef"):
        raise error
    (line,) = lines(work)
    assert line.status == status


def test_parts_of_a_run_are_one_trace(tmp_path):
    work = Workplace(tmp_path)
    with processing(work, Activiteit.BERICHTEN, "boven"), processing(work, Activiteit.BERICHTEN, "onder"):
        pass
    below, above = lines(work)
    assert (below.name, below.trace_id, below.parent_span_id) == ("onder", above.trace_id, above.span_id)
    assert above.parent_span_id is None


def test_with_a_secret_that_is_none_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("TIJDIG_LOGBOEK_SLEUTEL", "kort")
    work = Workplace(tmp_path)
    with pytest.raises(SettingsError, match="too short"), processing(work, Activiteit.CONTACT, "proef"):
        pytest.fail("it went on without a log")
    assert not work.logboek.exists()


def test_where_the_log_can_not_be_written_nothing_is_recorded(work):
    work.logboek.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="logboek"):
        night(work, 1)
    with Casebook.at(work.casebook) as casebook:
        assert casebook.last_night() == DAY


# -- looks and commands -----------------------------------------------------------------------------------


def test_a_look_in_the_worklist_is_a_trace_of_its_own(tmp_path):
    work = Workplace(tmp_path)
    look = looks(work)
    look("taak bekijken", finding("anna", "D-100"))
    look("brief bekijken", finding("anna", "D-100"))
    assert len(logboek_of(work).files()) == 1
    found = lines(work)
    wanted = [dossier(work, 100), pseudonym(work, "persoonssleutel", "0123456789abcdef")]
    assert about(found, "taak bekijken") == about(found, "brief bekijken") == wanted
    assert len({line.trace_id for line in found}) == 2


def test_the_pages_that_are_started_write_it(work, once):
    with Casebook.at(work.casebook) as casebook:
        services = application_of(work, casebook).state.services
        services.look("taak bekijken", once[1][0])
    assert dossier(work, once[1][0].dossiernummer.removeprefix("D-")) in about(lines(work), "taak bekijken")


COMMANDS = {
    "signaal bekijken": ("signaal", "toon", "SIGNAAL"),
    "drietrapstoets bekijken": ("signaal", "toets", "SIGNAAL"),
    "antwoord noteren": ("signaal", "beantwoord", "SIGNAAL", "--door", "C-01"),
    "signaal uitleggen": ("explain", "SIGNAAL"),
    "kosten en baten uitrekenen": ("mkba", "SIGNAAL"),
    "contactgeschiedenis tonen": ("notices", "toon", "D-7"),
    "steekproef bekijken": ("steekproef", "toon"),
    "signalen narekenen": ("recompute", "SIGNAAL"),
    "koppelingen nagaan": ("linking", "report"),
    "regel proberen op voorbije dagen": ("shadow", "--regels", "R01", "--van", DAY.isoformat(), "--tot", DAY.isoformat()),
}  # fmt: skip


@pytest.mark.parametrize("naam", COMMANDS)
def test_a_command_about_somebody_writes_down_that_it_was(work, once, naam):
    told = next(one.signaal_id for one in once[1] if one.regel == "R01")
    words = [told if word == "SIGNAAL" else word for word in COMMANDS[naam]]
    said = CliRunner().invoke(app, [*words, "--map", str(work.folder)], catch_exceptions=False)
    assert said.exit_code == 0, said.output
    assert about(lines(work), naam)


def test_a_command_about_what_is_not_there_is_about_nobody(work):
    said = CliRunner().invoke(app, ["signaal", "toon", "S-R01-0", "--map", str(work.folder)])
    assert said.exit_code != 0
    assert not work.logboek.exists()


def test_the_log_is_held_against_the_standard_on_the_command_line(work):
    with processing(work, Activiteit.CONTACT, "proef"):
        pass
    runner = CliRunner()
    assert "Alle regels passen" in runner.invoke(app, ["logboek", "controleer", "--map", str(work.folder)]).output
    logboek_of(work).add(DAY, "vreemd", ['{"trace_id": "1"}'])
    said = runner.invoke(app, ["logboek", "controleer", "--map", str(work.folder)])
    assert (said.exit_code, "1 regel past niet" in said.output) == (1, True)


# -- outgoing calls ---------------------------------------------------------------------------------------

NOTIFY = """
[kanalen]
brief = "notifynl"
[kanaal.notifynl]
adres = "{}"
"""


def test_what_goes_out_names_the_action_it_is_part_of(tmp_path, monkeypatch):
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL", KEY)
    with Notify() as server:
        (tmp_path / "tijdig.toml").write_text(NOTIFY.format(server.url))
        work = Workplace(tmp_path)
        night(work, of=town().person(2, house=1, datum_aanvang_adreshouding="20261020"))
        assert len(server.messages) == 1
        (top,) = (line for line in lines(work) if line.name == "berichten bezorgen")
        assert server.traces
        assert set(server.traces) == {f"00-{top.trace_id}-{top.span_id}-01"}


def test_a_delivery_sends_the_log_on_and_tells_what_keeps_it_here(work):
    with Receiver() as server:
        (work.folder / "tijdig.toml").write_text(f'[logboek]\notlp = "{server.url}"\n')
        work = Workplace(work.folder)
        server.faults.append(REFUSES)
        (trouble,) = mailroom.deliver(work, DAY, usable=True).storingen
        assert trouble.waar == "[logboek] otlp"
        assert mailroom.deliver(work, DAY, usable=True).storingen == ()
        assert set(server.spans) == {line.span_id for line in lines(work)}


# -- killed -----------------------------------------------------------------------------------------------


def test_a_night_that_is_killed_leaves_whole_lines_and_nothing_without_its_lines(tmp_path):
    base = Workplace(tmp_path / "base")
    family().write_all(base.leveringen)
    with Deliveries() as deliveries:
        counts = []
        for kill in (45, 50, 55, 60, 80):
            work = Workplace(shutil.copytree(base.folder, tmp_path / str(kill)))
            assert deliveries(work.folder, DAY, kill=kill, what="night")
            text = b"".join(path.read_bytes() for path in logboek_of(work).files())
            assert text.endswith(b"\n") or not text
            found = lines(work)
            with Casebook.at(work.casebook) as casebook:
                recorded = casebook.standing()
            counts.append(len(recorded))
            for row in recorded:
                assert pseudonym(work, "dossiernummer", row.inhoud["dossiernummer"]) in about(
                    found, "signalen vastleggen"
                )
    # Some died before anything was recorded, some after.
    assert min(counts) == 0 < max(counts)
