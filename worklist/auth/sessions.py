"""The session of a browser: begun at log-in with a number of its own, ended by who logs out, or by time."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import Request, Response

from contracts.work import User
from store.casebook import Casebook

#: So many seconds a session may be used without a line in the casebook about it.
_SEEN_EVERY: Final = 60
_BYTES: Final = 32
_LONGEST: Final = 100


@dataclass(frozen=True)
class Times:
    """How long a session lasts: in all, and without a request. Seconds."""

    longest: int = 8 * 3600
    idle: int = 30 * 60


class Browsers:
    """The sessions of browsers."""

    def __init__(self, casebook: Casebook, key: str, now: Callable[[], datetime], *, times: Times, local: bool) -> None:
        """With the casebook, the secret of the worklist, and the clock; ``local`` = without https on this machine."""
        self._casebook, self._key, self._now, self._times, self._local = casebook, key.encode(), now, times, local
        # With this prefix a browser takes it over https only, for this host only.
        self.cookie = "tijdig" if local else "__Host-tijdig"

    def identify(self, request: Request) -> User | None:
        """Who sends this request; None = nobody who is logged in."""
        known: User | None
        if hasattr(request.state, "gebruiker"):
            known = request.state.gebruiker
            return known
        known = self._known(request)
        request.state.gebruiker = known
        return known

    def _known(self, request: Request) -> User | None:
        number = self._number(request)
        if number is None:
            return None
        now = self._seconds()
        row = self._casebook.session_of(
            _hash(number), begun_after=now - self._times.longest, seen_after=now - self._times.idle
        )
        if row is None:
            return None
        if now - row.gezien >= min(_SEEN_EVERY, self._times.idle // 2):
            self._casebook.session_seen(_hash(number), now)
        return User.model_validate(row.wie)

    def begin(self, request: Request, response: Response, user: User) -> None:
        """Somebody logged in: a new number, and the one their browser had is worth nothing any more."""
        number, now = secrets.token_urlsafe(_BYTES), self._seconds()
        self._end(request, now)
        self._casebook.begin_session(_hash(number), user, now)
        self.keep(response, self.cookie, number)

    def end(self, request: Request, response: Response) -> None:
        """Somebody logs out."""
        self._end(request, self._seconds())
        response.delete_cookie(self.cookie, path="/", secure=not self._local, httponly=True, samesite="lax")

    def _end(self, request: Request, now: int) -> None:
        number = self._number(request)
        self._casebook.end_sessions(
            [_hash(number)] if number else [], begun_before=now - self._times.longest,
            seen_before=now - self._times.idle,
        )  # fmt: skip

    def csrf(self, request: Request) -> str:
        """The token of the forms of this session; empty where there is none."""
        number = self._number(request)
        return self.token("formulier", number) if number else ""

    def csrf_ok(self, request: Request, token: str) -> bool:
        """Whether a token is that of this session."""
        number = self._number(request)
        return number is not None and self.token_fits(token, "formulier", number)

    def token(self, what: str, number: str) -> str:
        """A token that only who knows the secret can make of a number."""
        return hmac.digest(self._key, f"{what}\n{number}".encode(), hashlib.sha256).hex()

    def token_fits(self, token: str, what: str, number: str) -> bool:
        """Whether a token was made of this number, for this."""
        return hmac.compare_digest(token.encode(), self.token(what, number).encode())

    def keep(self, response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
        """Give a browser something to keep, that no script reads and no other site sends."""
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=not self._local, httponly=True, samesite="lax"
        )

    def _number(self, request: Request) -> str | None:
        number = request.cookies.get(self.cookie)
        return number if number and len(number) <= _LONGEST and number.isascii() else None

    def _seconds(self) -> int:
        return int(self._now().timestamp())


def _hash(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()
