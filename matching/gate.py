"""The gate per source: is what we have fresh and whole enough to write to people about?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.dutch import number
from contracts.tables import Bron
from store.warehouse import TakenIn


@dataclass(frozen=True)
class GateLimits:
    """When a source is not good enough.

    Attributes:
        max_days: source -> how many days its peildatum may lie before the night.
        max_drop: share of rows that may be missing against the delivery before.
        max_rejected: share of rows that may be rejected.
    """

    max_days: Mapping[Bron, int]
    max_drop: float = 0.2
    max_rejected: float = 0.05


@dataclass(frozen=True)
class Gate:
    """Whether a source may be used tonight; ``reden`` is a Dutch sentence for the beheerder."""

    bron: Bron
    open: bool
    reden: str


def gate(bron: Bron, deliveries: Sequence[TakenIn], peildatum: date, limits: GateLimits) -> Gate:
    """Judge a source by its deliveries, oldest first; a closed gate stops letters, not the night."""
    of_bron = [d for d in deliveries if d.bron is bron and d.peildatum <= peildatum]
    if not of_bron:
        return Gate(bron, open=False, reden="Er is nog geen levering van deze bron.")
    last, before = of_bron[-1], of_bron[-2] if len(of_bron) > 1 else None
    days = (peildatum - last.peildatum).days
    reasons = (
        (
            days > limits.max_days[bron],
            f"De laatste levering is {days} dagen oud; hoogstens {limits.max_days[bron]} mag.",
        ),
        (
            before is not None and last.soort == before.soort and last.rijen < before.rijen * (1 - limits.max_drop),
            f"De levering heeft {number(last.rijen)} rijen, veel minder dan de vorige: waarschijnlijk niet volledig.",
        ),
        (
            last.onbekend_over > 0,
            f"Van {number(last.onbekend_over)} afgekeurde rijen van de dienst is niet te zeggen over wie ze gaan.",
        ),
        (
            last.afgekeurd > last.rijen * limits.max_rejected,
            f"Er zijn {number(last.afgekeurd)} van {number(last.rijen)} rijen afgekeurd.",
        ),
    )
    for closed, reden in reasons:
        if closed:
            return Gate(bron, open=False, reden=reden)
    return Gate(bron, open=True, reden="Vers en volledig.")
