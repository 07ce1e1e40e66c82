"""The rules in words for the worklist: complete, and what the dienst says is told apart from what a register says."""

import pytest

from flows.rule_texts import VAN_DIENST, rule_texts
from matching.rule import all_rules
from matching.views import VIEWS


def test_every_rule_is_there_with_the_words_of_what_it_reads():
    texts = rule_texts()
    assert set(texts) == {rule.rule_id for rule in all_rules()}
    assert texts["R01"].titel == "Kostendeler erbij"
    assert texts["R01"].kolommen["woont_op_adres"] == "staat ingeschreven op het adres van de inwoner"
    assert all(text.kolommen and text.uitleg for text in texts.values())


def test_what_the_dienst_says_is_a_column_of_a_view():
    known = {name for view in VIEWS.values() for name in view.columns()}
    assert known >= VAN_DIENST


@pytest.mark.parametrize(
    ("regel", "dienst", "register"),
    [
        ("R01", "bekende_rol", "bewoner_sinds"),
        ("R18", "verrekend_cent", "bedrag_laagst_cent"),
        ("R11", "dienst_partner", "einde_op"),
    ],
)
def test_a_rule_has_what_the_dienst_says_beside_what_the_register_says(regel, dienst, register):
    text = rule_texts()[regel]
    assert dienst in text.van_dienst
    assert register in text.kolommen.keys() - text.van_dienst


def test_a_description_that_leans_on_another_comes_after_it():
    columns = list(rule_texts()["R05"].kolommen)
    assert columns.index("leeftijd_21_op") < columns.index("leeftijd_21_nabij")


def test_codes_are_not_explained_to_a_consulent():
    assert rule_texts()["R20"].kolommen["soort"] == "wat voor gegeven het is; leeg = niet bekend welk"
