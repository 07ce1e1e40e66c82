"""The watchdog as a Prefect flow, for who has no other schedule; it can't see that Prefect itself is gone."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.bewaking.watchdog import look
from flows.prefect_here import keep_private
from flows.settings import Workplace


@flow(name="waakhond", log_prints=False, persist_result=False, validate_parameters=True, timeout_seconds=600)
def waakhond(werkmap: Path = Path()) -> int:
    """Look whether the runs of one work folder were there, and tell the beheerder.

    Args:
        werkmap: the work folder.

    Returns:
        How many are missing or died.
    """
    keep_private()
    found, mail = look(Workplace(werkmap))
    logger = get_run_logger()
    for one in found:
        logger.error("%s: %s", one.soort, one.wat)
    if mail:
        logger.error("mail: %s", mail)
    return len(found)
