"""Postal addresses as NotifyNL takes them: own examples, and its published cases where they lie beside the project."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.postal import as_postal_lines, is_postal, place_of, read_postcode

PUBLISHED = Path(__file__).parents[2].parent / "shared/data/adressering/notifynl-postadres.json"


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("Bureau Zorg\nPostbus 9\n1234ab Voorbeeldstad", ("Bureau Zorg", "Postbus 9", "1234 AB  VOORBEELDSTAD")),
        (
            "Bureau Zorg\n\n Dam  1 \n1234 AB\n's-Voorbeeld\nNEDERLAND",
            ("Bureau Zorg", "Dam 1", "1234 AB  'S-VOORBEELD"),
        ),
        ("Dam 1\nVoorbeeldstad, 1234ab", ("Dam 1", "1234 AB  VOORBEELDSTAD")),
        ("Rue 1\n1000 Bruxelles", ("Rue 1", "1000 Bruxelles")),
        ("Dam 1\n0123 AB Voorbeeldstad", ("Dam 1", "0123 AB Voorbeeldstad")),
        ("", ()),
        ("Nederland", ()),
    ],
)
def test_lines_as_they_are_posted(written, lines):
    assert as_postal_lines(written.split("\n")) == lines


GOOD = ("Bureau Zorg", "Postbus 9", "1234 AB  VOORBEELDSTAD")


@pytest.mark.parametrize(
    "lines",
    [
        GOOD[1:],
        (*["Bureau Zorg"] * 6, GOOD[-1]),
        (*GOOD[:2], "1234 AB VOORBEELDSTAD"),
        (*GOOD[:2], "0234 AB  VOORBEELDSTAD"),
        (*GOOD[:2], "1234 AB  "),
        (*GOOD, "Bijlage"),
        ("", *GOOD[1:]),
        *((f"{sign}Bureau", *GOOD[1:]) for sign in '@()=[]"\\/,<>~'),
    ],
)
def test_what_can_not_be_posted(lines):
    assert not is_postal(lines)


@pytest.mark.parametrize("lines", [GOOD, (*["Bureau Zorg"] * 5, GOOD[-1]), ("'t Bureau", *GOOD[1:])])
def test_three_to_six_lines_are_right(lines):
    assert is_postal(lines)


def test_a_postcode_is_four_digits_and_two_letters():
    assert read_postcode("1234ab") == "1234 AB"
    assert [read_postcode(text) for text in ("1234", "0123AB", "12345AB", "1234 ABC", "١٢٣٤AB", "")] == [None] * 6


@given(st.lists(st.text(max_size=40), max_size=8))
def test_whatever_was_written_comes_out_in_lines_without_a_break(written):
    lines = as_postal_lines(written)
    assert as_postal_lines(lines) == lines or place_of(written) is None
    assert all(line == line.strip() and "\n" not in line for line in lines)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published cases do not lie beside the project")
def test_the_published_cases():
    told = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    for case in told["gevallen"]:
        written = case["in"].split("\n")
        lines, place = as_postal_lines(written), place_of(written)
        assert list(lines) == case.get("uit", list(lines))
        assert is_postal(lines) is case.get("geldig", is_postal(lines))
        assert (place and place.postcode) == case.get("postcode", place and place.postcode)
        assert (place and place.plaats) == case.get("plaats", place and place.plaats)
    assert not any(is_postal((f"{sign}x", *GOOD[1:])) for sign in told["regels"]["verboden_begin"])
    assert [is_postal((*["x"] * (n - 1), GOOD[-1])) for n in range(1, 9)] == [
        told["regels"]["min_regels"] <= n <= told["regels"]["max_regels"] for n in range(1, 9)
    ]
