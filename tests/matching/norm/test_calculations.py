"""Every step of a calculation with its article, as a jurist reads it: ``berekeningen.yaml``."""

from pathlib import Path

import pytest
import yaml

from matching.norm import Huishouden, norm

BOOK = yaml.safe_load((Path(__file__).parent / "berekeningen.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["naam"]) for case in BOOK["gevallen"]]


def steps(outcome):
    return [[step.wat, step.uitkomst, step.artikel] for step in outcome.stappen]


@pytest.mark.parametrize("case", CASES)
def test_each_calculation_is_told_step_by_step(case):
    found = norm(Huishouden.read(case["feiten"]), BOOK["peildatum"])
    assert steps(found.hoogste) == case["stappen"]
    assert steps(found.laagste) == case.get("laagste_stappen", case["stappen"])
    assert list(found.redenen) == case.get("redenen", [])
    assert list(found.opmerkingen) == case.get("opmerkingen", [])
