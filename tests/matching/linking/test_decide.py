"""Bands, margin and guards on pairs made by hand: automatic from 6 bits, a question from -2, a lead of 3."""

import polars as pl
import pytest

from matching.linking import decide
from matching.linking.decide import GUARDS, one_to_one
from matching.linking.levels import COMPARISONS, NAMES
from tests.linking import weights

AGREED = {c.name: len(c.levels) - 1 for c in COMPARISONS}


def pair(row, person, bits, **levels):
    """A pair of this weight, that agrees on everything but ``levels``."""
    known = {"id": row, "register_id": person, "gewicht": round(1000 * bits), "ronde": "adres"}
    return known | AGREED | levels


def decided(*pairs):
    types = {"id": pl.Int64, "register_id": pl.Int64, "gewicht": pl.Int64, "ronde": pl.String}
    frame = pl.DataFrame(list(pairs), schema=types | dict.fromkeys(NAMES, pl.Int8))
    return decide(frame, weights())


def only(*pairs):
    (row,) = decided(*pairs).to_dicts()
    return row


@pytest.mark.parametrize(
    ("bits", "band", "person", "chance"),
    [
        (6, "automatisch", 7, 0.99),
        (5.999, "controleren", 7, 0.25),
        (-2, "controleren", 7, 0.25),
        (-2.001, "geen", None, None),
    ],
)
def test_the_weight_decides_the_band(bits, band, person, chance):
    made = only(pair(1, 7, bits))
    assert (made["band"], made["register_id"], made["kans"], made["wacht"]) == (band, person, chance, None)


def test_the_best_candidate_needs_a_lead_of_three_bits():
    for behind, band, guard in ((3, "automatisch", None), (2.999, "controleren", "marge"), (0, "controleren", "marge")):
        made = only(pair(1, 7, 20), pair(1, 8, 20 - behind), pair(1, 9, 1))
        assert (made["band"], made["wacht"], made["register_id"]) == (band, guard, 7)
        assert (made["tweede_id"], made["tweede_gewicht"], made["marge"]) == (8, 20_000 - 1000 * behind, 1000 * behind)


def test_of_a_tie_the_lowest_number_is_shown_and_never_linked():
    for pairs in ([pair(1, 7, 20), pair(1, 8, 20)], [pair(1, 8, 20), pair(1, 7, 20)]):
        made = only(*pairs)
        assert (made["band"], made["register_id"], made["tweede_id"], made["marge"]) == ("controleren", 7, 8, 0)


@pytest.mark.parametrize(
    ("levels", "guard"),
    [
        ({"voornaam": 0}, "voornaam"),  # another letter
        ({"voornaam": 1}, "voornaam"),  # another name with the same letter
        ({"voornaam": 2}, None),  # only the letter is known
        ({"voorletters": 0}, "voorletters"),
        ({"voorletters": 1}, None),
        ({"geboortedatum": 0, "bsn": None}, "geboortedatum"),
        ({"geboortedatum": 1}, "geboortedatum"),  # the same year beside the same number is no slip
        ({"geboortedatum": 2, "bsn": None}, "geboortedatum"),
        ({"geboortedatum": 2, "bsn": 0}, "geboortedatum"),
        ({"geboortedatum": 2, "bsn": 1}, None),  # one part wrong beside the same number is a slip
        ({"geboortedatum": 3}, None),  # day and month exchanged
        ({"geboortedatum": 4}, None),  # the rest is not known
        ({"geslacht": 0}, "geslacht"),
        ({"adres": 0}, None),  # people move
        ({"geslachtsnaam": 0}, None),  # people marry
        ({"voornaam": None, "geboortedatum": None}, "weinig"),
        ({"voornaam": None, "geslachtsnaam": None}, "weinig"),
        ({"voornaam": None}, None),
        ({"geboortedatum": None}, None),
        ({"voornaam": 0, "geboortedatum": 0, "geslacht": 0}, "voornaam"),  # the first that speaks
    ],
)
def test_a_guard_makes_a_question_of_a_heavy_pair(levels, guard):
    made = only(pair(1, 7, 30, **levels))
    assert (made["band"], made["wacht"]) == ("automatisch" if guard is None else "controleren", guard)
    assert guard is None or guard in GUARDS


def test_a_light_pair_has_no_guard():
    assert only(pair(1, 7, 1, voornaam=0))["wacht"] is None


def test_rows_are_decided_each_on_their_own_in_order():
    made = decided(pair(2, 7, 20), pair(1, 7, 20), pair(3, 9, -50))
    assert made.select("id", "band", "register_id").rows() == [
        (1, "automatisch", 7), (2, "automatisch", 7), (3, "geen", None),
    ]  # fmt: skip


def test_no_pairs_give_no_decisions():
    assert decided().is_empty()


def claimed(*pairs, certain=()):
    keyed = pl.DataFrame({"register_id": list(certain)}, schema={"register_id": pl.Int64})
    made = one_to_one(decided(*pairs), keyed, 3000)
    return made.select("id", "band", "wacht").rows()


def test_a_person_goes_to_the_row_that_leads_and_the_other_becomes_a_question():
    assert claimed(pair(1, 7, 10), pair(2, 7, 13)) == [(1, "controleren", "bezet"), (2, "automatisch", None)]


def test_where_no_row_leads_nobody_has_the_person():
    assert claimed(pair(1, 7, 10), pair(2, 7, 12.9)) == [(1, "controleren", "bezet"), (2, "controleren", "bezet")]
    assert claimed(pair(1, 7, 10), pair(2, 7, 10)) == [(1, "controleren", "bezet"), (2, "controleren", "bezet")]


def test_a_person_with_a_row_by_key_is_taken():
    assert claimed(pair(1, 7, 30), pair(2, 8, 30), certain=[7]) == [
        (1, "controleren", "bezet"),
        (2, "automatisch", None),
    ]


def test_one_row_alone_and_rows_that_are_questions_claim_nothing():
    rows = claimed(pair(1, 7, 10), pair(2, 7, 9, voornaam=0), pair(3, 7, 0))
    assert rows == [(1, "automatisch", None), (2, "controleren", "voornaam"), (3, "controleren", None)]
