"""The figures of the linking bench, on a handful of rows that can be counted by hand."""

import polars as pl
import pytest

from bench.linking_quality import best_f1, calibration, counts

#: Row, its person (None: not in the register), linked to, weight, band, chance.
_ROWS = [
    (1, 11, 11, None, "exact", None),
    (2, 12, 12, 20_000, "automatisch", 0.99),
    (3, 13, 99, 15_000, "automatisch", 0.95),
    (4, 14, 14, 9_000, "controleren", 0.8),
    (5, 15, None, None, "geen", None),
    (6, None, 98, 8_000, "controleren", 0.6),
]


@pytest.fixture
def rows():
    columns = {"id": pl.Int64, "persoon": pl.Int64, "register_id": pl.Int64, "gewicht": pl.Int64, "band": pl.String,
               "kans": pl.Float64}  # fmt: skip
    frame = pl.DataFrame(_ROWS, schema=columns, orient="row")
    return frame.with_columns(goed=(pl.col("register_id") == pl.col("persoon")).fill_null(value=False))


def test_bands_are_counted_with_how_many_are_right(rows):
    assert counts(rows) == {
        "rijen": 6, "in_register": 5, "exact": 1, "exact_goed": 1, "automatisch": 2, "automatisch_goed": 1,
        "controleren": 2, "controleren_goed": 1,
    }  # fmt: skip


def test_f1_is_that_of_the_best_cut(rows):
    # Down to 9,000: four links, three right, five persons there: 2 * 3 / (4 + 5). One higher or lower gives less.
    assert best_f1(rows) == pytest.approx(6 / 9)


def test_links_of_one_weight_are_cut_together():
    # Either both count or neither: two links, one right, one person there.
    tied = pl.DataFrame({"persoon": [1, None], "register_id": [1, 2], "gewicht": [5, 5], "goed": [True, False]})
    assert best_f1(tied) == pytest.approx(2 / 3)


def test_no_link_at_all_scores_nothing():
    none = pl.DataFrame({"persoon": [1], "register_id": [None], "gewicht": [None], "goed": [False]})
    assert best_f1(none) == 0


def test_chances_are_held_against_what_was_right(rows):
    steps = {step["vanaf"]: (step["rijen"], step["gezegd"], step["goed"]) for step in calibration(rows)}
    assert steps == {0.5: (1, 0.6, 0), 0.75: (1, 0.8, 1), 0.9: (1, 0.95, 0), 0.98: (1, 0.99, 1)}
