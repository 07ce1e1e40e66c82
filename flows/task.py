"""A step of a flow as a Prefect task: tried again where that can help, and nothing of it is stored."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from store.transient import TRANSIENT

P = ParamSpec("P")
R = TypeVar("R")
#: Seconds before each next try: a disk that hiccups, a database that restarts or moves to its other machine.
DELAYS = [1.0, 5.0, 30.0]


def _may_help(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a fault of disk or database may pass, wrong input does not."""
    return isinstance(state.result(raise_on_failure=False), TRANSIENT)


def night_task(function: Callable[P, R]) -> Task[P, R]:
    """Make a task of a step."""
    made = task(
        retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=_may_help, persist_result=False,
        cache_policy=NO_CACHE,
    )  # fmt: skip
    return made(function)
