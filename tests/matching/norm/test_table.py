"""The norm of whole tables: each situation once, the amounts of the published norms, null where there is none."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.parameters import Values
from matching.norm import Leeftijd, aow_reached, norm
from matching.norm.ages import last_aow_birth
from matching.norm.table import SITUATION, Leefsituatie, Norms, norm_table, norms_since

DAY = date(2026, 11, 3)


def table(*situations: Leefsituatie) -> pl.DataFrame:
    rows = [{"dossier": nth} | {name: getattr(one, name) for name in SITUATION} for nth, one in enumerate(situations)]
    return pl.DataFrame(rows, schema_overrides={"leeftijd_partner": pl.Int32})


def ends(*situations: Leefsituatie, day: date = DAY) -> list[tuple[int | None, int | None]]:
    return norm_table(table(*situations), Norms(day)).select("laagste_cent", "hoogste_cent").rows()


def couple(**facts) -> Leefsituatie:
    return Leefsituatie(partner=True, leeftijd_partner=Leeftijd.VOLWASSEN, **facts)


@pytest.mark.parametrize(
    ("situation", "lowest", "highest"),
    [
        (Leefsituatie(), 141_946, 141_946),  # 21 a, as of 2026-07-01
        (couple(), 202_779, 202_779),  # 21 b
        (Leefsituatie(leeftijd=Leeftijd.AOW), 158_734, 158_734),  # 22 a
        (Leefsituatie(kostendelers=1), 101_390, 101_390),  # 22a lid 1: 50 % of 2,027.79, half-up
        (Leefsituatie(misschien=1), 101_390, 141_946),
        (couple(partner_recht=False), 101_390, 101_390),  # 24: half of 21 b
        (couple(partner_recht=None), 101_390, 202_779),
        (Leefsituatie(leeftijd=Leeftijd.JONG, kinderen=False, geen_beroep_op_ouders=False), 35_042, 35_042),  # 20
        # 23 lid 1 a and lid 2 a: 449.44 + 47.00.
        (Leefsituatie(in_inrichting=None), 49_644, 141_946),
        (Leefsituatie(leeftijd=Leeftijd.KIND), None, None),  # 13 lid 1 f: no right, no norm
    ],
)
def test_the_ends_of_a_situation(situation, lowest, highest):
    assert ends(situation) == [(lowest, highest)]


def test_who_may_be_of_any_age_has_a_norm_between_the_ends_of_all_ages():
    ((low, high),) = ends(Leefsituatie(leeftijd=None, kinderen=False, geen_beroep_op_ouders=False))
    assert (low, high) == (35_042, 158_734)


def test_more_people_than_any_household_has_is_no_norm_and_no_crash():
    assert ends(Leefsituatie(kostendelers=101), Leefsituatie(misschien=101)) == [(None, None)] * 2


def test_each_situation_is_worked_out_once_and_every_dossier_gets_its_amounts(monkeypatch):
    worked = []
    monkeypatch.setattr("matching.norm.table.norm", lambda *args: worked.append(args) or norm(*args))
    rows = [Leefsituatie(), couple(), Leefsituatie(kinderen=True)] * 5_000
    found = norm_table(table(*rows), Norms(DAY))
    assert found["dossier"].to_list() == list(range(15_000))
    assert found["laagste_cent"].to_list() == [141_946, 202_779, 141_946] * 5_000
    assert len(worked) == 2 * 3  # for this half year and the one before


def test_an_unknown_fact_is_joined_back_as_unknown():
    assert norm_table(table(couple(partner_recht=None)), Norms(DAY))["hoogste_cent"].to_list() == [202_779]


def test_amounts_that_are_the_same_norm_and_those_of_the_half_year_before():
    (row,) = norm_table(table(Leefsituatie()), Norms(DAY)).to_dicts()
    assert row["gelijk"] == [134_849, 141_946]  # 1,419.46 less 5 %: 70.97
    assert row["vorige"] == [133_142, 140_150]  # 1,401.50 less 70.08


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2027, 1, 1)])
def test_outside_the_days_of_the_norms_there_is_none(day):
    assert ends(Leefsituatie(), day=day) == [(None, None)]
    assert norms_since(day) is None


def test_the_first_half_year_that_is_known_has_none_before_it():
    assert norm_table(table(Leefsituatie()), Norms(date(2024, 1, 1)))["vorige"].to_list() == [None]


def test_used_values_are_remembered_once():
    norms = Norms(DAY)
    norms.of(Leefsituatie())
    norms.of(Leefsituatie(kinderen=True))
    assert [one.naam for one in norms.used].count("norm_a21a") == 1


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(-800, 800))
def test_everybody_born_up_to_a_day_has_the_aow_age_and_nobody_after_it(day, days):
    last = last_aow_birth(day)
    assert aow_reached(last + timedelta(days=days), Values(day)) is (days <= 0)
