"""A process that does a delivery and is killed (SIGKILL) at the n-th thing it changes, or at the n-th message it sends.

Run as a program it imports everything once and then does each delivery it is asked for in a child of its own, so that a
real kill costs a fork and not a start of Python.
"""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.world import DAY

#: What a child exits with when it came to its end.
DONE = 0
#: More than any delivery here does.
MOST = 200


class Deliveries:
    """Deliveries in processes of their own."""

    def __enter__(self):
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.killed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        return self

    def __exit__(self, *_):
        self._program.stdin.close()
        self._program.stdout.close()
        self._program.wait()

    def __call__(self, work: Path, day: date, *, kill: int = 0, what: str = "deliver") -> bool:
        """One delivery; returns whether it was killed before its end."""
        self._program.stdin.write(json.dumps([str(work), day.isoformat(), kill, what]) + "\n")
        self._program.stdin.flush()
        status = int(self._program.stdout.readline())
        assert status in (DONE, -signal.SIGKILL), f"the delivery ended with {status}"
        return status != DONE


def killed_everywhere(deliveries, make, check, day=DAY, what="deliver", every=1):
    """Kill at the first step, the next, ..., each in a work folder of its own, and look at it after doing it again."""
    for step in range(1, MOST, every):
        work = make()
        killed = deliveries(work.folder, day, kill=step, what=what)
        deliveries(work.folder, day, what=what)
        check(work, step)
        if not killed:
            return step - 1
    raise AssertionError("it was killed at every step there is")


def main():
    # All that a child needs is there before the first fork; linking is imported by the first night that links.
    from flows import mailroom, steps  # noqa: F401
    from matching.linking import linker  # noqa: F401

    _warm()
    # What is there now lives as long as any child: none looks through it for garbage, which would copy it all.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_child(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    gc.unfreeze()


def _warm():
    """Write a letter and an e-mail to nobody: what the first one reads and works out, each child then has already.

    But no PDF: Typst has threads of its own, and those do not live on in a child.
    """
    from contracts.notice import House, Recipient
    from contracts.verwerkingen import verwerkingen
    from notifications.compose import Mark, compose, compose_email
    from notifications.html import render_html
    from notifications.language import require_clear
    from notifications.plain import render_plain
    from store.casebook import Casebook

    verwerkingen()
    with TemporaryDirectory() as folder, Casebook.at(Path(folder) / "casebook.sqlite") as casebook:
        casebook.last_night()
    day, house = date(2026, 11, 3), House()
    who = Recipient(geslachtsnaam="A", straatnaam="B", huisnummer="1", postcode="1234AB", woonplaats="C")
    facts = {"sinds": day, "leverdatum": day, "reageer_voor": date(2026, 11, 24)}
    letter = compose("kostendeler_erbij", who, facts, house, kenmerk="N-00000000", datum=day)
    require_clear(letter, house)
    email = compose_email("email_vraag", who, {"reageer_voor": facts["reageer_voor"]}, house, Mark("N-00000000", day))
    require_clear(email, house)
    assert render_plain(email, house)
    assert render_html(email, house)


def _child(work: str, day: str, kill: int, what: str) -> int:
    from flows import mailroom, steps
    from flows.settings import Workplace

    place, night = Workplace(Path(work)), date.fromisoformat(day)
    _arm(kill)
    if what == "night":
        sources = steps.take_in_all(place, night)
        steps.decide_and_record(place, night, steps.find(place, night), unusable=sources.unusable)
    mailroom.deliver(place, night, usable=True)
    return DONE


def _arm(kill: int):
    """Count what is changed on disk, what is committed and what is sent; die at the right one."""
    import sqlalchemy as sa

    from notifications.channels import notifynl, smtp
    from worklist.openklant import client

    count = 0

    def point():
        nonlocal count
        count += 1
        if count == kill:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner, name, half=None):
        real = getattr(owner, name)

        def wrapped(*args, **kwargs):
            if half is not None and count + 1 == kill:
                half(*args)
            point()
            done = real(*args, **kwargs)
            point()
            return done

        setattr(owner, name, wrapped)

    write = Path.write_bytes
    around(Path, "write_bytes", half=lambda path, data: write(path, data[: len(data) // 2]))
    for name in ("mkdir", "rename", "replace", "unlink"):
        around(Path, name)
    around(shutil, "rmtree")
    around(notifynl.NotifyNL, "_post")
    around(smtp.Smtp, "_hand_in")
    around(client.Client, "_send")
    sa.event.listen(sa.Engine, "commit", lambda _: point())


if __name__ == "__main__":
    main()
