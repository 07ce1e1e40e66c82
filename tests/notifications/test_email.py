"""An e-mail says that there is a question, to whom and by when; not what it is about, for anybody may read along."""

import re
from datetime import date

import pytest

from contracts.notice import House, NoticeError, NoUsableName
from notifications import template
from notifications.compose import Mark, answer_code, compose, compose_email, compose_several
from notifications.language import judge_notice

MARK = Mark("N-4F7K2M9Q", date(2026, 11, 23))
DAYS = {"reageer_voor": date(2026, 12, 12), "eerder": date(2026, 10, 24)}
EMAILS = template.berichten("email")


def email(bericht, recipient, facts, house):
    declared = template.load(bericht).feiten
    return compose_email(bericht, recipient, {name: DAYS[name] for name in declared}, house, MARK)


@pytest.fixture(params=EMAILS)
def notice(request, recipient, facts, house):
    return email(request.param, recipient, facts, house)


def test_there_is_a_first_message_and_a_reminder():
    assert EMAILS == ("email_herinnering", "email_vraag")


@pytest.mark.parametrize(
    "part",
    [
        "laat het ons weten voor 12 december 2026",
        "samen",
        "uitkering nog goed is|die nog goed is",
        "bel uw consulent samira de vries: 078 - 000 00 00",
        "uw code is " + answer_code(MARK.kenmerk),
        "iemand anders mag ook voor u bellen",
        "een tolk",
        "deze e-mail is geen besluit en verandert niets aan uw uitkering",
        "en als u niets doet",
        "beslist altijd een medewerker",
        "www.voorbeeld-sdd.nl/privacy",
        "nooit om ergens op te klikken",
    ],
)
def test_what_every_email_says(notice, part):
    text = " ".join(notice.tekst).lower()
    assert any(one in text for one in part.split("|"))


@pytest.mark.parametrize(
    "word",
    [
        "adres",
        "woont",
        "wonen",
        "ingeschreven",
        "huisgenoot",
        "iemand extra",
        "kind",
        "partner",
        "werk",
        "loon",
        "bijstand",
        "gezien",
        "zien dat",
        "register",
        "brp",
        "brief",
    ],
)
def test_nothing_of_the_household_or_of_what_was_seen(notice, word):
    assert not re.search(rf"\b{word}\b", " ".join(notice.tekst).lower())


def test_the_reader_is_greeted_by_name_and_no_address_is_in_it(notice):
    assert notice.aanhef == "Beste mevrouw Van Dijk"
    assert notice.adresregels == ()
    assert "Lindelaan" not in notice.model_dump_json()


def test_an_email_needs_no_postal_address_but_a_name(recipient, facts, house):
    homeless = recipient.model_copy(update={"straatnaam": None, "postcode": None})
    assert email("email_vraag", homeless, facts, house).aanhef == "Beste mevrouw Van Dijk"
    with pytest.raises(NoUsableName):
        email("email_vraag", recipient.model_copy(update={"geslachtsnaam": "."}), facts, house)


def test_the_reminder_names_the_day_of_the_first_message(recipient, facts, house):
    assert "Op 24 oktober 2026 stuurden wij u een bericht." in " ".join(
        email("email_herinnering", recipient, facts, house).tekst
    )


def test_it_passes_the_language_gate(notice, house):
    assert judge_notice(notice, house).findings == ()


@pytest.mark.parametrize("bericht", EMAILS)
def test_only_days_may_be_filled_in(bericht):
    assert set(template.load(bericht).feiten) <= {"reageer_voor", "eerder"}
    assert set(template.load(bericht).feiten.values()) == {"datum"}


def test_an_email_is_no_letter_and_a_letter_no_email(recipient, facts, house):
    with pytest.raises(NoticeError, match=r"no brief.*bundel"):
        compose("email_vraag", recipient, facts, house, kenmerk=MARK.kenmerk, datum=MARK.datum)
    with pytest.raises(NoticeError, match="no brief"):
        compose_several("email_vraag", recipient, [], facts, house, MARK)
    with pytest.raises(NoticeError, match=r"no email.*email_vraag"):
        compose_email("kostendeler_erbij", recipient, facts, House(), MARK)
