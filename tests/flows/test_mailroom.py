"""From a recorded night to what the inwoner gets: posting, taking back, and other channels than the print folder."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from advice.circumstances import PLAIN
from contracts.errors import CasebookError, SettingsError
from flows import mailroom, steps
from flows.alone import alone
from flows.settings import Workplace
from store.casebook import Casebook, Way
from store.casebook.tables import attempt, outbox
from tests import first_night
from tests.notifications import notify_server as fault
from tests.notifications.notify_server import KEY, Notify
from tests.notifications.smtp_server import MailServer
from tests.world import DAY, World, anummer, bsn, town

pytestmark = pytest.mark.nights

NEXT = DAY + timedelta(days=1)
NOTIFY = """
opzoeken_na_minuten = 0
[kanalen]
{kanalen}
[kanaal.notifynl]
adres = "{adres}"
sjabloon_email = "e"
sjabloon_sms = "s"
wacht_seconden = 2.0
"""


def with_housemate():
    return town().person(2, house=1, datum_aanvang_adreshouding="20261020")


def wants_email():
    return with_housemate().preference(
        1, kanaal="EMAIL", emailadres="een.ander@voorbeeld.example", emailadres_geverifieerd_op="2026-01-05"
    )


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def settle(work, text):
    (work.folder / "tijdig.toml").write_text(text)
    return Workplace(work.folder)


def decide(work, day, world=None):
    """A night up to its record."""
    if not work.warehouse.exists():
        first_night.begin(work, day, world)
        return
    if world is not None:
        world.write_all(work.leveringen, day)
    first_night.decide(work, day)


def night(work, day, world=None):
    if not any(work.folder.iterdir()):
        return first_night.begin(work, day, world, decide_and_print)
    decide(work, day, world)
    return mailroom.deliver(work, day, usable=True)


def decide_and_print(work, day):
    """A night of which everything goes to the print folder."""
    first_night.decide(work, day)
    return mailroom.deliver(work, day, usable=True)


def notices(work):
    with Casebook.at(work.casebook) as casebook:
        return casebook.letters_made_on(DAY)


def status(work):
    return [row.status for row in notices(work)]


def reasons(work, day):
    with Casebook.at(work.casebook) as casebook:
        return [row.reden for row in casebook.tasks_of(day)]


def manifest(work, day=DAY):
    return [json.loads(line) for line in (work.uitvoer(day) / "berichten" / "manifest.jsonl").read_text().splitlines()]


def receipt(work, *lines, name="drukker.jsonl"):
    work.postbewijzen.mkdir(exist_ok=True)
    path = work.postbewijzen / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def posted(line, day="2026-11-04"):
    return {"kenmerk": line["kenmerk"], "sha256": line["sha256"], "gepost_op": day}


# -- the printer's word -----------------------------------------------------------------------------------


def test_the_printer_says_what_was_posted(work):
    night(work, DAY, with_housemate())
    (line,) = manifest(work)
    path = receipt(work, posted(line))
    assert mailroom.deliver(work, DAY, usable=True).gepost == 1
    (row,) = notices(work)
    assert (row.status, row.bevestigd_op) == ("bevestigd", date(2026, 11, 4))
    assert not path.exists()
    assert path.with_name("drukker.jsonl.verwerkt").is_file()
    # The same word again, in another file, adds nothing.
    receipt(work, posted(line), name="nog-eens.jsonl")
    assert mailroom.deliver(work, DAY, usable=True).gepost == 0


def test_what_was_posted_lies_in_the_folder_no_more_and_is_not_made_again(work):
    night(work, DAY, with_housemate())
    receipt(work, posted(manifest(work)[0]))
    mailroom.deliver(work, DAY, usable=True)
    decide(work, DAY)
    mailroom.deliver(work, DAY, usable=True)
    assert (status(work), manifest(work)) == (["bevestigd"], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"kenmerk": "N-ONBEKEND"},  # no letter of ours
        {"sha256": "0" * 64},  # another PDF
        {"gepost_op": "2026-11-01"},  # before it was made
    ],
)
def test_another_letter_than_was_offered_is_not_confirmed_and_the_beheerder_hears_of_it(work, wrong):
    night(work, DAY, with_housemate())
    receipt(work, posted(manifest(work)[0]) | wrong)
    done = mailroom.deliver(work, DAY, usable=True)
    assert (done.gepost, status(work)) == (0, ["bezig"])
    assert ["1 letters that were not offered so" in trouble.wat for trouble in done.storingen] == [True]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kenmerk": "Jansen"}, "Line 1 does not fit: kenmerk"),
        ({"sha256": "abc"}, "Line 1 does not fit: sha256"),
        ({"gepost_op": "gisteren"}, "Line 1 does not fit: gepost_op"),
        ({"gepost_op": "2999-01-01"}, "can't be true"),
    ],
)
def test_a_file_of_the_printer_that_does_not_fit_is_left_and_told_of_without_its_words(work, change, why):
    night(work, DAY, with_housemate())
    path = receipt(work, posted(manifest(work)[0]) | change)
    done = mailroom.deliver(work, DAY, usable=True)
    ((trouble,), ours) = (done.storingen, status(work))
    assert why in trouble.wat
    assert "Jansen" not in trouble.wat
    assert (ours, path.is_file()) == (["bezig"], True)


@pytest.mark.parametrize("form", [b"\xef\xbb\xbf%s\n", b"%s\r\n\r\n", b"\n%s\n  \n", b"%s"])
def test_a_file_of_the_printer_is_read_however_its_program_ends_lines(work, form):
    night(work, DAY, with_housemate())
    line = json.dumps(posted(manifest(work)[0])).encode()
    receipt(work).write_bytes(form % line)
    assert (mailroom.deliver(work, DAY, usable=True).gepost, status(work)) == (1, ["bevestigd"])


def test_a_second_file_of_the_same_name_leaves_the_first(work):
    night(work, DAY, with_housemate())
    line = posted(manifest(work)[0])
    for _ in range(3):
        receipt(work, line)
        mailroom.deliver(work, DAY, usable=True)
    kept = sorted(path.name for path in work.postbewijzen.iterdir())
    assert kept == ["drukker.jsonl.2.verwerkt", "drukker.jsonl.3.verwerkt", "drukker.jsonl.verwerkt"]


def test_a_folder_among_the_files_of_the_printer_is_none_of_them(work):
    night(work, DAY, with_housemate())
    (work.postbewijzen / "map.jsonl").mkdir(parents=True)
    receipt(work, posted(manifest(work)[0]))
    assert mailroom.deliver(work, DAY, usable=True).gepost == 1


def test_a_file_that_is_no_text_is_left_too(work):
    night(work, DAY, with_housemate())
    work.postbewijzen.mkdir()
    (work.postbewijzen / "x.jsonl").write_bytes(b"\xff\xfe")
    assert "no text" in mailroom.deliver(work, DAY, usable=True).storingen[0].wat


def test_who_posts_by_hand_says_so(work):
    night(work, DAY, with_housemate())
    assert mailroom.posted_by_hand(work, DAY, date(2026, 11, 5)) == (1, date(2026, 11, 5))
    assert mailroom.posted_by_hand(work, DAY, None)[0] == 0
    with pytest.raises(CasebookError, match="No letter was offered"):
        mailroom.posted_by_hand(work, NEXT, None)
    with pytest.raises(CasebookError, match="lies ahead"):
        mailroom.posted_by_hand(work, DAY, date(2999, 1, 1))


@pytest.mark.parametrize("whole", [True, False])
def test_who_posts_by_hand_may_move_the_letters_out_first(work, whole):
    night(work, DAY, with_housemate())
    pick_up(work, whole=whole)
    mailroom.deliver(work, DAY, usable=True)
    assert mailroom.posted_by_hand(work, DAY, DAY)[0] == 1
    assert status(work) == ["bevestigd"]


def pick_up(work, *, whole):
    """The printer moves the letters away, with their folder or out of it."""
    folder, elsewhere = work.uitvoer(DAY) / mailroom.PRINT_FOLDER, work.folder / "drukker"
    if whole:
        folder.rename(elsewhere)
    else:
        elsewhere.mkdir()
        for path in folder.glob("*.pdf"):
            path.rename(elsewhere / path.name)


@pytest.mark.parametrize("day", [DAY, NEXT])
def test_what_was_picked_up_after_a_kill_is_not_printed_again(work, day):
    night(work, DAY, with_housemate())
    forget_that_it_was_offered(work)
    pick_up(work, whole=False)
    night(work, day, with_housemate())
    assert (list(work.uitvoer(day).glob("berichten/*.pdf")), status(work)) == ([], ["bezig"])


def forget_that_it_was_offered(work):
    """As if the run had been killed right after publishing."""
    with Casebook.at(work.casebook) as casebook, casebook._engine.begin() as con:
        con.execute(outbox.update().values(status="klaar", inhoud_hash=None, versie=None, pogingen=0))
        con.execute(attempt.delete())


def test_a_file_of_another_in_the_print_folder_keeps_nothing_else_from_going(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"')
    decide(work, DAY, wants_email().uitkering(7, house=7).person(7, house=7))
    folder = work.uitvoer(DAY) / mailroom.PRINT_FOLDER
    folder.mkdir(parents=True)
    (folder / "van-de-drukker.txt").write_text("opgehaald")
    done = mailroom.deliver(work, DAY, usable=True)
    assert ["did not write" in trouble.wat for trouble in done.storingen] == [True]
    assert (len(notify.messages), status(work)) == (1, ["bezig"])


# -- taking back ------------------------------------------------------------------------------------------


def test_what_was_posted_and_is_not_true_any_more_is_a_call(work):
    night(work, DAY, with_housemate())
    mailroom.posted_by_hand(work, DAY, DAY)
    night(work, NEXT, town())
    assert (status(work), reasons(work, NEXT)) == (["bevestigd"], ["niet_ingetrokken"])


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_what_was_picked_up_can_not_be_taken_back_and_is_a_call(work, whole, again):
    night(work, DAY, with_housemate())
    pick_up(work, whole=whole)
    if again:
        mailroom.deliver(work, DAY, usable=True)
    night(work, NEXT, town())
    assert (status(work), reasons(work, NEXT)) == (["niet_ingetrokken"], ["niet_ingetrokken"])


def test_what_was_taken_out_and_posted_all_the_same_is_a_call(work):
    night(work, DAY, with_housemate())
    (line,) = manifest(work)
    night(work, NEXT, town())
    assert (status(work), reasons(work, NEXT)) == (["ingetrokken"], [])
    receipt(work, posted(line))
    assert mailroom.deliver(work, NEXT, usable=True).gepost == 1
    assert status(work) == ["bevestigd"]
    with Casebook.at(work.casebook) as casebook:
        tasks, _ = casebook.about(casebook.findings_of(DAY)[0].signaal_id)
    assert [(task.status, task.reden) for task in tasks] == [("open", "niet_ingetrokken")]


def test_who_was_spoken_already_needs_no_call_about_a_letter_that_did_its_work(work):
    night(work, DAY, with_housemate())
    mailroom.posted_by_hand(work, DAY, DAY)
    with Casebook.at(work.casebook) as casebook:
        casebook.answer(casebook.findings_of(DAY)[0].signaal_id, door="C-01", now=datetime.now(UTC))
    night(work, NEXT, town())
    assert (status(work), reasons(work, NEXT)) == (["bevestigd"], [])


def dead():
    return with_housemate().change(
        "brp_persoon", "anummer", anummer(1), datum_overlijden="20261103", reden_opschorting="O",
        datum_opschorting="20261103",
    )  # fmt: skip


def test_who_dies_before_it_is_posted_gets_no_letter(work):
    night(work, DAY, with_housemate())
    night(work, NEXT, dead())
    assert (status(work), manifest(work)) == (["ingetrokken"], [])
    assert reasons(work, NEXT) == ["spoed"], "only the call about the death itself"


def test_who_dies_after_it_was_posted_is_a_call(work):
    night(work, DAY, with_housemate())
    mailroom.posted_by_hand(work, DAY, DAY)
    night(work, NEXT, dead())
    assert status(work) == ["bevestigd"]
    assert sorted(reasons(work, NEXT)) == ["niet_ingetrokken", "spoed"]


# -- other channels ---------------------------------------------------------------------------------------


@pytest.fixture
def notify(monkeypatch):
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL", KEY)
    with Notify() as server:
        yield server


def by_notify(work, notify, kanalen='brief = "notifynl"'):
    return settle(work, NOTIFY.format(kanalen=kanalen, adres=notify.url))


def test_letters_by_notify_are_the_very_pdf(work, notify):
    work = by_notify(work, notify)
    assert night(work, DAY, with_housemate()).gepubliceerd == 0
    (message,) = notify.messages
    (row,) = notices(work)
    assert (message["type"], message["reference"], row.vorm, row.kanaal) == ("letter", row.kenmerk, "brief", "notifynl")
    import base64
    import hashlib

    pdf = base64.b64decode(message["sent"]["content"])
    assert (pdf[:5], hashlib.sha256(pdf).hexdigest()) == (b"%PDF-", row.inhoud_hash)


def test_who_wants_email_and_showed_the_address_gets_email_without_a_fact(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"')
    night(work, DAY, wants_email())
    (message,) = notify.messages
    sent = message["sent"]
    assert (message["type"], sent["email_address"]) == ("email", "een.ander@voorbeeld.example")
    assert sent["personalisation"]["onderwerp"] == "Wij hebben een vraag aan u"
    for word in ("extra", "adres staat", "ingeschreven", "bijstand"):
        assert word not in sent["personalisation"]["tekst"]
    assert list((work.uitvoer(DAY) / "berichten").glob("*.pdf")) == []


@pytest.mark.parametrize(
    "preference",
    [
        {"kanaal": "POST", "emailadres": "een@voorbeeld.example", "emailadres_geverifieerd_op": "2026-01-05"},
        {"kanaal": "EMAIL", "emailadres": "een@voorbeeld.example"},
        {"kanaal": "EMAIL"},
    ],
)
def test_without_the_wish_or_the_proof_it_is_a_letter(work, notify, preference):
    work = by_notify(work, notify, 'email = "notifynl"')
    night(work, DAY, with_housemate().preference(1, **preference))
    assert (notify.messages, len(manifest(work))) == ([], 1)


def test_by_a_mail_server_it_is_the_same_email(work):
    with MailServer() as server:
        work = settle(
            work,
            f"""
            kanalen = {{email = "smtp"}}
            [kanaal.smtp]
            server = "127.0.0.1"
            poort = {server.port}
            beveiligd = false
            afzender = "post@voorbeeld-sdd.example"
        """,
        )
        night(work, DAY, wants_email())
        mailroom.deliver(work, DAY, usable=True)
    assert (len(server.texts), status(work)) == (1, ["bevestigd"])
    assert b"een vraag aan u" in server.texts[0]


@pytest.mark.parametrize(
    ("household", "soort", "way"),
    [
        (PLAIN, "brief", ("brief", "printmap", None)),
        (replace(PLAIN, mobiel=True), "brief", ("brief", "printmap", None)),
        (replace(PLAIN, mobiel=True), "herinnering", ("sms", "notifynl", "sms_herinnering")),
        (replace(PLAIN, mobiel=None), "herinnering", ("brief", "printmap", None)),
        (replace(PLAIN, wil_email=True, mobiel=True), "brief", ("email", "notifynl", "email_vraag")),
        # The SMS speaks of a letter, and there was none.
        (replace(PLAIN, wil_email=True, mobiel=True), "herinnering", ("email", "notifynl", "email_herinnering")),
        (replace(PLAIN, wil_email=None), "brief", ("brief", "printmap", None)),
    ],
)
def test_the_way_of_a_notice(work, notify, household, soort, way):
    work = by_notify(work, notify, 'email = "notifynl"\nsms = "notifynl"')
    assert steps.way(work, household, soort) == way


def test_to_who_acts_for_somebody_it_is_a_letter_whatever_the_inwoner_wants(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"\nsms = "notifynl"')
    reachable = replace(PLAIN, wil_email=True, mobiel=True)
    for soort in ("brief", "herinnering"):
        assert steps.way(work, reachable, soort, "vertegenwoordiger") == ("brief", "printmap", "vertegenwoordiger")


def test_an_sms_says_to_call_and_nothing_of_why(work, notify, monkeypatch):
    work = by_notify(work, notify)
    monkeypatch.setattr(steps, "way", lambda *_, **__: Way("sms", "notifynl", "sms_herinnering"))
    world = with_housemate().preference(1, mobiel_nummer="0612345678", mobiel_geverifieerd_op="2026-01-05")
    world.write_all(work.leveringen)
    decide_and_print(work, DAY)
    (message,) = notify.messages
    assert (message["type"], message["sent"]["phone_number"]) == ("sms", "+31612345678")
    assert message["sent"]["personalisation"]["tekst"] == (
        "Sociale Dienst: wilt u ons voor 24 november bellen over onze brief? Wij helpen u graag. "
        "Bel 078-0000000 (ma-vr 9-17 uur). Wij sturen nooit een link per sms."
    )


def about(work):
    """Advice and reason of the finding of the first night, and its tasks; there is one notice about it."""
    with Casebook.at(work.casebook) as casebook:
        (found,) = casebook.findings_of(DAY)
        tasks, letters = casebook.about(found.signaal_id)
    assert len(letters) == 1
    return found.advies, found.reden, [(task.status, task.reden) for task in tasks]


@pytest.mark.parametrize("nights", [(14, 28), (28, 60), (14, 22, 36, 37)])
def test_who_never_had_it_is_not_chased_for_an_answer(work, notify, nights):
    work = by_notify(work, notify)
    notify.faults.append(fault.REFUSES)
    night(work, DAY, with_housemate())
    for days in nights:
        night(work, DAY + timedelta(days=days), with_housemate())
        assert about(work) == ("taak", "niet_bezorgd", [("open", "niet_bezorgd")])


@pytest.mark.parametrize("days", [2, 40])
def test_a_finding_that_comes_back_after_its_notice_failed_is_a_call_again(work, notify, days):
    work = by_notify(work, notify)
    notify.faults.append(fault.REFUSES)
    night(work, DAY, with_housemate())
    night(work, NEXT, town())
    assert about(work)[2] == [("vervallen", "niet_bezorgd")]
    for later in (days, days + 1):
        night(work, DAY + timedelta(days=later), with_housemate())
        assert about(work) == ("taak", "niet_bezorgd", [("open", "niet_bezorgd")])


def moved(**preference):
    there = World.address(5) | {"datum_aanvang_adreshouding": "20261020"}
    return town().change("brp_persoon", "anummer", anummer(1), **there).preference(1, **preference)


VERIFIED = {"mobiel_nummer": "0612345678", "mobiel_geverifieerd_op": "2026-01-05"}
#: So long after the first letter the policy reminds.
REMINDER_DAY = DAY + timedelta(days=30)


def test_who_did_not_answer_a_letter_is_reminded_by_sms(work, notify):
    work = by_notify(work, notify, 'sms = "notifynl"')
    night(work, DAY, moved(**VERIFIED))
    night(work, REMINDER_DAY, moved(**VERIFIED))
    assert ([message["type"] for message in notify.messages], manifest(work, REMINDER_DAY)) == (["sms"], [])


def test_no_sms_speaks_of_a_letter_to_who_had_an_email(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"\nsms = "notifynl"')
    address = {"emailadres": "een.ander@voorbeeld.example", "emailadres_geverifieerd_op": "2026-01-05"}
    night(work, DAY, moved(kanaal="EMAIL", **address))
    night(work, REMINDER_DAY, moved(kanaal="POST", **address, **VERIFIED))
    assert [message["type"] for message in notify.messages] == ["email"]
    assert [line["bericht"] for line in manifest(work, REMINDER_DAY)] == ["herinnering"]


def test_what_is_new_beside_a_reminder_is_told_in_a_letter(work, notify):
    work = by_notify(work, notify, 'sms = "notifynl"')
    night(work, DAY, moved(**VERIFIED))
    came = moved(**VERIFIED).person(2, house=5, datum_aanvang_adreshouding="20261125")
    night(work, REMINDER_DAY, came)
    assert (notify.messages, [line["bericht"] for line in manifest(work, REMINDER_DAY)]) == ([], ["bundel"])


def test_while_a_gate_is_closed_nothing_leaves_but_what_left_is_looked_up(work, notify):
    work = by_notify(work, notify)
    notify.faults.append(fault.DROPS_AFTER)
    night(work, DAY, with_housemate())
    assert status(work) == ["onbekend"]
    mailroom.deliver(work, DAY, usable=False)
    assert (status(work), len(notify.messages)) == (["onbekend"], 1)
    mailroom.deliver(work, DAY, usable=True)
    assert (status(work), len(notify.messages)) == (["bezig"], 1)


def test_a_channel_that_refuses_us_keeps_nobody_else_from_going(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"')
    notify.faults.append(fault.FORBIDS)
    world = (
        wants_email()
        .uitkering(7, house=7)
        .person(7, house=7)
        .person(107, house=7, datum_aanvang_adreshouding="20261020")
    )
    done = night(work, DAY, world)
    assert len(done.storingen) == 1
    assert "refuses us" in done.storingen[0].wat
    assert sorted(row.status for row in notices(work)) == ["bezig", "klaar"]
    assert len(manifest(work)) == 1
    assert bsn(1) not in str(done)


def test_a_missing_secret_is_told_and_everything_waits(work, notify, monkeypatch):
    work = by_notify(work, notify)
    monkeypatch.delenv("TIJDIG_NOTIFYNL_SLEUTEL")
    done = night(work, DAY, with_housemate())
    assert {trouble.waar for trouble in done.storingen} == {"notifynl_sleutel"}
    assert (status(work), len(done.storingen)) == (["klaar"], 1)
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL_BESTAND", str(work.folder / "geheim"))
    (work.folder / "geheim").write_text(KEY + "\n")
    mailroom.deliver(work, DAY, usable=True)
    assert status(work) == ["bezig"]


def test_a_secret_file_that_is_gone_is_told_and_everything_waits(work, notify, monkeypatch):
    work = by_notify(work, notify)
    monkeypatch.delenv("TIJDIG_NOTIFYNL_SLEUTEL")
    monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL_BESTAND", str(work.folder / "weg"))
    done = night(work, DAY, with_housemate())
    assert [trouble.waar for trouble in done.storingen] == ["TIJDIG_NOTIFYNL_SLEUTEL_BESTAND"]
    assert status(work) == ["klaar"]


def test_a_channel_that_is_not_set_up_any_more_is_told_of_while_something_waits_for_it(work, notify):
    decide(by_notify(work, notify), DAY, with_housemate())
    (work.folder / "tijdig.toml").unlink()
    done = mailroom.deliver(Workplace(work.folder), DAY, usable=True)
    assert [(trouble.waar, trouble.wat[:2]) for trouble in done.storingen] == [("[kanaal.notifynl]", "1 ")]
    work = by_notify(Workplace(work.folder), notify)
    assert mailroom.deliver(work, DAY, usable=True).storingen == ()
    assert (status(work), len(notify.messages)) == (["bezig"], 1)


def test_what_could_not_go_for_days_asks_for_an_answer_in_as_many_days_as_ever(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"')
    notify.faults.append(fault.FORBIDS)
    night(work, DAY, wants_email())
    assert (status(work), notify.messages) == (["klaar"], [])
    later = DAY + timedelta(days=9)
    night(work, later, wants_email())
    (message,) = notify.messages
    # 21 days after 12 November.
    assert "3 december 2026" in message["sent"]["personalisation"]["tekst"]


def test_a_secret_file_that_is_not_there_is_an_error(monkeypatch):
    from flows.secret import secret

    monkeypatch.setenv("TIJDIG_SMTP_WACHTWOORD_BESTAND", "/bestaat/niet")
    with pytest.raises(SettingsError, match="TIJDIG_SMTP_WACHTWOORD_BESTAND"):
        secret("smtp_wachtwoord")
    assert secret("iets_anders") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[kanalen]\nbrief = "duif"', "brief can go by one of notifynl, printmap"),
        ('[kanalen]\nemail = "printmap"', "email can go by one of notifynl, smtp"),
        ('[kanalen]\nsms = "notifynl"', r"give its settings under \[kanaal.notifynl\]"),
        ('[kanalen]\nemail = "notifynl"\n[kanaal.notifynl]', r"give sjabloon_email under \[kanaal.notifynl\]"),
        ('[kanalen]\nsms = "notifynl"\n[kanaal.notifynl]\nsjabloon_sms = ""', "sjabloon_sms"),
        ("[kanaal.duif]\nx = 1", "no channel duif"),
        ("[kanaal.printmap]\nx = 1", "no channel printmap with settings"),
        ("[kanaal.smtp]\nserver = 1", "kanaal"),
    ],
)
def test_settings_of_channels_that_do_not_fit_are_refused(work, text, why):
    work = settle(work, text)
    with pytest.raises(SettingsError, match=why):
        work.settings  # noqa: B018 - reading it is the test


# -- by itself, after the night ---------------------------------------------------------------------------


def test_by_itself_it_goes_on_where_the_last_night_stopped(work):
    with pytest.raises(CasebookError, match="No night was run"):
        mailroom.last_night(work)
    decide(work, DAY, with_housemate())
    with Casebook.at(work.casebook) as casebook:
        open_gate = {"bron": "brp", "open": True}
        for sources, usable in (
            ([open_gate, {"bron": "uitkeringsgegevens", "open": True}], True),
            ([open_gate, {"bron": "uitkeringsgegevens", "open": False}], False),
            ([open_gate], False),
        ):
            casebook.save_counts(DAY, {"bronnen": sources}, now=datetime.now(UTC))
            assert mailroom.last_night(work) == (DAY, usable)
    # A night that was killed before its report says nothing of its sources.
    decide(work, NEXT, with_housemate())
    assert mailroom.last_night(work) == (DAY, False)


def test_to_who_acts_for_somebody_a_notice_is_always_a_letter(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"\nsms = "notifynl"')
    wanted = replace(PLAIN, wil_email=True, mobiel=True)
    for soort in ("brief", "herinnering"):
        assert steps.way(work, wanted, soort, "vertegenwoordiger") == ("brief", "printmap", "vertegenwoordiger")


def represented(client: World, office: dict[str, str]) -> World:
    """Somebody acts for client 1, and somebody moved in."""
    client.rows["klantvoorkeur"].append({
        "burgerservicenummer": bsn(1), "kanaal": "EMAIL", "geheimhouding": "2", "emailadres": "noor@voorbeeld.example",
        "emailadres_geverifieerd_op": "2026-05-01", "bewindvoerder_of_gemachtigde": "BW-1",
    })  # fmt: skip
    client.rows["vertegenwoordiger"].append(OFFICE | office)
    return client


OFFICE = {
    "verwijzing": "BW-1", "soort": "BEWINDVOERDER", "naam": "Kantoor Voorbeeld", "straatnaam_of_postbus": "Postbus 9",
    "postcode": "5678CD", "woonplaats": "Voorbeeldstad",
}  # fmt: skip


@pytest.mark.parametrize(
    ("office", "letters", "tasks"),
    [
        ({}, ["vertegenwoordiger"], []),
        ({"soort": "MENTOR"}, [], ["vertegenwoordiger"]),
        # A name that no printer takes is seen when the letter is made.
        ({"naam": "<Kantoor>"}, ["vertegenwoordiger"], ["geen_brief_mogelijk"]),
    ],
)
def test_a_night_writes_to_who_acts_for_somebody(work, office, letters, tasks):
    night(work, DAY, represented(with_housemate(), office))
    with Casebook.at(work.casebook) as casebook:
        made, calls = casebook.letters_made_on(DAY), casebook.tasks_of(DAY)
    assert [row.aan for row in made] == letters
    assert [row.reden for row in calls] == tasks
    published = sorted((work.uitvoer(DAY) / "berichten").glob("*.pdf"))
    assert len(published) == (not tasks)


# -- two at once ------------------------------------------------------------------------------------------


def test_a_delivery_waits_for_another_and_does_nothing_beside_it(work, monkeypatch):
    decide(work, DAY, with_housemate())
    monkeypatch.setattr(mailroom, "_PATIENCE", 0.5)
    with alone(work.casebook.with_name("bezorging.slot"), 0) as ours:
        assert ours
        done = mailroom.deliver(work, DAY, usable=True)
    assert ["Another delivery" in trouble.wat for trouble in done.storingen] == [True]
    assert (status(work), work.uitvoer(DAY).exists()) == (["klaar"], False)
    assert mailroom.deliver(work, DAY, usable=True).gepubliceerd == 1


def test_who_waited_goes_on_when_the_other_is_done(tmp_path):
    slot, waits = tmp_path / "x" / "slot", []
    first = alone(slot, 0)
    assert first.__enter__()

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            first.__exit__(None, None, None)

    with alone(slot, 60, sleep) as ours:
        assert ours
    assert len(waits) == 3


def test_two_deliveries_at_once_leave_one_whole_set(work, notify):
    work = by_notify(work, notify, 'email = "notifynl"')
    world = wants_email()
    for house in range(7, 13):
        world.uitkering(house, house=house).person(house, house=house)
        world.person(100 + house, house=house, datum_aanvang_adreshouding="20261020")
    decide(work, DAY, world)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: mailroom.deliver(Workplace(work.folder), DAY, usable=True), range(2)))
    lying = {path.stem for path in (work.uitvoer(DAY) / "berichten").glob("*.pdf")}
    assert lying == {line["kenmerk"] for line in manifest(work)}
    assert (len(lying), len(notify.tried), status(work)) == (6, 1, ["bezig"] * 7)
