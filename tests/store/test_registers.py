"""What is written down by hand: signals from elsewhere and complaints, in both databases."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from contracts.errors import CasebookError
from contracts.outcome import Uitkomst
from contracts.registers import (
    BY_HAND,
    Elders,
    EldersAfgehandeld,
    Eldersoort,
    Herkomst,
    Klacht,
    KlachtAfgehandeld,
    Klachtonderwerp,
    Klachtuitkomst,
)
from tests.world import bsn

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CAME = date(2026, 11, 10)


def elders(**other):
    said = {"herkomst": "netwerkpartner", "soort": "inkomen", "ontvangen_op": CAME, "door": "C-01", "moment": NOW}
    return Elders(**said | other)


def klacht(**other):
    return Klacht(**{"onderwerp": "toon", "ontvangen_op": CAME, "door": "C-01", "moment": NOW} | other)


def ended(op=CAME, uitkomst="aangepast"):
    return EldersAfgehandeld(uitkomst=uitkomst, op=op, door="C-02", moment=NOW)


def test_what_came_in_is_kept_with_how_it_ended(anywhere):
    first, second = (
        anywhere.note_elders(elders(dossiernummer="D-7")),
        anywhere.note_elders(elders(herkomst="samenleving")),
    )
    anywhere.end_elders(first, ended(date(2026, 11, 15)))
    complaint = anywhere.note_klacht(klacht(toelichting="Te lang."))
    anywhere.end_klacht(complaint, KlachtAfgehandeld(uitkomst="deels_gegrond", op=CAME, door="C-02", moment=NOW))
    assert first != second
    assert [
        (row.nummer, row.herkomst, row.soort, row.dossiernummer, row.ontvangen_op, row.door, row.uitkomst, row.afgehandeld_op)
        for row in anywhere.elders()
    ] == [
        (first, "netwerkpartner", "inkomen", "D-7", CAME, "C-01", "aangepast", date(2026, 11, 15)),
        (second, "samenleving", "inkomen", None, CAME, "C-01", None, None),
    ]  # fmt: skip
    (row,) = anywhere.klachten()
    assert (row.onderwerp, row.uitkomst, row.afgehandeld_op, row.afgehandeld_door, row.toelichting) == (
        "toon", "deels_gegrond", CAME, "C-02", "Te lang."
    )  # fmt: skip


def test_an_ending_before_it_came_in_is_refused_and_changes_nothing(anywhere):
    number = anywhere.note_elders(elders())
    with pytest.raises(CasebookError, match="handled on 2026-11-09, before it came in on 2026-11-10"):
        anywhere.end_elders(number, ended(date(2026, 11, 9)))
    assert [row.afgehandeld_op for row in anywhere.elders()] == [None]


def test_an_ending_is_written_once_and_of_what_is_there(anywhere):
    number = anywhere.note_elders(elders())
    anywhere.end_elders(number, ended())
    with pytest.raises(CasebookError, match="has its ending"):
        anywhere.end_elders(number, ended(uitkomst="anders"))
    with pytest.raises(CasebookError, match="Nothing was written down under this number"):
        anywhere.end_klacht(number, KlachtAfgehandeld(uitkomst="gegrond", op=CAME, door="C-02", moment=NOW))
    assert [row.uitkomst for row in anywhere.elders()] == ["aangepast"]


@pytest.mark.parametrize(
    "other",
    [
        {"herkomst": "brp"}, {"herkomst": "buurvrouw"}, {"soort": "fraude"}, {"ontvangen_op": date(2026, 11, 21)},
        {"door": "systeem"}, {"door": " "}, {"toelichting": "Gebeld met 900000012."}, {"toelichting": " "},
        {"dossiernummer": bsn(1)}, {"dossiernummer": "Jansen, Noor"}, {"moment": datetime(2026, 11, 20)},  # noqa: DTZ001
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(other):
    with pytest.raises(ValidationError) as refused:
        elders(**other)
    assert not [number for number in ("900000012", bsn(1)) if number in str(refused.value)]


def test_a_day_begins_in_amsterdam():
    just_after_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert klacht(ontvangen_op=date(2026, 11, 21), moment=just_after_midnight).ontvangen_op == date(2026, 11, 21)
    with pytest.raises(ValidationError, match="still to come"):
        ended(date(2026, 11, 22))


def test_every_subject_and_every_ending_fits_the_database(anywhere):
    for onderwerp in Klachtonderwerp:
        for uitkomst in Klachtuitkomst:
            number = anywhere.note_klacht(klacht(onderwerp=onderwerp))
            anywhere.end_klacht(number, KlachtAfgehandeld(uitkomst=uitkomst, op=CAME, door="C-02", moment=NOW))
    for herkomst in BY_HAND:
        for soort in Eldersoort:
            anywhere.note_elders(elders(herkomst=herkomst, soort=soort))
    for uitkomst in Uitkomst:
        anywhere.end_elders(anywhere.note_elders(elders()), ended(uitkomst=uitkomst))
    assert len(anywhere.klachten()) == len(Klachtonderwerp) * len(Klachtuitkomst)
    assert Herkomst.BRP not in BY_HAND
