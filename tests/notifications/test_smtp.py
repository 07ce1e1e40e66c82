"""E-mail by a mail server, which nobody can ask afterwards: what may have left is never sent again."""

import email
import socket
from email import policy

import pytest

from contracts.message import ChannelError
from notifications.channels import connect
from notifications.channels.smtp import Instellingen
from notifications.delivery import Lot
from store.casebook import Casebook, Way
from tests.notifications.sending import Clock, calls, fill, log, sender, states
from tests.notifications.smtp_server import CUT, MailServer

EMAIL = Way("email", "smtp", "email_vraag")


def channel(server, **more):
    values = {
        "server": "127.0.0.1", "poort": server.port, "beveiligd": False, "afzender": "post@voorbeeld-sdd.example",
        "naam_afzender": "Sociale Dienst Voorbeeldstad", "wacht_seconden": 5.0,
    }  # fmt: skip
    return connect("smtp", Instellingen(**values | more), lambda _: None)


@pytest.fixture
def casebook(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        yield opened


def test_a_mail_is_taken_once_and_is_text_and_html_of_one_content(casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    with MailServer() as server:
        assert sender(casebook, channel(server), Clock()).run() == {Lot.VERSTUURD: 1}
        assert sender(casebook, channel(server), Clock()).run() == {}
    (text,) = server.texts
    mail = email.message_from_bytes(text, policy=policy.default)
    assert mail["Message-ID"] == f"<{kenmerk}@voorbeeld-sdd.example>"
    assert mail["From"] == "Sociale Dienst Voorbeeldstad <post@voorbeeld-sdd.example>"
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == (
        "an.ander@voorbeeld.example",
        "Een vraag",
        "auto-generated",
    )
    assert mail.get_body(("plain",)).get_content().strip() == "Bel ons."
    assert mail.get_body(("html",)).get_content().strip() == "<p>Bel ons.</p>"
    assert states(casebook) == ["bevestigd"]


def test_each_line_of_a_mail_ends_as_mail_servers_demand(casebook):
    # RFC 5321, 2.3.8: a bare LF or CR is refused by many since it lets a mail smuggle in another.
    fill(casebook, 1, EMAIL)
    with MailServer() as server:
        sender(casebook, channel(server), Clock()).run()
    lines = server.texts[0].replace(b"\r\n", b"")
    assert (b"\n" in lines, b"\r" in lines) == (False, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"naam_afzender": "Dienst\nBcc: een.ander@voorbeeld.example"}, {"naam_afzender": "Dienst\r"},
        {"afzender": "a@b\n"}, {"afzender": "\xe9\xe9n@voorbeeld.example"}, {"afzender": "a>@b.example"}, {"afzender": "a@b..c"},
    ],
)  # fmt: skip
def test_a_sender_that_can_not_stand_in_a_mail_is_refused_before_any(wrong):
    values = {"server": "localhost", "afzender": "post@voorbeeld-sdd.example"} | wrong
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Instellingen(**values)


def test_a_real_mail_server_takes_it_too(casebook):
    from aiosmtpd.controller import Controller

    class Keeps:
        def __init__(self):
            self.mails = []

        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            self.mails.append(envelope)
            return "250 taken"

    fill(casebook, 3, EMAIL)
    kept = Keeps()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert sender(casebook, channel(controller), Clock()).run() == {Lot.VERSTUURD: 3}
    finally:
        controller.stop()
    assert [mail.rcpt_tos for mail in kept.mails] == [["an.ander@voorbeeld.example"]] * 3


@pytest.mark.parametrize(
    ("answers", "state", "why"),
    [
        ({"mail": "451 later"}, "klaar", []),
        ({"rcpt": "450 full"}, "klaar", []),
        ({"rcpt": "550 nobody of that name: an.ander@voorbeeld.example"}, "mislukt", ["niet_bezorgd"]),
        ({"hello": CUT}, "klaar", []),
        ({"rcpt": CUT}, "klaar", []),
        ({"data": "452 no room"}, "klaar", []),
        ({"end": "554 no"}, "mislukt", ["niet_bezorgd"]),
        # From the first line of the text on nobody can say.
        ({"end": CUT}, "onbekend", []),
        ({"end": "drops"}, "onbekend", []),
        ({"quit": CUT}, "bevestigd", []),
        ({"quit": "500 what"}, "bevestigd", []),
    ],
)
def test_what_becomes_of_a_mail_by_what_the_server_says(casebook, answers, state, why):
    fill(casebook, 1, EMAIL)
    with MailServer(**answers) as server:
        sender(casebook, channel(server), Clock()).run()
    assert (states(casebook), calls(casebook)) == ([state], why)


@pytest.mark.parametrize("answers", [{"end": CUT}, {"end": "drops"}])
def test_what_may_have_left_is_not_sent_again_but_asked_by_a_human(casebook, answers):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    with MailServer(**answers) as server:
        sender(casebook, channel(server), Clock()).run()
    with MailServer() as good:
        assert sender(casebook, channel(good), Clock()).run() == {Lot.NAAR_MENS: 1}
    assert (states(casebook), calls(casebook), good.texts) == (["handmatig"], ["bezorging_onzeker"], [])
    assert log(casebook, kenmerk) == [("verstuur", "begonnen"), ("verstuur", "onbekend"), ("bevestig", "onbekend")]


def test_what_surely_did_not_leave_goes_later(casebook):
    fill(casebook, 2, EMAIL)
    with MailServer(rcpt="450 full") as full:
        sender(casebook, channel(full), Clock()).run()
    with MailServer() as good:
        sender(casebook, channel(good), Clock()).run()
    assert (len(good.texts), states(casebook)) == (2, ["bevestigd", "bevestigd"])


def test_a_server_that_is_away_costs_nothing(casebook):
    fill(casebook, 1, EMAIL)
    with MailServer() as gone:
        pass
    assert sender(casebook, channel(gone), Clock()).run() == {Lot.WACHT: 1}
    assert states(casebook) == ["klaar"]


def test_a_server_that_offers_no_secured_line_gets_nothing(casebook):
    fill(casebook, 1, EMAIL)
    with MailServer() as server:
        assert sender(casebook, channel(server, beveiligd=True), Clock()).run() == {Lot.WACHT: 1}
    assert (states(casebook), "mail" in server.seen) == (["klaar"], False)


def test_a_name_of_the_dienst_can_not_add_a_header(casebook):
    fill(casebook, 1, EMAIL)
    with MailServer() as server:
        sender(casebook, channel(server, naam_afzender='Dienst "Zuid", <baas>'), Clock()).run()
    mail = email.message_from_bytes(server.texts[0], policy=policy.default)
    assert mail["From"].addresses[0].display_name == 'Dienst "Zuid", <baas>'


def test_without_a_secured_line_it_stays_on_this_machine():
    with pytest.raises(ChannelError, match="open line"):
        connect(
            "smtp",
            Instellingen(server="mail.voorbeeld.example", beveiligd=False, afzender="a@b.example"),
            lambda _: None,
        )


def test_a_user_without_password_is_an_error():
    with pytest.raises(ChannelError, match="TIJDIG_SMTP_WACHTWOORD"):
        connect("smtp", Instellingen(server="localhost", gebruiker="u", afzender="a@b.example"), lambda _: None)
