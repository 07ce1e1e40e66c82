"""Weights of four persons, counted by hand.

Each level gets half a pair more than was counted. With four rows and four persons the random pairs are all sixteen.
"""

import math
from datetime import date

import polars as pl
import pytest

from contracts.errors import TijdigError
from matching.linking import estimate
from matching.linking.calibrate import calibrated
from matching.linking.levels import COMPARISONS, NAMES
from matching.linking.weights import NEVER, Calibration, Thresholds
from tests.linking import records, weights
from tests.world import bsn

SEXES = ("M", "M", "V", "V")
NAMED = ("Jan Jansen", "Piet Bakker", "Anna Visser", "Emma Mulder")


def four(**changes):
    """Four persons; ``changes`` give one column a value a person."""
    columns = {
        "burgerservicenummer": [bsn(n) for n in range(1, 5)], "naam": list(NAMED), "geslachtsaanduiding": list(SEXES),
        "geboortedatum": ["19800301", "19510722", "19930411", "19751130"],
        "postcode": ["1234AB", "1235AB", "2511CD", "2511CD"], "huisnummer": ["1", "2", "3", "4"],
    } | changes  # fmt: skip
    return records(*(dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)))


def estimated(register, rows, **options):
    options = {"version": "t", "day": date(2026, 1, 1), "source": "vier", "random_pairs": 2000} | options
    return estimate(register, rows, **options)


def level(made, comparison, name):
    return next(level for level in made.vergelijkingen[comparison] if level.naam == name)


def bits(ratio):
    return round(1000 * math.log2(ratio))


def test_a_comparison_of_two_levels():
    """One of the four rows has another sex (M, M, V, M). Equal: 3 of 4 rows; of 16 pairs 3x2 + 1x2 = 8.

    m = (3 + .5) / (4 + 1) = 0.7 and 0.3; u = (8 + .5) / (16 + 1) = 0.5 and 0.5.
    """
    made = estimated(four(), four(geslachtsaanduiding=["M", "M", "V", "M"]))
    same, other = level(made, "geslacht", "gelijk"), level(made, "geslacht", "anders")
    assert (same.m, same.u, same.paren_m, same.paren_u) == (0.7, 0.5, 3, 8)
    assert (other.m, other.u, other.paren_m, other.paren_u) == (0.3, 0.5, 1, 8)
    assert (same.gewicht, other.gewicht) == (bits(1.4), bits(0.6)) == (485, -737)
    assert same.opmerking == other.opmerking == "weinig paren"


def test_birth_dates_are_judged_on_rows_that_name_and_initial_confirm():
    """One day is wrong: 3 equal, 1 with two parts; seven levels: m = 3.5 / 7.5 and 1.5 / 7.5."""
    made = estimated(four(), four(geboortedatum=["19800302", "19510722", "19930411", "19751130"]))
    assert level(made, "geboortedatum", "gelijk").m == pytest.approx(3.5 / 7.5)
    assert level(made, "geboortedatum", "twee delen").m == pytest.approx(1.5 / 7.5)
    assert level(made, "geboortedatum", "gelijk").u == pytest.approx(3.5 / 19.5), "3 of 16 pairs"


def test_an_address_that_nobody_has_in_common_and_one_postcode_that_two_share():
    """Of 16 pairs 4 are equal, 2 have the postcode and 2 only the area 2511: none, for 1234 and 1235 are two areas."""
    made = estimated(four(), four())
    found = {item.naam: item.paren_u for item in made.vergelijkingen["adres"]}
    assert found == {"anders": 10, "wijk": 0, "postcode": 2, "nummer": 0, "gelijk": 4}


def test_what_a_number_says_that_could_not_be_verified():
    """Of four numbers one stands on somebody else's row: m = 3.5 / 5, u = 1.5 / 5."""
    swapped = [bsn(1), bsn(2), bsn(3), bsn(1)]
    made = estimated(four(), four(burgerservicenummer=swapped))
    same = level(made, "bsn", "gelijk")
    assert (same.m, same.u, same.paren_m, same.paren_u, same.gewicht) == (0.7, 0.3, 3, 1, bits(7 / 3))
    assert level(made, "bsn", "anders").gewicht == 0
    assert (made.aantallen.geverifieerd, made.aantallen.willekeurige_paren) == (3, 16)


def test_agreeing_more_never_weighs_less():
    made = estimated(four(), four())
    for comparison in COMPARISONS:
        ordered = [made.vergelijkingen[comparison.name][place].gewicht for place in comparison.ordered]
        assert ordered == sorted(ordered)


def test_another_order_of_rows_gives_the_same_weights():
    assert estimated(four(), four()) == estimated(four().reverse(), four().sample(4, shuffle=True, seed=3))


def test_without_one_verified_row_nothing_is_estimated():
    nobody = [None] * 4
    for rows in (four(burgerservicenummer=nobody), four().clear(), four(naam=nobody, geboortedatum=nobody)):
        with pytest.raises(TijdigError, match="No row has a BSN of the register"):
            estimated(four(), rows)


TYPES = {"id": pl.Int64, "register_id": pl.Int64, "gewicht": pl.Int64, "ronde": pl.String}


def calibrated_on(*pairs, truth):
    agreed = {c.name: len(c.levels) - 1 for c in COMPARISONS}
    rows = [
        {"id": row, "register_id": person, "gewicht": weight, "ronde": "adres"} | agreed
        for row, person, weight in pairs
    ]
    frame = pl.DataFrame(rows, schema=TYPES | dict.fromkeys(NAMES, pl.Int8))
    right = pl.DataFrame(list(truth.items()), schema=["id", "register_id"], orient="row")
    return calibrated(weights(ijking=()), frame, right)


def test_a_chance_is_the_share_of_right_best_candidates_at_a_weight():
    """Rows 1 and 2 have their person at 21 bits and no other. Row 3's best, at 1 bit, is wrong, its person has 0.

    At 20 to 22 bits: 2 rows, all right (shown as 0.9999). At 0 to 2: row 3 as it is and without its person, all wrong.
    """
    made = calibrated_on((1, 7, 21_000), (2, 8, 21_000), (3, 7, 1000), (3, 9, 0), truth={1: 7, 2: 8, 3: 9})
    assert made.ijking == (Calibration(vanaf=0, kans=0.0, rijen=2), Calibration(vanaf=20_000, kans=0.9999, rijen=2))
    assert made.drempels == Thresholds(automatisch=21_000, controleren=20_000, marge=3000)


def test_a_row_counts_nine_times_with_its_person_and_once_without():
    """The person at 21 bits, somebody else at 20: right 9 times of 10, and the second is a tenth of a row."""
    made = calibrated_on((1, 7, 21_000), (1, 8, 20_500), truth={1: 7})
    assert made.ijking == (Calibration(vanaf=20_000, kans=0.9, rijen=2),)
    assert made.drempels == Thresholds(automatisch=NEVER, controleren=20_000, marge=3000), "0.9 is less than 0.95"


def test_a_chance_never_falls_as_the_weight_rises():
    """The heavier row is wrong and the lighter right: they become one step."""
    made = calibrated_on((1, 7, 21_000), (2, 8, 5000), truth={1: 9, 2: 8})
    (step,) = made.ijking
    assert (step.vanaf, step.rijen) == (4000, 3)
    assert step.kans == pytest.approx(9 / 19, abs=1e-4)
