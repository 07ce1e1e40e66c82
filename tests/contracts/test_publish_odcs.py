"""The Open Data Contract Standard: valid by the standard's own schema, and saying what the contract says."""

import json
from importlib import resources

import pytest
import yaml
from jsonschema import Draft201909Validator
from open_data_contract_standard.model import OpenDataContractStandard

from contracts.codelists import code_lists
from contracts.law import LAWS
from contracts.publish_odcs import API_VERSION, odcs
from contracts.tables import FORBIDDEN, GROUND, TABLES

ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
#: The standard's schema as the library ships it.
STANDARD = json.loads(
    resources.files("open_data_contract_standard").joinpath("schema.json").read_text(encoding="utf-8")
)


def document(table) -> dict:
    """The contract as a reader of the file finds it."""
    return yaml.safe_load(odcs(table).to_yaml())


def faults(found: dict) -> list[str]:
    return [error.message for error in Draft201909Validator(STANDARD).iter_errors(found)]


def custom(part: dict) -> dict:
    return {line["property"]: line["value"] for line in part["customProperties"]}


def columns(table) -> dict[str, dict]:
    (schema,) = document(table)["schema"]
    return {column["name"]: column for column in schema["properties"]}


def test_the_schema_at_hand_is_that_of_the_version_we_say():
    assert STANDARD["properties"]["apiVersion"]["default"] == API_VERSION


@ALL
def test_a_contract_is_valid_by_the_standard(table):
    assert faults(document(table)) == []


def test_a_contract_that_is_not_is_found_out():
    found = document(TABLES["melding"])
    found["schema"][0]["properties"][0]["logicalType"] = "datum8"
    assert faults(found)


@ALL
def test_the_file_reads_back_as_what_was_written(table):
    assert OpenDataContractStandard.from_string(odcs(table).to_yaml()) == odcs(table)


@ALL
def test_every_column_is_there_with_meaning_duty_and_key(table):
    found = columns(table)
    assert list(found) == list(table.delivered)
    for name, column in found.items():
        assert column["description"].startswith(table.meaning(name))
        assert column["required"] is table.facts(name).required
    assert [name for name, column in found.items() if column.get("primaryKey")] == [c for c in found if c in table.key]


@ALL
def test_what_a_row_belongs_to_is_a_reference_that_leads_somewhere(table):
    found = [link["to"] for column in columns(table).values() for link in column.get("relationships", [])]
    assert len(found) == (table.belongs_to is not None)
    for target in found:
        file, path = target.split("#")
        _, schema, _, column = path.strip("/").split("/")
        other = TABLES[file.removesuffix(".odcs.yaml")]
        assert schema == document(other)["schema"][0]["id"]
        assert columns(other)[column]["id"] == column


@ALL
def test_a_closed_list_is_an_enumeration_and_an_open_one_is_told_beside_it(table):
    for name, column in columns(table).items():
        codes = code_lists().get(table.facts(name).codelijst)
        given = {value["value"]: value["label"] for value in column.get("enum", [])}
        assert given == (codes.codes if codes and codes.gesloten else {})
        if codes:
            assert custom(column)["codelijst"]["codes"] == codes.codes


@ALL
def test_purpose_ground_and_what_is_never_read_are_told(table):
    found = document(table)
    assert table.ground in found["description"]["purpose"]
    assert table.doel in found["description"]["purpose"]
    assert custom(found)["verbodenKolommen"] == list(FORBIDDEN)
    assert all(word in found["description"]["limitations"] for word in FORBIDDEN)


@pytest.mark.parametrize(("bron", "ground"), GROUND.items())
def test_every_ground_links_to_its_laws(bron, ground):
    laws = {next(short for short in LAWS if part.strip().startswith(f"{short} ")) for part in ground.split(";")}
    table = next(table for table in TABLES.values() if table.bron is bron)
    links = {link["url"] for link in document(table)["description"]["authoritativeDefinitions"]}
    assert links == {f"https://wetten.overheid.nl/{LAWS[short][1]}" for short in laws}


def test_a_bsn_has_its_elfproef_and_a_soft_column_only_warns():
    checks = {
        check["name"]: check["severity"]
        for c in columns(TABLES["brp_persoon"]).values()
        for check in c.get("quality", [])
    }
    assert checks["burgerservicenummer:elfproef"] == "warning"
    assert checks["anummer:verplicht"] == "error"
    assert checks["vp_datum_einde_onderzoek:geen_datum"] == "error"


def test_a_key_that_nobody_delivers_is_told_by_its_parts():
    table = TABLES["inkomsten_uwv"]
    parts = [
        "burgerservicenummer",
        "loonheffingennummer",
        "volgnummer_ikv",
        "datum_aanvang_periode",
        "datum_aanvang_opgave",
    ]
    assert custom(document(table))["berekendBijInname"] == {"inkomsten_sleutel": parts}
    unique = next(check for check in document(table)["schema"][0]["quality"] if check["name"] == "sleutel:dubbel")
    assert unique["arguments"] == {"properties": parts}


def test_where_a_newer_row_replaces_another_a_double_key_is_no_fault():
    quality = document(TABLES["ib_samenloopsignaal"])["schema"][0]["quality"]
    unique = next(check for check in quality if check["name"] == "sleutel:dubbel")
    assert "metric" not in unique
    assert "hoogste leveringsdatum, dan is_correctie" in unique["description"]


@pytest.mark.parametrize(
    ("table", "unit"),
    [("uitkering", "day"), ("brp_persoon", "day"), ("ib_samenloopsignaal", "month"), ("duo_inschrijving", "month")],
)
def test_the_rhythm_of_delivery_is_told(table, unit):
    (rhythm,) = document(TABLES[table])["slaProperties"]
    assert (rhythm["property"], rhythm["value"], rhythm["unit"]) == ("frequency", 1, unit)
