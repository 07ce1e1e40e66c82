"""How a task ends: seven ways, a day, an amount in Dutch, and a judgement that only a human gives."""

from datetime import date, timedelta

import pytest

from contracts.outcome import UITKOMST_ZIN, Uitkomst
from tests.worklist.desk import ANNA, JOOST, NIGHT, Desk, finding
from tests.worklist.reading import assert_sound, fields, read, said
from worklist import forms
from worklist.forms import Invoer
from worklist.sides import register_of

ONE, TWO = "1" * 32, "2" * 32
JUDGED = {"bewust": "nee", "context": "Dacht dat de gemeente het doorgaf.", "impact": "Nu nog klein."}


def ending(desk):
    (found,) = desk.casebook.outcomes_of("S-R01-anna")
    return found


def close(desk, number=ONE, **typed):
    return desk.send("anna", "afronden", number, **typed)


@pytest.mark.parametrize("uitkomst", Uitkomst)
def test_each_of_the_seven_ways_closes_the_task_and_its_finding(desk, uitkomst):
    answer = close(desk, uitkomst=uitkomst, toelichting="Besproken.", terugmelding="Klopt niet.")
    assert answer.status_code == 303
    assert (ending(desk).uitkomst, ending(desk).regelversie) == (uitkomst, "4")
    assert (desk.row("anna").status, desk.row("anna").fase) == ("afgerond", "afgesloten")
    shown = said(desk.get(answer.headers["location"]))
    assert f"Hoe het eindigde {UITKOMST_ZIN[uitkomst]} Anna Jansen, 23 november 2026." in shown
    assert "U kunt deze taak alleen nog lezen." in shown


def test_what_is_closed_is_no_longer_pressing(desk):
    assert "Spoed: vandaag" in said(desk.get(f"/taken/{desk.task('laat')}"))
    desk.send("laat", "afronden", ONE, uitkomst="al_bekend")
    for path in (f"/taken/{desk.task('laat')}", "/?bak=klaar"):
        assert "Spoed" not in said(desk.get(path))


def test_the_form_has_the_seven_ways_in_words_and_what_is_known_filled_in(desk):
    answer = desk.get(f"/taken/{desk.task('anna')}/afronden")
    shown = said(answer)
    assert all(sentence in shown for sentence in UITKOMST_ZIN.values())
    assert fields(answer)["feitdatum"] == "2026-11-03"
    assert fields(answer)["terugmelding"] == (
        "Bij dossier D-100 zagen wij op 20 november 2026: Er staat sinds 3 november 2026 iemand extra op het adres "
        "ingeschreven. Volgens de inwoner klopt dit niet. Wilt u dit nakijken?"
    )
    assert "sanctie" not in shown.casefold()
    assert "boete" not in shown.casefold()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("", None), ("150", 15_000), ("-85,50", -8_550), ("€ 1.234,5", 123_450), ("− 12", -1_200), ("0", 0),
        ("10.000", 1_000_000), ("-10000,00", -1_000_000), ("€\u00a07,05", 705),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_the_dutch_write_it(desk, typed, cents):
    assert close(desk, uitkomst="aangepast", effect=typed).status_code == 303
    assert ending(desk).effect_cent == cents


@pytest.mark.parametrize(
    "typed", ["veel", "12.5", "1,234", "10.000,01", "99999999999999", "--5", "1.23", "5 euro", "²"]
)
def test_what_is_no_amount_comes_back(desk, typed):
    answer = close(desk, uitkomst="aangepast", effect=typed, toelichting="Blijft staan.")
    assert answer.status_code == 422
    assert_sound(answer)
    assert (fields(answer)["effect"], fields(answer)["toelichting"]) == (typed, "Blijft staan.")
    assert "effect-fout" in answer.text


@pytest.mark.parametrize(
    ("typed", "day"), [("3-11-2026", date(2026, 11, 3)), ("2026-11-03", date(2026, 11, 3)), ("", None)]
)
def test_the_day_on_which_it_really_happened_is_kept(desk, typed, day):
    close(desk, uitkomst="aangepast", feitdatum=typed)
    assert ending(desk).feitdatum == day


@pytest.mark.parametrize("typed", ["30-2-2026", "2026-13-01", "0000-00-00", "1899-12-31", "2027-11-25", "gisteren"])
def test_a_day_that_is_none_or_too_far_away_comes_back(desk, typed):
    answer = close(desk, uitkomst="aangepast", feitdatum=typed)
    assert answer.status_code == 422
    assert fields(answer)["feitdatum"] == typed


@pytest.mark.parametrize("typed", ["", "sanctie", "AANGEPAST", "aangepast "])
def test_there_is_no_eighth_way(desk, typed):
    answer = close(desk, uitkomst=typed)
    assert answer.status_code == 422
    assert "Kies hoe het eindigde." in said(answer)
    assert desk.row("anna").status == "open"


def test_another_end_asks_for_words(desk):
    answer = close(desk, uitkomst="anders")
    assert "Schrijf op hoe het eindigde: u koos voor ‘anders’." in said(answer)
    assert [held["value"] for tag, held in read(answer).tags if tag == "input" and "checked" in held] == ["anders", ""]


def test_a_source_that_is_wrong_makes_a_terugmelding_ready(desk):
    assert close(desk, uitkomst="bron_klopt_niet", terugmelding="").status_code == 422
    close(desk, uitkomst="bron_klopt_niet", terugmelding="De bewoner is al weg. Wilt u dit nakijken?")
    told = desk.casebook.feedback_of("S-R01-anna")
    assert (told.bron, told.tekst, told.door) == ("brp", "De bewoner is al weg. Wilt u dit nakijken?", "anna")
    assert told.gemeld_op is None
    shown = said(desk.get(f"/taken/{desk.task('anna')}"))
    assert (
        "Terugmelding Deze tekst staat klaar. Geef die door aan wie dit bijhoudt: Basisregistratie Personen (BRP). "
        "De bewoner is al weg. Wilt u dit nakijken?"
    ) in shown


def test_another_end_tells_no_source_anything(desk):
    close(desk, uitkomst="al_bekend", terugmelding="Bleef staan.")
    assert desk.casebook.feedback_of("S-R01-anna") is None
    assert "Terugmelding" not in said(desk.get(f"/taken/{desk.task('anna')}"))


@pytest.mark.parametrize(
    ("bronnen", "register"),
    [(("uitkeringsgegevens-1", "ib-2"), "ib"), (("brp-1",), "brp"), (("uitkeringsgegevens-1",), "brp")],
)
def test_the_register_that_is_told_is_the_one_it_rests_on(bronnen, register):
    assert register_of(finding("x", "D-1", bronnen=bronnen)) == register


@pytest.mark.parametrize(("uitkomst", "tot"), [("aangepast", NIGHT + timedelta(days=90)), ("bron_klopt_niet", None)])
def test_until_when_it_holds_comes_from_the_settings(desk, uitkomst, tot):
    close(desk, uitkomst=uitkomst, terugmelding="Klopt niet.")
    (said_last,) = desk.casebook.closings(before=date(2026, 12, 1)).values()
    assert (said_last.uitkomst, said_last.tot) == (uitkomst, tot)


def test_a_judgement_is_kept_with_what_was_known_and_signed(desk):
    close(desk, uitkomst="aangepast", **JUDGED)
    (kept,) = desk.casebook.oordelen_of("S-R01-anna")
    assert (kept.bewust, kept.context, kept.impact, kept.door) == (*JUDGED.values(), "anna")
    known = {fact["soort"]: fact["zin"] for fact in kept.toets["context"]}
    assert known["alarm"] == "Dit signaal staat nog niet zo lang open dat er een alarm is."
    shown = said(desk.get(f"/taken/{desk.task('anna')}"))
    assert "Kon de inwoner het weten: nee. Dacht dat de gemeente het doorgaf. Nu nog klein." in shown
    assert "Dacht dat" not in said(desk.at(JOOST).get(f"/taken/{desk.task('anna')}"))


def test_no_judgement_is_made_where_nobody_answered(desk):
    close(desk, uitkomst="aangepast", bewust="", context="", impact=" ")
    assert desk.casebook.oordelen_of("S-R01-anna") == []


@pytest.mark.parametrize("missing", JUDGED)
def test_half_a_judgement_is_asked_again_and_nothing_is_closed(desk, missing):
    answer = close(desk, uitkomst="aangepast", **JUDGED | {missing: ""})
    assert answer.status_code == 422
    assert_sound(answer)
    assert f"{missing}-fout" in answer.text
    kept = fields(answer)
    assert {name: kept[name] for name in JUDGED} == JUDGED | {missing: ""}
    assert desk.row("anna").status == "open"


@pytest.mark.parametrize(
    "typed",
    [{"bewust": "misschien"}, {"context": "BSN 123456782"}, {"impact": "x" * 2_001}, {"context": "999 999 99 iets"}],
)
def test_a_judgement_that_does_not_fit_comes_back(desk, typed):
    answer = close(desk, uitkomst="aangepast", **JUDGED | typed)
    assert answer.status_code == 422
    assert f"{next(iter(typed))}-fout" in answer.text
    assert desk.casebook.oordelen_of("S-R01-anna") == []
    assert desk.row("anna").status == "open"


def test_nothing_judges_for_a_machine(desk):
    robot = ANNA.model_copy(update={"gebruiker": "systeem"})
    answer = desk.at(robot).send("anna", "afronden", ONE, uitkomst="aangepast", **JUDGED)
    assert answer.status_code == 422
    assert "Dit kan alleen iemand beantwoorden die op eigen naam is ingelogd." in said(answer)


def test_a_form_sent_twice_keeps_one_judgement(desk):
    version = str(desk.row("anna").versie)
    for _ in range(2):
        close(desk, uitkomst="aangepast", versie=version, **JUDGED)
    assert len(desk.casebook.oordelen_of("S-R01-anna")) == 1
    assert ending(desk).uitkomst == "aangepast"


def test_closed_opened_and_closed_again_tells_both(desk: Desk):
    close(desk, uitkomst="geen_contact_gekregen")
    desk.user = next(one for one in desk.services.collegas() if one.gebruiker == "bea")
    desk.send("anna", "heropenen", TWO, tekst="Hij belde terug.")
    desk.at(ANNA)
    close(desk, "3" * 32, uitkomst="aangepast", effect="-20")
    shown = said(desk.get(f"/taken/{desk.task('anna')}"))
    assert "Hoe het eindigde De administratie is aangepast." in shown
    assert "Verschil per maand -€ 20,00" in shown
    assert "Hoe het eerder eindigde Er is geen contact gekregen." in shown


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("123456782", True), ("123.456.782", True), ("123 456 782,", True), ("x123456782x", True),
        ("123456789", False), ("0612345678", False), ("1234567820", False), ("", False),
    ],
)  # fmt: skip
def test_a_bsn_is_known_by_its_check(text, held):
    assert forms.holds_bsn(text) is held


def test_a_number_in_a_form_is_one():
    typed = Invoer({"a": "12", "b": "-1", "c": "1e3", "d": "", "e": "9" * 40, "f": "٣"})
    assert [typed.number(name) for name in "abcdefg"] == [12, None, None, None, None, None, None]
