"""The engine gives every published amount on the first and the last day of its half year, and none outside."""

import csv
import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.dutch import euro
from contracts.errors import ParameterError
from contracts.parameters import parameter
from matching.norm import norm
from tests.matching.norm.households import ADULT, ADULT_TOO, AOW, AOW_TOO, household, person, young

TABLE = Path(__file__).parents[3].parent / "shared/domain/tables/bijstandsnormen.csv"
#: Copied by hand from the text of the law: first day of the half year, code, cents.
BY_HAND = [
    ("2024-01-01", "a21b", 183404), ("2024-01-01", "a23_1a", 40651), ("2024-07-01", "a20_2c", 163148),
    ("2025-01-01", "a21a", 134545), ("2025-01-01", "a22a3a", 71658), ("2025-07-01", "a22b", 209498),
    ("2025-07-01", "a23_2b", 10100), ("2026-01-01", "a21a", 140150), ("2026-01-01", "a20_3", 74645),
    ("2026-07-01", "a20_1a", 35042), ("2026-07-01", "a21b", 202779), ("2026-07-01", "a22c", 217610),
]  # fmt: skip
HALF_YEARS = {
    date(2024, 1, 1): date(2024, 6, 30), date(2024, 7, 1): date(2024, 12, 31), date(2025, 1, 1): date(2025, 6, 30),
    date(2025, 7, 1): date(2025, 12, 31), date(2026, 1, 1): date(2026, 6, 30), date(2026, 7, 1): date(2026, 12, 31),
}  # fmt: skip


def whose(code: str, day: date):
    """A household whose norm is, or holds, the amount of a code."""
    youth = young(day)
    return {
        "a20_1a": lambda: household(youth),
        "a20_1b": lambda: household(youth, youth),
        "a20_1c": lambda: household(ADULT, youth),
        "a20_2a": lambda: household(youth, kinderen=True),
        "a20_2b": lambda: household(youth, youth, kinderen=True),
        "a20_2c": lambda: household(youth, ADULT, kinderen=True),
        "a20_3": lambda: household(youth, geen_beroep_op_ouders=True),
        "a21a": household,
        "a21b": lambda: household(ADULT, ADULT_TOO),
        "a22a": lambda: household(AOW),
        "a22b": lambda: household(AOW, AOW_TOO),
        "a22c": lambda: household(ADULT, AOW),
        "a22a3a": lambda: household(ADULT, youth, kinderen=True, kostendelers=1),
        "a22a3b": lambda: household(ADULT, youth, kostendelers=1),
        "a23_1a": lambda: household(in_inrichting=True),
        "a23_1b": lambda: household(ADULT, person(ADULT, in_inrichting=True), in_inrichting=True),
        "a23_2a": lambda: household(in_inrichting=True),
        "a23_2b": lambda: household(ADULT, person(ADULT, in_inrichting=True), in_inrichting=True),
    }[code]()


#: Codes whose amount is not the whole norm: another code is added to it.
PARTS = {"a20_3", "a22a3a", "a22a3b", "a23_1a", "a23_1b", "a23_2a", "a23_2b"}


def check(code: str, day: date, amount: int) -> None:
    found = norm(whose(code, day), day)
    assert found.zeker
    if code == "a20_3":
        assert found.laagste.bedrag == parameter("norm_a20_1a").on(day).waarde + amount
    elif code in PARTS:
        article = parameter(f"norm_{code}").on(day).artikel
        assert [one.uitkomst for one in found.laagste.stappen if one.artikel == article] == [euro(amount)]
    else:
        assert found.laagste.bedrag == amount


@pytest.mark.parametrize(("first", "code", "amount"), BY_HAND)
def test_amounts_copied_from_the_law(first, code, amount):
    day = date.fromisoformat(first)
    check(code, day, amount)
    check(code, HALF_YEARS[day], amount)


@pytest.mark.parametrize("code", ["a20_1a", "a21a", "a21b", "a22a", "a23_1a"])
def test_a_day_before_the_first_and_after_the_last_half_year_there_is_no_norm(code):
    for day in (min(HALF_YEARS) - timedelta(days=1), max(HALF_YEARS.values()) + timedelta(days=1)):
        with pytest.raises(ParameterError, match="has no value on"):
            norm(whose(code, day), day)


def test_the_half_years_follow_each_other_without_a_gap():
    firsts = sorted(HALF_YEARS)
    for first, following in itertools.pairwise(firsts):
        assert HALF_YEARS[first] + timedelta(days=1) == following
    for code in ("a21a", "a22a3b", "a23_2a", "a20_3"):
        values = parameter(f"norm_{code}").waarden
        assert {value.geldig_van: value.geldig_tot for value in values} == HALF_YEARS


@pytest.mark.skipif(not TABLE.exists(), reason="the table of norms does not lie beside the project")
class TestTable:
    """Every row of the table, which was made apart from the project."""

    @staticmethod
    def rows():
        with TABLE.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def test_every_amount_on_both_ends_of_its_half_year(self):
        rows = self.rows()
        assert len(rows) > 90
        for row in rows:
            for day in (row["geldig_van"], row["geldig_tot"]):
                check(row["code"], date.fromisoformat(day), int(Decimal(row["netto_incl_vt"]) * 100))

    def test_the_holiday_allowance_and_what_is_left(self):
        for row in self.rows():
            if row["vakantietoeslag_5pct"] and row["code"] not in PARTS:
                day = date.fromisoformat(row["geldig_van"])
                found = norm(whose(row["code"], day), day).laagste
                shown = [Decimal(row[name]) * 100 for name in ("vakantietoeslag_5pct", "netto_excl_vt")]
                assert [found.vakantietoeslag, found.zonder_vakantietoeslag] == shown
