"""Why a row is linked or not, and the charts of it."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from contracts.errors import TijdigError
from matching.linking import Weights, link
from matching.linking.bars import weights_chart
from matching.linking.decide import GUARDS
from matching.linking.explain import explain
from matching.linking.levels import COMPARISONS
from matching.linking.waterfall import bits, chart, waterfall
from tests.linking import EMMA, JAN, KARIM, SOFIE, records, town, weights
from tests.world import bsn

SVG = "{http://www.w3.org/2000/svg}"
ROWS = records(
    {"naam": "J. v.d. Bergh", "geboortedatum": "01-03-1980"},
    {"naam": "de Boer", "geboortedatum": "15-05-2000", "postcode": "3011BC", "huisnummer": "103c"},
    {"naam": "J. v.d. Bergh", "geboortedatum": "01-03-1980", "burgerservicenummer": bsn(JAN)},
    {"naam": "P. v.d. Bergh", "geboortedatum": "01-03-1980", "postcode": "1234AB", "huisnummer": "9-2",
     "burgerservicenummer": bsn(JAN)},
    {"naam": "Piet Pietersen", "geboortedatum": "11-11-1931"},
    {"naam": "van der Bergh", "postcode": "1234AB", "huisnummer": "11"},
)  # fmt: skip


def told(row, person):
    return explain(town(), ROWS, row, person, weights())


def test_the_lines_add_up_to_the_total():
    """Start -10, surname 8, the same first letter 3, birth date 12: 13 bits; the number and the rest say nothing."""
    made = told(1, JAN)
    assert [(line.vergelijking, line.niveau, line.gewicht) for line in made.lines] == [
        ("geslachtsnaam", "gelijk", 8000), ("voornaam", "zelfde letter", 3000), ("voorletters", "onbekend", 0),
        ("geboortedatum", "gelijk", 12_000), ("adres", "onbekend", 0), ("geslacht", "onbekend", 0),
        ("bsn", "onbekend", 0),
    ]  # fmt: skip
    assert (made.start, made.total) == (-10_000, 13_000)
    assert (made.band, made.best_id, made.linked_id, made.guard) == ("automatisch", JAN, JAN, "")


def test_a_tie_says_its_rival_and_the_guard():
    """Surname 8, birth date 12, address 13, start -10: 23 for either twin."""
    made = told(2, SOFIE)
    assert (made.total, made.rival, made.band, made.guard) == (23_000, 23_000, "controleren", GUARDS["marge"])
    assert made.linked_id == EMMA, "of a tie the lowest number is asked about"


@pytest.mark.parametrize("row", range(1, 7))
@pytest.mark.parametrize("person", [JAN, KARIM, SOFIE])
def test_what_became_of_the_row_is_what_link_says_whoever_is_asked_about(row, person):
    outcome = link(town(), ROWS, weights()).row(row - 1, named=True)
    made = told(row, person)
    assert (made.band, made.linked_id) == (outcome["band"], outcome["register_id"])
    assert made.guard == GUARDS.get(outcome["wacht"], "")


def test_by_a_key_in_doubt_the_row_is_linked_automatically_at_most():
    assert (told(4, JAN).band, told(4, KARIM).linked_id) == ("automatisch", JAN)


def test_the_best_is_told_also_where_nobody_is_linked():
    """At the next door, with the same name: 8 + 7 - 10 = 5 bits; against Karim it is -8 + 7 - 10."""
    made = told(6, KARIM)
    assert (made.best_id, made.rival, made.total) == (JAN, 5000, -11_000)
    made = told(5, JAN)
    assert (made.band, made.linked_id, made.best_id, made.rival) == ("geen", None, JAN, None)


def test_a_row_or_person_that_is_not_there():
    for row, person, name in ((99, JAN, "row"), (1, 99, "register person")):
        with pytest.raises(TijdigError, match=f"no such {name}"):
            told(row, person)


def bars(svg):
    return [
        (float(r.get("x").rstrip("%")), float(r.get("width").rstrip("%")))
        for r in svg.iter(f"{SVG}rect")
        if r.get("rx")
    ]


def test_each_step_of_the_waterfall_begins_where_the_last_one_ended():
    svg = ET.fromstring(str(waterfall(told(1, JAN))))
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "Gewicht per vergelijking, in bits"
    assert svg.findtext(f"{SVG}desc").endswith("geboortedatum: gelijk +12,0; samen +13,0")
    start, surname, first, born, total = bars(svg)
    assert surname[0] == pytest.approx(start[0]), "the first goes left from nothing, the second right again"
    assert first[0] == pytest.approx(surname[0] + surname[1], abs=0.02)
    assert born[0] == pytest.approx(first[0] + first[1], abs=0.02)
    assert total[0] == pytest.approx(start[0] + start[1], abs=0.02), "the sum begins at nothing"
    assert total[0] + total[1] == pytest.approx(born[0] + born[1], abs=0.02)


def test_words_and_bars_do_not_meet():
    svg = ET.fromstring(str(waterfall(told(1, JAN))))
    assert all(x >= 44 and x + width <= 88.01 for x, width in bars(svg))
    heights = [float(text.get("y")) for text in svg.iter(f"{SVG}text") if text.get("text-anchor") is None]
    assert all(after - before >= 20 for before, after in itertools.pairwise(heights))


def test_a_label_is_text_and_never_markup():
    svg = ET.fromstring(str(chart([("<script>", 1000)], "a & b")))
    assert svg.findtext(f"{SVG}title") == "a & b"
    assert not list(svg.iter("script"))


def test_bits_are_written_as_dutch_people_do():
    assert [bits(n) for n in (3500, -3540, 0, 12_000)] == ["+3,5", "-3,5", "+0,0", "+12,0"]


@pytest.mark.parametrize("made", [weights(), Weights.load()])
def test_the_chart_of_the_weights_has_a_bar_for_each_level_on_its_side_of_the_line(made):
    svg = ET.fromstring(str(weights_chart(made)))
    (line,) = svg.iter(f"{SVG}line")
    zero = float(line.get("x1"))
    levels = [level for c in COMPARISONS for level in made.vergelijkingen[c.name]]
    drawn = bars(svg)
    assert len(drawn) == len(levels)
    longest = max(levels, key=lambda level: abs(level.gewicht))
    for level, (x, width) in zip(levels, drawn, strict=True):
        assert (x + width if level.gewicht < 0 else x) == pytest.approx(zero, abs=0.2)
        share = abs(level.gewicht / longest.gewicht)
        assert width == pytest.approx(share * drawn[levels.index(longest)][1], abs=0.2)
        assert x >= 239.9
        assert x + width <= 670.1
    assert svg.findtext(f"{SVG}title").startswith("Gewicht per vergelijking en niveau")
    assert "geslacht: anders -6" in svg.findtext(f"{SVG}desc")
    heights = sorted(float(t.get("y")) for t in svg.iter(f"{SVG}text") if t.get("text-anchor") is None)
    assert all(after - before >= 20 for before, after in itertools.pairwise(heights))
    assert heights[-1] < float(svg.get("height"))
