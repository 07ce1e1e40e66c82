"""The night as a Prefect flow: take in, gate, find, advise, compose and deliver, report.

Persons stay in the databases: tasks hand each other deliveries, findings (which hold no BSN, name or address) and
counts, in memory only. Prefect stores no result, and the flow's parameters are a folder and a day.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

import httpx
from prefect import flow, get_run_logger

from contracts.tables import Bron
from contracts.verwerkingen import Activiteit
from flows import steps
from flows.alone import one_night
from flows.bewaking.alerts import Loop, of_night
from flows.bewaking.artifacts import Progress, show_night
from flows.bewaking.hooks import on_crashed, on_failure
from flows.bewaking.waiting import LONGEST, wait_for_deliveries
from flows.bewaking.watch import watched
from flows.cards import fill_cards
from flows.casebook import open_casebook
from flows.delivery import delivery
from flows.logboek import processing
from flows.mailroom import Delivered
from flows.otlp import OTLP, send_on
from flows.outputs import write_outputs
from flows.prefect_here import keep_private
from flows.productie import require_ready
from flows.progress import heard_by, step
from flows.report.model import NightReport, StepLine
from flows.report.page import write as write_page
from flows.sampling import draw_sample
from flows.secret import secret
from flows.settings import Workplace
from flows.steps import Found, Sources
from flows.summary import Night, summarise
from flows.task import night_task
from store.casebook import NightResult
from store.faults import told_plainly

ZONE = ZoneInfo("Europe/Amsterdam")


@night_task
def wait(work: Workplace, peildatum: date) -> frozenset[Bron]:
    """Wait for deliveries that are late, where the settings say so; returns the sources that did not come."""
    newest: dict[Bron, date] = {}
    if work.settings.nacht.until is not None and work.warehouse.exists():
        with steps.open_warehouse(work) as warehouse:
            newest = {taken.bron: taken.peildatum for taken in warehouse.deliveries()}
    return wait_for_deliveries(work, peildatum, newest)


@night_task
def take_in(work: Workplace, peildatum: date) -> Sources:
    """Take in what was delivered up to this night, and judge which sources may be written to people about."""
    with open_casebook(work) as casebook:
        casebook.require_not_before(peildatum)
        casebook.set_teams(work.settings.teams)
    return steps.take_in_all(work, peildatum)


@night_task
def find(work: Workplace, peildatum: date) -> Found:
    """Make the fact views and run the rules."""
    return steps.find(work, peildatum)


@night_task
def decide(work: Workplace, peildatum: date, found: Found, *, unusable: frozenset[str]) -> NightResult:
    """Advise on every finding and write the night to the casebook."""
    return steps.decide_and_record(work, peildatum, found, unusable=unusable)


@night_task
def cards(work: Workplace, peildatum: date, *, usable: bool) -> None:
    """Make the contact cards beside open tasks."""
    fill_cards(work, peildatum, usable=usable)


@night_task
def sample(work: Workplace, peildatum: date) -> None:
    """Choose what is looked at at the desk after this night."""
    draw_sample(work, peildatum)


@night_task
def report(work: Workplace, night: Night) -> NightReport:
    """Write the night's files and the page the beheerder reads."""
    folder = work.uitvoer(night.peildatum)
    with steps.open_warehouse(work) as warehouse:
        volgnrs = [taken.volgnr for taken in night.sources.taken]
        rejected, remarks = warehouse.rejected(volgnrs), warehouse.remarks(volgnrs)
    with open_casebook(work) as casebook:
        summary = summarise(work, night, rejected, remarks, casebook)
        casebook.save_counts(night.peildatum, summary.model_dump(mode="json"), now=summary.gemaakt_op)
        write_outputs(folder, casebook, night.peildatum, rejected)
    write_page(summary, folder)
    return summary


@night_task
def clear(work: Workplace, peildatum: date) -> int:
    """Remove the raw files of deliveries that were taken in."""
    return steps.clear_deliveries(work, peildatum)


#: Far more than a night takes besides waiting: what hangs is ended, as if it were killed, and the beheerder is told.
_LONGEST: Final = 6 * 3600 + int(LONGEST.total_seconds())


@flow(
    name="nightly", log_prints=False, persist_result=False, validate_parameters=True, timeout_seconds=_LONGEST,
    on_failure=[on_failure], on_crashed=[on_crashed],
)  # fmt: skip
def nightly(werkmap: Path = Path(), peildatum: date | None = None) -> NightReport:
    """One night for one work folder.

    Args:
        werkmap: the folder with ``leveringen/``, ``gegevens/`` and ``uitvoer/``.
        peildatum: the day to judge by; default today in Amsterdam.

    Raises:
        NightRunsError: a night runs in that folder already.
        NotReadyError: this counts, and the dienst has not arranged what that needs.
        TijdigError: a delivery, setting or rule does not fit, and nothing was told to anybody; or disk or database
            did not do what was asked, and the same night again goes on.
    """
    keep_private()
    work, peildatum = Workplace(werkmap), peildatum or datetime.now(ZONE).date()
    require_ready(work, peildatum)
    with told_plainly(), one_night(work.folder), watched(work, Loop.NACHT, peildatum) as watch:
        with step("Wachten op leveringen") if work.settings.nacht.until else nullcontext():
            wait(work, peildatum)
        progress = Progress()
        with processing(work, Activiteit.REGISTERVERGELIJKING, "nacht"), heard_by(progress):
            summary = _night(work, peildatum)
        watch.ended(of_night(summary), counts_of(summary))
    if not progress.asked_in_vain:
        show_night(summary)
    # What the delivery could not know yet: how the night ended. Where nobody answered then it goes the next time.
    if not any(trouble.waar == OTLP for trouble in summary.storingen):
        send_on(work, secret)
    return summary


def counts_of(report: NightReport) -> dict[str, int]:
    """What the log says of a night that ended."""
    names = ("nieuw", "gesloten", "heropend", "brieven", "taken", "ingetrokken", "te_oud", "verzoeken_dringend")
    closed = {"poorten_dicht": len(report.dichte_poorten), "geweigerd": len(report.geweigerd)}
    return {name: int(getattr(report, name)) for name in names} | closed | {"storingen": len(report.storingen)}


def _night(work: Workplace, peildatum: date) -> NightReport:
    times: list[StepLine] = []
    with _timed("Leveringen innemen en beoordelen", times):
        sources = take_in(work, peildatum)
    with _timed("Feiten leggen en regels toepassen", times):
        found = find(work, peildatum)
    with _timed("Advies bepalen en vastleggen", times):
        result = decide(work, peildatum, found, unusable=sources.unusable)
        sample(work, peildatum)
    with _timed("Berichten maken en bezorgen", times):
        delivered = _deliver(work, peildatum, usable=sources.may_print)
        # Last: what could not be delivered is a task by now.
        cards(work, peildatum, usable=sources.may_print)
    with step("Verslag maken"):
        summary = report(work, Night(peildatum, sources, found, result, times, delivered))
    clear(work, peildatum)
    get_run_logger().info(
        "night %s: %d new findings, %d letters, %d tasks",
        peildatum,
        summary.nieuw,
        summary.brieven,
        summary.taken,
    )
    return summary


def _deliver(work: Workplace, peildatum: date, *, usable: bool) -> Delivered:
    """The delivery as a flow of its own; as a part of this one where the server of Prefect is gone.

    Nothing goes twice, however far it came (0047).
    """
    try:
        return delivery(work.folder, peildatum, usable)
    except httpx.HTTPError as error:
        logging.getLogger(__name__).warning("delivery goes on without Prefect: %s", type(error).__name__)
        return delivery.fn(work.folder, peildatum, usable)


@contextmanager
def _timed(name: str, times: list[StepLine]) -> Iterator[None]:
    started = perf_counter()
    with step(name):
        yield
    times.append(StepLine(stap=name, seconden=round(perf_counter() - started, 2)))
