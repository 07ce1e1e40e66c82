"""A lock on an open file: who comes second waits, or is told. Whatever ends a process lets go of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def locked(file: IO[bytes]) -> Iterator[None]:
        """Be the only one who holds this file."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        yield

    def taken(file: IO[bytes]) -> bool:
        """Try to be the only one who holds this file, until it is closed; False = somebody else does."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    @contextmanager
    def locked(file: IO[bytes]) -> Iterator[None]:
        """Be the only one who holds this file."""
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def taken(file: IO[bytes]) -> bool:
        """Try to be the only one who holds this file, until it is closed; False = somebody else does."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
