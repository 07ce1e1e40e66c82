"""Whether a request over HTTP arrived: what its error or its answer says of that."""

import socket

import requests

_LONGEST_WAIT = 30.0


def never_connected(error: BaseException) -> bool:
    """Whether there was no connection at all, so that nothing can have been taken."""
    seen: list[BaseException] = []
    todo: list[object] = [error]
    while todo:
        one = todo.pop()
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return any(isinstance(one, ConnectionRefusedError | socket.gaierror) for one in seen)


def asked_to_wait(response: requests.Response | None) -> float:
    """How many seconds a server asks to wait, half a minute at most; 0 = it does not say."""
    said = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(said), _LONGEST_WAIT) if said.isascii() and said.isdigit() else 0.0
