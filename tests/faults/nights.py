"""Whole nights in processes of their own, that are killed (SIGKILL) at a moment or at the n-th thing they change.

Run as a program it imports everything once and then runs each night it is asked for in a child of its own, so that a
real kill costs a fork and not a start of Python. The night is the flow itself, ``flows.nightly``, without a Prefect
server: that has threads, which do not live on in a child.
"""

import gc
import json
import logging
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from flows.settings import Workplace

#: What is counted: each of these is about to be done when it is.
POINTS = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "fcntl.flock", "sqlite3.connect"})
#: So often one work folder is killed at most.
MOST = 16
#: And at least so often in each of the four tests of such kills, so 200 times in all.
KILLS = 50


@dataclass(frozen=True)
class Took:
    """What a night took that came to its end: so many things changed, so many seconds."""

    points: int
    seconds: float


class Nights:
    """Runs nights; each is a process."""

    def __enter__(self):
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nights"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        return self

    def __exit__(self, *_):
        self._program.stdin.close()
        self._program.stdout.close()
        self._program.wait()

    def whole(self, work: Workplace, day: date) -> Took:
        """A night that nobody disturbs."""
        took = self._ask(work, day, point=0, after=None)
        assert took is not None, "a night that nobody killed came to no end"
        return took

    def killed(self, work: Workplace, day: date, *, point: int = 0, after: float | None = None) -> bool:
        """A night that is killed at its n-th point, or so many seconds after it began; false = it ended before that."""
        return self._ask(work, day, point=point, after=after) is None

    def _ask(self, work: Workplace, day: date, *, point: int, after: float | None) -> Took | None:
        self._program.stdin.write(json.dumps([str(work.folder), day.isoformat(), point, after]) + "\n")
        self._program.stdin.flush()
        status, points, seconds = json.loads(self._program.stdout.readline())
        assert status in (0, -signal.SIGKILL), f"the night ended with {status}"
        return None if status else Took(points, seconds)


@dataclass(frozen=True)
class Chance:
    """Moments of a night, drawn by a seed: counted in things it changes, or in seconds.

    Attributes:
        whole: what the night takes that nobody disturbs.
        again: what it takes when all of it was done before: most of what comes after a kill.
        drawn: by which they are drawn.
        timed: whether a moment is one in seconds.
    """

    whole: Took
    again: Took
    drawn: Random
    timed: bool

    def moment(self, *, first: bool) -> dict[str, float]:
        """The next moment; the first of a folder from all of the night, later ones mostly from what it takes again."""
        of = self.whole if first else self.drawn.choice((self.whole, self.again, self.again, self.again))
        return (
            {"after": self.drawn.uniform(0, of.seconds)} if self.timed else {"point": self.drawn.randint(1, of.points)}
        )


def killed_again_and_again(nights: Nights, work: Workplace, day: date, chance: Chance) -> int:
    """A night of one work folder is killed until it gets to its end, or is left to; returns how often it was killed."""
    for kills in range(MOST):
        if not nights.killed(work, day, **chance.moment(first=not kills)):
            return kills
    nights.whole(work, day)
    return MOST


def main():
    night = _night()
    _warm()
    # What is there now lives as long as any child: none looks through it for garbage, which would copy it all.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_in_a_child(night, *json.loads(line))) + "\n")
        sys.stdout.flush()
    gc.unfreeze()


def _in_a_child(night, work, day, point, after):
    """Exit status (below zero: the signal), points and seconds of a night."""
    said, says = os.pipe()
    began = perf_counter()
    child = os.fork()
    if child == 0:
        os._exit(_child(night, Workplace(Path(work)), date.fromisoformat(day), point, says))
    os.close(says)
    if after is not None:
        _kill_after(child, after)
    _, status = os.waitpid(child, 0)
    took = perf_counter() - began
    with os.fdopen(said) as answer:
        points = int(answer.read() or 0)
    return os.waitstatus_to_exitcode(status), points, took


def _kill_after(child, seconds):
    """Kill a child that does not end within so many seconds."""
    ended = os.pidfd_open(child)
    try:
        if not select.select([ended], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(ended)


def _child(night, work, day, point, says):
    counted = _count(point)
    night(werkmap=work.folder, peildatum=day)
    os.write(says, str(counted()).encode())
    return 0


def _night():
    """The flow of a night, its steps called as the functions they are."""
    from flows import task

    task.night_task = lambda step: step
    from flows import delivery, nightly

    nightly.delivery = delivery.delivery.fn
    nightly.get_run_logger = logging.getLogger
    return nightly.nightly.fn


def _warm():
    """Let what each night would read and work out first be there before any.

    But nothing by polars or DuckDB, and no PDF: they have threads of their own, and those do not live on in a child.
    """
    import holidays
    import pyarrow as pa  # noqa: F401

    from advice.gesprek import gidsen
    from advice.policy import policy_on
    from contracts.law import _texts
    from flows.report.template import _environment
    from flows.steps import cheerful, rules_on, view_parameters
    from matching.linking import linker  # noqa: F401
    from tests.faults.town import NEXT
    from tests.flows.killed import _warm as warm_letters

    warm_letters()
    assert holidays.country_holidays("NL", years=NEXT.year)
    assert cheerful()
    assert gidsen()
    assert _texts()
    assert rules_on(NEXT)
    assert policy_on(NEXT)
    for name in ("verslag", "basis", "delen"):
        assert _environment().get_template(f"{name}.html.j2")
    with TemporaryDirectory() as folder:
        assert view_parameters(Workplace(Path(folder)), NEXT)


def _count(kill):
    """Count what is changed on disk and committed, and die (SIGKILL) when one of those is about to be done."""
    import sqlalchemy as sa

    count = 0

    def point():
        nonlocal count
        count += 1
        if count == kill:
            os.kill(os.getpid(), signal.SIGKILL)

    def hears(event, given):
        if event in POINTS or (event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+")):
            point()

    sys.addaudithook(hears)
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: point())
    sa.event.listen(sa.Engine, "commit", lambda _: point())
    return lambda: count


if __name__ == "__main__":
    main()
