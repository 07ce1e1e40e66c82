"""The gate: what is too old, too small or too broken is not written to people about."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.delivery import DeliveryKind
from contracts.tables import Bron
from matching.gate import GateLimits, gate
from store.warehouse import TakenIn

NIGHT = date(2026, 11, 3)
LIMITS = GateLimits(max_days={Bron.BRP: 3, Bron.UITKERINGSGEGEVENS: 3}, max_drop=0.2, max_rejected=0.05)


MUTATIES = DeliveryKind.MUTATIES


def taken(volgnr=1, *, days_old=0, rows=1000, rejected=0, lost=0, soort=DeliveryKind.VOLLEDIG, **tables):
    return TakenIn(
        volgnr=volgnr, levering_id=f"brp-{volgnr}", bron=Bron.BRP, peildatum=NIGHT - timedelta(days=days_old),
        geleverd_op=datetime(2026, 11, 3, tzinfo=UTC), soort=soort, rijen=rows, geaccepteerd=rows - rejected,
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
        ([taken(1), taken(2, days_old=-1)], True),  # a delivery about a later day is not tonight's
    ],
)
def test_gate(deliveries, is_open):
    judged = gate(Bron.BRP, deliveries, NIGHT, LIMITS)
    assert judged.open is is_open
    assert judged.reden.endswith(".")
