"""What Prefect calls when a run ends badly: before it was watched, or with its process gone."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

from flows.bewaking.alerts import Loop, of_dead, of_error
from flows.bewaking.state import read
from flows.bewaking.watch import said, tell
from flows.present import today
from flows.settings import Workplace

_LOOPS: Final = {
    "nightly": Loop.NACHT, "delivery": Loop.BEZORGING, "monthly": Loop.MAAND, "retention": Loop.BEWAARTERMIJN,
}  # fmt: skip


def on_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """A run failed, perhaps before it was watched; what was told of it already is not told again.

    One that lasted too long was ended from outside: that is noted, and told here.
    """
    error = state.result(raise_on_failure=False)
    if _is_told_elsewhere(flow, flow_run) or not isinstance(error, BaseException):
        return
    work, loop, day = _of(flow, flow_run)
    found = of_dead(loop, day) if isinstance(error, TimeoutError) else of_error(loop, day, error)
    with said():
        tell(work, loop, [found] if found else [])


def on_crashed(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - as Prefect calls it
    """The process of a run is gone; a worker calls this."""
    if _is_told_elsewhere(flow, flow_run):
        return
    work, loop, day = _of(flow, flow_run)
    last = read(work.bewaking).runs.get(loop)
    with said():
        tell(work, loop, [of_dead(loop, day, last.stap if last else "")])


def _is_told_elsewhere(flow: Flow[..., Any], run: FlowRun) -> bool:
    """Whether it is a part of a run that tells: a delivery in a night. A night among those of others tells itself."""
    return run.parent_task_run_id is not None and _LOOPS[flow.name] is not Loop.NACHT


def _of(flow: Flow[..., Any], run: FlowRun) -> tuple[Workplace, Loop, date]:
    given: Mapping[str, Any] = run.parameters
    asked = given.get("peildatum") or given.get("dag")
    day = today() if asked is None else date.fromisoformat(str(asked)[:10])
    return Workplace(Path(given.get("werkmap") or ".")), _LOOPS[flow.name], day
