"""What a jurist or raadslid reads of the simulation: the model in words, and every parameter with its source."""

import re
from pathlib import Path

import pytest

from advice.simulation.kinds import NIET_IN_HET_MODEL, SOORTEN
from advice.simulation.knobs import VAN_MKBA
from advice.simulation.result import Maat
from contracts.bands import SIMULATIE, band_parameters
from contracts.publish_words import ZEKERHEID
from flows.simulation.docs import PAGE, page
from flows.simulation.words import MAAT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told():
    return page()


def test_the_page_in_the_docs_is_up_to_date(told):
    assert (ROOT / PAGE).read_text(encoding="utf-8") == told, "run make docs"


@pytest.mark.parametrize("one", band_parameters(SIMULATIE).values(), ids=lambda one: one.naam)
def test_each_parameter_is_told_with_band_unit_source_and_status(told, one):
    rows = [
        line
        for line in told.splitlines()
        if line.startswith(f"| `{one.naam}` | {one.betekenis} | {one.end(one.waarden[0].laag)} |")
    ]
    assert len(rows) == len(one.waarden)
    for row, value in zip(rows, one.waarden, strict=True):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[2:6] == [one.end(value.laag), one.end(value.basis), one.end(value.hoog), one.eenheid]
        assert f"{value.bron} (**{ZEKERHEID[value.status]}**)" in cells[7]


def test_each_parameter_stands_in_the_model_or_the_table_of_kinds_too(told):
    model = told.split("## Wat er gebeurt")[1].split("## Parameters")[0]
    words = re.findall(r"\w+", model)
    for name in (*band_parameters(SIMULATIE), *VAN_MKBA):
        assert name in words, name


def test_each_kind_measure_and_rule_that_is_left_out_is_told(told):
    kinds = told.split("## Soorten wijzigingen")[1].split("## Parameters")[0]
    assert all(f"| `{soort.naam}` |" in kinds for soort in SOORTEN)
    assert all(f"| {MAAT[maat]} |" in told for maat in Maat)
    assert all(f"- {regel}: {reden}." in told for regel, reden in NIET_IN_HET_MODEL.items())


def test_nothing_is_left_to_fill_in(told):
    assert "<!--" not in told
    assert "Van de 80 parameters zijn er **67 nog te bevestigen**" in told
