"""Bands of what nobody knows exactly: dated, in order, with a source, and none from memory."""

from datetime import date

import pytest

from contracts.bands import MKBA, SIMULATIE, BandParameter, band_parameters, bands_on
from contracts.errors import ParameterError
from contracts.parameters import Status, refuse_unseen

VALUE = {
    "laag": 1, "basis": 2, "hoog": 3, "geldig_van": "2026-01-01", "geldig_tot": None, "bron": "b", "status": "gezien",
}  # fmt: skip


def parameter(eenheid="uren", **changes):
    return BandParameter.model_validate(
        {"naam": "x", "betekenis": "y", "eenheid": eenheid, "waarden": [VALUE | changes]}
    )


def test_amounts_are_whole_cents_and_the_rest_is_as_written():
    money, hours = parameter("euro per uur", laag=1.5), parameter(laag=0.25)
    assert (money.waarden[0].laag, money.waarden[0].hoog) == (150, 300)
    assert str(hours.waarden[0].laag) == "0.25"
    assert money.used(money.waarden[0]).waarde == "€ 2,00 (€ 1,50 tot € 3,00) per uur"
    assert hours.used(hours.waarden[0]).waarde == "2 (0,25 tot 3) uren"


@pytest.mark.parametrize(
    ("changes", "unit", "wrong"),
    [
        ({"laag": 2.5}, "uren", "not from low to high"),
        ({"hoog": 1}, "uren", "not from low to high"),
        ({"laag": -1}, "uren", "below zero"),
        ({"hoog": 101}, "procent", "more than 100"),
        ({"laag": 0.005}, "euro", "whole number of cents"),
    ],
)
def test_what_does_not_fit_is_refused(changes, unit, wrong):
    with pytest.raises(ValueError, match=wrong):
        parameter(unit, **changes)


@pytest.mark.parametrize("folder", [MKBA, SIMULATIE])
def test_outside_its_days_there_is_no_band(folder):
    assert bands_on(date(2026, 1, 1), folder).values == bands_on(date(2026, 12, 31), folder).values
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(ParameterError, match=f"has no value on {day}"):
            bands_on(day, folder)


@pytest.mark.parametrize("folder", [MKBA, SIMULATIE])
def test_every_band_names_its_source_and_none_is_from_memory(folder):
    for one in band_parameters(folder).values():
        assert one.plek.startswith(f"contracts/waarden/{folder}/")
        for value in one.waarden:
            assert value.bron
            assert value.status is not Status.GEHEUGEN
            # What was seen in a text of the law says where; general knowledge is at most to be confirmed.
            assert (value.status is Status.GEZIEN) == bool(value.artikel)


def test_a_band_from_memory_is_refused_where_it_counts():
    one = parameter(status="geheugen")
    with pytest.raises(ParameterError, match="from memory may not be used in production: x"):
        refuse_unseen([one.used(one.waarden[0])])
