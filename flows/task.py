"""A step of a flow as a Prefect task: tried again where that can help, and nothing of anybody in it is stored."""

from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.utilities.annotations import quote

from contracts.errors import TijdigError, UnforeseenError
from store.faults import told_plainly
from store.transient import TRANSIENT

P = ParamSpec("P")
R = TypeVar("R")
#: Seconds before each next try: a disk that hiccups, a database that restarts or moves to its other machine.
DELAYS = [1.0, 5.0, 30.0]


def _may_help(_: Task[..., Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: a fault of disk or database may pass, wrong input does not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, TRANSIENT) or (isinstance(error, UnforeseenError) and error.may_pass)


class _WithoutItsText:
    """Let no text of an error that nobody foresaw leave a step: a server keeps it, and it may hold a row."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        """Tell of an error by its kind and place; one that is known, or ends the process, goes on as it is."""
        if isinstance(error, Exception) and not isinstance(error, (TijdigError, OSError)):
            raise UnforeseenError.of(error, may_pass=isinstance(error, TRANSIENT)) from None


def night_task(function: Callable[P, R]) -> Callable[P, R]:
    """Make a task of a step, which is called as the step itself is.

    What it is given is quoted: Prefect would look through every finding of a night, twice a step, for futures that are
    not there.
    """

    @wraps(function)
    def careful(*args: P.args, **kwargs: P.kwargs) -> R:
        with _WithoutItsText(), told_plainly():
            return function(*args, **kwargs)

    made = task(
        retries=len(DELAYS), retry_delay_seconds=DELAYS, retry_condition_fn=_may_help, persist_result=False,
        cache_policy=NO_CACHE,
    )(careful)  # fmt: skip

    @wraps(function)
    def step(*args: P.args, **kwargs: P.kwargs) -> R:
        given: Any = tuple(map(quote, args))
        named: Any = {name: quote(value) for name, value in kwargs.items()}
        outcome: R = made(*given, **named)
        return outcome

    return step
