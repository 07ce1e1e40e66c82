"""The case books: ``R01.yaml`` and so on, to be read by a jurist, run here against the rules."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from matching.rule import Reading, Rule, all_rules
from matching.views import VIEWS

HERE = Path(__file__).parent
BOOKS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("R*.yaml"))}
RULES = {rule.rule_id: rule for rule in all_rules()}
CASES = [
    pytest.param(name, case, id=f"{name}: {case['naam']}") for name, book in BOOKS.items() for case in book["cases"]
]


def _row(rule: Rule, given: dict[str, Any]) -> pl.DataFrame:
    """One row of the rule's view; whatever the case does not name is of no account to the rule."""
    schema = VIEWS[rule.view]
    neutral: dict[Any, Any] = {pl.String: "x", pl.Boolean: False, pl.Date: date(2026, 1, 1), pl.Int32: 0, pl.Int64: 0}
    row = {name: given.get(name, neutral[column.dtype]) for name, column in schema.columns().items()}
    return pl.DataFrame([row], schema={name: column.dtype for name, column in schema.columns().items()})


@pytest.mark.parametrize(("name", "case"), CASES)
def test_case(name, case):
    rule = RULES[name]
    given = BOOKS[name]["given"] | case.get("verschil", {})
    assert set(given) <= set(VIEWS[rule.view].column_names()), "a case names a column the view does not have"
    found = rule.find(_row(rule, given), Reading(date(2026, 11, 3)))
    assert len(found) == int(case["finding"])
    if "richting" in case:
        assert [finding.richting for finding in found] == [case["richting"]]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_cases_for_and_against_and_a_null_for_each_column_that_can_be_null(name):
    rule, book = RULES[name], BOOKS[name]
    assert book["titel"] == rule.title
    assert {case["finding"] for case in book["cases"]} == {True, False}
    columns = VIEWS[rule.view].columns()
    for read in rule.condition().meta.root_names():
        if columns[read].nullable:
            nulls = [c for c in book["cases"] if read in c.get("verschil", {}) and c["verschil"][read] is None]
            given_null = book["given"].get(read, "?") is None
            assert nulls or given_null, f"{name} lacks a case in which {read} is unknown"


@pytest.mark.parametrize("name", [rule.rule_id for rule in all_rules() if rule.varies_by])
def test_a_rule_that_varies_has_a_case_that_states_the_direction_of_each_variant(name):
    rule, book = RULES[name], BOOKS[name]
    stated = {
        (book["given"] | case.get("verschil", {}))[rule.varies_by]: case["richting"]
        for case in book["cases"] if "richting" in case
    }  # fmt: skip
    assert stated == {value: variant.richting for value, variant in rule.variants.items()}


def test_no_case_book_is_left_over():
    assert set(BOOKS) == set(RULES)
