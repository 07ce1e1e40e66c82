"""What the report of a night names beside its counts."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from contracts.finding import Richting
from contracts.parameters import to_confirm, together
from flows.dated import dated_values
from flows.summary import _rule_lines
from matching.rule import ALWAYS, all_rules


@pytest.mark.parametrize(
    ("peildatum", "named"),
    [
        (date(2023, 6, 1), {"kostendelersleeftijd (27 jaar)"}),
        (date(2025, 6, 1), set()),  # 67 years for who was born in 1958: in the text of the law
        (date(2026, 11, 3), {"aow_leeftijd (804 maanden)"}),  # born in 1959: the announcement was not looked up yet
    ],
)
def test_dated_values_that_a_jurist_must_still_look_up_are_named(peildatum, named):
    always = {"studiefinanciering_leeftijd (30 jaar)", "verlaging_schoolverlater_maanden (6 maanden)"}
    used = together(*dated_values(peildatum, aow_vooraf_maanden=6).values())
    assert set(to_confirm(used)) == named | always


def test_a_rule_of_two_directions_has_a_line_for_each():
    rule = all_rules()[0]
    said = rule.variants[ALWAYS]
    start, stop = replace(said, richting=Richting.VOORDEEL), replace(said, richting=Richting.NADEEL)
    varying = replace(rule, varies_by="bekende_rol", variants={"start": start, "stop": stop, "anders": stop})
    counts = Counter({
        (rule.rule_id, "voordeel", "taak"): 2, (rule.rule_id, "nadeel", "nudge"): 3,
        (rule.rule_id, "nadeel", "geen_actie"): 1, ("R99", "nadeel", "nudge"): 7,
    })  # fmt: skip
    lines = [
        (line.richting, line.nieuw, line.nudge, line.taak, line.geen_actie) for line in _rule_lines(varying, counts)
    ]
    assert lines == [("voordeel", 2, 0, 2, 0), ("nadeel", 4, 3, 0, 1)]
