"""NotifyNL: letters as a PDF of our own, e-mail and text messages, by the API of GOV.UK Notify of which it is a fork.

The API knows no idempotency: a message that is sent twice is delivered twice. So it goes with an opaque reference, and
whoever may have sent it before asks for that reference first. Notify keeps what it sent for seven days.

Sources: the REST API documentation of GOV.UK Notify (statuses, errors), and ``notifications-python-client`` 13.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Annotated, Any, Final

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from pydantic import BaseModel, ConfigDict, Field

from contracts.message import Answer, ChannelError, Email, Letter, Message, Secrets, Sms, Uitslag
from contracts.notice import Vorm
from notifications.reached import asked_to_wait, never_connected
from notifications.tracing import traced

NAAM = "notifynl"
VORMEN: tuple[Vorm, ...] = ("brief", "email", "sms")

#: What Notify calls the stages of a message. Any other says nothing yet.
STANDEN: Final[Mapping[str, Uitslag]] = {
    "delivered": Uitslag.BEZORGD,
    "received": Uitslag.BEZORGD,  # a letter: the printer has it
    "permanent-failure": Uitslag.NIET_BEZORGD,
    "temporary-failure": Uitslag.NIET_BEZORGD,  # Notify has stopped trying
    "technical-failure": Uitslag.NIET_BEZORGD,
    "validation-failed": Uitslag.NIET_BEZORGD,
    "virus-scan-failed": Uitslag.NIET_BEZORGD,
    "cancelled": Uitslag.NIET_BEZORGD,
    "returned": Uitslag.NIET_BEZORGD,
}
_BAD, _TOO_MANY, _AT_FAULT = 400, 429, 500
#: The kenmerk of no message.
_NOBODY: Final = "N-0000000"
#: A name, the service and its secret.
_KEY: Final = re.compile(r"\S+(-[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}){2}")
#: Ours to mend: a wrong key, a service that may not do this, a path that is not there.
_OURS = (401, 403, 404, 405)


class Instellingen(BaseModel):
    """``[kanaal.notifynl]``; the key is the secret ``notifynl_sleutel``.

    A template at Notify for e-mail has the subject ``((onderwerp))`` and the text ``((tekst))``; one for a text message
    has ``((tekst))``. A letter needs none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    adres: Annotated[str, Field(pattern=r"^(https://\S+|http://(localhost|127\.0\.0\.1)(:\d+)?)$")] = (
        "https://api.notifynl.nl"
    )
    sjabloon_email: Annotated[str, Field(min_length=1)] | None = None
    sjabloon_sms: Annotated[str, Field(min_length=1)] | None = None
    wacht_seconden: Annotated[float, Field(gt=0, le=300)] = 30.0


def lacks(instellingen: BaseModel, vorm: Vorm) -> str | None:
    """The setting without which nothing can go in this form; None = it can."""
    assert isinstance(instellingen, Instellingen)
    needed = {"email": "sjabloon_email", "sms": "sjabloon_sms"}.get(vorm)
    return needed if needed and getattr(instellingen, needed) is None else None


def connect(instellingen: BaseModel, geheim: Secrets) -> "NotifyNL":
    """The channel.

    Raises:
        ChannelError: the key is missing, or no key of Notify.
    """
    assert isinstance(instellingen, Instellingen)
    key = geheim("notifynl_sleutel")
    if not key:
        raise ChannelError("The key is missing.", where="notifynl_sleutel", todo="Set TIJDIG_NOTIFYNL_SLEUTEL.")
    if not _KEY.fullmatch(key):
        raise ChannelError("This is no key of NotifyNL.", where="notifynl_sleutel", todo="Copy it whole from NotifyNL.")
    return NotifyNL(instellingen, key)


class NotifyNL:
    """Sends a message at a time."""

    naam = NAAM
    kan_opzoeken = True

    def __init__(self, instellingen: Instellingen, key: str) -> None:
        """With settings and the key of the service."""
        # What a server answers can repeat an address; the client logs it.
        logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
        self._set = instellingen
        self._api = NotificationsAPIClient(key, base_url=instellingen.adres, timeout=instellingen.wacht_seconden)
        traced(self._api.request_session)
        # Who sends us elsewhere would get the address too, perhaps over an open line.
        self._api.request_session.max_redirects = 0

    def greet(self) -> None:
        """Ask about a message that nobody sent: who does not know us says so.

        Raises:
            ChannelError: it does not answer, or refuses us.
        """
        try:
            self._api.get_all_notifications(reference=_NOBODY)
        except (APIError, requests.RequestException, RecursionError) as error:
            code = "no-answer" if isinstance(error, RecursionError) else _failed(error).code
            raise ChannelError(
                f"NotifyNL does not answer as it should ({code}).", where="[kanaal.notifynl]",
                todo="Check the address, and whether this machine may connect to it.",
            ) from None  # fmt: skip

    def send(self, message: Message) -> Answer:
        """Send it with its kenmerk as the reference.

        Raises:
            ChannelError: the key is wrong, or the service may not send this.
        """
        try:
            taken = self._post(message)
        except (APIError, requests.RequestException) as error:
            return _failed(error)
        except RecursionError:
            # Of what is nested a thousand deep nobody can say what it says.
            taken = None
        # An answer that is no answer, or is about something else: it may have been taken.
        if not isinstance(taken, dict) or taken.get("reference") != message.kenmerk or not _id(taken):
            return Answer(uitslag=Uitslag.ONBEKEND, code="answer-does-not-fit")
        return Answer(uitslag=Uitslag.AANGENOMEN, extern_id=_id(taken))

    def _post(self, message: Message) -> Any:  # noqa: ANN401 - what a server answers
        match message:
            case Letter():
                return self._api.send_precompiled_letter_notification(message.kenmerk, BytesIO(message.pdf))
            case Email():
                words = {"onderwerp": message.onderwerp, "tekst": message.tekst}
                sjabloon = _needed(self._set.sjabloon_email, "sjabloon_email")
                return self._api.send_email_notification(message.aan, sjabloon, words, reference=message.kenmerk)
            case Sms():
                words = {"tekst": message.tekst}
                sjabloon = _needed(self._set.sjabloon_sms, "sjabloon_sms")
                return self._api.send_sms_notification(message.aan, sjabloon, words, reference=message.kenmerk)

    def look_up(self, kenmerk: str, extern_id: str | None) -> Answer:
        """What became of the message with this reference.

        An answer about another reference says nothing of this one.

        Raises:
            ChannelError: the key is wrong.
        """
        try:
            if extern_id is not None:
                listed = [self._api.get_notification_by_id(extern_id)]
            else:
                listed = list(self._listed(kenmerk))
        except (APIError, requests.RequestException) as error:
            if extern_id is not None and _code(error) == "404":
                return Answer(uitslag=Uitslag.ONBEKEND, code="404")
            answer = _failed(error)
            return Answer(uitslag=Uitslag.ONBEKEND, code=answer.code, wacht=answer.wacht)
        except RecursionError:
            listed = [None]
        if not listed:
            return Answer(uitslag=Uitslag.NIET_GEVONDEN)
        ours = [one for one in listed if isinstance(one, dict) and one.get("reference") == kenmerk and _id(one)]
        if not ours:
            return Answer(uitslag=Uitslag.ONBEKEND, code="answer-does-not-fit")
        # The newest comes first: the oldest is the one that was sent.
        found = ours[-1]
        stand = str(found.get("status"))
        return Answer(uitslag=STANDEN.get(stand, Uitslag.AANGENOMEN), extern_id=_id(found), code=_word(stand))

    def _listed(self, kenmerk: str) -> Iterator[Any]:
        answer = self._api.get_all_notifications(reference=kenmerk)
        listed = answer.get("notifications") if isinstance(answer, dict) else None
        # No list at all is not the same as an empty one.
        yield from listed if isinstance(listed, list) else [None]


def _needed(sjabloon: str | None, setting: str) -> str:
    if sjabloon is None:
        raise ChannelError(
            "No template at Notify is named for this form.", where=f"[kanaal.notifynl] {setting}",
            todo="Make one at Notify and give its id.",
        )  # fmt: skip
    return sjabloon


def _failed(error: APIError | requests.RequestException) -> Answer:
    """What an error means for the message: it surely did not leave, it is refused, or nobody can say.

    Raises:
        ChannelError: it is about us, not about this message.
    """
    code = _code(error)
    if code is None:
        refused = never_connected(error)
        return Answer(uitslag=Uitslag.NIET_VERSTUURD if refused else Uitslag.ONBEKEND, code="no-answer")
    if code == str(_TOO_MANY):
        return Answer(uitslag=Uitslag.NIET_VERSTUURD, code=code, wacht=asked_to_wait(_response(error)))
    if int(code) in _OURS or _about_the_service(error):
        raise ChannelError(
            f"NotifyNL refuses us ({code}).", where="[kanaal.notifynl]",
            todo="Check the address, the key and what the service may send.",
        )  # fmt: skip
    unclear = int(code) >= _AT_FAULT or int(code) < 400  # noqa: PLR2004 - no error of ours, and no answer either
    return Answer(uitslag=Uitslag.ONBEKEND if unclear else Uitslag.GEWEIGERD, code=code)


def _about_the_service(error: APIError | requests.RequestException) -> bool:
    """Whether a 400 is not about this message: a template that is not there, a service that may not send to all yet."""
    response = _response(error)
    try:
        said = None if response is None or response.status_code != _BAD else response.json()
    except (ValueError, RecursionError):
        return False
    found = said.get("errors") if isinstance(said, dict) else None
    return isinstance(found, list) and any(
        isinstance(one, dict) and one.get("error") == "BadRequestError" for one in found
    )


def _response(error: APIError | requests.RequestException) -> requests.Response | None:
    response = error.response
    return response if isinstance(response, requests.Response) else None


def _code(error: APIError | requests.RequestException) -> str | None:
    """The status of the answer; None = there was none. The client calls that 503 too."""
    response = _response(error)
    return None if response is None else str(response.status_code)


def _id(found: Mapping[str, Any]) -> str | None:
    """The id that Notify gave: a UUID, and nothing else, since it goes into an address."""
    said = found.get("id")
    fits = isinstance(said, str) and len(said) == 36 and set(said) <= set("0123456789abcdefABCDEF-")  # noqa: PLR2004
    return said if fits and isinstance(said, str) else None


def _word(said: str) -> str | None:
    return said if said in STANDEN or said in ("created", "sending", "sent", "pending", "accepted") else None
