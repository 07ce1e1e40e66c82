"""The processing record and the DPIA sheet are what contracts, policy, settings and tests say."""

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.retention import Soort, retention_versions
from contracts.tables import FORBIDDEN, TABLES, Bron
from contracts.verwerkingen import Activiteit, verwerkingen
from flows.cli import app
from flows.settings import Settings
from flows.verwerkingsregister import KEPT, RECORD, SHEET, policy_of, record, risks, sheet

ROOT = Path(__file__).parents[2]
OURS = Settings.model_validate({
    "logboek": {"register_adres": "https://gemeente.example/register", "otlp": "https://logboek.example"},
    "verantwoording": {"dpia": "Z-2026-0123", "impacttoets": "Z-2026-0124"},
    "algoritmeregister": {"organisatie": "Gemeente Anders", "contact": "vragen@gemeente.example"},
    "verwachte_bronnen": ["uitkeringsgegevens", "brp", "duo"], "duo_hoogstens_dagen_oud": 41,
})  # fmt: skip


@pytest.mark.parametrize(("page", "made"), [(RECORD, record), (SHEET, sheet)])
def test_the_pages_in_the_repository_are_these(page, made):
    assert (ROOT / page).read_text(encoding="utf-8") == made(), "run make docs"


def test_every_processing_is_there_with_its_purpose_ground_and_number():
    text = record()
    for one in verwerkingen().values():
        assert f"`https://voorbeeldstad.example/verwerkingen/{one.activiteit}/{one.nu.versie}`" in text
        for said in (
            one.nu.naam,
            one.nu.doel,
            one.nu.grond,
            *one.nu.artikelen,
            *one.nu.betrokkenen,
            *one.nu.ontvangers,
        ):
            assert said in text


def test_every_column_that_is_read_is_there_and_every_word_that_is_refused():
    text = record()
    for table in TABLES.values():
        (line,) = re.findall(rf"^\| {table.name} \| (.*) \|$", text, flags=re.MULTILINE)
        assert line == ", ".join(f"`{column}`" for column in table.delivered)
    for word in FORBIDDEN:
        assert f"`{word}`" in text
        assert not [column for table in TABLES.values() for column in table.delivered if word in column]


def test_every_term_of_the_policy_is_there_and_belongs_to_a_processing():
    text, terms = record(), retention_versions()[-1]
    for one in terms.termijnen:
        assert f"| {one.soort} | {' '.join(one.wat.split())} | {one.in_words} |" in text
    assert set(KEPT) == set(Activiteit)
    assert {soort for kinds in KEPT.values() for soort in kinds} == set(Soort)


def test_the_terms_are_those_of_the_day():
    known = retention_versions()
    assert policy_of(None) == known[-1]
    assert policy_of(date(1990, 1, 1)) == known[0]
    assert policy_of(known[-1].geldig_vanaf) == known[-1]


@pytest.mark.parametrize("by", sorted({by for one in risks() for done in one.maatregelen for by in done.door}))
def test_what_holds_a_measure_is_there(by):
    path, _, name = by.partition("::")
    assert (ROOT / path).is_file()
    assert path.startswith("tests/") == bool(name)
    if name:
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_measure_stands_on_both_pages_and_every_risk_on_the_sheet():
    text, dpia = record(), sheet()
    for one in risks():
        assert f"### {one.risico}" in dpia
        assert one.rest in dpia
        for done in one.maatregelen:
            assert done.wat in text
            assert f"- {done.wat} Vastgehouden door" in dpia


def test_they_are_made_with_the_settings_of_the_dienst():
    text, dpia = record(OURS), sheet(OURS)
    for page in (text, dpia):
        assert "Gemeente Anders" in page
        assert "Z-2026-0123" in page
        assert "nog niet ingevuld" not in page
    assert "`https://gemeente.example/register/contact/1`" in text
    assert "wordt verwacht, hoogstens 41 dagen oud" in text
    assert "Logboek ook elders: ja" in dpia


def test_the_sheet_says_what_is_left_to_do():
    assert "`[verantwoording] dpia`" in sheet()
    assert "`[verantwoording] dpia`" not in sheet(OURS)
    waits = [one.nu.naam for one in verwerkingen().values() if one.nu.grond_status != "gezien"]
    assert waits
    assert all(f"laten bevestigen van: {naam}." in sheet() for naam in waits)


@pytest.mark.parametrize("words", ["verwerkingen", "dpia"])
def test_on_the_command_line(tmp_path, words):
    (tmp_path / "tijdig.toml").write_text('[algoritmeregister]\norganisatie = "Gemeente Anders"\n')
    shown = CliRunner().invoke(app, ["register", words, "--map", str(tmp_path)], catch_exceptions=False)
    path = tmp_path / "blad.md"
    done = CliRunner().invoke(app, ["register", words, "--naar", str(path), "--map", str(tmp_path)])
    assert done.exit_code == 0
    assert path.read_text(encoding="utf-8") == shown.output
    assert "Gemeente Anders" in shown.output


def test_each_source_is_there():
    assert all(f"### {naam}" in record() for naam in ("Uitkeringsgegevens", "Inlichtingenbureau (IB)"))
    assert len(Bron) == record().count("Ritme: ")
