"""A PostgreSQL server as if it were far away: whatever passes between it and the night comes a little later."""

import socket
import threading
import time
from contextlib import contextmanager, suppress

import sqlalchemy as sa

#: As between two cities; a night asks some hundreds of things.
_LATER = 0.003
_CHUNK = 65_536


class Far:
    """Passes on what comes by its own socket.

    Attributes:
        passed: how often something was passed on.
    """

    def __init__(self, url, folder):
        there = sa.make_url(url)
        self._server = f"{there.query['host']}/.s.PGSQL.{there.port or 5432}"
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / ".s.PGSQL.5432"))
        self._door.listen()
        self.url = there.update_query_dict({"host": str(folder)}).set(port=5432).render_as_string(hide_password=False)
        self.passed, self._threads = 0, []

    def serve(self):
        """Let in who comes, until the door closes."""
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                self._threads.append(threading.Thread(target=self._connect, args=(here,)))
                self._threads[-1].start()

    def _connect(self, here):
        with here, socket.socket(socket.AF_UNIX) as there:
            there.connect(self._server)
            answers = threading.Thread(target=self._pass, args=(there, here))
            answers.start()
            self._pass(here, there)
            answers.join()

    def _pass(self, one, other):
        with suppress(OSError):
            while data := one.recv(_CHUNK):
                time.sleep(_LATER)
                other.sendall(data)
                self.passed += 1
        # Who is done on one side is done on the other.
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def close(self):
        """Let nobody in any more, and wait for who is in."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join()


@contextmanager
def far_away(url, folder):
    """The server at ``url``, reached by a socket in ``folder``."""
    far = Far(url, folder)
    serving = threading.Thread(target=far.serve)
    serving.start()
    try:
        yield far
    finally:
        far.close()
        serving.join()
