"""The second page, for who likes to answer by pen: large boxes, wide lines, and nothing about anybody."""

import io
from itertools import pairwise

import pdfplumber
import pytest
from pydantic import ValidationError

from contracts.notice import House, Notice, NoticeError, Question
from notifications import template
from notifications.compose import answer_code
from notifications.language import judge_notice
from notifications.letter import pages, picture, render
from notifications.template import FormText, berichten, load
from tests.notifications.forms import squeezed

MM = 72 / 25.4
ON = House(antwoordformulier=True)
OF_A_RULE = [bericht for bericht in berichten() if load(bericht).regel]


@pytest.fixture(params=OF_A_RULE)
def notice(request, make) -> Notice:
    return make(request.param, house=ON)


@pytest.fixture
def pdf(notice):
    with pdfplumber.open(io.BytesIO(render(notice, ON))) as document:
        yield document


def words(page):
    return squeezed("".join(char["text"] for char in page.chars))


def test_it_is_off_unless_the_dienst_wants_it(make):
    assert House().antwoordformulier is False
    assert make().formulier is None
    assert pages(make()) == 1


def test_every_letter_of_a_rule_has_one(notice, pdf):
    assert notice.formulier is not None
    assert (pages(notice), len(pdf.pages)) == (2, 2)


def test_the_letter_itself_stays_one_page_and_says_where_the_form_is(notice, pdf, make):
    alone = make(notice.bericht)
    steps = [stap for sectie in notice.secties for stap in sectie.stappen]
    assert len(steps) == 3
    assert "".join(run.tekst for run in steps[-1]) == "Of vul bladzijde 2 in en stuur die naar ons op."
    assert [text for text in notice.tekst if text in alone.tekst] == list(alone.tekst)
    for text in (*alone.tekst, alone.groet):
        assert squeezed(text) in words(pdf.pages[0])


def test_it_asks_in_order_from_top_to_bottom(notice, pdf):
    # The order of the file is the order of reading.
    page, place = words(pdf.pages[1]), 0
    for text in map(squeezed, notice.formulier.tekst):
        assert text in page[place:]
        place = page.index(text, place) + len(text)


@pytest.mark.parametrize("bericht", OF_A_RULE)
def test_it_holds_the_code_and_the_kenmerk_and_nothing_about_the_reader(make, bericht):
    notice = make(bericht, house=ON, postcode="9876ZX", woonplaats="Elders")
    with pdfplumber.open(io.BytesIO(render(notice, ON))) as document:
        letter, form = map(words, document.pages)
    for value in ("Dijk", "J.M.", "Lindelaan", "9876ZX", "ELDERS", "12december2026", "2026"):
        assert value in letter
        assert value not in form
    assert f"Uwcodeis{answer_code(notice.kenmerk)}." in form
    assert notice.kenmerk in form


def test_it_says_where_it_goes(notice, pdf):
    assert notice.formulier.retour == ("Sociale Dienst Voorbeeldstad", "Postbus 100", "1234 AB Voorbeeldstad")
    foot = pdf.pages[1].crop((0, 225 * MM, 210 * MM, 280 * MM)).extract_text()
    assert "Sociale Dienst Voorbeeldstad\nPostbus 100\n1234 AB Voorbeeldstad" in foot


def boxes(page):
    """Drawn shapes of at least 6 mm and at most 12 that are as wide as high."""
    shapes = [one for one in (*page.curves, *page.rects) if 6 * MM <= one["width"] <= 12 * MM]
    return [one for one in shapes if abs(one["width"] - one["height"]) < 0.1]


def test_a_box_to_tick_for_each_choice_large_enough_and_apart(notice, pdf):
    found = boxes(pdf.pages[1])
    assert len(found) == sum(len(one.keuzes) for one in notice.formulier.vragen)
    rows = sorted(found, key=lambda one: one["top"])
    assert all(after["top"] - before["bottom"] >= MM for before, after in pairwise(rows))


def test_lines_to_write_on_are_long_and_far_enough_apart(notice, pdf):
    asked = sum(one.regels for one in notice.formulier.vragen)
    # The thin lines between the questions are as wide as the page.
    lines = sorted(
        (one for one in pdf.pages[1].lines if 80 * MM <= one["width"] <= 120 * MM), key=lambda one: one["top"]
    )
    assert len(lines) == asked >= 3
    assert all(after["top"] - before["top"] >= 9 * MM for before, after in pairwise(lines))


def test_it_is_large_enough_to_read(pdf):
    form = pdf.pages[1].crop((0, 35 * MM, 210 * MM, 277 * MM))
    assert min(char["size"] for char in form.chars) >= 10.5 - 0.001


def test_it_passes_the_language_gate_with_its_letter(notice):
    assert judge_notice(notice, ON).findings == ()


def test_a_reminder_of_one_thing_asks_about_that_thing_and_a_letter_about_more_does_not(make):
    assert make("herinnering", house=ON).formulier.titel == make("verhuisd_binnen_gebied", house=ON).formulier.titel
    bundle = make("bundel", house=ON)
    assert bundle.formulier is None
    assert sum(len(sectie.stappen) for sectie in bundle.secties) == 2


def test_a_form_that_does_not_fit_is_refused(make):
    notice = make(house=ON)
    form = notice.formulier.model_copy(update={"vragen": (Question(vraag="Wat?", keuzes=("ja",) * 9),) * 6})
    with pytest.raises(NoticeError, match="answer form does not fit"):
        render(notice.model_copy(update={"formulier": form}), ON)


def test_a_letter_that_does_not_fit_is_refused_also_when_it_has_a_form(make):
    notice = make(house=ON)
    with pytest.raises(NoticeError, match="letter does not fit on one page"):
        render(notice.model_copy(update={"secties": notice.secties * 2}), ON)


def test_a_picture_of_each_page(make):
    for house, count in ((House(), 1), (ON, 2)):
        made = picture(make(house=house), house, ppi=30)
        assert [one[:8] for one in made] == [b"\x89PNG\r\n\x1a\n"] * count


@pytest.mark.parametrize("name", ["sinds", "code", "naam"])
def test_no_fact_can_stand_on_a_form(name):
    with pytest.raises(ValidationError, match="no fact stands on a form"):
        FormText(titel="Uw antwoord", vragen=(Question(vraag=f"Klopt {{{{ {name} }}}}?", keuzes=("ja", "nee")),))


def test_a_setting_may():
    form = FormText(titel="Aan {{ huis.dienst }}", vragen=(Question(vraag="Klopt het?", keuzes=("ja", "nee")),))
    made = template.standard().formulier.around(form, House(dienst="Dienst <X>"), "123456")
    assert made.titel == "Aan Dienst <X>"
    assert made.code == "Uw code is 123456."


def test_the_form_counts_in_the_text_of_the_notice(make):
    notice = make(house=ON)
    assert notice.tekst[-len(notice.formulier.tekst) :] == notice.formulier.tekst
    assert "Betaalt die persoon huur aan u?" in notice.tekst
    assert notice.inhoud_sha256 != make().inhoud_sha256
