"""Which pairs are compared: one example a pass, and what too many share."""

from importlib import import_module

import polars as pl
import pytest

from matching.linking import candidates, standardise
from matching.linking.candidates import MOST_PERSONS, PASSES
from store.scratch import scratch
from tests.linking import ANNA, EMMA, FATHER, JAN, KARIM, SOFIE, SON, THEODORA, ZOE, records, town
from tests.world import bsn


def found(*rows, register=None, threads=2):
    known = standardise(town() if register is None else register)
    with scratch(threads=threads) as con:
        return candidates(con, known, standardise(records(*rows)))


@pytest.mark.parametrize(
    ("row", "first_pass", "persons"),
    [
        ({"burgerservicenummer": bsn(JAN)}, "bsn", {JAN}),
        ({"geboortedatum": "01-03-1980", "voorletters": "J."}, "datum+letter", {JAN}),
        ({"geboortedatum": "01-03-1980", "naam": "van den Berg"}, "datum+klank", {JAN}),
        ({"geboortedatum": "04-07-1985", "naam": "de Fries"}, "datum+klank", {ANNA}),  # her partner's name
        ({"geboortedatum": "15-05-2000", "postcode": "3011 BC"}, "datum+postcode", {EMMA, SOFIE}),
        ({"geboortedatum": "1975-12-11", "voorletters": "Th."}, "datum gewisseld+letter", {THEODORA}),
        ({"geboortedatum": "01-03-1980", "naam": "Bergh Jan"}, "datum+letters gewisseld", {JAN}),
        ({"geboortedatum": "1985-07-00", "naam": "A. Jansen"}, "jaar+maand+klank+letter", {ANNA}),
        ({"geboortedatum": "1958-07-04", "naam": "A. Jansen"}, "maand+dag+klank+letter", {ANNA}),
        ({"geboortedatum": "1950", "naam": "W. Jansen"}, "jaar+naam+letter", {FATHER}),
        ({"voornamen": "IJsselmuiden", "geslachtsnaam": "Zoe"}, "namen in enige volgorde", {ZOE}),
        ({"postcode": "1101", "huisnummer": "1", "naam": "W. J."}, "cijfers+huisnummer+letters", {FATHER, SON}),
        ({"postcode": "5611ZZ", "naam": "Janssen"}, "postcode+klank", {ANNA}),
        ({"postcode": "1243AB", "voornamen": "Karim"}, "postcode+voornaam", {KARIM}),
        ({"postcode": "1234AB", "huisnummer": "9"}, "adres", {JAN, KARIM}),
        ({"geboortedatum": "15-05-2000", "huisnummer": "103"}, "datum+huisnummer", {EMMA, SOFIE}),
    ],
)
def test_each_pass_finds_who_shares_its_key(row, first_pass, persons):
    pairs = found(row).pairs
    assert set(pairs["register_id"]) == persons
    assert pairs["ronde"].unique().to_list() == [first_pass]


def test_every_pass_has_an_example_above():
    marks = next(m for m in test_each_pass_finds_who_shares_its_key.pytestmark if m.name == "parametrize")
    assert {first_pass for _, first_pass, _ in marks.args[1]} == set(PASSES.values())


def test_the_waterfall_counts_keys_pairs_and_what_is_new():
    """Row 1 meets Jan by number and by address, Karim by address; row 2 meets Jan by number."""
    made = found(
        {"burgerservicenummer": bsn(JAN), "postcode": "1234AB", "huisnummer": "9"}, {"burgerservicenummer": bsn(JAN)}
    )
    assert made.waterfall.rows() == [("bsn", 1, 0, 2, 2), ("adres", 1, 0, 2, 1)]
    assert made.pairs.rows() == [(1, JAN, "bsn"), (1, KARIM, "adres"), (2, JAN, "bsn")]


def institution(residents):
    return records(*({"naam": f"P. Persoon{n}", "postcode": "1234AB", "huisnummer": "1"} for n in range(residents)))


@pytest.mark.parametrize(("residents", "pairs"), [(250, 250), (MOST_PERSONS, MOST_PERSONS), (MOST_PERSONS + 1, 0)])
def test_an_address_of_too_many_is_no_key(residents, pairs):
    made = found({"postcode": "1234AB", "huisnummer": "1"}, register=institution(residents))
    assert made.pairs.height == pairs
    assert made.waterfall["overgeslagen"].to_list() == [0 if pairs else 1]


def test_a_key_of_too_many_pairs_is_left_out(monkeypatch):
    monkeypatch.setattr(import_module("matching.linking.candidates"), "MOST_PAIRS", 5)
    rows = [{"postcode": "1234AB", "huisnummer": "9"}] * 3  # times Jan and Karim: six pairs
    made = found(*rows)
    assert (made.pairs.height, made.waterfall["overgeslagen"].to_list()) == (0, [1])
    assert found(*rows[:2]).pairs.height == 4


@pytest.mark.parametrize("rows", [[], [{}], [{"naam": None, "geboortedatum": None}], [{"naam": "Nergens"}]])
def test_who_shares_nothing_is_nobodys_candidate(rows):
    made = found(*rows)
    assert made.pairs.is_empty()
    assert made.pairs.schema == {"id": pl.Int64, "register_id": pl.Int64, "ronde": pl.String}
    assert made.waterfall.is_empty()


def test_an_empty_register_has_no_candidates():
    assert found({"geboortedatum": "01-03-1980", "voorletters": "J."}, register=town().clear()).pairs.is_empty()


def test_one_or_two_threads_give_the_same_pairs_in_the_same_order():
    rows = [{"postcode": "1234AB", "huisnummer": "1", "voornamen": "P."}] * 4
    one, two = (found(*rows, register=institution(200), threads=n) for n in (1, 2))
    assert one.pairs.equals(two.pairs)
    assert one.pairs.equals(one.pairs.sort("id", "register_id"))
    assert one.waterfall.equals(two.waterfall)
