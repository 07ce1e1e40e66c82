"""A rule that does not fit never reaches a night."""

from datetime import date

import polars as pl
import pytest

from contracts.errors import RuleError
from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import all_rules, rule, signaal_id

PARTS = {
    "rule_id": "R99", "title": "Proef", "version": "1", "view": "huishouden", "doel": Doel.ACTUALISEREN,
    "richting": Richting.NADEEL, "route": Route.TASK, "grondslagen": (pw("17"),), "valid_from": date(2020, 1, 1),
    "told_once_per": ("dossiernummer", "bewoner_sleutel"), "feitdatum": "bewoner_sinds", "seen": "{bewoner_sinds}",
    "task": "Kijk.",
}  # fmt: skip


def made(**changed):
    return rule(**(PARTS | changed))(lambda: pl.col("woont_op_adres"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rule_id": "99"}, "An id is R and two digits"),
        ({"view": "huis"}, "Views are"),
        ({"feitdatum": "sinds"}, "has no column"),
        ({"told_once_per": ("burgerservicenummer",)}, "has no column"),
        ({"seen": "{naam}"}, "has no column"),
        ({"suppressors": ("humeur",)}, "No suppressor is called"),
        ({"suppressors": ("gemeld_verhuizing",)}, "can't answer suppressor"),
        ({"route": Route.NUDGE}, "names its letter"),
        ({"bericht": "kostendeler_erbij"}, "names its letter"),
    ],
)
def test_a_rule_that_does_not_fit_is_an_error_that_says_what_to_do(changed, says):
    with pytest.raises(RuleError, match=says):
        made(**changed)


def test_a_rule_that_fits():
    assert made().reads == ("bewoner_sinds", "bewoner_sleutel", "dossiernummer", "woont_op_adres")


def test_an_unknown_law_is_an_error():
    with pytest.raises(ValueError, match="unknown law"):
        Artikel("Wetboek van Duckstad", "1")


def test_an_article_reads_as_a_jurist_writes_it():
    assert str(pw("22a", 4, "b")) == "artikel 22a lid 4 onderdeel b Pw"


def test_ids_are_stable_and_differ_by_rule_and_fact():
    assert signaal_id("R01", ["D-1", None]) == signaal_id("R01", ["D-1", None])
    assert (
        len(
            {
                signaal_id("R01", ["D-1", "2"]),
                signaal_id("R02", ["D-1", "2"]),
                signaal_id("R01", ["D-12", ""]),
            }
        )
        == 3
    )


def test_every_rule_leans_on_the_law_and_has_a_purpose():
    for each in all_rules():
        assert each.grondslagen
        assert each.doel is Doel.ACTUALISEREN


def test_advantage_rules_run_with_the_others():
    assert {each.richting for each in all_rules()} >= {Richting.VOORDEEL, Richting.NADEEL}


def test_no_rule_can_name_a_sanction():
    words = ("sanctie", "boete", "fraude", "bewust", "verdacht", "maatregel")
    for each in all_rules():
        text = f"{each.title} {each.seen} {each.task} {each.route}".lower()
        assert not [word for word in words if word in text]
