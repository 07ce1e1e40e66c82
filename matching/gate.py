"""The gate per source: is what we have fresh and whole enough to write to people about?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.delivery import DeliveryKind
from contracts.dutch import number
from contracts.tables import Bron
from matching.intake.take_in import Refused
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
        expected: the sources this dienst counts on: one that never delivered is a reason to warn.
    """

    max_days: Mapping[Bron, int]
    max_drop: float = 0.2
    max_drop_table: float = 0.5
    max_rejected: float = 0.05
    expected: tuple[Bron, ...] = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


@dataclass(frozen=True)
class Gate:
    """Whether a source may be used tonight; ``reden`` is a Dutch sentence for the beheerder.

    ``connected`` is false for a source that nobody expects and that never delivered: nothing is used of it, and that
    is no reason to warn.
    """

    bron: Bron
    open: bool
    reden: str
    connected: bool = True

    @property
    def warns(self) -> bool:
        """Whether the beheerder has something to do."""
        return self.connected and not self.open


def judge_all(
    deliveries: Sequence[TakenIn], refused: Sequence[Refused], peildatum: date, limits: GateLimits
) -> tuple[Gate, ...]:
    """The gate of every source: one that is closed stops what is made of that source, and no other."""
    return tuple(
        gate(
            bron,
            [d for d in deliveries if d.bron is bron and d.peildatum <= peildatum],
            [r for r in refused if r.bron is bron],
            peildatum,
            limits,
        )
        for bron in Bron
    )


def gate(
    bron: Bron, of_bron: Sequence[TakenIn], refused: Sequence[Refused], peildatum: date, limits: GateLimits
) -> Gate:
    """Judge one source by its deliveries, oldest first, and by what was refused of it.

    The size of a full delivery is judged against the last full delivery that was itself whole, so that a partial
    delivery does not become the measure of the next one.
    """
    if newer := _refused_since(of_bron, refused):
        return Gate(bron, open=False, reden=f"De nieuwste levering is geweigerd ({newer}).")
    if not of_bron:
        if bron in limits.expected:
            return Gate(bron, open=False, reden="Er is nog geen levering van deze bron.")
        return Gate(bron, open=False, reden="Deze bron is niet aangesloten.", connected=False)
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


def _refused_since(of_bron: Sequence[TakenIn], refused: Sequence[Refused]) -> str:
    """Why the newest delivery was refused, where no newer one was taken in since."""
    last = max(((d.peildatum, d.geleverd_op) for d in of_bron), default=None)
    newer = [r for r in refused if r.moment is None or last is None or r.moment > last]
    return newer[-1].error.what if newer else ""


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
