"""The watchdog: did the runs happen that should have? It asks the databases and files, not who starts them."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from contracts.errors import TijdigError
from flows.bewaking.alerts import AGAIN, LOOP_NAAM, Alert, AlertKind, Loop, of_dead
from flows.bewaking.mail import send_due
from flows.bewaking.state import Run, changing, now_utc, read
from flows.bewaking.watch import runs_now
from flows.casebook import has_casebook, open_casebook
from flows.reminders import is_working_day
from flows.settings import Workplace

ZONE: Final = ZoneInfo("Europe/Amsterdam")


def look(work: Workplace, now: datetime | None = None) -> tuple[tuple[Alert, ...], str]:
    """Look, and tell the beheerder what is missing and what they did not hear yet.

    Returns:
        What is missing or died, and why a mail can't go; empty = it can.
    """
    now = now or now_utc()
    with changing(work.bewaking) as state:
        found = tuple(missing(work, now))
        for loop in Loop:
            state.note(loop, [one for one in found if one.over.startswith(f"{loop}|")], now, whole=False)
        send_due(state, work.settings, now)
        return found, state.mail_mislukt


def missing(work: Workplace, now: datetime) -> Iterator[Alert]:
    """What should have been there by now and is not."""
    local, chosen, runs = now.astimezone(ZONE), work.settings.waakhond, read(work.bewaking).runs
    for loop, run in runs.items():
        if run.stand == "bezig" and not runs_now(work, loop):
            yield of_dead(loop, run.over, run.stap)
    day = _due(local, chosen.nacht_klaar)
    if not _night_was(work, day):
        yield _absent(Loop.NACHT, day, runs.get(Loop.NACHT), chosen.nacht_klaar)
    if chosen.bezorging_klaar is not None:
        day = _due(local, chosen.bezorging_klaar)
        while not is_working_day(day):
            day -= timedelta(days=1)
        if not _delivered_since(runs.get(Loop.BEZORGING), day):
            yield _absent(Loop.BEZORGING, day, runs.get(Loop.BEZORGING), chosen.bezorging_klaar)
    yield from _month(work, local.date())
    yield from _retention(work, local.date(), runs.get(Loop.BEWAARTERMIJN))


def _due(local: datetime, klaar: str) -> date:
    """The last day of which the run must be done by now."""
    return local.date() if local.time() >= time.fromisoformat(klaar) else local.date() - timedelta(days=1)


def _night_was(work: Workplace, day: date) -> bool:
    """Whether the night of this day, or a later one, is in the casebook whole; not where that can't be read."""
    if not has_casebook(work):
        return False
    try:
        with open_casebook(work) as casebook:
            last = casebook.last_night()
    except (TijdigError, sa.exc.SQLAlchemyError):
        return False
    return last is not None and last >= day


def _delivered_since(run: Run | None, day: date) -> bool:
    return run is not None and run.goed is not None and run.goed.astimezone(ZONE).date() >= day


def _month(work: Workplace, today: date) -> Iterator[Alert]:
    """The evaluation of last month, where there were nights in it."""
    klaar = work.settings.waakhond.maand_klaar_dag
    if klaar == 0 or today.day < klaar:
        return
    last = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    nights = any(work.folder.glob(f"uitvoer/{last}-*/verslag.html"))
    if nights and not (work.maand(last) / "evaluatie.html").is_file():
        yield Alert(
            soort=AlertKind.RUN_UITGEBLEVEN, over=f"{Loop.MAAND}|{last}", waar=LOOP_NAAM[Loop.MAAND],
            wat=f"De evaluatie van {last} is er niet.", doen=f"Draai `tijdig report --maand {last}`.",
        )  # fmt: skip


def _retention(work: Workplace, today: date, run: Run | None) -> Iterator[Alert]:
    """The destruction of what is past its term; a work folder that is younger than that had none yet."""
    days = work.settings.waakhond.bewaartermijn_dagen
    last = run.goed.astimezone(ZONE).date() if run is not None and run.goed is not None else None
    since = last or min(_nights(work), default=today)
    if days and (today - since).days > days:
        loop = Loop.BEWAARTERMIJN
        yield Alert(
            soort=AlertKind.RUN_UITGEBLEVEN, over=f"{loop}|{since}", waar=LOOP_NAAM[loop],
            wat=f"Sinds {since} is er niet opgeruimd wat voorbij zijn bewaartermijn is.",
            doen=f"Kijk of het rooster loopt (Prefect, systemd of cron) en draai `{AGAIN[loop]}`.",
        )  # fmt: skip


def _nights(work: Workplace) -> Iterator[date]:
    """The nights of which there are results."""
    for path in work.folder.glob("uitvoer/*-*-*"):
        with suppress(ValueError):
            yield date.fromisoformat(path.name)


def _absent(loop: Loop, day: date, run: Run | None, klaar: str) -> Alert:
    """A run that is not there: never begun, failed, or still busy."""
    if run is None:
        how = "Er is hier nog nooit een begonnen."
    elif run.stand == "bezig":
        how = f"Er is er een bezig of gestopt, in de stap “{run.stap}”."
    elif run.stand == "klaar":
        how = f"De laatste was van {run.over}."
    else:
        how = f"De laatste, van {run.over}, is {run.stand}."
    return Alert(
        soort=AlertKind.RUN_UITGEBLEVEN, over=f"{loop}|{day}", waar=LOOP_NAAM[loop],
        wat=f"Om {klaar} uur was {LOOP_NAAM[loop]} van {day} niet klaar. {how}",
        doen=f"Kijk of het rooster loopt (Prefect, systemd of cron) en draai `{AGAIN[loop]}`.",
    )  # fmt: skip
