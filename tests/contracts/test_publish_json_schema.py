"""JSON Schema: a valid schema, as strict as it can be, and never stricter than the contract."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from contracts.codelists import code_lists
from contracts.examples import examples
from contracts.publish_json_schema import json_schema
from contracts.publish_words import checks, digits
from contracts.tables import TABLES

ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
#: What no schema of one value can say.
BEYOND = {"elfproef", "geen_datum"}
#: One column for each different promise.
COLUMNS = {(t.facts(c), c.endswith("burgerservicenummer")): (t, c) for t in TABLES.values() for c in t.delivered}
#: The script of the registers. A line end is left out: Python lets one through before `$`, ECMA 262 does not.
LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x17F)


#: Values that are wrong for most columns, each in its own way.
ODD = [None, "", " ", "0", "00", "1", "12", "X", "é", "x;y", "+", "99", "1.5", "-1", "2026-11-03", "20261103", "2026-13-01",
       "19660013", "20140000", "00000000", "99991231", "12340101", "1234ab", "0234AB", "1234 AB"]  # fmt: skip


def near(facts) -> st.SearchStrategy[str | None]:
    """Values that are right or nearly right for a column."""
    likely = [st.text(LATIN, max_size=6), st.from_regex(r"[0-9]{1,17}", fullmatch=True), st.sampled_from(ODD)]
    if facts.pattern:
        likely.append(st.from_regex(digits(facts.pattern), fullmatch=True, alphabet=LATIN))
    if facts.codelijst:
        likely.append(st.sampled_from(sorted(code_lists()[facts.codelijst].codes)))
    return st.one_of(likely)


def accepted(table, column: str, values: list[str | None]) -> list[bool]:
    """Which values the contract lets through."""
    rules = {"any": pl.lit(value=True)} | table.schema.columns()[column].validation_rules(pl.col(column))
    frame = pl.DataFrame({column: values}, schema={column: pl.String})
    held = frame.with_columns(pl.all_horizontal(rule.fill_null(value=True) for rule in rules.values()).alias("held"))
    return held.get_column("held").to_list()


@ALL
def test_it_is_a_schema(table):
    Draft202012Validator.check_schema(json_schema(table))


@ALL
def test_every_example_row_fits(table):
    validator = Draft202012Validator(json_schema(table), format_checker=FormatChecker())
    assert not [error.message for row in examples(table) for error in validator.iter_errors(row)]


@ALL
def test_a_column_of_no_contract_and_a_missing_value_do_not_fit(table):
    validator = Draft202012Validator(json_schema(table))
    row = examples(table)[0]
    assert not validator.is_valid(row | {"nationaliteit": "0001"})
    for column in table.delivered:
        required = table.facts(column).required
        assert validator.is_valid(row | {column: None}) is not required, column
        assert validator.is_valid({name: row[name] for name in row if name != column}) is not required, column


def assert_agree(table, column: str, values: list[str | None]) -> None:
    """The schema takes what the contract takes, and nothing more unless it can't say why not."""
    validator = Draft202012Validator(json_schema(table)["properties"][column])
    told = [validator.is_valid(value) for value in values]
    held = accepted(table, column, values)
    if BEYOND & set(checks(table, column)):
        told = [fits for fits, passes in zip(told, held, strict=True) if passes]
        held = [passes for passes in held if passes]
    assert told == held


@pytest.mark.parametrize(("table", "column"), COLUMNS.values(), ids=lambda part: getattr(part, "name", part))
def test_schema_and_contract_agree_on_odd_values_and_on_lengths(table, column):
    longest = table.facts(column).max_length or 0
    assert_agree(table, column, [*ODD, "ë" * longest, "ë" * (longest + 1)])


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_schema_and_contract_agree_on_every_value_as_far_as_a_schema_can_say(data):
    table, column = data.draw(st.sampled_from(list(COLUMNS.values())))
    assert_agree(table, column, data.draw(st.lists(near(table.facts(column)), min_size=1, max_size=6)))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("brp_persoon", "geboortedatum", "19660013"),  # junk that stands in the test data of RvIG
        ("brp_persoon", "geboortedatum", "29190101"),
        ("brp_persoon", "geboortedatum", "2015"),
        ("brp_persoon", "huisletter", "12"),
        ("brp_persoon", "indicatie_geheim", "8"),
        ("uitkering", "datum_aanvang_uitkering", "20260101"),
        ("uitkeringsperiode", "norm_bedrag_cent", "-100"),
        ("uitkeringsperiode", "norm_bedrag_cent", "1350,00"),
        ("klantvoorkeur", "geheimhouding", "true"),
    ],
)
def test_a_wrong_value_does_not_fit(table, column, value):
    row = examples(TABLES[table])[0]
    assert not Draft202012Validator(json_schema(TABLES[table])).is_valid(row | {column: value})


def test_a_day_that_is_not_in_the_calendar_does_not_fit_where_formats_are_checked():
    table = TABLES["melding"]
    validator = Draft202012Validator(json_schema(table), format_checker=FormatChecker())
    assert not validator.is_valid(examples(table)[0] | {"datum_ontvangst": "2026-02-30"})


def test_an_open_list_takes_every_code():
    table = TABLES["ib_samenloopsignaal"]
    assert Draft202012Validator(json_schema(table)).is_valid(examples(table)[0] | {"signaalsoort": "NIEUW_PRODUCT"})


def test_what_a_schema_can_not_say_stands_beside_it():
    table = TABLES["bekende_medebewoner"]
    schema = json_schema(table)
    assert "uitkering_id staat ook in tabel uitkering" in schema["$comment"]
    assert "datum_einde ligt niet voor datum_aanvang" in schema["$comment"]
    assert "elfproef" in schema["properties"]["medebewoner_burgerservicenummer"]["$comment"]
