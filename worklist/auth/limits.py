"""How often somebody may try to log in. Who tried is kept as a keyed hash, in memory, and no longer than it counts."""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Final

_MOST_KEYS: Final = 100_000


class Limiter:
    """Counts tries in a sliding window."""

    def __init__(self, now: Callable[[], float], *, window: float = 900.0) -> None:
        """With a clock in seconds that never goes back, and how long a try counts."""
        self._now, self._window = now, window
        self._key = secrets.token_bytes(32)
        self._tries: dict[bytes, deque[float]] = {}
        self._lock = Lock()

    def wait(self, what: str, most: int) -> int:
        """Note a try; returns how many seconds are to be waited, 0 = go on. A try that is refused does not count."""
        key = hmac.digest(self._key, what.encode(), hashlib.sha256)
        with self._lock:
            now = self._now()
            self._forget(now)
            tries = self._tries.setdefault(key, deque())
            if len(tries) >= most:
                return max(1, round(tries[0] + self._window - now))
            tries.append(now)
            return 0

    def forget(self, what: str) -> None:
        """Somebody logged in: what they tried before does not count."""
        with self._lock:
            self._tries.pop(hmac.digest(self._key, what.encode(), hashlib.sha256), None)

    def __len__(self) -> int:
        """How many are remembered."""
        with self._lock:
            self._forget(self._now())
            return len(self._tries)

    def _forget(self, now: float) -> None:
        old = now - self._window
        for key, tries in list(self._tries.items()):
            while tries and tries[0] <= old:
                tries.popleft()
            if not tries:
                del self._tries[key]
        # Somebody who tries from everywhere does not fill the memory: the longest known go.
        for key in list(self._tries)[: max(0, len(self._tries) - _MOST_KEYS)]:
            del self._tries[key]
