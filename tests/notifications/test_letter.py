import io
import re
import threading

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from contracts.notice import NoticeError
from notifications.letter import render
from notifications.template import berichten

MM = 72 / 25.4


def between(page, left, top, right, bottom):
    """Text whose characters lie within these millimetres."""
    return page.crop((left * MM, top * MM, right * MM, bottom * MM)).extract_text()


@pytest.fixture(params=berichten())
def notice(request, make):
    return make(request.param)


@pytest.fixture
def pdf(notice, house):
    with pdfplumber.open(io.BytesIO(render(notice, house))) as document:
        yield document


def test_one_a4(pdf):
    assert len(pdf.pages) == 1
    assert (pdf.pages[0].width / MM, pdf.pages[0].height / MM) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )


def test_the_address_stands_in_the_window_and_nothing_else_does(pdf):
    window = pdf.pages[0].crop((24.6 * MM, 50 * MM, 120 * MM, 90 * MM))
    assert window.extract_text() == "Mevrouw J.M. van Dijk\nLindelaan 12 B\n1234 AB VOORBEELDSTAD"
    assert min(char["x0"] for char in window.chars) == pytest.approx(25 * MM, abs=MM)
    assert min(char["top"] for char in window.chars) >= 54 * MM
    # pdfplumber folds spaces into one; the characters themselves hold the two of them.
    assert "1234 AB  VOORBEELDSTAD" in "".join(char["text"] for char in window.chars)


def test_nothing_sticks_out_of_the_window(pdf):
    around = pdf.pages[0].crop((0, 50 * MM, 125 * MM, 97 * MM))
    inside = pdf.pages[0].crop((24.6 * MM, 50 * MM, 120 * MM, 90 * MM))
    assert len(around.chars) == len(inside.chars)


def test_the_sender_stands_right_of_125_mm(pdf):
    sender = between(pdf.pages[0], 125, 50, 210, 97)
    for part in ("Samira de Vries", "078 - 000 00 00", "23 november 2026", "N-4F7K2M9Q"):
        assert part in sender


def test_the_body_starts_at_97_mm_and_is_large_enough_to_read(pdf, notice):
    body = pdf.pages[0].crop((0, 97 * MM, 210 * MM, 277 * MM))
    assert body.extract_text().startswith(notice.titel)
    assert min(char["size"] for char in body.chars) >= 10.5 - 0.001


def test_all_text_of_the_notice_is_on_paper(pdf, notice):
    paper = re.sub(r"\s+", "", "".join(char["text"] for char in pdf.pages[0].chars))
    for text in (*notice.tekst, notice.aanhef, notice.groet, *notice.ondertekening):
        assert re.sub(r"\s+", "", text) in paper


def test_only_fira_sans_and_embedded(pdf):
    fonts = resolve1(pdf.pages[0].page_obj.resources["Font"])
    assert fonts
    for font in map(resolve1, fonts.values()):
        assert "FiraSans" in font["BaseFont"].name
        descriptor = resolve1(resolve1(resolve1(font["DescendantFonts"])[0])["FontDescriptor"])
        assert {"FontFile2", "FontFile3"} & descriptor.keys()


def test_it_says_to_be_accessible_and_archivable_in_dutch_with_a_title(pdf, notice):
    catalog = pdf.doc.catalog
    assert resolve1(catalog["Lang"]) in (b"nl", b"nl-NL")
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    assert "StructTreeRoot" in catalog
    xmp = resolve1(catalog["Metadata"]).get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert notice.titel in xmp


def test_the_reading_order_has_a_title_and_headings(pdf, notice):
    kinds = re.findall(r"'type': '(\w+)'", str(pdf.structure_tree))
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == sum(sectie.kop is not None for sectie in notice.secties)
    assert kinds.count("LI") == 2


def test_the_same_notice_gives_the_same_bytes_also_from_another_compiler(notice, house):
    first, other = render(notice, house), []
    worker = threading.Thread(target=lambda: other.append(render(notice, house)))
    worker.start()
    worker.join()
    assert render(notice, house) == first
    assert other == [first]


@pytest.mark.parametrize(
    "surname",
    [
        "<Onbekend> & </Onbemind>",
        "Rente @ 100%",
        '#read("letter.typ")',
        "$x^2$ *ster* _laag_ `c`",
        "Łuczak-Ŵyn",
        "'t Hõóft",
    ],
)
def test_hostile_and_rare_names_are_printed_as_they_are(make, house, surname):
    pdf = render(make(geslachtsnaam=surname, voorvoegsel=None), house)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        paper = "".join(char["text"] for char in document.pages[0].chars)
        assert len(document.pages) == 1
    assert f"Beste mevrouw {surname}," in paper


@pytest.mark.parametrize("surname", ["عبد الله", "Jansen 😀", "王小明", "אברהם"])
def test_a_letter_without_a_glyph_is_work_for_a_person(make, house, surname):
    with pytest.raises(NoticeError, match=r"lacks a character.*N-4F7K2M9Q") as caught:
        render(make(geslachtsnaam=surname), house)
    assert not set(surname.split()[0]) & set("عبدالله王小明אברהם") & set(str(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "changes", [{"geslachtsnaam": "x" * 200}, {"straatnaam": "W" * 80}, {"woonplaats": "lang " * 60}]
)
def test_an_address_that_sticks_out_of_the_window_is_work_for_a_person(make, house, changes):
    with pytest.raises(NoticeError, match="does not fit in the window"):
        render(make(**changes), house)


@pytest.mark.parametrize("surname", ["van der " * 12 + "Berg", "Saxe-" * 20 + "Gotha", "a" * 50])
def test_a_long_name_gives_one_page_within_the_window_or_work_for_a_person(make, house, surname):
    try:
        pdf = render(make(geslachtsnaam=surname), house)
    except NoticeError:
        return
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        test_nothing_sticks_out_of_the_window(document)
        assert max(char["x1"] for char in page.chars if char["text"].strip()) <= 190.5 * MM


def test_a_text_that_does_not_fit_on_one_page_is_refused(make, house):
    notice = make()
    long = notice.model_copy(update={"secties": notice.secties * 2})
    with pytest.raises(NoticeError, match="one page"):
        render(long, house)


def test_a_house_with_longer_settings_still_fits(make):
    from contracts.notice import House

    house = House(
        dienst="Intergemeentelijke Sociale Dienst Voorbeeldstreek", afdeling="Werk, inkomen en participatie",
        consulent="Alexandra Verschuuren-van den Bosch", retouradres="Postbus 12345, 1234 AB 's-Voorbeeldenbosch",
        website="www.socialedienstvoorbeeldstreek.nl",
    )  # fmt: skip
    assert render(make("verhuisd_binnen_gebied"), house).startswith(b"%PDF-")
