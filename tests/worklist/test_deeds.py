"""What is done with a task: each deed once, by who may, and never with a word lost."""

from datetime import timedelta

import pytest

from contracts.work import Rol
from tests.worklist.desk import ANNA, BEA, BO, BRAM, HANNE, JOOST, LEA, PEOPLE, TODAY, ZOE
from tests.worklist.reading import assert_sound, fields, read, said
from worklist import words
from worklist.desk import FORMS

ONE, TWO = "1" * 32, "2" * 32
SOON = (TODAY + timedelta(days=10)).isoformat()
#: What each form needs, to be done.
FILLED = {
    "oppakken": {},
    "terugleggen": {},
    "overdragen": {"naar": "p:lea", "tekst": "Ik ben met vakantie."},
    "vragen": {"aan": "jurist", "tekst": "Telt een huurder mee?"},
    "uitstellen": {"tot": SOON, "tekst": "Wacht op het huurcontract."},
    "contact": {"tekst": "Gebeld en uitgelegd."},
    "afronden": {"uitkomst": "aangepast", "toelichting": "Norm aangepast."},
}


def deeds(desk, name="anna"):
    return [(one.door, one.wat) for one in desk.casebook.events_of(desk.task(name))]


def ready(desk, deed):
    """The task as it must be for a deed."""
    if deed == "terugleggen":
        desk.send("anna", "oppakken", number="9" * 32)


@pytest.mark.parametrize("deed", FILLED)
def test_each_deed_is_done_and_confirmed(desk, deed):
    ready(desk, deed)
    answer = desk.send("anna", deed, ONE, **FILLED[deed])
    wat = FORMS[deed].daad
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/taken/{desk.task('anna')}?gedaan={wat}"
    assert words.GEDAAN[wat] in said(desk.get(answer.headers["location"]))
    assert deeds(desk)[-1] == ("anna", wat)


def test_a_task_has_who_picked_it_up_and_nobody_after_it_was_put_back(desk):
    desk.send("anna", "oppakken", ONE)
    assert desk.row("anna").behandelaar == "anna"
    desk.send("anna", "terugleggen", TWO)
    assert desk.row("anna").behandelaar is None


def test_a_task_that_went_to_another_team_is_gone_from_here(desk):
    answer = desk.send("anna", "overdragen", ONE, naar="t:Zuid", tekst="Verhuisd naar Zuid.")
    assert answer.headers["location"] == "/?gedaan=overgedragen"
    assert desk.row("anna").van_team == "Zuid"
    assert desk.get(f"/taken/{desk.task('anna')}").status_code == 404
    shown = said(desk.at(ZOE).get(f"/taken/{desk.task('anna')}"))
    assert "Anna Jansen droeg de taak over aan team Zuid. Verhuisd naar Zuid." in shown


def test_only_who_could_do_it_is_offered_a_task(desk):
    def offered(who, name):
        page = read(desk.at(who).get(f"/taken/{desk.task(name)}/overdragen"))
        return [held["value"] for tag, held in page.tags if tag == "option"]

    assert offered(ANNA, "anna") == ["", "p:anna", "p:bo", "p:bram", "p:lea", "t:Zuid"]
    desk.at(ANNA).send("anna", "oppakken", ONE)
    assert offered(ANNA, "anna") == ["", "p:bo", "p:bram", "p:lea", "t:Zuid"]
    assert offered(BO, "geheim") == ["", "p:bo"]


@pytest.mark.parametrize("to", ["p:zoe", "p:joost", "t:Noord", "t:Nergens", "bram", ""])
def test_a_forged_colleague_gets_no_task(desk, to):
    answer = desk.send("anna", "overdragen", ONE, naar=to, tekst="Voor jou.")
    assert answer.status_code == 422
    assert "Kies aan wie of welk team u de taak overdraagt." in said(answer)
    assert fields(answer)["tekst"] == "Voor jou."
    assert deeds(desk) == []


def test_a_question_and_its_answer_stay_on_the_task(desk):
    desk.send("anna", "vragen", ONE, aan="jurist", tekst="Telt een huurder mee?")
    desk.at(JOOST)
    task = desk.task("anna")
    assert "Mijn taken" not in said(desk.get("/")).partition("Zoeken")[0] or "Vragen van collega's : 1" in said(
        desk.get("/")
    )
    assert "Antwoord geven" in said(desk.get(f"/taken/{task}"))
    (asked,) = desk.casebook.events_of(task)
    form = desk.get(f"/taken/{task}/antwoorden?vraag={asked.volgnr}")
    assert_sound(form)
    assert fields(form)["vraag"] == str(asked.volgnr)
    desk.send("anna", "antwoorden", TWO, vraag=str(asked.volgnr), tekst="Nee, bij een zakelijke huur niet.")
    shown = said(desk.at(ANNA).get(f"/taken/{task}"))
    assert "Anna Jansen vroeg aan de jurist op 23 november 2026: Telt een huurder mee?" in shown
    assert (
        "Joost Recht gaf antwoord op een vraag. 23 november 2026, 10.30 uur. Nee, bij een zakelijke huur niet." in shown
    )


@pytest.mark.parametrize(
    ("who", "vraag", "status"), [(JOOST, "999", 422), (JOOST, "x", 422), (HANNE, "1", 404), (ANNA, "1", 409)]
)
def test_only_who_was_asked_answers_and_only_what_was_asked(desk, who, vraag, status):
    desk.send("anna", "vragen", ONE, aan="jurist", tekst="Telt een huurder mee?")
    answer = desk.at(who).send("anna", "antwoorden", TWO, vraag=vraag, tekst="Ja.")
    assert answer.status_code == status
    assert len(deeds(desk)) == 1


def test_two_questions_are_told_apart(desk):
    desk.send("anna", "vragen", ONE, aan="jurist", tekst="Eerste?")
    desk.send("anna", "vragen", TWO, aan="jurist", tekst="Tweede?")
    answer = desk.at(JOOST).get(f"/taken/{desk.task('anna')}/antwoorden?vraag=2")
    assert_sound(answer)
    assert fields(answer)["vraag"] == "2"
    assert "vraag" not in fields(desk.get(f"/taken/{desk.task('anna')}/antwoorden"))


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        ("", "Kies tot welke dag de taak kan wachten."),
        (TODAY.isoformat(), "Kies een dag van 24 november 2026 tot en met 21 februari 2027."),
        ("2027-02-22", "Kies een dag van 24 november 2026 tot en met 21 februari 2027."),
        ("31-11-2026", "Dit is geen datum."),
        ("morgen", "Dit is geen datum."),
    ],
)
def test_a_task_waits_at_most_ninety_days(desk, day, wrong):
    answer = desk.send("anna", "uitstellen", ONE, tot=day, tekst="Even wachten.")
    assert answer.status_code == 422
    assert wrong in said(answer)
    assert (fields(answer)["tot"], fields(answer)["tekst"]) == (day, "Even wachten.")
    assert desk.row("anna").uitgesteld_tot is None


@pytest.mark.parametrize("day", ["2026-11-24", "24-11-2026", "24/11/2026", "2027-02-21"])
def test_a_day_can_be_written_as_people_do(desk, day):
    assert desk.send("anna", "uitstellen", ONE, tot=day, tekst="Even wachten.").status_code == 303


@pytest.mark.parametrize("deed", [deed for deed in FILLED if FILLED[deed]])
def test_what_does_not_fit_stands_beside_its_field_and_above_the_form(desk, deed):
    answer = desk.send("anna", deed, ONE)
    page = read(answer)
    assert answer.status_code == 422
    assert_sound(answer)
    links = {held["href"][1:] for tag, held in page.tags if tag == "a" and held.get("href", "").startswith("#")} - {
        "inhoud"
    }
    ids = {held["id"] for _, held in page.tags if "id" in held}
    assert links
    assert links | {f"{name}-fout" for name in links} <= ids
    assert "<title>Fout: " in answer.text
    assert page.fields["formulier"] == ONE
    assert deeds(desk) == []


@pytest.mark.parametrize("deed", FILLED)
def test_the_same_form_sent_twice_counts_once(desk, deed):
    ready(desk, deed)
    version = str(desk.row("anna").versie)
    first = desk.send("anna", deed, ONE, **FILLED[deed])
    again = desk.send("anna", deed, ONE, **FILLED[deed] | {"versie": version})
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"].endswith("?gedaan=al_opgeslagen")
    assert [wat for _, wat in deeds(desk)].count(FORMS[deed].daad) == 1


def test_a_double_click_on_what_takes_the_task_away_is_friendly_too(desk):
    sent = {"naar": "t:Zuid", "tekst": "Voor Zuid."}
    desk.send("anna", "overdragen", ONE, **sent)
    assert desk.send("anna", "overdragen", ONE, **sent).headers["location"] == "/?gedaan=al_opgeslagen"
    assert desk.at(BRAM).send("anna", "overdragen", ONE, **sent).status_code == 404


@pytest.mark.parametrize("deed", [deed for deed in FILLED if deed != "terugleggen"])
def test_who_is_second_hears_who_was_first_and_keeps_their_words(desk, deed):
    old = str(desk.row("anna").versie)
    desk.at(BRAM).send("anna", "oppakken", ONE)
    answer = desk.at(ANNA).send("anna", deed, TWO, **FILLED[deed] | {"versie": old})
    assert answer.status_code == 409
    assert_sound(answer)
    assert "Iemand was u voor. Bram Bakker pakte de taak op. Er is niets van u opgeslagen" in said(answer)
    kept = fields(answer)
    assert FILLED[deed].items() <= {**kept, "naar": kept.get("gekozen", "")}.items()
    assert kept["versie"] == str(desk.row("anna").versie)
    assert desk.send("anna", deed, TWO, **FILLED[deed] | {"versie": kept["versie"]}).status_code == 303


def test_two_close_the_same_task_and_the_second_can_still_copy_their_words(desk):
    old = str(desk.row("anna").versie)
    desk.at(BRAM).send("anna", "afronden", ONE, uitkomst="al_bekend")
    answer = desk.at(ANNA).send(
        "anna", "afronden", TWO, uitkomst="aangepast", toelichting="Mijn lange verhaal.", versie=old
    )
    assert answer.status_code == 409
    assert_sound(answer)
    shown = said(answer)
    assert "Deze taak is niet meer open. Bram Bakker rondde de taak af. U kunt de taak alleen nog lezen." in shown
    assert "Wat u typte Dit is niet opgeslagen. U kunt het hier nog kopiëren. Mijn lange verhaal." in shown
    (ending,) = desk.casebook.outcomes_of("S-R01-anna")
    assert (ending.uitkomst, ending.door) == ("al_bekend", "bram")


def test_a_task_that_left_while_somebody_typed_gives_their_words_back(desk):
    desk.at(BRAM).send("anna", "overdragen", ONE, naar="t:Zuid", tekst="Voor Zuid.")
    answer = desk.at(ANNA).send("anna", "contact", TWO, tekst="Ik sprak mevrouw al.")
    assert answer.status_code == 404
    assert_sound(answer)
    assert "Dit is niet opgeslagen. U kunt het hier nog kopiëren. Ik sprak mevrouw al." in said(answer)


def test_a_session_that_ended_loses_nothing(desk):
    typed = {"tekst": "Een lang verhaal.\nMet twee regels en <b>tekens</b>."}
    answer = desk.at(None).send("anna", "contact", ONE, **typed)
    assert answer.status_code == 401
    assert_sound(answer)
    assert "U bent niet meer ingelogd" in said(answer)
    assert "Een lang verhaal" not in said(answer)
    kept = fields(answer)
    assert kept["tekst"] == typed["tekst"]
    desk.token = "sessie-2"
    again = desk.at(ANNA).client.post(f"/taken/{desk.task('anna')}/contact", data=kept)
    assert again.status_code == 403
    assert_sound(again)
    assert "U bent intussen opnieuw ingelogd." in said(again)
    assert fields(again)["tekst"] == typed["tekst"]
    assert deeds(desk) == []
    done = desk.client.post(f"/taken/{desk.task('anna')}/contact", data=fields(again))
    assert done.status_code == 303
    assert desk.casebook.events_of(desk.task("anna"))[0].tekst == typed["tekst"]


@pytest.mark.parametrize("deed", FILLED)
def test_a_form_without_the_token_of_the_session_does_nothing(desk, deed):
    ready(desk, deed)
    before = deeds(desk)
    answer = desk.send("anna", deed, ONE, **FILLED[deed] | {"csrf": "van-elders"})
    assert answer.status_code == 403
    assert fields(answer)["csrf"] == "sessie-1"
    assert deeds(desk) == before


@pytest.mark.parametrize("deed", [*FILLED, "heropenen", "bezwaar", "antwoorden"])
@pytest.mark.parametrize("who", [ZOE, HANNE])
def test_the_task_of_another_team_is_not_there(desk, deed, who):
    desk.at(who)
    assert desk.get(f"/taken/{desk.task('anna')}/{deed}").status_code == 404
    assert desk.send("anna", deed, ONE, **FILLED.get(deed, {})).status_code == 404
    assert deeds(desk) == []


@pytest.mark.parametrize("deed", FILLED)
@pytest.mark.parametrize("who", [JOOST, BEA])
def test_who_may_only_look_does_nothing(desk, deed, who):
    answer = desk.at(who).send("anna", deed, ONE, **FILLED[deed])
    assert answer.status_code == 409
    assert_sound(answer)
    assert "Dit kan alleen iemand van het team dat de taak heeft." in said(answer)
    assert deeds(desk) == []


@pytest.mark.parametrize(
    "forged", [{"versie": "x"}, {"versie": "-1"}, {"versie": ""}, {"formulier": "1"}, {"formulier": ""}]
)
def test_a_forged_version_or_number_does_nothing_and_can_be_sent_again(desk, forged):
    sent = {"tekst": "Gebeld."} | forged
    number = sent.pop("formulier", ONE)
    answer = desk.send("anna", "contact", number, **sent)
    assert answer.status_code == 422
    assert "Dit formulier kwam niet goed aan." in said(answer)
    assert fields(answer)["tekst"] == "Gebeld."
    assert desk.client.post(f"/taken/{desk.task('anna')}/contact", data=fields(answer)).status_code == 303


def test_ten_thousand_characters_come_back_and_are_not_kept(desk):
    long = "é" * 10_000
    answer = desk.send("anna", "contact", ONE, tekst=long)
    assert answer.status_code == 422
    assert "Dit is te lang: 10.000 tekens. Er passen er 4.000." in said(answer)
    assert fields(answer)["tekst"] == long
    assert desk.send("anna", "contact", ONE, tekst=long[:4_000]).status_code == 303


def test_more_than_a_form_can_hold_is_refused(desk):
    answer = desk.send("anna", "contact", ONE, tekst="x" * 1_100_000)
    assert answer.status_code == 413
    assert_sound(answer)


def test_a_bsn_is_not_kept(desk):
    answer = desk.send("anna", "contact", ONE, tekst="BSN 123 456 782 belde.")
    assert "Hier staat een getal dat een BSN kan zijn. Haal het weg." in said(answer)
    assert fields(answer)["tekst"] == "BSN 123 456 782 belde."
    assert desk.send("anna", "contact", ONE, tekst="Bel 06 12345678, dossier 123456789.").status_code == 303


def test_marks_that_nobody_types_are_left_out(desk):
    desk.send("anna", "contact", ONE, tekst="Een\x00 twee\r\ndrie\x1b.")
    assert desk.casebook.events_of(desk.task("anna"))[0].tekst == "Een twee\ndrie."


def test_a_beheerder_opens_a_closed_task_again_with_words(desk):
    desk.send("anna", "afronden", ONE, uitkomst="al_bekend")
    for deed in ("oppakken", "contact", "afronden"):
        assert desk.get(f"/taken/{desk.task('anna')}/{deed}").status_code == 409
    assert desk.at(LEA).send("anna", "heropenen", TWO, tekst="Toch niet.").status_code == 409
    assert desk.at(BEA).send("anna", "heropenen", TWO, tekst="").status_code == 422
    assert desk.send("anna", "heropenen", TWO, tekst="Er kwam nieuws.").status_code == 303
    assert desk.row("anna").status == "open"


def test_what_came_of_a_bezwaar_is_noted_later(desk):
    assert desk.send("anna", "bezwaar", ONE, uitkomst="gegrond", datum="2026-11-20").status_code == 409
    desk.send("anna", "afronden", ONE, uitkomst="aangepast")
    assert desk.send("anna", "bezwaar", TWO, uitkomst="x", datum="2027-01-01").status_code == 422
    assert desk.send("anna", "bezwaar", TWO, uitkomst="gegrond", datum="2026-11-20").status_code == 303
    shown = said(desk.get(f"/taken/{desk.task('anna')}"))
    assert "Anna Jansen noteerde de uitkomst van een bezwaar: gegrond, op 20 november 2026." in shown


def test_a_terugmelding_that_was_passed_on_says_so_once(desk):
    """Whoever told the register notes it: the button is there while nobody did, also when the task is closed."""
    page = f"/taken/{desk.task('anna')}"
    assert desk.send("anna", "doorgegeven", ONE).status_code == 409, "nothing is ready"
    desk.send("anna", "afronden", ONE, uitkomst="bron_klopt_niet", terugmelding="De bewoner is al weg.")
    assert "Terugmelding is doorgegeven" in said(desk.get(page))
    assert desk.send("anna", "doorgegeven", TWO).status_code == 303
    assert desk.casebook.feedback_of("S-R01-anna").gemeld_op == TODAY
    shown = said(desk.get(page))
    assert "Dit is op 23 november 2026 doorgegeven aan" in shown
    assert "Anna Jansen gaf de terugmelding door." in shown
    assert "Terugmelding is doorgegeven" not in shown
    assert desk.send("anna", "doorgegeven", "4" * 32).status_code == 409


@pytest.mark.parametrize("pad", ["verwijderen", "x", "Oppakken"])
def test_there_are_no_other_deeds(desk, pad):
    assert desk.get(f"/taken/{desk.task('anna')}/{pad}").status_code == 404
    assert desk.send("anna", pad, ONE).status_code == 404


@pytest.mark.parametrize("deed", [*FILLED, "heropenen", "bezwaar"])
def test_every_form_is_sound(desk, deed):
    ready(desk, deed)
    assert_sound(desk.get(f"/taken/{desk.task('anna')}/{deed}"))


def test_what_goes_wrong_within_gives_everything_back(desk, monkeypatch):
    def fails(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(type(desk.casebook), "note_contact", fails)
    desk.client = type(desk.client)(desk.app, follow_redirects=False, raise_server_exceptions=False)
    answer = desk.send("anna", "contact", ONE, tekst="Mijn verhaal.")
    assert answer.status_code == 500
    assert_sound(answer)
    assert "disk" not in answer.text
    assert fields(answer)["tekst"] == "Mijn verhaal."


def test_the_double_is_of_all_roles():
    assert {rol for one in PEOPLE for rol in one.rollen} == set(Rol)
