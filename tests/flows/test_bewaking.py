"""What the beheerder is told of a run, once; whether a run happened at all; and that nobody is in any of it."""

import email
import json
from datetime import UTC, date, datetime, timedelta
from email import policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.errors import DeliveryError, TijdigError
from contracts.message import ChannelError
from contracts.retention import Soort, retention_on
from flows.alone import NightRunsError, alone
from flows.bewaking.alerts import ALERT_NAAM, Alert, AlertKind, Loop, of_dead, of_error
from flows.bewaking.mail import send_due
from flows.bewaking.metrics import metrics_text
from flows.bewaking.state import State, changing, read
from flows.bewaking.watch import slot, watched
from flows.bewaking.watchdog import look
from flows.casebook import open_casebook
from flows.cli import app
from flows.old_files import old_files
from flows.progress import step
from flows.settings import Settings, Workplace
from tests.notifications.smtp_server import CUT, MailServer

DAY = date(2026, 11, 24)  # a Tuesday
#: 08:00 in Amsterdam.
MORNING = datetime(2026, 11, 24, 7, tzinfo=UTC)
BEHEER = "beheer@dienst.example"


def settings_text(server, *more):
    return "\n".join([
        "[kanaal.smtp]", 'server = "127.0.0.1"', f"poort = {server.port}", "beveiligd = false",
        'afzender = "tijdig@dienst.example"', "[meldingen]", f'aan = ["{BEHEER}"]', *more,
    ])  # fmt: skip


@pytest.fixture
def server():
    with MailServer() as running:
        yield running


@pytest.fixture
def work(tmp_path, server):
    (tmp_path / "tijdig.toml").write_text(settings_text(server), encoding="utf-8")
    return Workplace(tmp_path)


def mails(server):
    return [email.message_from_bytes(text, policy=policy.default) for text in server.texts]


def body(mail):
    return mail.get_body(("plain",)).get_content()


def shut(bron, why="De laatste levering is 5 dagen oud."):
    return Alert(soort=AlertKind.POORT_DICHT, over=bron, wat=why, waar=bron, doen="Vraag een levering.")


def run(work, *found, loop=Loop.NACHT, day=DAY):
    with watched(work, loop, day) as watch:
        watch.ended(found, {})


def fail(work, error, loop=Loop.NACHT, day=DAY):
    with pytest.raises(type(error)), watched(work, loop, day), step("Leveringen innemen"):
        raise error


def test_a_secret_of_the_mail_server_that_can_not_be_read_ends_no_run_and_loses_nothing(work, server, monkeypatch):
    path = work.folder / "tijdig.toml"
    path.write_text(path.read_text().replace("[meldingen]", 'gebruiker = "tijdig"\n[meldingen]'))
    monkeypatch.setenv("TIJDIG_SMTP_WACHTWOORD_BESTAND", str(work.folder / "weg"))
    run(work, shut("brp"))
    state = read(work.bewaking)
    assert (state.runs[Loop.NACHT].stand, state.mail_mislukt) == ("klaar", "A secret can't be read.")
    assert [one.verteld for one in state.meldingen.values()] == [{}]
    # What went wrong in a run stays what is said of it.
    fail(work, DeliveryError("No delivery.", where="brp", todo="Ask."))


def test_one_mail_a_run_tells_all_that_is_new(work, server):
    run(work, shut("brp"), shut("duo"))
    (mail,) = mails(server)
    assert (mail["To"], mail["Subject"]) == (BEHEER, "Tijdig Voorbeeldstad: 2 dingen vragen uw aandacht")
    assert body(mail).count(ALERT_NAAM[AlertKind.POORT_DICHT]) == 2
    assert "Wat te doen: Vraag een levering." in body(mail)


def test_the_same_again_is_not_mailed_and_something_new_says_what_is_still_so(work, server):
    run(work, shut("brp"))
    run(work, shut("brp", "De laatste levering is 6 dagen oud."))
    assert len(server.texts) == 1
    run(work, shut("brp"), shut("ib"))
    first, second = mails(server)
    assert "ib" in body(second).split("Dit hoorde u al")[0]
    assert "brp" in body(second).split("Dit hoorde u al")[1]
    assert "Dit hoorde u al" not in body(first)


def test_what_was_over_and_comes_back_is_told_again(work, server):
    run(work, shut("brp"))
    run(work)
    assert read(work.bewaking).meldingen == {}
    run(work, shut("brp"))
    assert len(server.texts) == 2


def test_what_stays_so_is_told_again_after_the_term_of_the_settings(work, server):
    state = State()
    state.note(Loop.NACHT, [shut("brp")], MORNING, whole=True)
    days = [0, 1, 6, 7, 8, 14]
    sent = [send_due(state, work.settings, MORNING + timedelta(days=day)) for day in days]
    assert sent == [1, 0, 0, 1, 0, 1]


def test_a_run_that_fails_says_what_where_and_what_to_do_once(work, server):
    error = DeliveryError("No delivery up to this day.", where="/srv/tijdig/leveringen", todo="Put one there.")
    for _ in range(2):
        fail(work, error)
    (mail,) = mails(server)
    text = body(mail)
    assert "Een run is mislukt" in text
    assert "Leveringen innemen" in text
    assert "No delivery up to this day." in text
    assert "Waar: leveringen" in text
    assert "Wat te doen: Put one there." in text
    fail(work, error, day=DAY + timedelta(days=1))
    assert len(server.texts) == 2
    run(work)
    assert read(work.bewaking).meldingen == {}


def test_of_an_error_nobody_foresaw_only_its_kind_is_told(work, server):
    fail(work, ValueError("123456782 Jansen"))
    assert "ValueError" in body(mails(server)[0])
    kept = "".join(path.read_text() for path in work.bewaking.iterdir())
    assert not [part for part in ("123456782", "Jansen") if part in kept + server.texts[0].decode()]


def test_another_night_that_is_at_work_is_nothing_to_tell():
    assert of_error(Loop.NACHT, DAY, NightRunsError("A night runs here.", where="a", todo="Wait.")) is None


@pytest.mark.parametrize("answers", [{"hello": CUT}, {"mail": "451 later"}, {"rcpt": "550 no"}, {"end": CUT}])
def test_a_mail_server_that_does_not_take_it_breaks_nothing_and_the_next_run_tries_again(tmp_path, answers):
    with MailServer(**answers) as away:
        (tmp_path / "tijdig.toml").write_text(settings_text(away), encoding="utf-8")
        run(Workplace(tmp_path), shut("brp"))
    assert read(tmp_path / "gegevens" / "bewaking").mail_mislukt
    with MailServer() as back:
        (tmp_path / "tijdig.toml").write_text(settings_text(back), encoding="utf-8")
        run(Workplace(tmp_path), shut("brp"))
        assert len(back.texts) == 1
    assert not read(tmp_path / "gegevens" / "bewaking").mail_mislukt


def test_an_event_waits_for_who_must_hear_of_it_also_when_the_next_run_goes_well(tmp_path):
    with MailServer(hello=CUT) as away:
        (tmp_path / "tijdig.toml").write_text(settings_text(away), encoding="utf-8")
        fail(Workplace(tmp_path), ValueError("Noor Jansen"))
    with MailServer() as back:
        (tmp_path / "tijdig.toml").write_text(settings_text(back), encoding="utf-8")
        run(Workplace(tmp_path))
        assert ("ValueError" in body(mails(back)[0]), "Jansen" in body(mails(back)[0])) == (True, False)
        run(Workplace(tmp_path))
        assert len(back.texts) == 1


def test_a_secret_that_is_missing_breaks_nothing(work, monkeypatch):
    def refused(*_):
        raise ChannelError("The password is missing.", where="smtp_wachtwoord", todo="Set it.")

    monkeypatch.setattr("flows.bewaking.mail.connect", refused)
    run(work, shut("brp"))
    assert read(work.bewaking).mail_mislukt == "The password is missing."


def test_a_part_of_a_run_is_noted_and_tells_by_the_whole(work, server):
    with watched(work, Loop.NACHT, DAY) as night:
        with watched(work, Loop.BEZORGING, DAY) as post:
            post.ended([shut("brp")], {})
        assert not server.texts
        night.ended([shut("brp")], {})
    assert len(server.texts) == 1
    runs = read(work.bewaking).runs
    assert {loop: one.stand for loop, one in runs.items()} == {Loop.NACHT: "klaar", Loop.BEZORGING: "klaar"}
    # What a delivery by itself found is over with a night that does not find it.
    run(work, shut("duo"), loop=Loop.BEZORGING)
    run(work)
    assert read(work.bewaking).meldingen == {}


def test_a_run_that_was_killed_is_told_of_by_the_next(work, server):
    run(work)
    with changing(work.bewaking) as state:
        state.runs[Loop.NACHT].stand, state.runs[Loop.NACHT].stap = "bezig", "Verslag maken"
    run(work, day=DAY + timedelta(days=1))
    (mail,) = mails(server)
    assert "Een run is halverwege gestopt" in body(mail)
    assert "Verslag maken" in body(mail)


def test_who_ends_a_run_does_not_wait_for_a_mail_server(work, server):
    with pytest.raises(KeyboardInterrupt), watched(work, Loop.NACHT, DAY):
        raise KeyboardInterrupt
    assert not server.texts
    assert read(work.bewaking).runs[Loop.NACHT].stand == "gestorven"


def test_a_place_that_can_not_be_written_ends_no_run(tmp_path, capsys):
    work = Workplace(tmp_path)
    (tmp_path / "gegevens").mkdir()
    (tmp_path / "gegevens" / "bewaking").write_text("in the way", encoding="utf-8")
    run(work, shut("brp"))
    assert "niet te schrijven" in capsys.readouterr().err


def night(work, day=DAY):
    with open_casebook(work) as casebook:
        casebook.save_counts(day, {}, now=MORNING)


def kinds(found):
    return [(one.soort, one.over) for one in found]


def test_the_watchdog_is_quiet_where_all_was_there(work, server):
    night(work)
    with changing(work.bewaking) as state:
        pass
    run(work, loop=Loop.BEZORGING)
    with changing(work.bewaking) as state:
        state.runs[Loop.BEZORGING].goed = MORNING
    assert look(work, MORNING + timedelta(hours=6)) == ((), "")
    assert not server.texts


def test_a_night_that_did_not_happen_is_told_once_and_said_each_time(work, server):
    night(work, DAY - timedelta(days=1))
    (work.folder / "tijdig.toml").write_text(
        settings_text(server, "[waakhond]", 'nacht_klaar = "07:00"', "maand_klaar_dag = 0"), encoding="utf-8"
    )
    work = Workplace(work.folder)
    run(work, loop=Loop.BEZORGING)
    with changing(work.bewaking) as state:
        state.runs[Loop.BEZORGING].goed = MORNING
    before = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)  # 06:59 there
    assert look(work, before)[0] == ()
    missing = [(AlertKind.RUN_UITGEBLEVEN, "nacht|2026-11-24")]
    assert kinds(look(work, before + timedelta(minutes=1))[0]) == missing
    assert kinds(look(work, MORNING)[0]) == missing
    (mail,) = mails(server)
    assert "Een run is er niet geweest" in body(mail)
    # The night comes late: then it is over.
    night(work)
    run(work)
    assert look(work, MORNING)[0] == ()
    assert read(work.bewaking).meldingen == {}


def test_the_hour_of_the_watchdog_is_that_of_amsterdam_in_summer_and_winter(work):
    night(work, date(2027, 3, 27))
    # The clock goes forward in the night of the 28th: 07:00 is 05:00 UTC then.
    for moment, late in ((datetime(2027, 3, 28, 4, 59, tzinfo=UTC), 0), (datetime(2027, 3, 28, 5, 0, tzinfo=UTC), 1)):
        found = [one for one in look(work, moment)[0] if one.over.startswith("nacht|")]
        assert len(found) == late


def test_the_watchdog_finds_a_run_that_was_killed_and_not_one_that_goes_on(work):
    night(work)
    run(work)
    with changing(work.bewaking) as state:
        state.runs[Loop.NACHT].stand = "bezig"
    dead = (AlertKind.RUN_GESTORVEN, f"nacht|{DAY}")
    with alone(slot(work, Loop.NACHT), 0.0):
        assert dead not in kinds(look(work, MORNING)[0])
    assert dead in kinds(look(work, MORNING)[0])


@pytest.mark.parametrize(
    ("moment", "missing"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=UTC), False),  # 11:00: what is due is of Monday
        (datetime(2026, 11, 24, 11, tzinfo=UTC), True),
        (datetime(2026, 11, 29, 12, tzinfo=UTC), True),  # a Sunday: what is due is of Friday
    ],
)
def test_a_delivery_is_due_on_working_days(work, moment, missing):
    night(work, DAY + timedelta(days=30))
    run(work, loop=Loop.BEZORGING)
    with changing(work.bewaking) as state:
        state.runs[Loop.BEZORGING].goed = MORNING - timedelta(days=1)
    assert [one for one, _ in kinds(look(work, moment)[0])] == [AlertKind.RUN_UITGEBLEVEN] * missing


def test_a_month_with_nights_is_told_of(work):
    night(work, date(2026, 12, 3))
    run(work, loop=Loop.BEZORGING)
    run(work, loop=Loop.BEWAARTERMIJN)
    page = work.uitvoer(date(2026, 11, 5)) / "verslag.html"
    page.parent.mkdir(parents=True)
    page.write_text("", encoding="utf-8")
    noon = datetime(2026, 12, 3, 10, tzinfo=UTC)
    with changing(work.bewaking) as state:
        state.runs[Loop.BEZORGING].goed = state.runs[Loop.BEWAARTERMIJN].goed = noon
    assert kinds(look(work, noon)[0]) == [(AlertKind.RUN_UITGEBLEVEN, "maand|2026-11")]
    assert look(work, noon - timedelta(days=1))[0] == ()
    work.maand("2026-11").mkdir(parents=True)
    (work.maand("2026-11") / "evaluatie.html").write_text("", encoding="utf-8")
    assert look(work, noon)[0] == ()


def test_what_is_past_its_term_and_was_not_destroyed_is_told_until_it_is(work):
    def found(moment):
        return [one for _, one in kinds(look(work, moment)[0]) if one.startswith(Loop.BEWAARTERMIJN)]

    assert found(MORNING + timedelta(days=30)) == [], "no night was ever here"
    for name in (DAY.isoformat(), "maand", "beslist-geen-dag"):
        (work.folder / "uitvoer" / name).mkdir(parents=True)
    assert found(MORNING + timedelta(days=8)) == []
    assert found(MORNING + timedelta(days=9)) == [f"bewaartermijn|{DAY}"]
    fail(work, DeliveryError("x", where="x", todo="x"), loop=Loop.BEWAARTERMIJN)
    assert found(MORNING + timedelta(days=10)) == [f"bewaartermijn|{DAY}"], "one that failed is none"
    run(work, loop=Loop.BEWAARTERMIJN)
    assert AlertKind.RUN_UITGEBLEVEN not in {
        one.melding.soort for one in read(work.bewaking).meldingen.values() if one.loop is Loop.BEWAARTERMIJN
    }
    with changing(work.bewaking) as state:
        state.runs[Loop.BEWAARTERMIJN].goed = MORNING + timedelta(days=10)
    assert found(MORNING + timedelta(days=18)) == []
    path = work.folder / "tijdig.toml"
    path.write_text(path.read_text() + "\n[waakhond]\nbewaartermijn_dagen = 0\n")
    assert len(found(MORNING + timedelta(days=19))) == 1
    work = Workplace(work.folder)
    assert found(MORNING + timedelta(days=19)) == []


def test_an_evaluation_by_a_schedule_that_fails_is_told_and_one_that_somebody_asks_for_is_not(work, server):
    ask = ["report", "maand", "--map", str(work.folder)]
    assert isinstance(CliRunner().invoke(app, ask).exception, TijdigError)
    assert not (work.folder / "gegevens").exists(), "a folder without nights stays as it is"
    with open_casebook(work):
        pass
    assert isinstance(CliRunner().invoke(app, [*ask, "--maand", "2026-10"]).exception, TijdigError)
    assert not server.texts
    assert isinstance(CliRunner().invoke(app, ask).exception, TijdigError)
    assert "Mislukt: de evaluatie van de maand" in body(mails(server)[0])
    assert read(work.bewaking).runs[Loop.MAAND].stand == "mislukt"


def test_its_command_ends_with_1_where_something_is_missing(work):
    done = CliRunner().invoke(app, ["waakhond", "--map", str(work.folder)])
    assert done.exit_code == 1
    assert "tijdig run" in done.output


def test_the_file_of_what_was_told_holds_no_address(work, server):
    run(work, shut("brp"))
    assert len(server.texts) == 1
    assert BEHEER not in "".join(path.read_text() for path in work.bewaking.iterdir())


def test_messages_need_a_mail_server():
    with pytest.raises(ValueError, match=r"kanaal\.smtp"):
        Settings(meldingen={"aan": [BEHEER]})


@pytest.mark.parametrize("address", ["a b@c.nl", "geen", "a@b.nl\nBcc: x@y.nl"])
def test_an_address_can_hold_no_other_header(address):
    with pytest.raises(ValueError, match="aan"):
        Settings(meldingen={"aan": [address]})


def test_a_damaged_state_begins_anew(work):
    work.bewaking.mkdir(parents=True)
    (work.bewaking / "stand.json").write_text("{", encoding="utf-8")
    run(work)
    assert read(work.bewaking).runs[Loop.NACHT].stand == "klaar"


def logged(work, tmp_path):
    return [json.loads(line) for path in sorted(work.logs.iterdir()) for line in path.read_text().splitlines()]


def test_the_log_says_each_step_and_how_it_ended_with_nobody_in_it(tmp_path):
    (tmp_path / "tijdig.toml").write_text('[logs]\nvorm = "json"\nwaarheen = "map"\n', encoding="utf-8")
    work = Workplace(tmp_path)
    with watched(work, Loop.NACHT, DAY) as watch:
        with step("Leveringen innemen"):
            pass
        watch.ended((), {"nieuw": 3})
    fail(work, ValueError("123456782 Jansen"))
    first, second = logged(work, tmp_path)[:4], logged(work, tmp_path)[4:]
    assert [line["wat"] for line in first] == ["begint", "stap_begint", "stap_klaar", "klaar"]
    assert first[2]["stap"] == "Leveringen innemen"
    assert first[3]["aantallen"] == {"nieuw": 3}
    assert {line["run"] for line in first}.isdisjoint({line["run"] for line in second})
    assert second[-1]["fout"] == {"soort": "ValueError"}
    assert second[-1]["stap"] == "Leveringen innemen"
    assert "Jansen" not in "".join(path.read_text() for path in work.logs.iterdir())


def test_lines_go_to_the_error_output_where_that_is_asked_and_nowhere_by_default(tmp_path, capsys):
    run(Workplace(tmp_path))
    assert capsys.readouterr().err == ""
    (tmp_path / "tijdig.toml").write_text('[logs]\nvorm = "json"\n', encoding="utf-8")
    run(Workplace(tmp_path))
    assert [json.loads(line)["wat"] for line in capsys.readouterr().err.splitlines()] == ["begint", "klaar"]
    assert not Workplace(tmp_path).logs.exists()


def test_a_dead_run_has_one_name_whoever_tells_of_it():
    assert of_dead(Loop.NACHT, DAY).sleutel == of_dead(Loop.NACHT, DAY, "Verslag maken").sleutel


def test_old_log_files_go_with_their_term_by_the_day_in_their_name(tmp_path):
    work = Workplace(tmp_path)
    work.logs.mkdir(parents=True)
    for day in (DAY - timedelta(days=91), DAY - timedelta(days=90), DAY):
        (work.logs / f"{day}.jsonl").write_text("{}", encoding="utf-8")
    found = old_files(work, retention_on(DAY), DAY, frozenset())
    assert [path.name for path in found[Soort.LOGS]] == [f"{DAY - timedelta(days=91)}.jsonl"]


def test_a_night_that_waits_must_be_done_before_the_watchdog_looks():
    with pytest.raises(ValueError, match="wacht_tot must lie before"):
        Settings(nacht={"wacht_tot": "07:00"}, waakhond={"nacht_klaar": "07:00"})


def test_each_kind_has_its_heading_and_its_line_for_the_beheerder():
    assert set(ALERT_NAAM) == set(AlertKind)
    page = (Path(__file__).parents[2] / "docs" / "bewaking.md").read_text(encoding="utf-8")
    assert not [name for name in ALERT_NAAM.values() if f"| {name} |" not in page]


def test_each_measure_is_explained_to_the_beheerder(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "bewaking.md").read_text(encoding="utf-8")
    work = Workplace(tmp_path)
    night(work)
    names = {line.split()[2] for line in metrics_text(work, MORNING).splitlines() if line.startswith("# TYPE")}
    assert len(names) > 20
    assert not [name for name in names if f"`{name}" not in page]
