"""``docs/contracten.md`` is what the contracts say, whole and well made."""

import re
import tomllib
from pathlib import Path

import pytest

from contracts.codelists import code_lists
from contracts.mapping import ColumnMapping, check_mappings
from contracts.page import PAGE, page
from contracts.publish_codes import CHECKS, LINES, RULES
from contracts.publish_words import checks, on_fault, row_rules, shape
from contracts.tables import TABLES
from store import staging

ROOT = Path(__file__).parents[2]
ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


@pytest.fixture(scope="module")
def text():
    return page()


def section(text: str, title: str) -> str:
    return re.split(r"^#{2,3} ", text.split(f"### {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_the_page_in_the_docs_is_up_to_date(text):
    assert (ROOT / PAGE).read_text(encoding="utf-8") == text, "run `make docs`"


def test_nothing_of_the_introduction_is_left_open(text):
    assert "<!--" not in text


@ALL
def test_every_column_stands_in_the_table_of_its_contract(text, table):
    told = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| (?:verplicht|mag leeg|mag weg|mag ontbreken|niet leveren) \|",
        section(text, table.name),
        re.MULTILINE,
    )
    assert told == list(table.columns)


def test_every_code_of_every_list_is_there(text):
    for codes in code_lists().values():
        told = dict(re.findall(r"^\| `(.+?)` \| (.+) \|$", section(text, codes.naam), re.MULTILINE))
        assert told == codes.codes


def test_every_link_leads_to_a_heading(text):
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert len(anchors) == len(headings)
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= anchors


def test_every_row_of_a_table_has_as_many_cells_as_its_head(text):
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1, block.splitlines()[0]


def test_every_code_the_intake_can_give_is_explained(text):
    given = {check for table in TABLES.values() for column in table.columns for check in checks(table, column)}
    rules = {rule.code for table in TABLES.values() for rule in row_rules(table)}
    assert given <= set(CHECKS)
    assert rules == set(RULES)
    assert set(staging._READ_ERRORS.values()) | {"onleesbaar"} == set(LINES)
    assert all(f"| `<kolom>:{check}` |" in text for check in given)


def test_a_rule_over_a_row_names_its_columns_in_the_right_order():
    pairs = {table.name: rule.paren for table in TABLES.values() for rule in row_rules(table) if rule.paren}
    assert pairs["uitkering"] == (("datum_einde_uitkering", "datum_aanvang_uitkering"),)
    assert pairs["ib_samenloopsignaal"] == (
        ("datum_einde_feit", "datum_aanvang_feit"),
        ("datum_einde_samenloop", "datum_aanvang_samenloop"),
    )
    assert pairs["duo_inschrijving"] == (
        ("datum_uitschrijving", "datum_inschrijving"),
        ("datum_einde_deelname", "datum_aanvang_deelname"),
    )
    assert "klantvoorkeur" not in pairs


@pytest.mark.parametrize(
    ("table", "column", "form", "fault"),
    [
        ("brp_persoon", "burgerservicenummer", "9 cijfers, met elfproef", "waarde wordt onbekend"),
        ("brp_persoon", "geboortedatum", "registerdatum van 8 cijfers, mag gedeeltelijk zijn", "datum wordt onbekend"),
        ("brp_persoon", "vp_aanduiding_in_onderzoek", "6 cijfers", "rij afgekeurd"),
        ("brp_persoon", "straatnaam", "tekst, hoogstens 80 tekens", "waarde wordt onbekend"),
        ("uitkering", "wetcode", "code uit een gesloten lijst: CdSzWet", "rij afgekeurd"),
        ("uitkering", "leefvorm", "code uit een open lijst: CdLeefvorm", "andere code gaat ongeduid door"),
        ("inkomsten_uwv", "verloonde_uren", "geheel getal, hoogstens 4 cijfers, in uur", "waarde wordt onbekend"),
        ("inkomsten_uwv", "loon_lb_cent", "eurocent zonder teken, hoogstens 12 cijfers", "waarde wordt onbekend"),
    ],
)
def test_form_and_consequence_in_words(table, column, form, fault):
    assert (shape(TABLES[table], column), on_fault(TABLES[table], column)) == (form, fault)


def test_the_example_of_a_mapping_is_one_the_settings_take(text):
    toml = re.search(r"```toml\n(.+?)```", text, re.DOTALL)[1]
    given = {name: ColumnMapping.model_validate(part) for name, part in tomllib.loads(toml)["leveringen"].items()}
    assert check_mappings(given)["uitkering"].kolommen == {"bsn_klant": "burgerservicenummer"}
