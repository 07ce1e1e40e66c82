"""What ``export`` writes: every contract, and deliveries a supplier can copy."""

import csv
import hashlib
import json

import pytest

from contracts.delivery import read_manifest
from contracts.examples import examples
from contracts.publish import PEILDATUM, export
from contracts.tables import TABLES, Bron, tables_of
from matching.intake.check import CheckResult, check_path

BRONNEN = pytest.mark.parametrize("bron", Bron)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("contracten") / "nieuw" / "hier"
    export(path)
    return path


def everything(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_table_has_both_standards_and_every_source_a_delivery(folder):
    standards = {f"{name}{suffix}" for name in TABLES for suffix in (".odcs.yaml", ".schema.json")}
    csvs = {f"voorbeelden/{table.bron}/{table.name}.csv" for table in TABLES.values()}
    assert set(everything(folder)) == standards | csvs | {f"voorbeelden/{bron}/levering.json" for bron in Bron}


def test_the_same_is_written_each_time_and_told(folder, tmp_path):
    told = [export(tmp_path), export(tmp_path)]
    assert told[0] == told[1]
    assert {path.relative_to(tmp_path).as_posix() for path in told[0]} == set(everything(tmp_path))
    assert everything(tmp_path) == everything(folder)


def test_another_file_in_the_folder_is_left_alone(tmp_path):
    (tmp_path / "aantekening.txt").write_text("van mij", encoding="utf-8")
    export(tmp_path)
    assert (tmp_path / "aantekening.txt").read_text(encoding="utf-8") == "van mij"


@BRONNEN
def test_an_example_delivery_is_what_its_manifest_says(folder, bron):
    delivery = read_manifest(folder / "voorbeelden" / bron)
    assert delivery.manifest.bron is bron
    for file in delivery.manifest.bestanden:
        content = delivery.path(file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        with delivery.path(file).open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream, delimiter=";")
        assert tuple(header) == TABLES[file.tabel].delivered
        assert [dict(zip(header, (value or None for value in row), strict=True)) for row in rows] == examples(
            TABLES[file.tabel]
        )
        assert file.rijen == len(rows)


@BRONNEN
def test_an_example_delivery_passes_tijdig_check_without_a_remark(folder, bron):
    results = check_path(folder / "voorbeelden" / bron, peildatum=PEILDATUM)
    assert results == [
        CheckResult(tabel=table.name, bestand=f"{table.name}.csv", rijen=len(examples(table)))
        for table in tables_of(bron)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_schema_is_written_as_people_read_it(folder, name):
    text = (folder / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(text)["title"] == name
    assert "\\u" not in text
