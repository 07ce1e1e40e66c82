"""Outgoing calls say of which processing they are part (W3C Trace Context), so that who is called can name it too."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from contracts.logregel import traceparent

HEADER = "traceparent"


class Traced(HTTPAdapter):
    """Adds the header to each request, whoever makes it."""

    def add_headers(self, request: requests.PreparedRequest, **_: Any) -> None:  # noqa: ANN401 - as its parent has it
        """The action that goes on when the request leaves."""
        request.headers[HEADER] = traceparent()


def traced(session: requests.Session) -> requests.Session:
    """Let a session say so with every request."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, Traced())
    return session
