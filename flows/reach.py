"""Whether others answer: mail server, NotifyNL, Open Klant and the sign-on. Nothing is sent, and nobody is named."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel

from contracts.errors import TijdigError
from contracts.message import ChannelError
from flows.productie import Gemis
from flows.secret import secret
from flows.settings import Settings
from notifications.channels import connect
from worklist.auth.oidc import OidcError, introduced
from worklist.openklant import Client
from worklist.openklant.client import RequestError

#: Who looks does not want to wait longer for any of them.
_WAIT: Final = 10.0
#: Further apart, and the tokens of a sign-on are not believed.
_CLOCKS_APART: Final = timedelta(minutes=1)
_LOOK: Final = "Kijk naar adres, sleutel of wachtwoord, en of deze computer erbij mag."


def answering(settings: Settings) -> Iterator[Gemis]:
    """What does not answer of the channels and Open Klant; who can't begin for want of a secret is not asked."""
    for naam, chosen in sorted(settings.kanaal.items()):
        yield from _greeted(f"Kanaal {naam}", f"[kanaal.{naam}]", _channel(naam, _hurried(chosen)))
    if settings.openklant is not None:
        yield from _greeted("Open Klant", "[openklant]", _open_klant(_hurried(settings.openklant)))


def _hurried(chosen: Any) -> Any:  # noqa: ANN401 - the settings of any channel
    assert isinstance(chosen, BaseModel)
    return chosen.model_copy(update={"wacht_seconden": min(chosen.wacht_seconden, _WAIT)})  # type: ignore[attr-defined]


def _channel(naam: str, chosen: Any) -> Callable[[], None] | None:  # noqa: ANN401
    with suppress(TijdigError):
        return connect(naam, chosen, secret).greet
    return None


def _open_klant(chosen: Any) -> Callable[[], None] | None:  # noqa: ANN401
    def greet() -> None:
        with Client.connect(chosen, secret, sleep=lambda _: None) as client:
            client.greet()

    with suppress(TijdigError), Client.connect(chosen, secret):
        return greet
    return None


def _greeted(wie: str, waar: str, greet: Callable[[], None] | None) -> Iterator[Gemis]:
    if greet is None:
        return
    try:
        greet()
    except ChannelError as error:
        yield Gemis(f"{wie} antwoordt niet goed: {error.what}", waar, _LOOK)
    except RequestError as error:
        yield Gemis(f"{wie} antwoordt niet goed ({error.code}).", waar, _LOOK)


def sign_on(settings: Settings, now: datetime) -> Iterator[Gemis]:
    """Whether people could log in by the sign-on of the dienst, and its clock is ours."""
    chosen = settings.werklijst.oidc
    if chosen is None:
        return
    try:
        clock = introduced(chosen.adres)
    except OidcError as error:
        yield Gemis(
            f"De aanmelddienst antwoordt niet goed: {error}.", "[werklijst.oidc] adres",
            "Kijk of dat adres klopt, en of deze computer erbij mag.",
        )  # fmt: skip
        return
    if clock is not None and (apart := abs(clock - now)) > _CLOCKS_APART:
        yield Gemis(
            f"De klok verschilt {apart // timedelta(minutes=1)} minuten met die van de aanmelddienst.", "klok",
            "Zet de klok gelijk (NTP): wie inlogt, wordt anders niet geloofd.",
        )  # fmt: skip
