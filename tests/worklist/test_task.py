"""The page of a task: all that a consulent needs, for who may see it, and every look written down."""

from datetime import UTC, datetime

import pytest

from contracts.contact import Kaart
from contracts.finding import ContactTask, Route
from contracts.parameters import Status
from contracts.receipt import Grounds, LawText, Receipt
from contracts.rechten import Verzoeksoort
from store.casebook import Casebook
from tests.worklist.desk import (
    ANNA,
    BEA,
    BO,
    BRAM,
    CARD,
    HANNE,
    JOOST,
    LEA,
    NIGHT,
    NOW,
    RULES,
    TODAY,
    ZOE,
    Desk,
    fill,
    finding,
    tasks,
)
from tests.worklist.reading import assert_sound, read, said
from worklist.letter import preview
from worklist.sides import sides


def shown(desk, name="anna"):
    return desk.get(f"/taken/{desk.task(name)}")


def test_it_says_what_is_seen_what_can_be_done_and_why(desk):
    page = said(shown(desk, "laat"))
    assert "Wat wij zien Er staat sinds 3 november 2026 iemand extra op het adres ingeschreven." in page
    assert "Wat u kunt doen: Ga na of de bewoner meetelt: huur, studie, zorg of partner." in page
    assert "Waarom dit een taak is: De inwoner vroeg om gebeld te worden." in page


def test_register_and_administration_stand_side_by_side(desk):
    page = said(shown(desk))
    assert (
        "Wat het register zegt Begin van het verblijf op dit adres 3 november 2026 "
        "Staat ingeschreven op het adres van de inwoner Ja "
        "Wat de dienst heeft Als wie de dienst deze persoon kent Niet bekend De norm die de dienst gebruikt € 1.419,46"
    ) in page
    assert "Zo was het op 20 november 2026. Bron: Basisregistratie Personen (BRP) (levering brp-2026-11-19)" in page
    assert "0123456789abcdef" not in page


def test_of_a_housemate_who_studies_nothing_is_told():
    found = finding("x", "D-1", feiten={"studeert": True, "woont_op_adres": True}, bronnen=("brp-1", "duo-1"))
    both = sides(found, RULES["R01"])
    assert [fact.wat for fact in both.register] == ["Staat ingeschreven op het adres van de inwoner"]
    assert [source.levering for source in both.bronnen] == ["brp-1"]


def test_how_a_link_came_about_is_said_in_words_and_not_in_numbers():
    facts = {
        "woont_op_adres": True,
        "koppel_band": None,
        "koppel_inhoud": "2e2d5c3e",
        "koppel_links": "df10",
        "koppel_rechts": "ab",
    }
    both = sides(finding("x", "D-1", feiten=facts), RULES["R01"])
    assert [fact.wat for fact in both.register] == ["Staat ingeschreven op het adres van de inwoner"]


def test_the_effect_is_a_range_with_its_calculation(desk):
    page = said(shown(desk))
    assert "Per maand scheelt dit -€ 283,89 tot € 0,00. Een min is minder voor de inwoner." in page
    assert "tot de volgende herziening samen -€ 851,67 tot € 0,00" in page
    assert "Norm met één kostendeler € 1.135,57 Participatiewet art. 22a" in page


def test_the_three_questions_have_facts_and_no_answer(desk):
    page = said(shown(desk))
    assert "Antwoorden doet alleen een mens, na het gesprek." in page
    assert "Tijdig maakte in dit huishouden nog geen brief over dit onderwerp. Bron: Tijdig." in page
    assert "Niet bekend: Wat de dienst buiten Tijdig over dit onderwerp vertelde, is niet bekend." in page
    assert "tijdig mkba" not in page
    assert "Het gesprek: wie er bij u woont" in page
    assert "Hoe woont u nu?" in page


def test_the_receipt_is_named_with_its_law(tmp_path):
    found = finding("bon", "D-1")
    text = LawText(artikel="Participatiewet art. 22a", tekst_van=TODAY, status=Status.GEZIEN)
    made = Receipt(
        signaal=found, gronden=Grounds(grondslagen=(text,), waarden=(), instellingen={}), rijen=(), beleid="2026-1",
        programma="0.1.0",
    )  # fmt: skip
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        casebook.record(
            NIGHT,
            [found],
            {found.signaal_id: ContactTask(soort="contact")},
            unusable=(),
            receipts={found.signaal_id: made},
        )
        casebook.set_teams({"Noord": ["C-01"]})
        page = said(shown(Desk(casebook), "bon"))
    assert f"Bon van 20 november 2026 {made.hash}" in page
    assert "Participatiewet art. 22a tekst van 23 november 2026 (gezien)" in page


@pytest.mark.parametrize(
    ("who", "name", "status", "person"),
    [
        (ANNA, "anna", 200, True), (BRAM, "anna", 200, True), (LEA, "anna", 200, True), (ZOE, "anna", 404, False),
        (JOOST, "anna", 200, False), (BEA, "anna", 200, False), (HANNE, "anna", 404, False),
        (ANNA, "geheim", 404, False), (BEA, "geheim", 404, False), (BO, "geheim", 200, True),
        (LEA, "los", 200, False), (ANNA, "los", 404, False),
    ],
)  # fmt: skip
def test_who_may_see_what(desk, who, name, status, person):
    answer = shown(desk.at(who), name)
    assert answer.status_code == status
    assert ("k-wie" in answer.text) is person
    assert ("Mevrouw J.M. van Dijk" in answer.text) is (person and name == "anna")


@pytest.mark.parametrize("who", [ANNA, JOOST])
def test_the_letter_greets_who_it_is_about_only_for_who_may_know(desk, who):
    answer = desk.at(who).get(f"/taken/{desk.task('anna')}/brief")
    assert_sound(answer)
    assert "Er staat iemand extra op uw adres. Klopt dat?" in said(answer)
    assert ("Beste mevrouw Van Dijk" in answer.text) is (who is ANNA)
    assert ("De naam is verzonnen" in answer.text) is (who is JOOST)


def test_a_finding_without_a_message_has_no_letter(desk):
    found = finding("x", "D-1", bericht=None)
    assert preview(found, desk.services.house, TODAY, None) is None
    unnamed = preview(finding("x", "D-1"), desk.services.house, TODAY, Kaart(naam="Onbekend"))
    assert unnamed.aanhef == "Beste heer, mevrouw"
    assert unnamed.adresregels == ()


@pytest.mark.parametrize("name", ["T-NIETS", "x" * 50, "%00", "..%2f..", "T%27--"])
def test_what_is_not_there_and_what_is_not_yours_look_the_same(desk, name):
    away, other = desk.get(f"/taken/{name}"), shown(desk.at(ZOE))
    assert away.status_code == other.status_code == 404
    assert_sound(away)
    assert "Deze pagina is er niet" in said(away)


def test_every_look_is_written_down_and_the_chain_holds(desk):
    task = desk.task("anna")
    shown(desk)
    desk.get(f"/taken/{task}/brief")
    shown(desk.at(BRAM))
    shown(desk.at(ZOE))
    lines = desk.casebook.lines_about(task)
    assert [(line.wie, line.wat) for line in lines] == [
        ("bram", "taak_bekeken"), ("anna", "brief_bekeken"), ("anna", "taak_bekeken")
    ]  # fmt: skip
    assert desk.casebook.verify().breuk is None


def test_only_what_can_be_done_has_a_button(desk):
    def deeds(who, name="anna"):
        page = read(shown(desk.at(who), name))
        links = [held["href"] for tag, held in page.tags if tag == "a" and "knop" in held.get("class", "").split()]
        forms = [held["action"] for tag, held in page.tags if tag == "form" and "/taken/" in held["action"]]
        return {address.rpartition("/")[2] for address in (*links, *forms)}

    assert deeds(ANNA) == {"oppakken", "contact", "vragen", "uitstellen", "overdragen", "afronden"}
    assert deeds(BO, "geheim") == {"oppakken", "contact", "uitstellen", "overdragen", "afronden"}
    assert deeds(JOOST) == set()
    desk.at(ANNA).send("anna", "oppakken")
    assert deeds(ANNA) == {"contact", "vragen", "uitstellen", "overdragen", "terugleggen", "afronden"}
    desk.send("anna", "afronden", number="1" * 32, uitkomst="al_bekend")
    assert deeds(ANNA) == {"bezwaar"}
    assert deeds(BEA) == {"heropenen"}


def test_what_happened_is_told_the_newest_first(desk):
    desk.send("anna", "oppakken", number="1" * 32)
    desk.send("anna", "contact", number="2" * 32, tekst="Belde terug.")
    page = said(shown(desk))
    assert page.index("Anna Jansen had contact met de inwoner. Belde terug.") < page.index(
        "Anna Jansen pakte de taak op."
    )
    assert page.count("had contact") == 1


def test_a_contact_that_was_noted_elsewhere_is_told_too(desk):
    desk.casebook.answer("S-R01-anna", door="C-02", now=desk.now())
    assert "Bram Bakker had contact over een signaal van R01." in said(shown(desk))


def test_nothing_that_only_some_may_know_is_told_on_a_task_of_the_same_household(tmp_path):
    hidden = finding("cel", "D-100", regel="R21", feiten={}, route=Route.RESTRICTED_TASK)
    pairs = [*tasks(), (hidden, ContactTask(soort="beperkt"))]
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        fill(casebook, pairs)
        casebook.answer("S-R01-cel", door="bo", now=Desk(casebook).now())
        desk = Desk(casebook)
        assert "R21" not in shown(desk).text
        assert shown(desk, "cel").status_code == 404
        assert "Detentie" in said(shown(desk.at(BO), "cel"))


def test_words_are_shown_as_words(desk):
    hostile = '<script>alert(1)</script> & "</textarea><b>'
    desk.send("anna", "contact", tekst=hostile)
    answer = shown(desk)
    assert_sound(answer)
    assert hostile in said(answer)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("who", "name"), [(ANNA, "anna"), (ANNA, "laat"), (JOOST, "anna"), (BO, "geheim"), (LEA, "los")]
)
def test_every_task_page_is_sound(desk, who, name):
    answer = shown(desk.at(who), name)
    assert_sound(answer)
    assert answer.headers["cache-control"] == "no-store"


def test_the_title_of_a_page_tells_nothing_about_anybody(desk):
    html = shown(desk).text
    assert f"<title>Taak {desk.task('anna')} - Werklijst Sociale Dienst Voorbeeldstad</title>" in html


def test_a_card_in_a_log_shows_nobody():
    assert repr(Kaart.model_validate(CARD)) == "Kaart()"


def test_a_task_that_was_closed_in_open_klant_asks_how_it_ended(desk):
    asks = "Deze taak is op 22 november 2026 afgehandeld in Open Klant. Noteer hier nog hoe het afliep."
    assert asks not in said(shown(desk))
    casebook = desk.casebook
    casebook.make_internetaken(7_000_000_001, NOW)
    casebook.closed_there(desk.task("anna"), datetime(2026, 11, 21, 23, 30, tzinfo=UTC), NOW)
    assert asks in said(shown(desk)), "23.30 hours in UTC is the next day here"
    assert asks not in said(shown(desk, "laat"))


def test_what_the_inwoner_says_is_wrong_stands_above_a_task_that_rests_on_it_and_above_no_other(desk):
    asked = desk.casebook.file_request(
        Verzoeksoort.BEWERING, dossiernummer="D-100", persoon_sleutel=None, ontvangen=TODAY, gegeven="brp_bewoner",
        toelichting="Mijn zus staat er niet meer.", door="anna", now=desk.moment,
    )  # fmt: skip
    shown = desk.get(f"/taken/{desk.task('anna')}").text
    assert "Volgens de inwoner klopt niet: wie er nog meer op het adres staan ingeschreven." in shown
    assert "Mijn zus staat er niet meer." in shown
    assert asked.verzoek_id in shown
    assert "Antwoord uiterlijk op 23 december 2026" in shown
    assert "klopt niet" not in desk.get(f"/taken/{desk.task('laat')}").text
    # Who judges rules and not people reads that it is so, not what the inwoner says.
    for_jurist = desk.at(JOOST).get(f"/taken/{desk.task('anna')}").text
    assert "Volgens de inwoner klopt niet" in for_jurist
    assert "Mijn zus" not in for_jurist


def test_a_look_and_a_deed_are_in_the_log_of_processings_and_a_list_or_a_refusal_is_not(desk):
    desk.get("/")
    assert desk.at(ZOE).get(f"/taken/{desk.task('anna')}").status_code == 404
    assert desk.looks == []
    shown(desk.at(ANNA))
    desk.get(f"/taken/{desk.task('anna')}/brief")
    desk.get(f"/taken/{desk.task('anna')}/afronden")
    assert desk.looks == [(naam, "S-R01-anna") for naam in ("taak bekijken", "brief bekijken", "taak behandelen")]


def test_where_the_log_can_not_be_written_nothing_is_shown(desk):
    def full(naam, found):
        raise OSError(28, "No space left on device")

    broken = Desk(desk.casebook, look=full)
    with pytest.raises(OSError, match="No space"):
        shown(broken)
