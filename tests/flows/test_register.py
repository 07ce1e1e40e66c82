"""``tijdig register export``: a record that fits, whose counts are those of the code, and that everybody can read."""

import csv
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from contracts.algoritmeregister import fouten
from contracts.errors import SettingsError
from flows import algoritmeregister
from flows.algoritmeregister import RecordError, as_markdown, draft, made
from flows.cli import app
from flows.settings import Settings, Workplace
from matching.rule import all_rules
from notifications.language import Allowed, judge, lines_of

DAY = date(2026, 11, 3)
SET = """
[algoritmeregister]
organisatie = "Gemeente Voorbeeldstad"
contact = "vragen@voorbeeldstad.example"
status = "In gebruik"
begin = "2027-01"
[verantwoording]
dpia = "Z-2026-0123"
impacttoets = "https://voorbeeldstad.example/iama"
[logboek]
register_adres = "https://voorbeeldstad.example/register"
"""


@pytest.fixture
def work(tmp_path):
    (tmp_path / "tijdig.toml").write_text(SET)
    return Workplace(tmp_path)


@pytest.fixture
def record(work):
    return made(work.settings, DAY)


def tijdig(*words):
    return CliRunner().invoke(app, ["register", *words])


def test_the_record_fits_the_standard(record):
    assert list(fouten(record)) == []
    assert record["organization"] == "Gemeente Voorbeeldstad"
    assert record["process_index_url"] == "https://voorbeeldstad.example/register"
    assert record["impacttoetsen_grouping"] == [
        {"title": "DPIA (Z-2026-0123)"}, {"title": "Impacttoets", "link": "https://voorbeeldstad.example/iama"},
    ]  # fmt: skip


def test_its_counts_are_those_of_the_code(record):
    rules = all_rules()
    articles = {artikel for rule in rules for artikel in rule.grondslagen}
    assert f"Er zijn {len(rules)} regels" in record["methods_and_models"]
    assert f"{len(articles)} artikelen van {len({one.wet for one in articles})} wetten" in record["methods_and_models"]
    assert record["source_data"].startswith("13 tabellen uit 4 bronnen:")
    assert next(one["title"] for one in record["lawful_basis_grouping"]) == "Participatiewet"
    assert len(record["lawful_basis_grouping"]) == len({one.wet for one in articles})
    for rule in rules:
        assert f"{rule.rule_id} {rule.version}" in record["methods_and_models"]


@pytest.mark.parametrize("field", ["description_short", "goal", "human_intervention"])
def test_what_everybody_reads_passes_the_gate_of_the_letters(record, field):
    assert judge(lines_of(record[field]), Allowed(("Tijdig",))).codes == frozenset()


def test_no_text_is_left_with_a_hole_in_it(record):
    for value in record.values():
        assert "{" not in str(value) or isinstance(value, list)


def test_a_text_that_is_hard_to_read_is_refused(work, monkeypatch):
    hard = "Indien de belanghebbende verwijtbaar nalaat wijzigingen onverwijld door te geven, volgt invordering."
    monkeypatch.setattr(
        algoritmeregister, "_written", lambda: {"name": "x", "description_short": hard, "goal": "Wij kijken."}
    )
    with pytest.raises(RecordError) as error:
        made(work.settings, DAY)
    (one,) = error.value.found
    assert (one.veld, one.waarom.startswith("is te moeilijk")) == ("description_short", True)


def test_all_that_is_not_set_is_said_at_once(tmp_path):
    with pytest.raises(RecordError) as error:
        made(Settings(), DAY)
    assert [one.veld for one in error.value.found] == ["organization", "status", "contact_email"]
    said = str(error.value)
    assert "[algoritmeregister] organisatie" in said
    assert said.count("\n- ") == 3


def test_what_does_not_fit_in_the_settings_is_said_with_the_rest(tmp_path):
    chosen = {"organisatie": "G" * 101, "contact": "bel ons", "status": "Aan", "publiekspagina": "www.example"}
    with pytest.raises(RecordError) as error:
        made(Settings.model_validate({"algoritmeregister": chosen}), DAY)
    assert {one.veld for one in error.value.found} == {"organization", "contact_email", "status", "website"}


def test_the_register_of_the_example_is_not_published():
    assert "process_index_url" not in draft(Settings(), DAY)


def test_as_json_markdown_and_csv(work, record):
    for name in ("r.json", "r.md", "r.csv"):
        done = tijdig("export", "--naar", str(work.folder / name), "--map", str(work.folder))
        assert done.exit_code == 0, done.output
    read = json.loads((work.folder / "r.json").read_text(encoding="utf-8"))
    assert list(fouten(read)) == []
    assert set(read) == set(record)
    text = (work.folder / "r.md").read_text(encoding="utf-8")
    assert text.startswith("# Tijdig vertellen wat er verandert")
    assert "## Menselijke tussenkomst" in text
    with (work.folder / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["veld"]: row["waarde"] for row in csv.DictReader(file, delimiter=";")}
    assert rows["goal"] == read["goal"]
    assert rows["category"].splitlines() == read["category"]
    assert as_markdown(read) == text


def test_on_the_screen_it_is_json(work):
    said = tijdig("export", "--map", str(work.folder))
    assert json.loads(said.output)["lang"] == "nld"


def test_another_kind_of_file_is_refused(work):
    said = tijdig("export", "--naar", str(work.folder / "r.docx"), "--map", str(work.folder))
    assert isinstance(said.exception, SettingsError)
