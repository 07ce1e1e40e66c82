"""The delivery of notices as a Prefect flow: the last step of a night, and by itself as often as one likes."""

from datetime import date
from pathlib import Path

from prefect import flow

from flows import mailroom
from flows.bewaking.alerts import Loop, of_troubles
from flows.bewaking.hooks import on_crashed, on_failure
from flows.bewaking.watch import watched
from flows.mailroom import Delivered
from flows.prefect_here import keep_private
from flows.productie import require_ready
from flows.settings import Workplace
from flows.task import night_task


@flow(
    name="delivery", log_prints=False, persist_result=False, validate_parameters=True, on_failure=[on_failure],
    on_crashed=[on_crashed],
)  # fmt: skip
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
    keep_private()
    work = Workplace(werkmap)
    if peildatum is None or bruikbaar is None:
        peildatum, bruikbaar = mailroom.last_night(work)
    require_ready(work, peildatum)
    with watched(work, Loop.BEZORGING, peildatum) as watch:
        done = mailroom.deliver(work, peildatum, usable=bruikbaar, as_step=night_task)
        watch.ended(of_troubles(done.storingen), counts_of(done))
    return done


def counts_of(done: Delivered) -> dict[str, int]:
    """What the log says of a delivery."""
    names = ("gepubliceerd", "gepost", "bezorgd", "niet_bezorgd", "herinnerd")
    return {name: int(getattr(done, name)) for name in names} | {"storingen": len(done.storingen)}
