"""A message as a channel takes it, and what a channel can say of it.

Who a message is for never shows in a ``repr``, and no answer of a channel holds a name or an address.
"""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from contracts.errors import TijdigError
from contracts.notice import Kenmerk


class ChannelError(TijdigError):
    """A channel that can't work as it is set up: nothing was sent by it, and everything waits."""


class _Message(BaseModel):
    # pydantic prints the refused value by default; here that would be an address.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kenmerk: Kenmerk
    bericht: str
    versie: str


class Letter(_Message):
    """A letter as it goes to the printer. ``bericht`` and ``versie`` say which text it is."""

    vorm: Literal["brief"] = "brief"
    pdf: Annotated[bytes, Field(repr=False)]
    postcode: Annotated[str, Field(repr=False, pattern=r"^[1-9]\d{3} ?[A-Za-z]{2}$")]
    paginas: Annotated[int, Field(ge=1)] = 1

    @property
    def sha256(self) -> str:
        """The hash of the PDF, as in the manifest."""
        return hashlib.sha256(self.pdf).hexdigest()


class Email(_Message):
    """An e-mail to an address that was verified: a subject, and the same text as plain text and as HTML."""

    vorm: Literal["email"] = "email"
    aan: Annotated[str, Field(repr=False, min_length=3)]
    onderwerp: Annotated[str, Field(repr=False)]
    tekst: Annotated[str, Field(repr=False)]
    html: Annotated[str, Field(repr=False)]

    @property
    def sha256(self) -> str:
        """The hash of all that is read; not of the address."""
        return _digest(self.onderwerp, self.tekst, self.html)


class Sms(_Message):
    """A text message to a number that was verified."""

    vorm: Literal["sms"] = "sms"
    aan: Annotated[str, Field(repr=False, pattern=r"^(\+316|06)\d{8}$")]
    tekst: Annotated[str, Field(repr=False, min_length=1, max_length=160)]

    @property
    def sha256(self) -> str:
        """The hash of the text; not of the number."""
        return _digest(self.tekst)


Message = Letter | Email | Sms


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


class Uitslag(StrEnum):
    """What a channel says of a message; each has a Dutch sentence in ``UITSLAG_ZIN``."""

    BEGONNEN = "begonnen"
    """It is about to be sent: written down before anything leaves, so that a killed run is seen afterwards."""
    AANGENOMEN = "aangenomen"
    BEZORGD = "bezorgd"
    NIET_VERSTUURD = "niet_verstuurd"
    """It surely did not leave: it may be sent again."""
    GEWEIGERD = "geweigerd"
    NIET_BEZORGD = "niet_bezorgd"
    NIET_GEVONDEN = "niet_gevonden"
    """The channel was asked, and knows of no such message."""
    ONBEKEND = "onbekend"
    """It may have left: nobody can say."""


UITSLAG_ZIN: dict[Uitslag, str] = {
    Uitslag.BEGONNEN: "Het versturen begon.",
    Uitslag.AANGENOMEN: "Het is aangenomen om te bezorgen.",
    Uitslag.BEZORGD: "Het is gepost of bezorgd.",
    Uitslag.NIET_VERSTUURD: "Het is zeker niet verstuurd.",
    Uitslag.GEWEIGERD: "Het is geweigerd.",
    Uitslag.NIET_BEZORGD: "Het kon niet worden bezorgd.",
    Uitslag.NIET_GEVONDEN: "Het is niet bekend bij wie het moest bezorgen.",
    Uitslag.ONBEKEND: "Het is niet zeker of het verstuurd is.",
}


#: What a notice is called where it is not the letter of a rule.
_NAMED = {
    "bundel": "een brief over meer dan één ding",
    "misschien_meer": "een brief over wat geld waard kan zijn",
    "binnenkort": "een brief over wat er binnenkort verandert",
    "herinnering": "een herinnering",
    "vertegenwoordiger": "een brief aan de vertegenwoordiger",
    "email_vraag": "een e-mail",
    "email_herinnering": "een herinnering per e-mail",
    "sms_herinnering": "een herinnering per sms",
}


def named(bericht: str) -> str:
    """A notice as a consulent calls it, by the id of its message."""
    return _NAMED.get(bericht, f"een brief ({bericht})")


#: How far a notice is, by its status in the outbox.
STAND_ZIN: dict[str, str] = {
    "klaar": "Het bericht ligt klaar om gemaakt te worden.",
    "bezig": "Het bericht is onderweg; of het aankwam, is nog niet bekend.",
    "bevestigd": "Het bericht is gepost of bezorgd.",
    "onbekend": "Het is niet zeker of het bericht verstuurd is. Tijdig zoekt het op.",
    "mislukt": "Het bericht kon niet worden bezorgd. Een consulent belt.",
    "handmatig": "Er ging geen bericht, of dat is niet zeker. Een consulent belt.",
    "in_te_trekken": "Het bericht is niet meer nodig en wordt teruggehaald.",
    "ingetrokken": "Het bericht is op tijd teruggehaald.",
    "niet_ingetrokken": "Het bericht is misschien verstuurd voordat het terug moest.",
}


class Answer(BaseModel):
    """What a channel says of one message.

    Attributes:
        uitslag: what became of it.
        extern_id: how the channel calls it.
        code: what stood in its answer, such as ``429``; never its text, which may repeat an address.
        wacht: so many seconds the channel asks to wait before the next try.
    """

    model_config = ConfigDict(frozen=True)

    uitslag: Uitslag
    extern_id: str | None = None
    code: str | None = None
    wacht: float = 0.0


class Channel(Protocol):
    """Something that sends one message at a time."""

    naam: str
    kan_opzoeken: bool
    """Whether it can be asked about a message that was sent before."""

    def greet(self) -> None:
        """See whether it is there and knows us; nothing is sent.

        Raises:
            ChannelError: it does not answer, or refuses us.
        """

    def send(self, message: Message) -> Answer:
        """Send it, and say what became of it; no answer is ``onbekend`` too.

        Raises:
            ChannelError: the channel refuses us, whatever is sent.
        """

    def look_up(self, kenmerk: str, extern_id: str | None) -> Answer:
        """What became of a message with this reference.

        Raises:
            ChannelError: the channel refuses us.
        """


#: Gives the secret with this name, from the environment or a file; None = there is none.
Secrets = Callable[[str], str | None]
