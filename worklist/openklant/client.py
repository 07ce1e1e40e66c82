"""The Klantinteracties API of Open Klant, as far as a task needs it.

Measured on 2.15 (API 0.6.0) and 2.18 (0.9.0). The API knows no idempotency, and of two equal requests at once one may
be answered with 500: so what can't be told from its answer is looked up, never sent again at once.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Self, TypeVar
from uuid import UUID

import requests
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from contracts.message import ChannelError, Secrets
from notifications.reached import asked_to_wait, never_connected
from notifications.tracing import traced
from worklist.openklant.settings import OpenKlant

#: From this generation on numbers are unique, and are given by who makes something.
NUMBERED: Final = (0, 7, 0)
_TRIES, _PAUSE = 3, 1.0
_GONE, _TOO_MANY, _INVALID, _CONFLICT, _AT_FAULT = 404, 429, 400, 409, 500
#: Ours to mend: a wrong token, or one that may not do this.
_OURS: Final = (401, 403, 405)
_VERSION: Final = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
T = TypeVar("T", bound=BaseModel)


class RequestError(Exception):
    """A request that did not do what it was for; ``code`` says why, without a word of the answer."""

    def __init__(self, code: str) -> None:
        """With a status or a word of our own."""
        super().__init__(code)
        self.code = code


class NotSentError(RequestError):
    """It surely did nothing there."""


class RefusedError(RequestError):
    """Open Klant does not want it so."""


class UnclearError(RequestError):
    """It may have done something there: look it up."""


class _Page(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    next: str | None
    results: list[Any]


class Client:
    """One connection, for one run."""

    def __init__(self, settings: OpenKlant, token: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """With the settings, the token and what waits so many seconds."""
        self._set = settings
        self._sleep = sleep
        self._session = traced(requests.Session())
        self._session.headers.update({"Authorization": f"Token {token}", "Accept": "application/json"})
        self._version: tuple[int, ...] | None = None

    @classmethod
    def connect(cls, settings: OpenKlant, geheim: Secrets, sleep: Callable[[float], None] = time.sleep) -> Self:
        """With the token from the secrets.

        Raises:
            ChannelError: there is none, or it can't be one.
        """
        token = geheim("openklant_sleutel")
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise ChannelError(
                "The token of Open Klant is missing, or is none.", where="openklant_sleutel",
                todo="Set TIJDIG_OPENKLANT_SLEUTEL.",
            )  # fmt: skip
        return cls(settings, token, sleep)

    def __enter__(self) -> Self:
        """Use it in a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._session.close()

    @property
    def numbered(self) -> bool:
        """Whether who makes something gives its number; known once Open Klant answered anything."""
        assert self._version is not None
        return self._version >= NUMBERED

    def greet(self) -> None:
        """See whether it is there and knows us.

        Raises:
            NotSentError, UnclearError: it does not answer as it should.
            ChannelError: we are refused.
        """
        response = self._ask("GET", "actoren", params={"pageSize": "1"})
        if response.status_code in (_INVALID, _GONE):
            raise self._not_ours(response)
        self._read(response, _Page)

    def listed(self, path: str, params: Mapping[str, str], kind: type[T]) -> list[T]:
        """What is there with these values.

        Raises:
            NotSentError, UnclearError: it is not told.
            ChannelError: we are refused.
        """
        response = self._ask("GET", path, params=params)
        if response.status_code in (_INVALID, _GONE):
            raise self._not_ours(response)
        page = self._read(response, _Page)
        if page.next is not None:
            # What we ask for is there a few times at most.
            raise UnclearError("answer-does-not-fit")
        try:
            return TypeAdapter(list[kind]).validate_python(page.results)  # type: ignore[valid-type]
        except ValidationError:
            raise UnclearError("answer-does-not-fit") from None

    def one(self, path: str, uuid: UUID, kind: type[T]) -> T | None:
        """One of them; None = it is not there. Raises as ``listed``."""
        response = self._ask("GET", f"{path}/{uuid}")
        if response.status_code == _GONE and "API-version" in response.headers:
            return None
        if response.status_code in (_INVALID, _GONE):
            raise self._not_ours(response)
        return self._read(response, kind)

    def make(self, path: str, body: Mapping[str, Any]) -> None:
        """Make something.

        Raises:
            NotSentError: it surely was not made.
            RefusedError: not like this.
            UnclearError: look it up: no answer, an answer that is none, or somebody made the same.
            ChannelError: we are refused.
        """
        self._done(self._ask("POST", path, body=body))

    def change(self, path: str, uuid: UUID, body: Mapping[str, Any]) -> None:
        """Change something. Raises as ``make``."""
        self._done(self._ask("PATCH", f"{path}/{uuid}", body=body))

    def _done(self, response: requests.Response) -> None:
        code = response.status_code
        if code == _GONE:
            raise self._not_ours(response)
        if code == _CONFLICT or (code == _INVALID and _not_unique(response)):
            raise UnclearError("unique" if code == _INVALID else str(code))
        if _INVALID <= code < _AT_FAULT:
            raise RefusedError(str(code))
        self._clear(response)

    def _ask(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Mapping[str, Any] | None = None
    ) -> requests.Response:
        """Ask, and again where it surely did not arrive."""
        wait = 0.0
        for turn in range(_TRIES):
            if turn:
                self._sleep(max(wait, _PAUSE * 2 ** (turn - 1)))
            try:
                response = self._send(method, path, params, body)
            except requests.RequestException as error:
                if never_connected(error):
                    continue
                raise UnclearError("no-answer") from None
            if response.status_code in _OURS:
                raise self._not_ours(response)
            if response.status_code != _TOO_MANY:
                return response
            wait = asked_to_wait(response)
        raise NotSentError("no-connection-or-too-many")

    def _send(
        self, method: str, path: str, params: Mapping[str, str] | None, body: Mapping[str, Any] | None
    ) -> requests.Response:
        # Who sends us elsewhere would get the token too.
        return self._session.request(
            method, f"{self._set.adres}/{path}", params=params, json=body, timeout=self._set.wacht_seconden,
            allow_redirects=False,
        )  # fmt: skip

    def _clear(self, response: requests.Response) -> None:
        """Only what the API itself answers counts; a page of something in between does not."""
        version = _VERSION.fullmatch(response.headers.get("API-version", ""))
        if response.status_code not in (200, 201) or version is None:
            raise UnclearError(str(response.status_code) if version else "not-the-api")
        self._version = tuple(int(part) for part in version.groups())

    def _read(self, response: requests.Response, kind: type[T]) -> T:
        self._clear(response)
        try:
            return kind.model_validate(response.json())
        except (ValueError, RecursionError):
            # No JSON, another shape, or nested a thousand deep.
            raise UnclearError("answer-does-not-fit") from None

    @staticmethod
    def _not_ours(response: requests.Response) -> ChannelError:
        return ChannelError(
            f"Open Klant refuses us ({response.status_code}).", where="[openklant]",
            todo="Check the address, the token and what it may do.",
        )  # fmt: skip


def _not_unique(response: requests.Response) -> bool:
    """Whether something is refused because it is there already."""
    try:
        said = response.json()
    except (ValueError, RecursionError):
        return False
    params = said.get("invalidParams") if isinstance(said, dict) else None
    return isinstance(params, list) and any(isinstance(one, dict) and one.get("code") == "unique" for one in params)
