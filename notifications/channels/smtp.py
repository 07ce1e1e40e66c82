"""E-mail by an SMTP server: for a test gemeente, as nobody tells afterwards whether it arrived.

A message is accepted when the server answers the last dot with 250. Whatever goes wrong before the text was sent means
that it surely did not leave; a connection that is cut after it can't be settled, and a human calls.
"""

import smtplib
import ssl
from contextlib import suppress
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts.message import Answer, ChannelError, Email, Message, Secrets, Uitslag
from contracts.notice import Vorm

NAAM = "smtp"
VORMEN: tuple[Vorm, ...] = ("email",)
_TRY_LATER, _FOR_GOOD = 400, 500


class Instellingen(BaseModel):
    """``[kanaal.smtp]``: the server; its password is the secret ``smtp_wachtwoord``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    server: str
    poort: Annotated[int, Field(ge=1, le=65535)] = 587
    beveiligd: bool = True
    """STARTTLS with a certificate that is checked. Only a server on this very machine may do without."""
    gebruiker: str | None = None
    afzender: Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$")]
    naam_afzender: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f\u0085\u2028\u2029]*$")] = ""
    wacht_seconden: Annotated[float, Field(gt=0, le=300)] = 30.0


def connect(instellingen: BaseModel, geheim: Secrets) -> "Smtp":
    """The channel.

    Raises:
        ChannelError: a secret is missing, or the connection would not be secured.
    """
    assert isinstance(instellingen, Instellingen)
    if not instellingen.beveiligd and instellingen.server not in ("localhost", "127.0.0.1", "::1"):
        raise ChannelError("E-mail would go over an open line.", where="[kanaal.smtp] beveiligd", todo="Leave it true.")
    password = geheim("smtp_wachtwoord")
    if instellingen.gebruiker and password is None:
        raise ChannelError("The password is missing.", where="smtp_wachtwoord", todo="Set TIJDIG_SMTP_WACHTWOORD.")
    return Smtp(instellingen, password)


class Smtp:
    """Sends an e-mail at a time, each over a connection of its own."""

    naam = NAAM
    kan_opzoeken = False

    def __init__(self, instellingen: Instellingen, password: str | None) -> None:
        """With settings and the password of the user, if there is one."""
        self._set, self._password = instellingen, password

    def greet(self) -> None:
        """Connect, secure the line, log in and say hello.

        Raises:
            ChannelError: it does not answer as it should, or refuses us.
        """
        try:
            server = self._open()
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(
                f"The mail server does not answer as it should ({type(error).__name__}).", where="[kanaal.smtp]",
                todo="Check server and port, its certificate, and whether this machine may connect to it.",
            ) from None  # fmt: skip
        with suppress(OSError, smtplib.SMTPException):
            server.quit()

    def send(self, message: Message) -> Answer:
        """Send it; its Message-ID is its kenmerk, so that a server can know it again."""
        assert isinstance(message, Email)
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            return _not_sent(error)
        try:
            return self._hand_in(server, message)
        finally:
            # The answer is known by now; whether the goodbye comes through is nobody's concern.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def look_up(self, kenmerk: str, extern_id: str | None) -> Answer:  # noqa: ARG002 - a channel has it
        """A mail server can't be asked."""
        return Answer(uitslag=Uitslag.ONBEKEND)

    def _open(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self._set.server, self._set.poort, timeout=self._set.wacht_seconden)
        try:
            if self._set.beveiligd:
                server.starttls(context=ssl.create_default_context())
            if self._set.gebruiker is not None:
                server.login(self._set.gebruiker, self._password or "")
        except smtplib.SMTPAuthenticationError as error:
            server.close()
            raise ChannelError(
                f"The mail server refuses us ({error.smtp_code}).", where="[kanaal.smtp]",
                todo="Check user and password.",
            ) from None  # fmt: skip
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _hand_in(self, server: smtplib.SMTP, message: Email) -> Answer:
        """The steps of a mail one by one: only after DATA nobody can say whether it left."""
        try:
            server.ehlo_or_helo_if_needed()
            for code, _ in (server.mail(self._set.afzender), server.rcpt(message.aan)):
                if code >= _TRY_LATER:
                    return _refused(code)
        except (OSError, smtplib.SMTPException) as error:
            return _not_sent(error)
        try:
            code, _ = server.data(self._written(message).as_bytes(policy=policy.SMTP))
        except smtplib.SMTPDataError as error:
            # The server refused before a line of the text was sent.
            return _refused(error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            return Answer(uitslag=Uitslag.ONBEKEND, code=type(error).__name__)
        return _refused(code) if code >= _TRY_LATER else Answer(uitslag=Uitslag.BEZORGD, code=str(code))

    def _written(self, message: Email) -> EmailMessage:
        mail = EmailMessage()
        user, _, domain = self._set.afzender.rpartition("@")
        mail["From"] = Address(self._set.naam_afzender, user, domain)
        mail["To"] = message.aan
        mail["Subject"] = message.onderwerp
        mail["Message-ID"] = f"<{message.kenmerk}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.tekst)
        mail.add_alternative(message.html, subtype="html")
        return mail


def _refused(code: int) -> Answer:
    uitslag = Uitslag.GEWEIGERD if code >= _FOR_GOOD else Uitslag.NIET_VERSTUURD
    return Answer(uitslag=uitslag, code=str(code))


def _not_sent(error: Exception) -> Answer:
    # Only its kind: what a server says can repeat the address.
    return Answer(uitslag=Uitslag.NIET_VERSTUURD, code=type(error).__name__)
