"""An SMS fits in one message of 160 characters, has nothing to tap on, and does not say what the dienst pays."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notice import House, NoticeError
from notifications import template
from notifications.compose import Mark, compose_sms
from notifications.sms import LONGEST, fold, require_sendable, septets

MARK = Mark("N-4F7K2M9Q", date(2026, 11, 23))
FACTS = {"reageer_voor": date(2026, 12, 12)}


def reminder(house):
    return compose_sms("sms_herinnering", FACTS, house, MARK)


def test_the_reminder():
    assert reminder(House()) == (
        "Sociale Dienst: wilt u ons voor 12 december bellen over onze brief? Wij helpen u graag. "
        "Bel 078-0000000 (ma-vr 9-17 uur). Wij sturen nooit een link per sms."
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_it_fits_on_any_day(month):
    text = compose_sms("sms_herinnering", {"reageer_voor": date(2027, month, 28)}, House(), MARK)
    assert len(text) <= 160


def test_no_name_can_be_in_it():
    assert template.load("sms_herinnering").feiten == {"reageer_voor": "dag"}


@given(st.text(max_size=60))
def test_any_name_of_a_dienst_gives_an_sms_or_work_for_a_person(dienst):
    try:
        text = reminder(House(dienst_kort=dienst))
    except NoticeError:
        return
    assert septets(text) <= 160
    assert len(text) <= 160
    assert text.isprintable()
    assert text.endswith("Bel 078-0000000 (ma-vr 9-17 uur). Wij sturen nooit een link per sms.")
    assert not re.search(r"www|http|bijstand", text, re.IGNORECASE)


@given(st.text())
def test_what_was_folded_folds_no_further(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("vóór", "voor"),
        ("coördinatie", "coördinatie"),  # ö is in the alphabet,
        ("geïnd", "geind"),  # ï is not
        ("reünië", "reünie"),
        ("café à la carte", "café à la carte"),
        ("Curaçao", "Curacao"),
        ("‘s-Gravenhage", "'s-Gravenhage"),
        ("ma–vr", "ma-vr"),
        ("en zo meer…", "en zo meer..."),
        ("Ĳsselstein", "IJsselstein"),
        ("Łódź", "Lodz"),
        ("e\u0301\u0308n", "én"),
        ("regel\nregel\t regel", "regel regel regel"),
    ],
)
def test_folding(written, sent):
    assert fold(written) == sent


@pytest.mark.parametrize(
    ("text", "room"),
    [("", 0), ("a" * 160, 160), ("€", 2), ("[a]", 5), ("ç", None), ("é", 1), ("日", None), ("\n", None)],
)
def test_the_extended_characters_take_two(text, room):
    assert septets(text) == room


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 161, "takes 161 of 160"),
        ("€" * 81, "takes 162 of 160"),
        ("Dag 😀", "alphabet"),
        ("Dag\u00adlicht", "alphabet"),
        (" ", "empty"),
        ("Kijk op www.voorbeeld-sdd.nl", "link"),
        ("Kijk op WWW", "link"),
        ("Kijk op https://x", "link"),
        ("Kijk op voorbeeld.nl/x", "link"),
        ("Kijk op bit.ly", "link"),
        ("Mail post@sdd.nl", "link"),
        ("Kijk op voorbeeld．nl", "link"),  # a full stop of another width
        ("Uw bijstandsuitkering", "pays"),
        ("Uw BIJSTAND", "pays"),
        ("Uw bĳstand", "pays"),
        ("Uw bíjstand", "pays"),
    ],
)
def test_what_can_not_be_sent_is_work_for_a_person(text, message):
    with pytest.raises(NoticeError, match=message) as caught:
        require_sendable(text, MARK.kenmerk)
    assert "voorbeeld" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["Bel ons. Wij helpen.", "om 9.00 uur", "S.D. Dordrecht", "Bel 078.000.00.00", "a" * LONGEST]
)
def test_what_can_be_sent(text):
    assert require_sendable(text, MARK.kenmerk) == text


def test_a_letter_is_no_sms():
    with pytest.raises(NoticeError, match=r"no sms.*sms_herinnering"):
        compose_sms("kostendeler_erbij", FACTS, House(), MARK)


def test_the_alphabet_has_as_many_characters_as_the_standard_says():
    # 3GPP TS 23.038: 128 places, of which line feed, carriage return and the escape to the extension table are none
    # of ours; the table itself has nine signs and the euro, of which one is a page break.
    every = [chr(place) for place in range(0x2200)]
    assert sum(septets(one) == 1 for one in every) == 128 - 3
    assert sum(septets(one) == 2 for one in every) == 10 - 1
