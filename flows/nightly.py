"""The night as a Prefect flow: take in, gate, find, advise, compose and deliver, report.

Persons stay in the databases: tasks hand each other deliveries, findings (which hold no BSN, name or address) and
counts, in memory only. Prefect stores no result, and the flow's parameters are a folder and a day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from prefect import Task, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from flows import steps
from flows.outputs import write_outputs
from flows.progress import step
from flows.report.model import NightReport, StepLine
from flows.report.page import write as write_page
from flows.sampling import draw_sample
from flows.settings import Workplace
from flows.steps import Found, Sources
from flows.summary import Night, summarise
from store.casebook import Casebook, NightResult
from store.transient import TRANSIENT

ZONE = ZoneInfo("Europe/Amsterdam")
P = ParamSpec("P")
R = TypeVar("R")


def _may_help(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a fault of disk or database may pass, wrong input does not."""
    return isinstance(state.result(raise_on_failure=False), TRANSIENT)


def _task(function: Callable[P, R]) -> Task[P, R]:
    made = task(
        retries=2, retry_delay_seconds=[1.0, 5.0], retry_condition_fn=_may_help, persist_result=False,
        cache_policy=NO_CACHE,
    )  # fmt: skip
    return made(function)


@_task
def take_in(work: Workplace, peildatum: date) -> Sources:
    """Take in what was delivered up to this night, and judge which sources may be written to people about."""
    with Casebook.at(work.casebook) as casebook:
        casebook.require_not_before(peildatum)
    return steps.take_in_all(work, peildatum)


@_task
def find(work: Workplace, peildatum: date) -> Found:
    """Make the fact views and run the rules."""
    return steps.find(work, peildatum)


@_task
def decide(work: Workplace, peildatum: date, found: Found, *, unusable: frozenset[str]) -> NightResult:
    """Advise on every finding and write the night to the casebook."""
    return steps.decide_and_record(work, peildatum, found, unusable=unusable)


@_task
def sample(work: Workplace, peildatum: date) -> None:
    """Choose what is looked at at the desk after this night."""
    draw_sample(work, peildatum)


@_task
def deliver(work: Workplace, peildatum: date, *, usable: bool) -> int:
    """Make the letters and publish the print folder."""
    return steps.deliver(work, peildatum, usable=usable)


@_task
def report(work: Workplace, night: Night) -> NightReport:
    """Write the night's files and the page the beheerder reads."""
    folder = work.uitvoer(night.peildatum)
    with steps.open_warehouse(work) as warehouse:
        volgnrs = [taken.volgnr for taken in night.sources.taken]
        rejected, remarks = warehouse.rejected(volgnrs), warehouse.remarks(volgnrs)
    with Casebook.at(work.casebook) as casebook:
        summary = summarise(work, night, rejected, remarks, casebook)
        casebook.save_counts(night.peildatum, summary.model_dump(mode="json"), now=summary.gemaakt_op)
        write_outputs(folder, casebook, night.peildatum, rejected)
    write_page(summary, folder)
    return summary


@_task
def clear(work: Workplace, peildatum: date) -> int:
    """Remove the raw files of deliveries that were taken in."""
    return steps.clear_deliveries(work, peildatum)


@flow(name="nightly", log_prints=False, persist_result=False, validate_parameters=True)
def nightly(werkmap: Path = Path(), peildatum: date | None = None) -> NightReport:
    """One night for one work folder.

    Args:
        werkmap: the folder with ``leveringen/``, ``gegevens/`` and ``uitvoer/``.
        peildatum: the day to judge by; default today in Amsterdam.

    Raises:
        TijdigError: a delivery, setting or rule does not fit; nothing was told to anybody.
    """
    work = Workplace(werkmap)
    peildatum = peildatum or datetime.now(ZONE).date()
    times: list[StepLine] = []
    with _timed("Leveringen innemen en beoordelen", times):
        sources = take_in(work, peildatum)
    with _timed("Feiten leggen en regels toepassen", times):
        found = find(work, peildatum)
    with _timed("Advies bepalen en vastleggen", times):
        result = decide(work, peildatum, found, unusable=sources.unusable)
        sample(work, peildatum)
    with _timed("Brieven maken", times):
        deliver(work, peildatum, usable=sources.may_print)
    with step("Verslag maken"):
        summary = report(work, Night(peildatum, sources, found, result, times))
    clear(work, peildatum)
    get_run_logger().info(
        "night %s: %d new findings, %d letters, %d tasks",
        peildatum,
        summary.nieuw,
        summary.brieven,
        summary.taken,
    )
    return summary


@contextmanager
def _timed(name: str, times: list[StepLine]) -> Iterator[None]:
    started = perf_counter()
    with step(name):
        yield
    times.append(StepLine(stap=name, seconden=round(perf_counter() - started, 2)))
