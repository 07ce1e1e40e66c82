"""What a jurist or manager reads of the MKBA: every parameter with its band, source and status, the model, an example."""

import re
from pathlib import Path

import pytest

from advice.mkba import Kant, Post, Scenario
from contracts.bands import band_parameters
from contracts.publish_words import ZEKERHEID
from flows.mkba_page import PAGE, example, page
from flows.mkba_words import KANT, KANT_UITLEG, POST, SCENARIO

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def text():
    return page()


def test_the_page_in_the_docs_is_up_to_date(text):
    assert (ROOT / PAGE).read_text(encoding="utf-8") == text, "run make docs"


@pytest.mark.parametrize("one", band_parameters().values(), ids=lambda one: one.naam)
def test_each_parameter_is_told_with_band_unit_source_and_status(text, one):
    rows = [line for line in text.splitlines() if line.startswith(f"| `{one.naam}` | {one.betekenis} |")]
    assert len(rows) == len(one.waarden)
    for row, value in zip(rows, one.waarden, strict=True):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[2:6] == [one.end(value.laag), one.end(value.basis), one.end(value.hoog), one.eenheid]
        assert value.bron in cells[7]
        assert f"(**{ZEKERHEID[value.status]}**)" in cells[7]


def test_each_parameter_stands_in_the_model_too(text):
    model = text.split("## Het model")[1].split("## Parameters")[0]
    for name in band_parameters():
        assert name in re.findall(r"\w+", model), name


def test_each_item_of_the_model_is_in_its_table(text):
    table = text.split("### De posten")[1].split("## Banden")[0]
    for post in Post:
        assert f"| {POST[post]} | {post.soort} |" in table


def test_nothing_is_left_to_fill_in(text):
    assert "<!--" not in text
    assert text.count("nog te bevestigen**)") == 37
    assert "Van de 39 parameters zijn er **37 nog te bevestigen**" in text


def test_everything_has_words():
    assert (set(SCENARIO), set(KANT), set(KANT_UITLEG), set(POST)) == (set(Scenario), set(Kant), set(Kant), set(Post))


def test_the_example_by_hand():
    # v = 2, in the middle 202.78 a month, 65% founded. Paid too much when nothing is done: half reported after 3 months
    # (5 in all); of the rest 70% found after 12 (14 in all), 30% never (26): 2.5 + 0.5 x (9.8 + 7.8) = 11.3 months.
    found = example()
    lines = {(line.post, line.partij): line.band for line in found.of(Scenario.GEEN).posten}
    assert lines[Post.TE_VEEL_BETAALD, Kant.DIENST].basis == 148942  # 0.65 x 202.78 x 11.3 = 1489.4191
