"""The letter to a bewindvoerder or curator: about whom, not about what, and addressed to the office."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notice import House, NoticeError, NoUsableAddress, NoUsableName, Recipient, Representative
from notifications import template
from notifications.compose import Mark, compose, compose_representative
from notifications.language import judge_notice
from notifications.letter import render
from notifications.names import representative_lines

OFFICE = Representative(
    naam="Bewindkantoor Voorbeeld", ter_attentie_van="team 3", straatnaam_of_postbus="Postbus", huisnummer="42",
    postcode="1234ab", woonplaats="Voorbeeldstad",
)  # fmt: skip
LINES = ("Bewindkantoor Voorbeeld", "t.a.v. team 3", "Postbus 42", "1234 AB  VOORBEELDSTAD")
FACTS = {"leverdatum": date(2026, 11, 22), "reageer_voor": date(2026, 12, 12)}
MARK = Mark("N-4F7K2M9Q", date(2026, 11, 23))
WRITTEN = template.berichten(aan="vertegenwoordiger")


@pytest.fixture
def write(recipient, house):
    """A function: the letter, with changes to the office and to the client."""

    def made(office=(), **client):
        to, about = OFFICE.model_copy(update=dict(office)), recipient.model_copy(update=client)
        return compose_representative("vertegenwoordiger", to, about, FACTS, house, MARK)

    return made


def test_every_letter_to_who_acts_for_an_inwoner_is_tested_here():
    assert WRITTEN == ("vertegenwoordiger",)


def test_it_goes_to_the_office_and_greets_whoever_opens_it(write):
    letter = write()
    assert letter.adresregels == LINES
    assert letter.aanhef == "Beste heer, mevrouw"
    assert letter.ondertekening == ("Samira de Vries", "consulent")


def test_it_says_who_it_is_about_but_not_in_its_title(write):
    letter = write()
    title, *text = letter.tekst
    assert "Dijk" not in title
    assert "Wij schrijven u over mevrouw Van Dijk." in " ".join(text)
    assert "Dijk" not in repr(letter)


@pytest.mark.parametrize(
    "part",
    [
        "bellen voor 12 december 2026", "078 - 000 00 00", "maandag tot en met vrijdag", "de code ",
        "misschien is er iets anders in de situatie van", "deze brief is geen besluit", "wij kunnen het mis hebben",
        "juist hoger", "nemen wij na 12 december 2026 nog een keer contact", "kregen wij op 22 november 2026",
        "de computer vergelijkt", "beslist altijd een medewerker", "iets verbeteren?", "www.voorbeeld-sdd.nl/privacy",
    ],
)  # fmt: skip
def test_what_it_says(write, part):
    assert part in " ".join(write().tekst).lower()


@pytest.mark.parametrize("word", ["huisgenoot", "partner", "kind", "adres", "woont", " werk ", "studie", "loon"])
def test_it_does_not_say_what_is_different(write, word):
    assert word not in " ".join(write().tekst).lower()


def test_it_passes_the_language_gate_whatever_the_client_is_called(write, house):
    for client in ({}, {"geslachtsaanduiding": "M", "geslachtsnaam": "Özgür-Smit"}, {"geslachtsaanduiding": "O"}):
        verdict = judge_notice(write(**client), house)
        assert verdict.clear, verdict


def test_a_title_of_the_client_is_in_the_name(write):
    assert "over barones van Dijk." in " ".join(write(adellijke_titel_predicaat="BS").tekst)


@pytest.mark.parametrize(
    "office",
    [
        {}, {"ter_attentie_van": None}, {"naam": "Bewindkantoor " * 4}, {"naam": '#read("x") <b> & {{ huis }}'},
    ],
)  # fmt: skip
def test_it_is_one_page_with_markup_as_text(write, house, office):
    letter = write(office, geslachtsnaam="Van der Verlengde-Achternaam <i> #eval")
    assert render(letter, house).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"huisnummer": None, "straatnaam_of_postbus": "postbus  42"}, "postbus 42"),
        ({"straatnaam_of_postbus": "Lindelaan", "huisletter": "B", "huisnummertoevoeging": "3"}, "Lindelaan 42 B3"),
        ({"straatnaam_of_postbus": "Antwoordnummer"}, "Antwoordnummer 42"),
    ],
)
def test_street_or_box(changes, line):
    assert representative_lines(OFFICE.model_copy(update=changes))[2] == line


@pytest.mark.parametrize(
    "changes",
    [
        {"naam": None}, {"naam": "  "}, {"huisnummer": None}, {"straatnaam_of_postbus": None}, {"postcode": "1234"},
        {"woonplaats": None}, {"huisnummer": None, "straatnaam_of_postbus": "Lindelaan"},
    ],
)  # fmt: skip
def test_without_a_whole_address_somebody_calls(write, changes):
    assert representative_lines(OFFICE.model_copy(update=changes)) is None
    with pytest.raises(NoUsableAddress):
        write(changes)


def test_without_a_name_for_the_client_somebody_calls(write):
    with pytest.raises(NoUsableName):
        write(geslachtsnaam=".")


@pytest.mark.parametrize("name", ["@kantoor", "<b>", "kan\u202etoor", "kan\x00toor"])
def test_a_name_that_can_not_be_printed_is_work_for_a_person(write, name):
    with pytest.raises(NoticeError) as caught:
        write({"naam": name})
    assert "toor" not in str(caught.value)


def test_it_is_no_letter_to_an_inwoner_and_the_other_way_around(recipient, facts, house):
    with pytest.raises(NoticeError, match="no brief to an inwoner"):
        compose("vertegenwoordiger", recipient, facts, house, kenmerk="N-4F7K2M9Q", datum=MARK.datum)
    with pytest.raises(NoticeError, match="no brief to an vertegenwoordiger"):
        compose_representative("bundel", OFFICE, recipient, FACTS, house, MARK)


@given(*[st.text(max_size=90)] * 5)
def test_whatever_is_in_an_office_each_line_can_be_printed_or_a_person_looks(name, reader, street, town, client):
    office = Representative(
        naam=name,
        ter_attentie_van=reader,
        straatnaam_of_postbus=street,
        huisnummer="1",
        postcode="1234AB",
        woonplaats=town,
    )
    try:
        made = compose_representative(
            "vertegenwoordiger", office, Recipient(geslachtsnaam=client), FACTS, House(), MARK
        )
    except NoticeError:
        return
    assert 3 <= len(made.adresregels) <= 4
    assert all(line.isprintable() for line in (*made.adresregels, made.aanhef))
