"""The delivery of notices as a Prefect flow: the last step of a night, and by itself as often as one likes."""

from datetime import date
from pathlib import Path

from prefect import flow

from flows import mailroom
from flows.mailroom import Delivered
from flows.productie import require_ready
from flows.settings import Workplace
from flows.task import night_task


@flow(name="delivery", log_prints=False, persist_result=False, validate_parameters=True)
def delivery(werkmap: Path = Path(), peildatum: date | None = None, bruikbaar: bool | None = None) -> Delivered:  # noqa: FBT001
    """Deliver the notices of one work folder.

    Args:
        werkmap: the work folder.
        peildatum: the night; default the last one that was recorded.
        bruikbaar: whether names and addresses can be trusted; default what that night found of its sources.

    Raises:
        NotReadyError: this counts, and the dienst has not arranged what that needs.
        CasebookError: no night was run here.
    """
    work = Workplace(werkmap)
    if peildatum is None or bruikbaar is None:
        peildatum, bruikbaar = mailroom.last_night(work)
    require_ready(work, peildatum)
    return mailroom.deliver(work, peildatum, usable=bruikbaar, as_step=night_task)
