"""How a run shows that it is alive: a spinner with the step's name for a person, plain lines otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from time import perf_counter
from typing import Protocol, Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Shows(Protocol):
    """Something that shows steps."""

    def step(self, text: str) -> None:
        """A step starts."""

    def done(self, text: str, seconds: float) -> None:
        """A step is done."""


class Silent:
    """Shows nothing: for tests and for runs on a Prefect worker, whose logs say the same."""

    def step(self, text: str) -> None:
        """Nothing."""

    def done(self, text: str, seconds: float) -> None:
        """Nothing."""


class Lines:
    """A plain line for each step that is done."""

    def __init__(self, console: Console) -> None:
        """Write to ``console``."""
        self._console = console

    def step(self, text: str) -> None:
        """Nothing: the line comes when it is done."""

    def done(self, text: str, seconds: float) -> None:
        """One line."""
        self._console.print(f"  {text}  ({seconds:.1f} s)", highlight=False, markup=False)


class Live:
    """A spinner with the step that runs now; a line for each that is done."""

    def __init__(self, console: Console) -> None:
        """Write to ``console``."""
        self._console = console
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> Self:
        """Start the spinner."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the spinner."""
        self._progress.stop()

    def step(self, text: str) -> None:
        """Show what runs now."""
        self._progress.update(self._task, description=text)

    def done(self, text: str, seconds: float) -> None:
        """One line above the spinner."""
        self._console.print(f"  [green]✓[/green] {text}  [dim]{seconds:.1f} s[/dim]", highlight=False)


class Listens(Protocol):
    """Something that hears of the steps of a run, whether or not they are shown."""

    def begins(self, name: str) -> None:
        """A step begins."""

    def ends(self, name: str, seconds: float) -> None:
        """A step ended well."""


_heard_by: ContextVar[tuple[Listens, ...]] = ContextVar("heard_by", default=())
_shown: ContextVar[Shows] = ContextVar("shown", default=Silent())  # noqa: B039


def show(text: str) -> None:
    """Say what is being done now."""
    _shown.get().step(text)


@contextmanager
def step(text: str) -> Iterator[None]:
    """One step of a run, shown while it runs and when it is done."""
    started = perf_counter()
    show(f"{text} ...")
    for one in _heard_by.get():
        one.begins(text)
    yield
    seconds = perf_counter() - started
    _shown.get().done(text, seconds)
    for one in _heard_by.get():
        one.ends(text, seconds)


@contextmanager
def heard_by(*listeners: Listens) -> Iterator[None]:
    """Let these hear of the steps inside, besides who listens already."""
    token = _heard_by.set((*_heard_by.get(), *listeners))
    try:
        yield
    finally:
        _heard_by.reset(token)


@contextmanager
def shown_on(console: Console) -> Iterator[None]:
    """Show the steps inside on ``console``: live for a person at a terminal, plain lines otherwise."""
    with Live(console) if console.is_terminal else nullcontext(Lines(console)) as shows:
        token = _shown.set(shows)
        try:
            yield
        finally:
            _shown.reset(token)
