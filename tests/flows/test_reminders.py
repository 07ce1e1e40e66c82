"""A reminder: on working days, once, with counts and nothing about anybody."""

import email
from datetime import UTC, date, datetime, timedelta
from email import policy

import pytest

from contracts.finding import ContactTask, Finding, Reden, Richting, Route, Verdict
from contracts.work import Rol, User
from flows.casebook import open_casebook
from flows.reminders import is_working_day, remind, sentence
from flows.settings import Settings, Workplace
from store.casebook import Deed, Load
from tests.notifications.smtp_server import CUT, MailServer

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
NIGHT = MONDAY.date()
BOXES = '[werklijst.postvakken]\n"C-01" = "anna@dienst.example"\n"C-02" = "bram@dienst.example"\n"C-03" = "bo@dienst.example"\n'


def found(name, consulent, **more):
    return Finding.model_validate({
        "signaal_id": f"S-R01-{name}", "regel": "R01", "regelversie": "4", "dossiernummer": f"D-{name}",
        "consulent_id": consulent, "richting": Richting.NADEEL, "route": Route.TASK, "bericht": None,
        "feitdatum": date(2026, 10, 20), "gezien": "Er staat iemand extra.", "taak": "Kijk.", "feiten": {},
        "onderdrukkers": (), "bronnen": ("brp-1",), "peildatum": NIGHT, "stand": 1, **more,
    })  # fmt: skip


def place(folder, server, **werklijst):
    lines = [
        f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for name, value in werklijst.items()
    ]
    (folder / "tijdig.toml").write_text("\n".join([
        f'[kanaal.smtp]\nserver = "127.0.0.1"\npoort = {server.port}\nbeveiligd = false\nafzender = "tijdig@dienst.example"',
        "[werklijst]", "herinnering = true" if "herinnering" not in werklijst else "", *lines, BOXES,
    ]), encoding="utf-8")  # fmt: skip
    return Workplace(folder)


def fill(work):
    """Anna has three tasks, of which one has spoed and one lies too long; Bram has none left for himself; Bo's are secret."""
    secret = (Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True),)
    pairs = [
        (found("oud", "C-01"), ContactTask(soort="contact")),
        (found("spoed", "C-01"), ContactTask(soort="contact", spoed=True)),
        (found("wacht", "C-01"), ContactTask(soort="contact")),
        (found("over", "C-02"), ContactTask(soort="contact")),
        (found("geheim", "C-03", onderdrukkers=secret), ContactTask(soort="contact")),
    ]  # fmt: skip
    with open_casebook(work) as casebook:
        old = pairs[0]
        before = NIGHT - timedelta(days=14)
        casebook.record(before, [old[0]], {old[0].signaal_id: old[1]})
        casebook.record(NIGHT, [f for f, _ in pairs], {f.signaal_id: task for f, task in pairs})
        casebook.keep_account(User(gebruiker="anna", naam="Anna", rollen={Rol.CONSULENT}, consulent_id="C-01"))
        for nth, (name, do) in enumerate({
            "over": casebook.pick_up, "wacht": lambda deed: casebook.postpone(deed, NIGHT + timedelta(days=3), ""),
        }.items()):  # fmt: skip
            taak = casebook.about(f"S-R01-{name}")[0][0]
            do(Deed(taak.taak_id, 1, "anna", f"{nth:032x}", MONDAY))


@pytest.fixture
def server():
    with MailServer() as running:
        yield running


def read(server):
    return [email.message_from_bytes(text, policy=policy.default) for text in server.texts]


def test_one_mail_says_how_much_work_there_is_and_names_nobody(tmp_path, server):
    work = place(tmp_path, server)
    fill(work)
    assert remind(work, MONDAY) == (1, ())
    (mail,) = read(server)
    assert mail["To"] == "anna@dienst.example"
    assert mail["Subject"] == "U hebt 3 taken in Tijdig"
    text = mail.get_body(("plain",)).get_content()
    assert "U hebt 3 taken. 1 heeft spoed. 1 ligt er al 14 dagen of langer." in text
    assert not [part for part in ("D-", "S-R01", "T-", "R01") if part in server.texts[0].decode()]


def test_it_goes_once_a_day_and_again_on_the_next_working_day(tmp_path, server):
    work = place(tmp_path, server)
    fill(work)
    sent = [remind(work, MONDAY + timedelta(hours=hours))[0] for hours in (0, 0, 5, 24)]
    assert sent == [1, 0, 0, 1]
    assert len(server.texts) == 2


def test_it_says_where_to_go_where_that_is_known(tmp_path, server):
    work = place(tmp_path, server, adres="https://werklijst.example")
    fill(work)
    remind(work, MONDAY)
    assert "https://werklijst.example" in read(server)[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),
        (date(2026, 12, 25), False),  # a Friday, Christmas
        (date(2026, 12, 24), True),  # the days before it are quiet for letters, not for work
        (date(2026, 11, 27), True),  # Friday: no letters, but work
        (date(2027, 3, 29), False),  # Easter Monday
    ],
)
def test_working_days_are_those_of_the_country(tmp_path, server, day, works):
    assert is_working_day(day) is works
    work = place(tmp_path, server)
    fill(work)
    assert (remind(work, datetime(day.year, day.month, day.day, 7, tzinfo=UTC))[0] == 1) is works


def test_without_the_setting_nothing_goes(tmp_path, server):
    work = place(tmp_path, server, herinnering=False)
    fill(work)
    assert remind(work, MONDAY) == (0, ())
    assert server.seen == []


def test_the_setting_needs_a_mail_server():
    with pytest.raises(ValueError, match=r"kanaal\.smtp"):
        Settings.model_validate({"werklijst": {"herinnering": True}})


@pytest.mark.parametrize(("answers", "again"), [({"mail": "451 later"}, 1), ({"end": CUT}, 0)])
def test_what_surely_did_not_leave_is_tried_again_and_nothing_else(tmp_path, answers, again):
    with MailServer(**answers) as broken:
        work = place(tmp_path, broken)
        fill(work)
        assert remind(work, MONDAY)[0] == 0
    with MailServer() as good:
        work = place(tmp_path, good)
        assert remind(work, MONDAY)[0] == again


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (Load(1, 0, 0), "U hebt 1 taak."),
        (Load(7, 2, 1), "U hebt 7 taken. 2 hebben spoed. 1 ligt er al 14 dagen of langer."),
        (Load(7, 1, 3), "U hebt 7 taken. 1 heeft spoed. 3 liggen er al 14 dagen of langer."),
    ],
)
def test_the_sentence_fits_its_numbers(load, said):
    assert sentence(load, 14) == said
