"""What a jurist reads of the rules: the page in the docs, and ``tijdig rules``."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.errors import TijdigError
from contracts.finding import Route
from flows import rule_page, rules
from flows.rule_page import PAGE, ROUTE_WOORDEN, page, rule_named
from matching.rule import all_rules

ROOT = Path(__file__).parents[2]
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.rule_id)


@pytest.fixture(scope="module")
def text():
    return page()


def section(text: str, rule) -> str:
    return re.split(r"^## ", text.split(f"## {rule.rule_id} {rule.title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_the_page_in_the_docs_is_up_to_date(text):
    assert (ROOT / PAGE).read_text(encoding="utf-8") == text, "run make docs"


@RULES
def test_each_rule_says_when_it_speaks_on_which_law_what_it_reads_and_what_it_says(text, rule):
    here = section(text, rule)
    assert here.strip().startswith(rule.uitleg)
    for article in rule.grondslagen:
        assert f"{article}, tekst van" in here
    for column in rule.reads:
        assert f"`{column}`" in here
    for said in rule.variants.values():
        assert f"Gezien: {said.seen}" in here
        assert f"Taak: {said.task}" in here
    assert "### Gevallen" in here


@RULES
def test_each_link_of_the_contents_has_its_heading(text, rule):
    (anchor,) = re.findall(rf"\[{rule.rule_id}\]\(#([^)]+)\)", text)
    heading = f"{rule.rule_id} {rule.title}".lower()
    assert anchor == re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def test_every_route_has_words():
    assert set(ROUTE_WOORDEN) == set(Route)


def test_a_rule_that_is_off_says_so(text):
    assert "**Staat uit**" in section(text, rule_named("R30"))
    assert "**Staat uit**" not in section(text, rule_named("R01"))


def run(*arguments):
    # Read once when it is made, and tests that run side by side have no terminal to be as wide as.
    rules.console.width = 200
    result = CliRunner().invoke(rules.app, arguments)
    assert result.exception is None or isinstance(result.exception, TijdigError)
    return result


def test_the_list_names_every_rule():
    listed = run("list").stdout
    for rule in all_rules():
        assert rule.rule_id in listed


def test_a_rule_is_shown_by_its_id_in_capitals_or_not():
    shown = run("show", "r01").stdout
    assert shown == run("show", "R01").stdout
    assert "Kostendeler erbij" in shown


def test_the_cases_of_a_rule_say_what_is_different_and_what_comes_of_it():
    told = run("cases", "R04").stdout
    assert re.search(r"een student stopt\s+│ verandering stop, bekende_rol STUDENT\s+│ ja \(nadeel\)", told)


def test_a_rule_that_does_not_exist_is_an_error():
    with pytest.raises(TijdigError, match="No rule has this id"):
        rule_named("R99")


def test_without_the_case_books_it_says_where_they_are(monkeypatch, tmp_path):
    monkeypatch.setattr(rule_page, "CASES", tmp_path)
    rule_page.case_books.cache_clear()
    try:
        assert "They come with the source" in str(run("cases", "R01").exception)
    finally:
        rule_page.case_books.cache_clear()
