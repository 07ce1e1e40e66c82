"""What a Prefect server shows of a night besides its steps: how far it is, its counts and gates. Nobody is in it.

Only where a server is really there: one that Prefect starts for a single command forgets it at the end. Rules of which
only a restricted group may know are no lines.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID

import httpx
from prefect.artifacts import create_markdown_artifact as create_page
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.context import FlowRunContext
from prefect.exceptions import PrefectException
from prefect.settings import PREFECT_API_URL

from contracts.dutch import calendar_date
from flows.report.model import NightReport
from flows.rule_texts import rule_texts

#: The steps of a night that are counted.
STEPS: Final = 5
#: Their keys on the server: lower case and dashes.
PROGRESS, COUNTS, PAGE = "nacht-voortgang", "nacht-regels", "nacht-verslag"
TOGETHER: Final = "gemeenten-overzicht"


def server_is_there() -> bool:
    """Whether this runs as a flow on a server that stays."""
    return bool(PREFECT_API_URL.value()) and FlowRunContext.get() is not None


def _is_its_own() -> bool:
    """Whether the server is that of the gemeente: among others only totals are shown, and by the run of all."""
    context = FlowRunContext.get()
    part = context is not None and context.flow_run is not None and context.flow_run.parent_task_run_id is not None
    return server_is_there() and not part


@contextmanager
def _if_it_answers() -> Iterator[None]:
    """A server that does not answer ends no night."""
    try:
        yield
    except (httpx.HTTPError, PrefectException, OSError) as error:
        logging.getLogger(__name__).warning("artifact not made: %s", type(error).__name__)


class Progress:
    """How far a night is, as a bar on the server.

    Attributes:
        asked_in_vain: the server did not answer, and is not asked again.
    """

    def __init__(self) -> None:
        """Make the bar, at nothing."""
        self._done, self._bar = 0, None
        self.asked_in_vain = False
        if _is_its_own():
            with self._unless_in_vain():
                made = create_progress_artifact(0.0, key=PROGRESS, description="Hoe ver de nacht is")
                self._bar = made if isinstance(made, UUID) else None

    def begins(self, name: str) -> None:
        """A step begins: nothing to show."""

    def ends(self, name: str, seconds: float) -> None:  # noqa: ARG002 - as it listens
        """A step ended."""
        self._done += 1
        if self._bar is not None and not self.asked_in_vain:
            with self._unless_in_vain():
                update_progress_artifact(self._bar, min(100.0, 100.0 * self._done / STEPS))

    @contextmanager
    def _unless_in_vain(self) -> Iterator[None]:
        """Ask a server once too many at most: Prefect waits a minute for one that does not answer."""
        self.asked_in_vain = True
        with _if_it_answers():
            yield
            self.asked_in_vain = False


def show_night(report: NightReport) -> None:
    """The counts by rule as a table, and the night as a page with where its report is."""
    if not _is_its_own():
        return
    with _if_it_answers():
        create_table_artifact(
            rows_of(report), key=COUNTS, description=f"Nieuwe signalen van {report.peildatum}, per regel"
        )
        create_page(page_of(report), key=PAGE, description=f"De nacht van {report.peildatum}")


def show_gemeenten(rows: list[dict[str, str | int]], day: date) -> None:
    """The totals of each gemeente as a table, where several have their night in one run."""
    if server_is_there():
        with _if_it_answers():
            create_table_artifact(rows, key=TOGETHER, description=f"De nachten van {day}, per gemeente")


def rows_of(report: NightReport) -> list[dict[str, str | int]]:
    """A row for each rule and direction."""
    texts = rule_texts()
    return [
        {
            "regel": line.regel, "titel": line.titel, "richting": line.richting, "nieuw": line.nieuw,
            "brief": line.nudge, "taak": line.taak, "geen actie": line.geen_actie,
        }
        for line in report.regels
        if not texts[line.regel].beperkt
    ]  # fmt: skip


def page_of(report: NightReport) -> str:
    """The night in Markdown: counts, gates, what needs attention, and where the report is in the work folder."""
    counts = {
        "nieuwe signalen": report.nieuw, "gesloten": report.gesloten, "brieven": report.brieven, "taken": report.taken,
        "ingetrokken": report.ingetrokken, "langer bekend dan een alarm": report.te_oud,
        "verzoeken die dringen": report.verzoeken_dringend,
    }  # fmt: skip
    gates = [(line.bron, "open" if line.open else "dicht", line.poort) for line in report.bronnen]
    gates += [(line.bron, "dicht", line.poort) for line in report.zonder_levering if line.waarschuwing]
    troubles = [f"- {one.wat} ({one.waar}) {one.doen}" for one in report.geweigerd]
    troubles += [f"- {one.wat} ({one.waar}) {one.doen}" for one in report.storingen]
    lines = [
        f"# Nacht van {calendar_date(report.peildatum)}", "", "| wat | aantal |", "|---|---|",
        *(f"| {name} | {count} |" for name, count in counts.items()), "", "| bron | poort | waarom |", "|---|---|---|",
        *(f"| {' | '.join(gate)} |" for gate in gates), "", *troubles, "",
        f"Het verslag staat in de werkmap: `uitvoer/{report.peildatum}/verslag.html`",
    ]  # fmt: skip
    return "\n".join(lines)
