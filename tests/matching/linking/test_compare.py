"""The level of each comparison, by hand."""

import polars as pl
import pytest

from matching.linking import compare, standardise
from matching.linking.levels import COMPARISONS, NAMES
from tests.linking import JAN, records, town


def levels(mine, theirs):
    """Comparison -> the name of its level, for one pair."""
    pairs = pl.DataFrame({"id": [1], "register_id": [1]}, schema={"id": pl.Int64, "register_id": pl.Int64})
    row = compare(standardise(records(theirs)), standardise(records(mine)), pairs).row(0, named=True)
    return {c.name: None if row[c.name] is None else c.levels[row[c.name]] for c in COMPARISONS}


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [
        ("Jansen", "Jansen", "gelijk"),
        ("v.d. Bergh", "Vandenbergh", "gelijk"),
        ("Jansen-de Vries", "de Vries-Jansen", "beide gelijk"),  # V against N
        ("de Vries", "Jansen-de Vries", "gelijk"),  # P against N
        ("Jansen", "Jansen-de Vries", "gelijk"),  # E against N
        ("Jansen", "Janssen", "bijna"),  # 0.97 by Jaro-Winkler
        ("Jansen", "Jaspers", "anders"),
        ("Jansen", "Bergh", "anders"),
        ("Jansen", None, None),
        (None, None, None),
        ("x" * 200, "x" * 199 + "y", "bijna"),
    ],
)
def test_surname(mine, theirs, level):
    assert levels({"geslachtsnaam": mine}, {"geslachtsnaam": theirs})["geslachtsnaam"] == level


def test_a_surname_in_the_place_of_the_first_name_is_said_once():
    made = levels({"voornamen": "Haddad", "geslachtsnaam": "Karim"}, {"voornamen": "Karim", "geslachtsnaam": "Haddad"})
    assert (made["geslachtsnaam"], made["voornaam"]) == ("voornaam", None)


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [
        ("Theodora", "Theodora", "gelijk"),
        ("Zoë", "Zoe", "gelijk"),
        ("Theodora", "Theodorra", "bijna"),
        ("Theodora", "Th.", "zelfde letter"),
        ("Th.", "T.", "zelfde letter"),
        ("Theodora", "Truus", "andere naam"),
        ("Theodora", "Emma", "andere letter"),
        ("Theodora", "E.", "andere letter"),
        ("Theodora", None, None),
    ],
)
def test_first_name(mine, theirs, level):
    assert levels({"voornamen": mine}, {"voornamen": theirs})["voornaam"] == level


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [("J.P.", "JP", "gelijk"), ("J.P.M.", "J.P.", "deel"), ("J.P.", "J.K.", "anders"), ("J.", "J.P.", None)],
)
def test_initials_behind_the_first(mine, theirs, level):
    assert levels({"voorletters": mine}, {"voorletters": theirs})["voorletters"] == level


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [
        ("19800301", "19800301", "gelijk"),
        ("19800103", "19800301", "gewisseld"),  # day and month exchanged
        ("19800302", "19800301", "twee delen"),
        ("19810301", "19800301", "twee delen"),
        ("19800402", "19800301", "jaar"),
        ("19810402", "19800301", "anders"),
        ("19800000", "19800301", "jaar, rest onbekend"),
        ("19800300", "19800301", "jaar en maand, dag onbekend"),
        ("19800400", "19800301", "jaar"),
        ("19810000", "19800301", "anders"),
        ("00000000", "19800301", None),
        (None, "19800301", None),
    ],
)
def test_birth_date(mine, theirs, level):
    assert levels({"geboortedatum": mine}, {"geboortedatum": theirs})["geboortedatum"] == level
    assert levels({"geboortedatum": theirs}, {"geboortedatum": mine})["geboortedatum"] == level


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [
        (("1234AB", "35 III"), ("1234ab", "35-3"), "gelijk"),
        (("1234AB", "103 c"), ("1234 AB", "103C"), "gelijk"),
        (("1234AB", "9"), ("1234AB", "9"), "gelijk"),
        (("1234AB", "9-2"), ("1234AB", "9"), "nummer"),
        (("1234AB", "9-2"), ("1234AB", "11"), "postcode"),
        (("1234AB", None), ("1234AB", "11"), "postcode"),
        (("1234", "9"), ("1234AB", "9"), "wijk"),
        (("1234CD", "9"), ("1234AB", "9"), "wijk"),
        (("9999CD", "9"), ("1234AB", "9"), "anders"),
        ((None, "9"), ("1234AB", "9"), None),
    ],
)
def test_address(mine, theirs, level):
    sides = [dict(zip(("postcode", "huisnummer"), side, strict=True)) for side in (mine, theirs)]
    assert levels(*sides)["adres"] == level


@pytest.mark.parametrize(("mine", "theirs", "level"), [("M", "man", "gelijk"), ("M", "V", "anders"), ("O", "V", None)])
def test_sex(mine, theirs, level):
    assert levels({"geslachtsaanduiding": mine}, {"geslachtsaanduiding": theirs})["geslacht"] == level


def test_what_is_missing_says_nothing_at_all():
    assert set(levels({}, {}).values()) == {None}
    assert set(levels({"naam": None}, town().drop("id").row(JAN - 1, named=True)).values()) == {None}


def test_the_count_is_of_register_persons_with_the_value_agreed_on():
    """Of the town's ten: three are called Jansen, two Willem, two were born on that day, two live at that address."""
    row = {"naam": "Jansen", "voornaam": None, "voornamen": "Willem", "geboortedatum": "15-05-2000",
           "postcode": "1011AA", "huisnummer": "1"}  # fmt: skip
    known, asked = standardise(town()), standardise(records(row))
    pairs = pl.DataFrame({"id": [1] * 10, "register_id": list(range(1, 11))})
    made = compare(known, asked, pairs)
    named = made.filter(pl.col("geslachtsnaam") == 4)
    assert named["geslachtsnaam_aantal"].to_list() == [3, 3, 3]
    assert made.filter(pl.col("voornaam") == 4)["voornaam_aantal"].to_list() == [2, 2]
    assert made.filter(pl.col("geboortedatum") == 6)["geboortedatum_aantal"].to_list() == [2, 2]
    assert made.filter(pl.col("adres") == 4)["adres_aantal"].to_list() == [2, 2]
    assert made.filter(pl.col("geslachtsnaam") == 0)["geslachtsnaam_aantal"].unique().to_list() == [0]


def test_no_pairs_give_no_levels_with_the_same_columns():
    some = pl.DataFrame({"id": [1], "register_id": [1]}, schema={"id": pl.Int64, "register_id": pl.Int64})
    known, asked = standardise(town()), standardise(records({"naam": "Jansen"}))
    assert compare(known, asked, some.clear()).schema == compare(known, asked, some).schema
    assert set(NAMES) < set(compare(known, asked, some).columns)
