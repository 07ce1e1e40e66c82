"""Around each run: note that it began and how it ended, tell the beheerder, and write what a monitor reads.

None of this ends a run: what can't be written is said on the error output, and the run goes on.
"""

import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from flows.alone import alone
from flows.bewaking.alerts import Alert, Loop, of_dead, of_error
from flows.bewaking.logs import RunLog
from flows.bewaking.mail import send_due
from flows.bewaking.metrics import write_metrics
from flows.bewaking.state import Run, State, changing, now_utc
from flows.progress import heard_by
from flows.settings import Workplace
from store.faults import told_plainly

#: Who looks whether a run lives holds its slot for a moment.
_PATIENCE: Final = 1.0
_watched: ContextVar[bool] = ContextVar("watched", default=False)


def slot(work: Workplace, loop: Loop) -> Path:
    """The file that a run of this kind holds as long as it lives."""
    return work.bewaking / f"{loop}.slot"


@dataclass
class Watch:
    """A run that is watched. What it found is told when it ends.

    Attributes:
        work: the work folder.
        loop: what kind of run it is.
        day: the day it judges by.
        ours: whether no other run of this kind goes on, so that this is the one that is noted.
        inner: whether it is a part of a run that is watched: then that one tells.
    """

    work: Workplace
    loop: Loop
    day: date
    ours: bool
    inner: bool
    log: RunLog
    found: tuple[Alert, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    stap: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def ended(self, found: Iterable[Alert], counts: Mapping[str, int]) -> None:
        """What the run came to."""
        self.found, self.counts = tuple(found), counts

    def begins(self, name: str) -> None:
        """A step begins."""
        self.stap = name
        if self.ours:
            self._note(lambda state: setattr(state.runs[self.loop], "stap", name))

    def ends(self, name: str, seconds: float) -> None:
        """A step ended well."""
        self.seconds[name] = round(seconds, 2)

    def __enter__(self) -> Self:
        """Note that it began, and whether the one before died."""
        self.log.line("begint")
        if self.ours:
            self._note(self._begun)
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        """Note how it ended, tell of it, and write the measures."""
        if error is None:
            self.log.done(self.counts)
        else:
            self.log.failed(error, self.stap)
        self._note(lambda state: self._over(state, error))
        if not self.inner:
            with said():
                write_metrics(self.work, now_utc())

    def _begun(self, state: State) -> None:
        before, now = state.runs.get(self.loop), now_utc()
        if before is not None and before.stand == "bezig":
            state.note(self.loop, [of_dead(self.loop, before.over, before.stap)], now, whole=False)
            state.count(self.loop, "gestorven")
        state.runs[self.loop] = Run(
            run_id=self.log.run_id, over=self.day, begonnen=now, goed=before.goed if before else None
        )

    def _over(self, state: State, error: BaseException | None) -> None:
        now = now_utc()
        # KeyboardInterrupt and the like: ended from outside.
        dead = error is not None and not isinstance(error, Exception)
        if self.ours and (run := state.runs.get(self.loop)) is not None:
            run.geeindigd, run.seconden = now, self.seconds
            run.stand = "klaar" if error is None else "gestorven" if dead else "mislukt"
            run.goed = now if error is None else run.goed
            state.count(self.loop, run.stand)
        if self.inner:
            return
        if error is None:
            state.note(self.loop, self.found, now, whole=True)
        else:
            dead_of, failed_of = (
                of_dead(self.loop, self.day, self.stap),
                of_error(self.loop, self.day, error, self.stap),
            )
            found = dead_of if dead else failed_of
            state.note(self.loop, [found] if found else [], now, whole=False)
        if not dead:
            # Who ends a run from outside does not wait for a mail server: the next run or the watchdog tells.
            self._mail(state, now)

    def _mail(self, state: State, now: datetime) -> None:
        sent = send_due(state, self.work.settings, now)
        if sent or state.mail_mislukt:
            problem = {"wat": state.mail_mislukt} if state.mail_mislukt else None
            self.log.line("mail", aantallen={"verstuurd": sent}, fout=problem)

    def _note(self, change: Callable[[State], None]) -> None:
        with said(), changing(self.work.bewaking) as state:
            change(state)


@contextmanager
def said() -> Iterator[None]:
    """Watching that can't write ends no run: it is said on the error output."""
    try:
        yield
    except OSError as error:
        sys.stderr.write(f"bewaking: niet te schrijven ({type(error).__name__})\n")


@contextmanager
def watched(work: Workplace, loop: Loop, day: date) -> Iterator[Watch]:
    """Watch over a run: the outermost one tells of all that is inside.

    Raises:
        TijdigError: disk or database did what is known of them: that is told in plain words.
    """
    with _slot(work, loop) as ours:
        log = RunLog.of(work, secrets.token_hex(4), loop, day)
        watch = Watch(work, loop, day, ours=ours, inner=_watched.get(), log=log)
        token = _watched.set(True)
        try:
            with watch, heard_by(watch, log), told_plainly():
                yield watch
        finally:
            _watched.reset(token)


@contextmanager
def _slot(work: Workplace, loop: Loop) -> Iterator[bool]:
    """Hold what says that a run of this kind lives; False = another one does, or nothing can be written here."""
    with ExitStack() as stack:
        ours = False
        with said():
            ours = stack.enter_context(alone(slot(work, loop), _PATIENCE))
        yield ours


def runs_now(work: Workplace, loop: Loop) -> bool:
    """Whether a run of this kind goes on."""
    if not slot(work, loop).exists():
        return False
    with alone(slot(work, loop), 0.0) as free:
        return not free


def tell(work: Workplace, loop: Loop, found: Iterable[Alert]) -> State:
    """Note things outside a run and tell of them; returns what is known after that."""
    now = now_utc()
    with changing(work.bewaking) as state:
        state.note(loop, found, now, whole=False)
        send_due(state, work.settings, now)
        return state
