"""Households in which nothing is found, chosen in the database: the same lot as advice would choose."""

from datetime import UTC, datetime

import pytest

from advice.sample import choose, prefix, seed
from contracts.desk import Steekproefsoort
from matching.intake.take_in import take_in
from matching.without_finding import choose_without_finding
from store.warehouse import Warehouse
from tests.world import DAY, World

BEFORE = prefix(seed("geheim"), DAY, Steekproefsoort.ZONDER_SIGNAAL)
MANY = 60


def world() -> World:
    """Sixty dossiers that run, one that ended, one that begins tomorrow, one with two uitkeringen, one not in the BRP."""
    town = World()
    for number in range(1, MANY + 1):
        town.person(number, house=number).uitkering(number, house=number)
    town.person(70, house=70).uitkering(70, house=70, datum_einde_uitkering="2026-10-31")
    town.person(71, house=71).uitkering(71, house=71, datum_aanvang_uitkering="2026-11-04")
    town.uitkering(72, house=72)
    town.person(73, house=73).uitkering(73, house=73, dossiernummer="D-1")
    return town


RUNNING = {f"D-{number}" for number in (*range(1, MANY + 1), 72)}


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "warehouse.duckdb") as opened:
        take_in(opened, world().write_all(tmp_path / "leveringen"), now=datetime(2026, 11, 3, 3, tzinfo=UTC))
        yield opened


@pytest.mark.parametrize("size", [0, 1, 7, 61, 100])
def test_the_lot_is_that_of_advice(warehouse, size):
    others = {"D-3", "D-4", "D-999"}
    expected = choose({one: one for one in RUNNING}, size, BEFORE, others)
    assert choose_without_finding(warehouse, DAY, size, BEFORE, others) == expected
    assert len(expected) == min(size, 59)


def test_only_what_runs_is_in_it_once_also_who_is_not_in_the_brp(warehouse):
    chosen = choose_without_finding(warehouse, DAY, 1_000, BEFORE, ())
    assert len(chosen) == len(set(chosen))
    assert set(chosen) == RUNNING


def test_where_everybody_is_left_out_nobody_is_chosen(warehouse):
    assert choose_without_finding(warehouse, DAY, 5, BEFORE, RUNNING) == []
