from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.dutch import calendar_date
from contracts.notice import House, NoticeError, NoUsableAddress, NoUsableName, Recipient, Run
from notifications.compose import Mark, Part, answer_code, compose, compose_several
from notifications.template import berichten, load
from notifications.text import runs

DAY = date(2026, 11, 23)


def test_a_notice_is_complete(make):
    notice = make()
    assert notice.titel == "Er staat iemand extra op uw adres. Klopt dat?"
    assert notice.aanhef == "Beste mevrouw Van Dijk"
    assert notice.adresregels == ("Mevrouw J.M. van Dijk", "Lindelaan 12 B", "1234 AB  VOORBEELDSTAD")
    assert notice.ondertekening == ("Samira de Vries", "consulent")
    assert (notice.bericht, notice.datum, notice.kenmerk) == ("kostendeler_erbij", DAY, "N-4F7K2M9Q")


def test_the_dates_are_in_the_text_and_the_term_is_bold(make):
    first = make().secties[0].alineas[0]
    assert Run(tekst="3 november 2026", vet=True) in first
    assert Run(tekst="voor 12 december 2026", vet=True) in first


def test_the_version_names_template_and_standard_sentences(make):
    # Both files say versie 1 until a jurist approves a next one.
    assert make().versie == "1.1"


def test_the_house_decides_the_greeting_and_who_signs(recipient, facts):
    house = House(aanhef="Geachte", consulent="Bram Visser")
    notice = compose("kostendeler_erbij", recipient, facts, house, kenmerk="N-4F7K2M9Q", datum=DAY)
    assert notice.aanhef == "Geachte mevrouw Van Dijk"
    assert any("Bel uw consulent Bram Visser" in text for text in notice.tekst)


def test_the_same_notice_has_the_same_hash_and_another_has_another(make):
    assert make().inhoud_sha256 == make().inhoud_sha256
    assert make().inhoud_sha256 != make(geslachtsnaam="Berg").inhoud_sha256


def test_no_usable_name_is_work_for_a_person(make):
    with pytest.raises(NoUsableName, match=r"N-4F7K2M9Q.*contact task"):
        make(geslachtsnaam=".")


def test_no_whole_address_is_work_for_a_person(make):
    with pytest.raises(NoUsableAddress):
        make(straatnaam=".")


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\x00", "\ud800", "\ue000"])
def test_an_invisible_or_private_character_is_work_for_a_person(make, character):
    with pytest.raises(NoticeError, match="can't be printed") as caught:
        make(geslachtsnaam=f"Di{character}jk")
    assert "jk" not in str(caught.value)


@pytest.mark.parametrize("bericht", [bericht for bericht in berichten() if load(bericht).regel])
def test_each_declared_fact_is_needed(recipient, facts, house, bericht):
    for name in load(bericht).feiten:
        some = {key: value for key, value in facts.items() if key != name}
        with pytest.raises(NoticeError, match=rf"missing \['{name}'\]"):
            compose(bericht, recipient, some, house, kenmerk="N-4F7K2M9Q", datum=DAY)


@pytest.mark.parametrize("name", ["naam_huisgenoot", "geboortedatum_huisgenoot", "bsn", "huis", "code"])
def test_a_fact_that_is_not_declared_is_refused(recipient, facts, house, name):
    with pytest.raises(NoticeError, match=rf"not allowed \['{name}'\]"):
        compose("kostendeler_erbij", recipient, facts | {name: "x"}, house, kenmerk="N-4F7K2M9Q", datum=DAY)


def test_one_thing_and_several_are_not_the_same_message(recipient, facts, house):
    with pytest.raises(NoticeError, match="Give its parts"):
        compose("bundel", recipient, {"reageer_voor": DAY}, house, kenmerk="N-4F7K2M9Q", datum=DAY)
    with pytest.raises(NoticeError, match="a bundle or a reminder"):
        compose_several("kostendeler_erbij", recipient, [], facts, house, Mark("N-4F7K2M9Q", DAY))
    some = {name: day for name, day in facts.items() if name != "leverdatum"}
    part, own = Part("werk_begonnen", some), {"reageer_voor": DAY}
    with pytest.raises(NoticeError, match=r"missing \['leverdatum'\]"):
        compose_several("bundel", recipient, [part], own, house, Mark("N-4F7K2M9Q", DAY))


def test_a_fact_of_the_wrong_kind_is_refused(recipient, facts, house):
    with pytest.raises(NoticeError, match=r"wrong kind.*\['sinds'\]"):
        compose(
            "kostendeler_erbij",
            recipient,
            facts | {"sinds": "gisteren"},
            house,
            kenmerk="N-4F7K2M9Q",
            datum=DAY,
        )


@pytest.mark.parametrize("bericht", ["bestaat_niet", "../kostendeler_erbij", "standaardzinnen"])
def test_an_unknown_notice_is_refused(recipient, facts, house, bericht):
    with pytest.raises(NoticeError, match="no such notice"):
        compose(bericht, recipient, facts, house, kenmerk="N-4F7K2M9Q", datum=DAY)


@pytest.mark.parametrize("kenmerk", ["999993653", "N-1/../x", "N-4f7k2m9q", ""])
def test_a_kenmerk_is_opaque_and_safe_as_a_file_name(make, kenmerk):
    with pytest.raises(ValidationError):
        make(kenmerk=kenmerk)


def test_a_value_can_change_neither_structure_nor_emphasis():
    hostile = "**vet** {{ huis }} {% raw %}\n- lijst: ja"
    assert runs("Aan {{ naam }} **nu**", {"naam": hostile}) == (
        Run(tekst=f"Aan {hostile} "),
        Run(tekst="nu", vet=True),
    )


def test_the_answer_code_is_six_digits_and_follows_from_the_kenmerk():
    codes = [answer_code(f"N-{number:08}") for number in range(1000)]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert codes == [answer_code(f"N-{number:08}") for number in range(1000)]
    # 1,000 out of 900,000 codes: by chance about half a pair is the same, and ten would be a fault.
    assert len(set(codes)) > 990


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 1), "1 maart 2026"),
        (date(2027, 8, 31), "31 augustus 2027"),
        (date(2026, 5, 5), "5 mei 2026"),
    ],
)
def test_calendar_date(day, written):
    assert calendar_date(day) == written


def test_nobody_shows_in_a_repr(make, recipient):
    shown = repr(recipient) + str(recipient) + repr(make()) + str(make())
    for part in ("Johanna", "Dijk", "Lindelaan", "1234", "VOORBEELDSTAD"):
        assert part not in shown


def test_a_colour_that_is_hard_to_read_on_white_is_refused():
    # WCAG 2.2: #767676 is the lightest grey with 4.5:1 on white, #777777 just falls short.
    assert House(kleur="#767676").kleur == "#767676"
    with pytest.raises(ValidationError, match="contrast"):
        House(kleur="#777777")


@given(*[st.text(min_size=1, max_size=80)] * 4)
def test_whatever_is_in_a_name_or_address_each_line_can_be_printed_or_a_person_looks(name, first, street, town):
    who = Recipient(
        voornamen=first, geslachtsnaam=name, straatnaam=street, huisnummer="1", postcode="1234AB", woonplaats=town
    )
    told = {"sinds": DAY, "leverdatum": DAY, "reageer_voor": DAY}
    try:
        made = compose("kostendeler_erbij", who, told, House(), kenmerk="N-4F7K2M9Q", datum=DAY)
    except NoticeError:
        return
    assert all(line.isprintable() for line in (*made.adresregels, made.aanhef))


@pytest.mark.parametrize("first", ["<", "@", "=", "~"])
def test_a_line_that_a_printer_would_not_take_is_work_for_a_person(make, first):
    with pytest.raises(NoUsableAddress):
        make(voornamen=None, geslachtsaanduiding="O", voorvoegsel=None, geslachtsnaam=f"{first}Dijk")
