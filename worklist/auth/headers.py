"""What stands around every answer, and which requests get none: an ASGI layer around the whole application."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS: Final = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not ``no-referrer``: then a browser says ``Origin: null`` of our own forms too, and none of them comes in.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
#: Two years, as the preload list asks.
_HSTS: Final = "max-age=63072000; includeSubDomains"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Around:
    """Security headers on every answer, and a refusal of what another site sends in somebody's name."""

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        """Around an application; ``local`` = it is only on this machine, without https."""
        self._app, self._local = app, local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message))
            await send(message)

        if scope["method"] not in _SAFE and _from_elsewhere(Headers(scope=scope), self._local):
            refused = PlainTextResponse("Dit formulier komt niet van deze website.", status_code=403)
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders) -> None:
        for name, value in _ALWAYS.items():
            headers[name] = value
        # A file of the style says itself how long it may be kept; whatever is about somebody is kept nowhere.
        headers.setdefault("Cache-Control", "no-store")
        if not self._local:
            headers["Strict-Transport-Security"] = _HSTS


def _from_elsewhere(headers: Headers, local: bool) -> bool:  # noqa: FBT001
    """Whether a browser says that another site sends this; the token of the form is asked besides."""
    if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    schemes = ("http", "https") if local else ("https",)
    return origin not in {f"{scheme}://{headers.get('host', '')}" for scheme in schemes}
