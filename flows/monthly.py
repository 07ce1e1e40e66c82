"""The evaluation as a Prefect flow: once a month, over the month that is over."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.bewaking.alerts import Loop
from flows.bewaking.hooks import on_crashed, on_failure
from flows.bewaking.watch import watched
from flows.evaluation.run import make_evaluation
from flows.prefect_here import keep_private
from flows.present import today
from flows.settings import Workplace
from flows.task import night_task


@night_task
def evaluate(work: Workplace, maand: str | None, tot: str | None) -> tuple[Path, str]:
    """Count, mask, and write page and files; the same month again replaces them."""
    return make_evaluation(work, maand, tot)


@flow(
    name="monthly", log_prints=False, persist_result=False, validate_parameters=True, timeout_seconds=2 * 3600,
    on_failure=[on_failure], on_crashed=[on_crashed],
)  # fmt: skip
def monthly(werkmap: Path = Path(), maand: str | None = None, tot: str | None = None) -> Path:
    """The evaluation of one work folder.

    Args:
        werkmap: the work folder.
        maand: the month, as ``2026-10``; default the last one that is over and has nights.
        tot: up to and with this month, for a longer period.

    Returns:
        The page.

    Raises:
        TijdigError: there is no such month, it is still to come, or no night was run in it.
    """
    keep_private()
    work = Workplace(werkmap)
    with watched(work, Loop.MAAND, today()):
        page, name = evaluate(work, maand, tot)
    get_run_logger().info("evaluation of %s made", name)
    return page
