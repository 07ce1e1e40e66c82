"""What a jurist and a beheerder read of weights and of a run."""

import polars as pl
import pytest

from matching.linking.linker import BANDS, linked
from matching.linking.report import bands, groups, page, weight_table
from matching.linking.weights import NEVER, Thresholds
from tests.linking import records, town, weights


def links(*bands_and_guards):
    return pl.DataFrame(
        [{"id": n, "band": band, "wacht": guard} for n, (band, guard) in enumerate(bands_and_guards, start=1)],
        schema={"id": pl.Int64, "band": pl.String, "wacht": pl.String},
    )


def test_the_table_of_weights_has_a_line_for_each_level():
    table = weight_table(weights())
    assert table.height == 6 + 5 + 3 + 7 + 5 + 2 + 2
    assert table.row(0, named=True) == {
        "vergelijking": "geslachtsnaam", "niveau": "anders", "m": 0.5, "u": 128.0, "gewicht": -8.0, "paren_m": 100,
        "paren_u": 100, "opmerking": "",
    }  # fmt: skip


def test_bands_are_counted_from_sure_to_nothing_with_their_guards():
    made = bands(
        links(
            ("geen", None), ("controleren", "marge"), ("exact", None), ("controleren", "marge"), ("controleren", None)
        )
    )
    assert made.rows() == [
        ("exact", None, 1, 0.2), ("controleren", "marge", 2, 0.4), ("controleren", None, 1, 0.2), ("geen", None, 1, 0.2),
    ]  # fmt: skip
    assert bands(links()).is_empty()


def test_a_group_has_its_rows_and_the_share_of_each_band():
    rows = records(
        {"naam": "Ng", "geboortedatum": "01-01-1980", "naamgebruik": "E"},
        {"naam": "Jansen", "geboortedatum": "1-7-1980", "naamgebruik": "e"},
        {"naam": "Achterberghuizen", "geboortedatum": "1980", "naamgebruik": "iets"},
        {"naam": None, "geboortedatum": "2-1-1980"},
    )
    made = groups(rows, links(("exact", None), ("geen", None), ("geen", None), ("automatisch", None)))
    assert made.columns == ["groep", "waarde", "rijen", *BANDS]
    told = {(group, value): tuple(rest) for group, value, *rest in made.rows()}
    assert told["geboren op 1 januari of 1 juli", "ja"] == (2, 0.5, 0, 0, 0.5)
    assert told["geboren op 1 januari of 1 juli", "nee"] == (1, 0, 1, 0, 0)
    assert told["geboren op 1 januari of 1 juli", "niet te zeggen"] == (1, 0, 0, 0, 1)
    assert told["lengte van de naam", "1 tot 4 letters"][0] == 1
    assert told["lengte van de naam", "5 tot 10 letters"][0] == told["lengte van de naam", "langer"][0] == 1
    assert told["lengte van de naam", "geen naam"][0] == 1
    assert told["naamgebruik", "E"] == (2, 0.5, 0, 0, 0.5)
    assert told["naamgebruik", "onbekend"][0] == 2, "what is no code is not repeated"
    assert told["ontbrekende delen", "3 of meer"][0] == 4


@pytest.mark.parametrize("group", ["geboren op 1 januari of 1 juli", "lengte van de naam", "ontbrekende delen"])
def test_every_row_is_in_one_value_of_every_group(group):
    rows = town()
    made = groups(rows, linked(town(), rows, weights()).links)
    assert made.filter(groep=group)["rijen"].sum() == rows.height


def test_the_page_says_what_the_weights_were_made_of_and_refers_to_the_chart():
    text = page(weights(), chart="rond.svg")
    assert text.startswith("# Koppelen: gewichten rond (2026-01-01)")
    assert "Automatisch: vanaf 6 bits, met een voorsprong van 3 bits" in text
    assert "![Gewicht per vergelijking en niveau](rond.svg)" in text
    assert "| geslachtsnaam | beide gelijk | 0,5 |" in text
    assert "Trechter" not in text


def test_the_page_of_a_run_adds_passes_bands_and_groups():
    rows = town().drop("burgerservicenummer")
    text = page(weights(), linked(town(), rows, weights()), rows)
    for heading in ("## Trechter", "## Uitkomst", "## Per groep"):
        assert heading in text
    assert "| datum+letter |" in text
    assert "![" not in text


def test_thresholds_that_nothing_reaches_and_no_calibration_are_said_in_words():
    limits = Thresholds(automatisch=NEVER, controleren=NEVER, marge=3000)
    text = page(weights(drempels=limits, ijking=()))
    assert "Automatisch: nooit" in text
    assert "Controleren: nooit" in text
    assert "Kans per gewicht" not in text
