"""How a process is set up for Prefect: its data stay in one folder, it is quiet, and files are private."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from contracts.errors import TijdigError
from flows.settings import Workplace


def keep_private() -> None:
    """Let what this process writes be for its user and their group: people are in it."""
    os.umask(0o027 | os.umask(0o027))


def prepare_prefect(work: Workplace) -> None:
    """Let Prefect keep its own data in the work folder and be quiet; call before importing a flow."""
    prepare_prefect_in(work.prefect_home)


def prepare_prefect_in(home: Path) -> None:
    """The same with a folder for its data.

    Without a server Prefect starts a temporary one, whose telemetry and event recorder complain at exit.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(home.resolve()))
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_SERVER_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_CLI_COLORS", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """Run flows that tell no server they are alive: nobody listens to a temporary one.

    Each flow would wait up to a second at its end for the thread that says so. Only this way can it be set to none.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: PLC0415 - see above

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


class PrefectGoneError(TijdigError):
    """The server of Prefect does not answer. A night that had begun did its work; only Prefect does not know."""


@contextmanager
def told_when_gone() -> Iterator[None]:
    """Let the end of a Prefect server be told as what it is.

    Raises:
        PrefectGoneError: it does not answer.
    """
    import httpx  # noqa: PLC0415 - Prefect's own, and only needed with it

    try:
        yield
    except httpx.HTTPError:
        raise PrefectGoneError(
            "The Prefect server does not answer.", where=os.environ.get("PREFECT_API_URL", "Prefect"),
            todo="See whether it runs, and run this again: what was done is not done twice.",
        ) from None  # fmt: skip


def leave(error: TijdigError) -> NoReturn:
    """End the process with the exit code of an error.

    Where the server is gone at once: Prefect would try for minutes to tell it what was done, and nobody would hear.
    """
    if isinstance(error, PrefectGoneError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(error.exit_code)
    sys.exit(error.exit_code)
