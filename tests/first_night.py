"""A night in an empty work folder, made once in this process and copied for each test that begins with the same one.

The same: the same deliveries, day and settings, but for the port at which a server of a test listens.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from flows import steps
from flows.settings import SETTINGS_FILE, Workplace
from tests.world import World

#: The nights that were made, by what makes them different.
_made: dict[tuple[str, ...], tuple[Path, Any]] = {}
_PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+|(?<=poort = )\d+")


def decide(work: Workplace, day: date) -> None:
    """A night up to its record, over what lies in the work folder."""
    sources = steps.take_in_all(work, day)
    steps.decide_and_record(work, day, steps.find(work, day), unusable=sources.unusable)


def night(work: Workplace, day: date, world: World, run: Callable[[Workplace, date], Any] = decide) -> Any:
    """Deliver ``world`` and run a night; in a work folder that nothing was done in, it is begun as another was."""
    work.folder.mkdir(parents=True, exist_ok=True)
    if {path.name for path in work.folder.iterdir()} <= {SETTINGS_FILE}:
        return begin(work, day, world, run)
    world.write_all(work.leveringen, day)
    return run(work, day)


def begin(work: Workplace, day: date, world: World, run: Callable[[Workplace, date], Any] = decide) -> Any:
    """Deliver ``world`` to an empty work folder and run the night, or copy one that was run before.

    Args:
        work: holds nothing, or its settings only.
        day: of the deliveries and the night.
        world: what is delivered.
        run: what is done in that night, by a work folder and a day; a function of a module.

    Returns:
        What ``run`` gave.
    """
    settings = work.folder / SETTINGS_FILE
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    assert [path.name for path in work.folder.iterdir()] == [SETTINGS_FILE][: len(text)], "this folder is in use"
    key = (run.__module__, run.__qualname__, day.isoformat(), _PORT.sub("", text), json.dumps(world.rows))
    if key not in _made:
        first = Workplace(Path(tempfile.mkdtemp(dir=work.folder.parent)))
        if text:
            (first.folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
        world.write_all(first.leveringen, day)
        _made[key] = first.folder, run(first, day)
    made, outcome = _made[key]
    shutil.copytree(made, work.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SETTINGS_FILE))
    return outcome
