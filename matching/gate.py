"""The gate per source: is what we have fresh and whole enough to write to people about?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.delivery import DeliveryKind
from contracts.dutch import number
from contracts.tables import Bron
from store.warehouse import TakenIn

#: A table with fewer rows than this may come and go.
_FEW = 10


@dataclass(frozen=True)
class GateLimits:
    """When a source is not good enough.

    Attributes:
        max_days: source -> how many days its peildatum may lie before the night.
        max_drop: share of rows that may be missing against the delivery before, over all tables.
        max_drop_table: the same for one table, where it had more than a few rows.
        max_rejected: share of rows that may be rejected.
    """

    max_days: Mapping[Bron, int]
    max_drop: float = 0.2
    max_drop_table: float = 0.5
    max_rejected: float = 0.05


@dataclass(frozen=True)
class Gate:
    """Whether a source may be used tonight; ``reden`` is a Dutch sentence for the beheerder."""

    bron: Bron
    open: bool
    reden: str


def gate(bron: Bron, deliveries: Sequence[TakenIn], peildatum: date, limits: GateLimits) -> Gate:
    """Judge a source by its deliveries, oldest first; a closed gate stops letters, not the night.

    The size of a full delivery is judged against the last full delivery that was itself whole, so that a partial
    delivery does not become the measure of the next one.
    """
    of_bron = [d for d in deliveries if d.bron is bron and d.peildatum <= peildatum]
    if not of_bron:
        return Gate(bron, open=False, reden="Er is nog geen levering van deze bron.")
    last = of_bron[-1]
    shrunk, lost = _shrunk(of_bron, limits), _lost(of_bron)
    days = (peildatum - last.peildatum).days
    reasons = (
        (
            days > limits.max_days[bron],
            f"De laatste levering is {days} dagen oud; hoogstens {limits.max_days[bron]} mag.",
        ),
        (bool(shrunk), f"Er zijn veel minder rijen dan eerder ({shrunk}): waarschijnlijk niet volledig."),
        (lost > 0, f"Van {number(lost)} afgekeurde rijen van de dienst is niet te zeggen over wie ze gaan."),
        (
            last.afgekeurd > last.rijen * limits.max_rejected,
            f"Er zijn {number(last.afgekeurd)} van {number(last.rijen)} rijen afgekeurd.",
        ),
    )
    for closed, reden in reasons:
        if closed:
            return Gate(bron, open=False, reden=reden)
    return Gate(bron, open=True, reden="Vers en volledig.")


def _shrunk(deliveries: Sequence[TakenIn], limits: GateLimits) -> str:
    """The tables of the last full delivery that hold far fewer rows than in the last whole one; empty if none."""
    whole: TakenIn | None = None
    found = ""
    for delivery in (d for d in deliveries if d.soort is DeliveryKind.VOLLEDIG):
        found = "" if whole is None else ", ".join(_smaller(delivery, whole, limits))
        whole = whole if found else delivery
    return found


def _smaller(now: TakenIn, before: TakenIn, limits: GateLimits) -> Iterator[str]:
    if now.rijen < before.rijen * (1 - limits.max_drop):
        yield f"samen {number(now.rijen)} in plaats van {number(before.rijen)}"
    for table, rows in before.per_tabel.items():
        if rows >= _FEW and now.per_tabel.get(table, 0) < rows * (1 - limits.max_drop_table):
            yield f"{table} {number(now.per_tabel.get(table, 0))} in plaats van {number(rows)}"


def _lost(deliveries: Sequence[TakenIn]) -> int:
    """Rows of nobody knows whom, since the last full delivery."""
    full = [place for place, d in enumerate(deliveries) if d.soort is DeliveryKind.VOLLEDIG]
    return sum(d.onbekend_over for d in deliveries[full[-1] if full else 0 :])
