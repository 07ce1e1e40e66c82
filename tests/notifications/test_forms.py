"""One content, several forms: nothing is lost, nothing is added, and no value can change what it stands in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notice import House, Notice, Run, Section
from notifications.html import render_html
from notifications.letter import render
from notifications.plain import WIDTH, render_plain
from notifications.template import berichten
from tests.notifications.forms import in_reading_order, missing_in_order, read_html, read_pdf, squeezed

FORMS = {
    "html": lambda notice, house: read_html(render_html(notice, house)).text,
    "plain": render_plain,
    "pdf": lambda notice, house: read_pdf(render(notice, house)),
}
HOSTILE = [
    "<b>Dijk</b>",
    '"><img src=x onerror=alert(1)>',
    "Dijk & Zn.",
    "{{ huis }}",
    "**Dijk**",
    "</p></main>",
    "_Dijk_ #1",
]


@pytest.fixture(params=[(bericht, form) for bericht in berichten() for form in (False, True)], ids=str)
def letter(request, make):
    bericht, form = request.param
    house = House(antwoordformulier=form)
    return make(bericht, house=house), house


@pytest.mark.parametrize("form", FORMS)
def test_each_word_stands_in_each_form_in_the_same_order(letter, form):
    notice, house = letter
    assert missing_in_order(in_reading_order(notice), FORMS[form](notice, house)) == []


@pytest.mark.parametrize("form", ["html", "plain"])
@pytest.mark.parametrize("bericht", berichten("email"))
def test_each_word_of_an_email_too(recipient, facts, house, bericht, form):
    from tests.notifications.test_email import email

    notice = email(bericht, recipient, facts, house)
    assert missing_in_order(in_reading_order(notice), FORMS[form](notice, house)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_five_line_address_stands_whole_in_each_form(make, house, form):
    lines = ("De bewindvoerder van", "mevrouw J.M. van Dijk", "t.a.v. Post", "Lindelaan 12 B", "1234 AB  VOORBEELDSTAD")
    notice = make().model_copy(update={"adresregels": lines})
    assert missing_in_order(list(lines), FORMS[form](notice, house)) == []


@pytest.mark.parametrize("surname", HOSTILE)
def test_markup_in_a_name_is_shown_as_text(make, house, surname):
    notice, plain = make(geslachtsnaam=surname, voorvoegsel=None), make(geslachtsnaam="Dijk", voorvoegsel=None)
    document = read_html(render_html(notice, house))
    assert f"Beste mevrouw {surname}," in document.text
    assert f"Beste mevrouw {surname}," in render_plain(notice, house)
    assert document.tags == read_html(render_html(plain, house)).tags


@pytest.mark.parametrize("form", [render, render_html, render_plain])
def test_the_same_notice_gives_the_same_bytes(letter, form):
    notice, house = letter
    assert form(notice, house) == form(Notice.model_validate_json(notice.model_dump_json()), house)


class TestHtml:
    @pytest.fixture
    def document(self, letter):
        notice, house = letter
        return read_html(render_html(notice, house))

    def test_nothing_is_fetched_and_nothing_runs(self, document):
        assert not {"img", "script", "link", "iframe", "object", "form", "input", "svg", "base"} & set(document.tags)
        assert not {name for _, name, _ in document.attributes} & {"src", "srcset", "background", "style"}
        assert not [name for _, name, _ in document.attributes if name.startswith("on")]

    def test_the_style_fetches_nothing_and_is_dark_on_white_in_large_letters(self, make, house):
        style = re.search(r"<style>(.*)</style>", render_html(make(), house), re.DOTALL)[1]
        assert "url(" not in style
        assert "@import" not in style
        assert min(map(int, re.findall(r"font-size: (\d+)px", style))) >= 16
        on_what = ("#ffffff", "#f1f5f5")
        inks = {ink for ink in re.findall(r"[ {]color: (#\w{6})", style) if ink != house.kleur}
        assert inks == {"#1b1f22", "#454d52"}
        assert min(contrast(ink, ground) for ink in inks for ground in on_what) >= 4.5

    def test_the_only_link_is_the_telephone(self, document):
        links = {value for tag, name, value in document.attributes if (tag, name) == ("a", "href")}
        assert links == {"tel:0780000000"}

    def test_it_says_its_language_its_title_and_its_structure(self, letter):
        notice, house = letter
        document = read_html(render_html(notice, house))
        assert ("html", "lang", "nl") in document.attributes
        assert f"<title>{notice.titel}</title>" in render_html(notice, house)
        kinds = document.tags
        koppen = [sectie for sectie in notice.secties if sectie.kop]
        assert kinds.count("h1") == kinds.count("main") == kinds.count("ol") == 1
        assert kinds.count("h2") == len(koppen) + bool(notice.formulier)
        assert kinds.count("h3") == (len(notice.formulier.vragen) if notice.formulier else 0)

    def test_a_number_to_call_from_abroad_keeps_its_plus(self, make):
        house = House(telefoon="+31 (0)78 000 00 00")
        assert 'href="tel:+310780000000"' in render_html(make(house=house), house)


class TestPlain:
    def test_no_line_is_longer_than_72(self, letter):
        notice, house = letter
        assert max(map(len, render_plain(notice, house).splitlines())) <= WIDTH

    def test_steps_are_numbered_and_hang_behind_their_number(self, make, house):
        text = render_plain(make(), house)
        assert "\n1. Bel uw consulent Samira de Vries: 078 - 000 00 00. Dat kan van\n   maandag tot en met" in text
        assert "\n2. Of vul het formulier in op www.voorbeeld-sdd.nl/reageren. Uw code is\n   " in text

    def test_a_heading_is_underlined(self, make, house):
        assert "\nHulp nodig?\n-----------\n" in render_plain(make(), house)
        assert "\nEr staat iemand extra op uw adres. Klopt dat?\n====" in render_plain(make(), house)

    def test_a_date_and_a_telephone_number_stay_on_one_line(self, letter):
        notice, house = letter
        lines = render_plain(notice, house).splitlines()
        assert not [line for line in lines if re.search(r"(^|\s)\d{1,2}( \w+)?$", line) and "november" in line]
        assert sum("078 - 000 00 00" in line for line in lines) >= 2

    @given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=90), min_size=1))
    def test_no_word_is_lost_whatever_its_length(self, words):
        alinea = (Run(tekst=" ".join(words)),)
        notice = bare(Section(kop="Kop", alineas=(alinea,), stappen=(alinea,)))
        text = render_plain(notice, House())
        assert squeezed(text).count(squeezed("".join(words))) >= 2


def bare(sectie):
    from datetime import date

    return Notice(
        kenmerk="N-4F7K2M9Q", bericht="proef", versie="1.1", datum=date(2026, 11, 23), titel="Titel",
        aanhef="Beste mevrouw Van Dijk", secties=(sectie,), groet="Groet", ondertekening=("Samira",), adresregels=(),
    )  # fmt: skip


def contrast(ink, ground):
    """As WCAG 2.2 defines it, from the published formula."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(ink), light(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)
