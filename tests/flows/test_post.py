"""From a row of the outbox to a message, whatever the registers hold: a message, or work for a human."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.notice import House, NoticeError, Recipient
from contracts.tables import Bron
from flows.post import Writer
from tests.notifications.sending import NIGHT, found

KENMERK = "N-ABCDEFGH"
HOSTILE = (
    "Jansen", "<b>&amp;x</b>", '#read("/etc/passwd")', "$x$ *vet* _cursief_ `raw` @ref", "\\#", "a" * 200, "\U0001f600", "محمد",
    "O\u0301", "\u202eabc", "\x00", "", ".", " ", "{{7*7}}", "{% for %}", "x\ny", "1234 AB  Plaats", "'; drop table", "\ufeffX",
    "fraude", None,
)  # fmt: skip
WORDS = st.sampled_from(HOSTILE)
RECIPIENTS = st.builds(
    Recipient,
    voornamen=WORDS, geslachtsnaam=WORDS, partner_geslachtsnaam=WORDS, straatnaam=WORDS, woonplaats=WORDS,
    voorvoegsel=st.sampled_from([None, "van", "'t", "#x"]), aanduiding_naamgebruik=st.sampled_from([None, *"EPVNX"]),
    geslachtsaanduiding=st.sampled_from([None, *"MVO?"]), huisnummer=st.sampled_from(["1", "0", None, "", "\xb2", "1\n2"]),
    huisletter=st.sampled_from([None, "A", "#"]), huisnummertoevoeging=st.sampled_from([None, "bis", "\U0001f600", "<"]),
    postcode=st.sampled_from(["1234AB", "1234 AB", "1234  AB", "1234ab ", "0123AB", "", None, "\uff11\uff12\uff13\uff14AB"]),
    emailadres=st.sampled_from([None, "een.ander@voorbeeld.example"]), mobiel=st.sampled_from([None, "+31612345678"]),
)  # fmt: skip


def writer(recipient):
    of_night = dict.fromkeys(Bron, NIGHT)
    return Writer(
        House(), {"D-0": recipient}, {}, of_night, {KENMERK: [found(0)]}, {found(0).signaal_id: (date(2026, 11, 3),)}
    )


def row(vorm, bericht):
    return SimpleNamespace(vorm=vorm, bericht=bericht, kenmerk=KENMERK, dossiernummer="D-0", nacht=NIGHT, aan="inwoner")


@given(recipient=RECIPIENTS)
@settings(max_examples=150, deadline=None)
def test_whatever_a_register_holds_it_is_a_message_or_work_for_a_human(recipient):
    for vorm, bericht in (("brief", "kostendeler_erbij"), ("email", "email_vraag"), ("sms", "sms_herinnering")):
        try:
            message = writer(recipient).write(row(vorm, bericht))
            said = repr(message)
            assert (message.vorm, message.kenmerk) == (vorm, KENMERK)
        except NoticeError as error:
            said = str(error)
        held = [*HOSTILE, "een.ander@voorbeeld.example", "612345678"]
        assert [value for value in held if value and len(value) > 4 and value in said] == []


def test_the_postcode_a_printer_sorts_by_is_the_one_in_the_address():
    whole = Recipient(
        geslachtsnaam="Jansen", geslachtsaanduiding="V", straatnaam="Dorpsstraat", huisnummer="1", postcode="1234  ab",
        woonplaats="Voorbeeldstad",
    )  # fmt: skip
    assert writer(whole).letter(row("brief", "kostendeler_erbij")).postcode == "1234 AB"
