"""One at a time: a lock that a killed process leaves behind open."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PAUSE = 0.2


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
        waited, ours = 0.0, _taken(file)
        while not ours and waited < patience:
            sleep(_PAUSE)
            waited, ours = waited + _PAUSE, _taken(file)
        # Closing the file, or the end of the process whatever ends it, lets go of it.
        yield ours


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
