"""What is known of the runs and of what the beheerder was told: a file in ``gegevens/bewaking/``, without anybody.

It stands beside the databases, as it must say something where those don't open.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.alone import alone
from flows.bewaking.alerts import Alert, AlertKind, Loop
from flows.outputs import replace_file

FILE: Final = "stand.json"
_LOCK: Final = "stand.slot"
_PATIENCE: Final = 60.0
#: A run that failed or died is over with the next that ends well; these don't stay open for longer than this.
_GONE_AFTER: Final = timedelta(days=90)
Stand = Literal["bezig", "klaar", "mislukt", "gestorven"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Run(_Model):
    """The last run of a kind.

    Attributes:
        run_id: a number of this run, the same in its log lines.
        over: the day it judged by.
        begonnen: when it began.
        geeindigd: when it ended; None = it runs, or was killed.
        stand: how it ended.
        stap: the step it was last in.
        seconden: how long each step took.
        goed: when a run of this kind last ended well.
    """

    run_id: str
    over: date
    begonnen: datetime
    geeindigd: datetime | None = None
    stand: Stand = "bezig"
    stap: str = ""
    seconden: dict[str, float] = Field(default_factory=dict)
    goed: datetime | None = None


class Told(_Model):
    """Something that is the matter, since when, and to whom it was told when (by a hash of the address)."""

    melding: Alert
    loop: Loop
    sinds: datetime
    verteld: dict[str, datetime] = Field(default_factory=dict)

    def due(self, address: str, now: datetime, again: timedelta) -> bool:
        """Whether an address must hear of it, for the first time or again."""
        told = self.verteld.get(mark_of(address))
        return told is None or (now - told >= again and self.melding.soort not in _EVENTS)


#: What happened once: it is not told again, and does not go by itself.
_EVENTS: Final = frozenset({AlertKind.RUN_MISLUKT, AlertKind.RUN_GESTORVEN})


class State(_Model):
    """All of it."""

    runs: dict[Loop, Run] = Field(default_factory=dict)
    meldingen: dict[str, Told] = Field(default_factory=dict)
    tellers: dict[str, int] = Field(default_factory=dict)
    """How many runs ended so: ``nacht|klaar``."""
    mail_mislukt: str = ""
    """Why the last mail did not leave; empty = it did."""

    def count(self, loop: Loop, stand: Stand) -> None:
        """One more run ended so."""
        key = f"{loop}|{stand}"
        self.tellers[key] = self.tellers.get(key, 0) + 1

    def note(self, loop: Loop, found: Iterable[Alert], now: datetime, *, whole: bool) -> None:
        """Note what a run found; with ``whole`` what it found before and does not find now is over."""
        here = {one.sleutel: one for one in found}
        for sleutel, one in here.items():
            known = self.meldingen.get(sleutel)
            if known is None:
                self.meldingen[sleutel] = Told(melding=one, loop=loop, sinds=now)
            elif one.soort not in _EVENTS:
                self.meldingen[sleutel] = known.model_copy(update={"melding": one, "loop": loop})
        for sleutel, known in list(self.meldingen.items()):
            over = whole and sleutel not in here and _covers(loop, known)
            if over and known.melding.soort in _EVENTS:
                # It stays until somebody heard of it.
                over = bool(known.verteld)
            if over or now - known.sinds > _GONE_AFTER:
                del self.meldingen[sleutel]


def _covers(loop: Loop, known: Told) -> bool:
    """Whether a run of this kind would have found it if it were still so: a night ends with a delivery."""
    if loop is Loop.NACHT:
        return known.loop in (Loop.NACHT, Loop.BEZORGING)
    return known.loop is loop or (loop is Loop.BEZORGING and known.melding.soort is AlertKind.STORING)


def mark_of(address: str) -> str:
    """An address as the file knows it."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:12]


def read(folder: Path) -> State:
    """What is known; nothing where there is no file, or one that nobody can read."""
    try:
        return State.model_validate_json((folder / FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return State()


@contextmanager
def changing(folder: Path) -> Iterator[State]:
    """Change it: one at a time, and whole or not at all.

    Who can't have it alone for a minute changes nothing that others don't: the last one that writes is what stays.
    """
    with alone(folder / _LOCK, _PATIENCE):
        state = read(folder)
        yield state
        replace_file(folder / FILE, state.model_dump_json(indent=1))


def now_utc() -> datetime:
    """The moment."""
    return datetime.now(UTC)
