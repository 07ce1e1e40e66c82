"""Waiting for deliveries that are late: until those of the day are there, or the deadline has come.

After it the night goes on without them: their gates judge what there is, and nothing is told or closed on a source that
is too old. A delivery counts when each file its manifest names is there and is the one that the supplier meant, by its
hash; one that is still being written is waited for like one that is not there.
"""

import hashlib
import time as clock
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from contracts.delivery import MANIFEST_NAME, Delivery, read_manifest
from contracts.errors import DeliveryError
from contracts.tables import Bron
from flows.progress import show
from flows.settings import Workplace

ZONE: Final = ZoneInfo("Europe/Amsterdam")
#: So long it waits at most, however early it began: a run that lasts too long is ended, and its night with it.
LONGEST: Final = timedelta(hours=6)


@dataclass(frozen=True)
class Clock:
    """The time, and how to wait: tests give their own."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = clock.sleep


@dataclass
class Incoming:
    """What lies in ``leveringen/``: a file is read once as long as it does not change."""

    work: Workplace
    first: date
    """The first day that a delivery of tonight can be about."""
    last: date
    """And the last one: what is about a later day is not taken in tonight."""
    _hashes: dict[tuple[Path, int, int], str] = field(default_factory=dict)

    def whole(self) -> frozenset[Bron]:
        """The sources of which a delivery is there, whole."""
        found = set()
        for path in sorted(self.work.leveringen.rglob(MANIFEST_NAME)):
            # One that can't be read, or lost a file, may still be on its way.
            with suppress(DeliveryError, OSError):
                delivery = read_manifest(path)
                if self.first <= delivery.manifest.peildatum <= self.last and self._is_meant(delivery):
                    found.add(delivery.manifest.bron)
        return frozenset(found)

    def _is_meant(self, delivery: Delivery) -> bool:
        return all(self._hash(delivery.path(file)) == file.sha256 for file in delivery.manifest.bestanden)

    def _hash(self, path: Path) -> str:
        about = path.stat()
        key = (path, about.st_size, about.st_mtime_ns)
        if key not in self._hashes:
            with path.open("rb") as stream:
                self._hashes[key] = hashlib.file_digest(stream, "sha256").hexdigest()
        return self._hashes[key]


def wait_for_deliveries(
    work: Workplace, peildatum: date, newest: Mapping[Bron, date], time: Clock | None = None
) -> frozenset[Bron]:
    """Wait as the settings say; returns the sources that did not come.

    Args:
        work: the work folder.
        peildatum: the night; only one of today waits.
        newest: the day of what was taken in last, by source: a night that goes on after a kill waits for no more.
        time: the clock.
    """
    chosen, time = work.settings.nacht, time or Clock()
    if chosen.until is None or time.now().astimezone(ZONE).date() != peildatum:
        return frozenset()
    first = peildatum - timedelta(days=chosen.hoogstens_dagen_oud)
    until = min(datetime.combine(peildatum, chosen.until, ZONE).astimezone(UTC), time.now() + LONGEST)
    taken = {bron for bron, day in newest.items() if day >= first}
    expected = frozenset(chosen.wacht_op or work.settings.verwachte_bronnen) - taken
    incoming = Incoming(work, first, peildatum)
    while missing := expected - incoming.whole():
        left = (until - time.now()).total_seconds()
        if left <= 0:
            break
        show(f"Wachten op {', '.join(sorted(missing))} tot {chosen.wacht_tot} uur ...")
        time.sleep(min(left, chosen.kijk_elke_seconden))
    return missing
