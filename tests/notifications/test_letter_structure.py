"""What PDF/UA-1 and PDF/A-2a ask, read from the file itself; ``bench.verapdf`` asks the validator of the trade."""

import io
from collections import Counter

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from contracts.notice import House
from notifications.letter import render
from notifications.template import berichten

FORBIDDEN = {"JavaScript", "JS", "OpenAction", "AA", "EmbeddedFiles", "AcroForm", "Encrypt", "Launch", "SMask"}


@pytest.fixture(params=[(bericht, form) for bericht in berichten() for form in (False, True)], ids=str)
def letter(request, make):
    bericht, form = request.param
    house = House(antwoordformulier=form)
    notice = make(bericht, house=house)
    with pdfplumber.open(io.BytesIO(render(notice, house))) as document:
        yield notice, document


def walk(elements):
    """Each element of the structure tree, in reading order."""
    for one in elements:
        yield one
        yield from walk(one.get("children", []))


def objects(document):
    """Every object in the file."""
    numbers = {number for xref in document.doc.xrefs for number in xref.get_objids()}
    return [resolve1(document.doc.getobj(number)) for number in numbers]


def keys(one):
    """The keys of an object and of all that stands in it, without following references."""
    one = getattr(one, "attrs", one)
    if isinstance(one, dict):
        return set(one) | {key for part in one.values() for key in keys(part)}
    return {key for part in one for key in keys(part)} if isinstance(one, list) else set()


def test_all_that_is_drawn_is_tagged_or_an_artifact(letter):
    _, document = letter
    for page in document.pages:
        drawn = [*page.chars, *page.lines, *page.rects, *page.curves, *page.images]
        assert drawn
        assert not [one for one in drawn if one["mcid"] is None and one["tag"] != "Artifact"]


def test_every_tagged_piece_is_in_the_tree_once(letter):
    _, document = letter
    told = Counter((one["page_number"], mcid) for one in walk(document.structure_tree) for mcid in one.get("mcids", ()))
    drawn = {
        (page.page_number, char["mcid"]) for page in document.pages for char in page.chars if char["mcid"] is not None
    }
    assert set(told.values()) == {1}
    assert drawn <= told.keys()


def test_headings_go_down_one_level_at_a_time(letter):
    notice, document = letter
    levels = [
        int(one["type"][1])
        for one in walk(document.structure_tree)
        if one["type"][0] == "H" and one["type"][1:].isdigit()
    ]
    koppen = [2 for sectie in notice.secties if sectie.kop]
    form = [2, *(3 for _ in notice.formulier.vragen)] if notice.formulier else []
    assert levels == [1, *koppen, *form]


def test_a_list_is_a_list_with_items_that_have_a_body(letter):
    notice, document = letter
    tree = list(walk(document.structure_tree))
    items = sum(len(sectie.stappen) for sectie in notice.secties)
    items += sum(len(one.keuzes) for one in notice.formulier.vragen) if notice.formulier else 0
    kinds = Counter(one["type"] for one in tree)
    assert kinds["LI"] == kinds["LBody"] == items
    for one in tree:
        children = {child["type"] for child in one.get("children", [])}
        assert one["type"] != "L" or children == {"LI"}
        assert one["type"] != "LI" or children <= {"Lbl", "LBody"}


def test_a_figure_would_say_what_it_shows(letter):
    _, document = letter
    assert not [one for one in walk(document.structure_tree) if one["type"] == "Figure" and not one.get("alt_text")]


def test_the_reader_shows_the_title_and_reads_dutch(letter):
    notice, document = letter
    catalog = document.doc.catalog
    assert resolve1(catalog["Lang"]) == b"nl-NL"
    assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"] is True
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    xmp = resolve1(catalog["Metadata"]).get_data().decode()
    for said in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", notice.titel):
        assert said in xmp
    assert all(page.page_obj.attrs["Tabs"].name == "S" for page in document.pages)


def test_its_colours_are_those_of_the_printer(letter):
    _, document = letter
    (intent,) = resolve1(document.doc.catalog["OutputIntents"])
    assert resolve1(intent)["S"].name == "GTS_PDFA1"
    assert resolve1(resolve1(intent)["DestOutputProfile"]).get_data()


def test_nothing_runs_hides_or_shines_through(letter):
    _, document = letter
    found = set().union(*map(keys, objects(document)))
    assert not FORBIDDEN & found
    assert not [one for page in document.pages for one in (page.annots or ())]
    assert "Type" in found  # the file was read at all


def test_every_font_is_inside_and_can_be_copied_as_text(letter):
    _, document = letter
    fonts = [resolve1(font) for page in document.pages for font in resolve1(page.page_obj.resources["Font"]).values()]
    assert fonts
    for font in fonts:
        assert resolve1(font["ToUnicode"]).get_data()
        descriptor = resolve1(resolve1(resolve1(font["DescendantFonts"])[0])["FontDescriptor"])
        assert resolve1(descriptor["FontFile2"]).get_data()
