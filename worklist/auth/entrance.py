"""The way in: pages to log in and out, around an application whose pages ask who somebody is."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from contracts.work import User
from store.casebook import Casebook
from worklist import page
from worklist.auth import shown
from worklist.auth.headers import Around
from worklist.auth.limits import Limiter
from worklist.auth.oidc import Oidc, OidcError
from worklist.auth.passwords import fits
from worklist.auth.sessions import Browsers, Times

_log: Final = logging.getLogger(__name__)
#: So many tries in fifteen minutes, of one account and from one address.
_OF_ACCOUNT, _FROM_ADDRESS = 10, 30
_BEFORE: Final = "inloggen"
_LARGEST: Final = 10_000
_WITHIN: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,500}")
#: How long the form to log in may lie, in seconds.
_FORM_LIES: Final = 3600


@dataclass(frozen=True)
class Entrance:
    """What the way in needs.

    Attributes:
        casebook: where accounts and sessions are.
        key: the secret of the worklist, at least 32 characters.
        now: the clock, with its zone.
        hosts: the names by which the application is called.
        local: only this machine calls it, without https: accounts with a password, and no Secure on cookies.
        oidc: the sign-on of the dienst; None = accounts of the casebook.
        times: how long a session lasts.
        steady: a clock in seconds that never goes back.
    """

    casebook: Casebook
    key: str
    now: Callable[[], datetime]
    hosts: tuple[str, ...]
    local: bool = False
    oidc: Oidc | None = None
    times: Times = field(default_factory=Times)
    steady: Callable[[], float] = time.monotonic

    @property
    def browsers(self) -> Browsers:
        """The sessions of browsers."""
        return Browsers(self.casebook, self.key, self.now, times=self.times, local=self.local)


def guard(app: FastAPI, entrance: Entrance) -> FastAPI:
    """Put the way in around an application: log-in, log-out, security headers and trusted hosts."""
    _Way(entrance).put_on(app)
    app.add_middleware(Around, local=entrance.local)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(entrance.hosts), www_redirect=False)
    return app


def within(path: str | None) -> str:
    """Where to go after logging in: a path of this application and nothing else."""
    return path if path and _WITHIN.fullmatch(path) else "/"


class _Way:
    def __init__(self, entrance: Entrance) -> None:
        self._in = entrance
        self._browsers = entrance.browsers
        self._limits = Limiter(entrance.steady)

    def put_on(self, app: FastAPI) -> None:
        app.add_api_route("/inloggen", self.form, methods=["GET"], response_model=None)
        app.add_api_route("/uitloggen", self.leave, methods=["POST"], response_model=None)
        if self._in.oidc is None:
            app.add_api_route("/inloggen", self.enter, methods=["POST"], response_model=None)
        else:
            app.add_api_route("/inloggen/start", self.start, methods=["GET"], response_model=None)
            app.add_api_route("/inloggen/terug", self.back, methods=["GET"], response_model=None)

    # -- with a password ---------------------------------------------------------------------------------

    def form(self, request: Request, naar: str = "/", uit: str = "") -> Response:
        """The page to log in on."""
        return self._page(request, within(naar), shown.UITGELOGD if uit else None)

    async def enter(self, request: Request) -> Response:
        """Somebody sends their name and password."""
        typed = await _typed(request)
        return await run_in_threadpool(self._enter, request, typed)

    def _enter(self, request: Request, typed: dict[str, str]) -> Response:
        naar, name = within(typed.get("naar")), typed.get("gebruiker", "").strip()[:40]
        number = request.cookies.get(_BEFORE, "")
        if not number or not self._browsers.token_fits(typed.get("csrf", ""), _BEFORE, number):
            return self._page(request, naar, shown.OPNIEUW, gebruiker=name, status=403)
        if wait := self._wait(request, name):
            return self._page(request, naar, shown.wacht(wait), gebruiker=name, status=429, wait=wait)
        found = self._in.casebook.account_of(name)
        if not fits(typed.get("wachtwoord", "")[:200], found[1] if found else None) or found is None:
            self._note(name if found else "onbekend", "inloggen_geweigerd")
            return self._page(request, naar, shown.ONJUIST, gebruiker=name, status=400)
        self._limits.forget(f"account {name}")
        return self._welcome(request, found[0], naar)

    def _wait(self, request: Request, name: str | None) -> int:
        address = request.client.host if request.client else ""
        of_address = self._limits.wait(f"adres {address}", _FROM_ADDRESS)
        of_account = self._limits.wait(f"account {name}", _OF_ACCOUNT) if name is not None else 0
        return max(of_address, of_account)

    def _welcome(self, request: Request, user: User, naar: str) -> Response:
        response = RedirectResponse(naar, 303)
        self._browsers.begin(request, response, user)
        response.delete_cookie(_BEFORE, path="/")
        self._note(user.gebruiker, "ingelogd")
        return response

    async def leave(self, request: Request) -> Response:
        """Somebody logs out."""
        typed = await _typed(request)
        return await run_in_threadpool(self._leave, request, typed.get("csrf", ""))

    def _leave(self, request: Request, token: str) -> Response:
        user = self._browsers.identify(request)
        if user is not None and not self._browsers.csrf_ok(request, token):
            return self._page(request, "/", shown.NIET_UITGELOGD, status=403)
        response = RedirectResponse("/inloggen?uit=ja", 303)
        self._browsers.end(request, response)
        if user is not None:
            self._note(user.gebruiker, "uitgelogd")
        return response

    # -- by the sign-on of the dienst ----------------------------------------------------------------------

    def start(self, request: Request, naar: str = "/") -> Response:
        """Send a browser to the sign-on."""
        oidc = self._oidc
        if wait := self._wait(request, None):
            return self._page(request, within(naar), shown.wacht(wait), status=429, wait=wait)
        try:
            address, kept = oidc.begin(within(naar))
        except OidcError as error:
            return self._refused(request, error, within(naar))
        response = RedirectResponse(address, 303)
        self._browsers.keep(response, oidc.cookie, kept, seconds=oidc.lasts)
        return response

    def back(self, request: Request) -> Response:
        """A browser comes back from the sign-on."""
        oidc = self._oidc
        if wait := self._wait(request, None):
            return self._page(request, "/", shown.wacht(wait), status=429, wait=wait)
        try:
            user, naar = oidc.finish(dict(request.query_params), request.cookies.get(oidc.cookie, ""))
        except OidcError as error:
            response = self._refused(request, error, "/")
        else:
            # So colleagues have a name, and tasks can be given to them.
            self._in.casebook.keep_account(user)
            response = self._welcome(request, user, within(naar))
        response.delete_cookie(oidc.cookie, path="/")
        return response

    @property
    def _oidc(self) -> Oidc:
        if self._in.oidc is None:
            raise HTTPException(404)
        return self._in.oidc

    def _refused(self, request: Request, error: OidcError, naar: str) -> Response:
        _log.warning("log-in refused: %s", error)
        self._note("onbekend", "inloggen_geweigerd")
        words = shown.GEEN_ROL if error.no_role else shown.MISLUKT
        return self._page(request, naar, words, status=403)

    # -- both ----------------------------------------------------------------------------------------------

    def _note(self, wie: str, wat: str) -> None:
        self._in.casebook.note(wie, wat, "inloggen", self._in.now())

    def _page(
        self, request: Request, naar: str, melding: shown.Said | None = None, *, gebruiker: str = "",
        status: int = 200, wait: int | None = None,
    ) -> HTMLResponse:  # fmt: skip
        number = request.cookies.get(_BEFORE) or secrets.token_urlsafe(32)
        response = page.of(request).show(
            request, "inloggen.html.j2", status=status, naar=naar, melding=melding, gebruiker=gebruiker,
            voorcsrf=self._browsers.token(_BEFORE, number), oidc=self._in.oidc is not None,
        )  # fmt: skip
        if self._in.oidc is None:
            self._browsers.keep(response, _BEFORE, number, seconds=_FORM_LIES)
        if wait is not None:
            response.headers["Retry-After"] = str(wait)
        return response


async def _typed(request: Request) -> dict[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        raise HTTPException(400) from None
