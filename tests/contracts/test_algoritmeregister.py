"""The record for the Algoritmeregister is held against its standard: each field, its length, its form and its choices."""

import csv
from pathlib import Path

import pytest

from contracts.algoritmeregister import fouten, velden

GOOD = {
    "name": "Tijdig", "description_short": "Wat het doet.", "organization": "Gemeente Voorbeeldstad",
    "category": ["Sociale zekerheid"], "status": "In gebruik", "begin_date": "2027-01",
    "contact_email": "vragen@voorbeeldstad.example", "publication_category": "Impactvolle algoritmes",
    "lawful_basis_grouping": [{"title": "Participatiewet", "link": "https://wetten.overheid.nl/BWBR0015703"}],
    "lang": "nld", "standard_version": "1.0",
}  # fmt: skip
#: The standard as published, where it is at hand.
PUBLISHED = Path(__file__).parents[3] / "shared" / "domain" / "tables" / "algoritmeregister_velden_v1_0.csv"
GIVEN_BY_THE_REGISTER = {"lars", "publication_dt"}
MUST = {"name", "description_short", "organization", "status", "contact_email", "publication_category", "lang"}
LENGTHS = {
    "name": 100, "description_short": 400, "organization": 100, "begin_date": 7, "end_date": 7, "contact_email": 500,
    "website": 500, "url": 500, "goal": 2500, "proportionality": 2500, "human_intervention": 2500, "risks": 2500,
    "lawful_basis": 2500, "process_index_url": 500, "impacttoetsen": 2500, "source_data": 2500,
    "methods_and_models": 5000, "provider": 200, "publiccode": 500, "source_id": 100, "tags": 2500,
}  # fmt: skip


def wrong(**more):
    return [(one.veld, one.waarom) for one in fouten({**GOOD, **more})]


def test_what_fits_fits():
    assert wrong() == []


def test_the_fields_are_those_of_the_standard():
    assert {name for name, veld in velden().items() if veld.verplicht} == MUST
    assert {name: veld.hoogstens for name, veld in velden().items() if veld.hoogstens} == LENGTHS
    assert len(velden()) == 29


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the standard is not at hand")
def test_each_field_is_as_published():
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = {row["veld"]: row for row in csv.DictReader(file)}
    assert set(velden()) == set(rows) - GIVEN_BY_THE_REGISTER
    for name, veld in velden().items():
        row = rows[name]
        assert veld.titel == row["titel"]
        assert veld.verplicht is (row["verplicht"].lower() == "true")
        assert (str(veld.hoogstens) if veld.hoogstens else "") == row["max"]
        assert " | ".join(veld.waarden) == row["waarden"]
        assert (row["type"] == "array") is (veld.soort in ("keuzes", "verwijzingen"))
        if "B1" in row["instructie"]:
            assert veld.b1


@pytest.mark.parametrize("field", sorted(MUST))
def test_what_must_be_there_is_asked_for(field):
    without = {name: value for name, value in GOOD.items() if name != field}
    assert next((one.veld, one.waarom) for one in fouten(without)) == (field, "ontbreekt, en is verplicht")


@pytest.mark.parametrize("field", sorted(LENGTHS))
def test_a_text_may_be_so_long_and_not_longer(field):
    length = LENGTHS[field]
    said = [why for name, why in wrong(**{field: "a" * (length + 1)}) if name == field]
    assert f"is {length + 1} tekens lang; {length} mag" in said
    assert not [why for name, why in wrong(**{field: "a" * length}) if name == field and "tekens lang" in why]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "in gebruik"), ("category", ["Uitkeringen"]), ("category", "Werk"), ("publication_category", "B"),
        ("lang", "nl"), ("standard_version", "1.1"), ("begin_date", "2027-13"), ("begin_date", "1-2027"),
        ("begin_date", "2027-1"), ("contact_email", "vragen"), ("contact_email", "http://voorbeeldstad.example"),
        ("contact_email", "a@b"), ("website", "voorbeeldstad.example"), ("website", "https://"),
        ("website", "https://voorbeeld stad.example"), ("url", "http://voorbeeldstad.example"), ("url", "https://[1"),
        ("name", "  "), ("name", ["Tijdig"]), ("onbekend", "veld"),
        ("lawful_basis_grouping", [{"link": "https://wetten.overheid.nl"}]),
        ("lawful_basis_grouping", [{"title": "Pw", "link": "wetten.overheid.nl"}]),
        ("lawful_basis_grouping", [{"title": "Pw", "url": "https://wetten.overheid.nl"}]),
        ("source_data_grouping", ["BRP"]), ("source_data_grouping", "BRP"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(field, value):
    assert [name for name, _ in wrong(**{field: value})] == [field]


def test_an_end_is_for_what_is_no_longer_used():
    assert [name for name, _ in wrong(end_date="2028-01")] == ["end_date"]
    assert wrong(end_date="2028-01", status="Buiten gebruik") == []


def test_what_is_used_has_a_beginning():
    without = {name: value for name, value in GOOD.items() if name != "begin_date"}
    assert [one.veld for one in fouten(without)] == ["begin_date"]
    assert list(fouten(without | {"status": "In ontwikkeling"})) == []


def test_a_website_is_contact_too():
    assert wrong(contact_email="https://voorbeeldstad.example/vragen") == []
