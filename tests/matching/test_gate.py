"""The gate: what is too old, too small or too broken is not written to people about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.delivery import DeliveryKind
from contracts.errors import DeliveryError
from contracts.tables import Bron
from matching.gate import GateLimits, gate, judge_all
from matching.intake.take_in import Refused
from store.warehouse import TakenIn

NIGHT = date(2026, 11, 3)
LIMITS = GateLimits(max_days={Bron.BRP: 3, Bron.UITKERINGSGEGEVENS: 3}, max_drop=0.2, max_rejected=0.05)


MUTATIES = DeliveryKind.MUTATIES


def taken(volgnr=1, *, days_old=0, rows=1000, rejected=0, soort=DeliveryKind.VOLLEDIG, handed=0, **tables):
    lost = tables.pop("lost", 0)
    return TakenIn(
        volgnr=volgnr, levering_id=f"brp-{volgnr}", bron=Bron.BRP, peildatum=NIGHT - timedelta(days=days_old),
        geleverd_op=datetime(2026, 11, 3, handed, tzinfo=UTC), soort=soort, rijen=rows, geaccepteerd=rows - rejected,
        afgekeurd=rejected, bewaard=0, waarden_afgekeurd=0, onbekend_over=lost, per_tabel=tables,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("deliveries", "is_open"),
    [
        ([], False),
        ([taken()], True),
        ([taken(days_old=3)], True),
        ([taken(days_old=4)], False),
        ([taken(rejected=50)], True),
        ([taken(rejected=51)], False),
        ([taken(lost=1)], False),
        ([taken(1), taken(2, rows=800)], True),
        ([taken(1), taken(2, rows=799)], False),
        ([taken(1), taken(2, rows=3, soort=MUTATIES)], True),
        # A partial delivery is not the measure of the next one, nor is one of mutations in between.
        ([taken(1), taken(2, rows=500), taken(3, rows=500)], False),
        ([taken(1), taken(2, rows=3, soort=MUTATIES), taken(3, rows=500)], False),
        ([taken(1), taken(2, rows=500), taken(3, rows=900)], True),
        # A table that is all but gone shows, however small its share.
        ([taken(1, melding=10), taken(2, melding=0)], False),
        ([taken(1, melding=10), taken(2, melding=5)], True),
        ([taken(1, melding=9), taken(2, melding=0)], True),
        # What nobody knows whom it was about stays so until a full delivery.
        ([taken(1, lost=1), taken(2, soort=MUTATIES)], False),
        ([taken(1, lost=1), taken(2)], True),
    ],
)
def test_gate(deliveries, is_open):
    judged = gate(Bron.BRP, deliveries, [], NIGHT, LIMITS)
    assert judged.open is is_open
    assert judged.reden.endswith(".")
    assert judged.warns is not is_open


def no(days_old: int = 0, hour: int = 2) -> Refused:
    moment = (NIGHT - timedelta(days=days_old), datetime(2026, 11, 3, hour, tzinfo=UTC))
    return Refused(DeliveryError("File is missing.", where="brp_persoon.csv", todo="Ask."), Bron.BRP, moment)


@pytest.mark.parametrize(
    ("of_bron", "refused", "is_open"),
    [
        ([], [no()], False),
        # What came last was refused, so nobody knows what it would have said: yesterday's delivery is no proof.
        ([taken(days_old=1)], [no()], False),
        # The one of the same day that was handed over again and is good.
        ([taken(handed=3)], [no(hour=2)], True),
        ([taken(handed=1)], [no(hour=2)], False),
        # An old one that still lies there.
        ([taken()], [no(days_old=1)], True),
    ],
)
def test_a_refused_delivery_closes_the_gate_until_a_newer_good_one(of_bron, refused, is_open):
    judged = gate(Bron.BRP, of_bron, refused, NIGHT, LIMITS)
    assert judged.open is is_open
    assert is_open or "geweigerd" in judged.reden


def test_each_source_has_a_gate_of_its_own():
    limits = GateLimits(max_days=dict.fromkeys(Bron, 3), expected=(Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB))
    own = taken().model_copy(update={"bron": Bron.UITKERINGSGEGEVENS})
    gates = {g.bron: g for g in judge_all([own, taken(days_old=9)], [], NIGHT, limits)}
    assert {bron: (g.open, g.warns) for bron, g in gates.items()} == {
        Bron.UITKERINGSGEGEVENS: (True, False),
        Bron.BRP: (False, True),
        Bron.IB: (False, True),  # it is counted on
        Bron.DUO: (False, False),  # nobody connected it
    }


def test_a_delivery_about_a_later_day_is_not_tonights():
    gates = judge_all([taken(), taken(2, days_old=-1, rejected=999)], [], NIGHT, LIMITS)
    assert next(g for g in gates if g.bron is Bron.BRP).open
