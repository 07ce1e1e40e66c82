"""One at a time: a lock that a killed process leaves behind open."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.errors import BusyError
from store.locked import taken

_PAUSE = 0.2


class NightRunsError(BusyError):
    """A night runs in this work folder already; this one did nothing."""


@contextmanager
def alone(path: Path, patience: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[bool]:
    """Be the only one who holds this file.

    Args:
        path: the file; it is made where it is not there, and stays.
        patience: how many seconds to wait for who holds it.
        sleep: waits so many seconds.

    Yields:
        Whether nobody else holds it; False = somebody still did after all that waiting.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        waited, ours = 0.0, taken(file)
        while not ours and waited < patience:
            sleep(_PAUSE)
            waited, ours = waited + _PAUSE, taken(file)
        # Closing the file, or the end of the process whatever ends it, lets go of it.
        yield ours


@contextmanager
def one_keeper(folder: Path, patience: float) -> Iterator[None]:
    """Be the only one in a work folder that copies all that is kept, or destroys what is past its term.

    Args:
        folder: the work folder.
        patience: how many seconds to wait for the other one.

    Raises:
        BusyError: it goes on still; nothing was done.
    """
    with alone(folder / "gegevens" / "bewaren.slot", patience) as ours:
        if not ours:
            raise BusyError(
                "A backup is made here, or what is past its term is destroyed.",
                where=folder.name or folder.resolve().name, todo="Wait until it is done, and run it again.",
            )  # fmt: skip
        yield


@contextmanager
def one_night(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only night of a work folder, however it was started: by hand, by Prefect or by a Dask worker.

    Args:
        folder: the work folder.
        patience: how many seconds to wait for the one that runs.

    Raises:
        NightRunsError: another night runs there; nothing was done.
    """
    with alone(folder / "gegevens" / "nacht.slot", patience) as ours:
        if not ours:
            raise NightRunsError(
                "A night runs here already.", where=folder.name or folder.resolve().name,
                todo="Wait until it is done; running it again changes nothing.",
            )  # fmt: skip
        yield
