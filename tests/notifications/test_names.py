"""The naming rules of the BRP, one made-up example each (source: Haal Centraal features adressering, naam)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notice import Recipient
from notifications.names import (
    Partner,
    address_lines,
    addressee,
    first_partner,
    full_name,
    initials,
    place_lines,
    running_name,
    salutation,
    street_line,
    written_name,
)

VAN_DIJK = Recipient(voornamen="Johanna", voorvoegsel="van", geslachtsnaam="Dijk", geslachtsaanduiding="V")
MARRIED = VAN_DIJK.model_copy(update={"partner_voorvoegsel": "de", "partner_geslachtsnaam": "Wit"})


def person(**changes):
    return VAN_DIJK.model_copy(update=changes)


def test_greeting_with_beste_or_geachte():
    assert salutation(VAN_DIJK, "Beste") == "Beste mevrouw Van Dijk"
    assert salutation(person(geslachtsaanduiding="M"), "Geachte") == "Geachte heer Van Dijk"


@pytest.mark.parametrize("sex", ["O", None])
def test_unknown_sex_is_greeted_by_initials_and_the_prefix_stays_small(sex):
    assert salutation(person(geslachtsaanduiding=sex), "Beste") == "Beste J. van Dijk"


def test_without_initials_the_prefix_gets_a_capital_again():
    assert salutation(person(geslachtsaanduiding="O", voornamen=None), "Beste") == "Beste Van Dijk"


def test_an_apostrophe_prefix_stays_small():
    assert salutation(person(voorvoegsel="'t", geslachtsnaam="Hart"), "Beste") == "Beste mevrouw 't Hart"


@pytest.mark.parametrize(
    ("naamgebruik", "name"),
    [
        ("E", "mevrouw Van Dijk"),
        ("P", "mevrouw De Wit"),
        ("V", "mevrouw De Wit-van Dijk"),
        ("N", "mevrouw Van Dijk-de Wit"),
        (None, "mevrouw Van Dijk"),
    ],
)
def test_naamgebruik_says_whose_name_comes_first(naamgebruik, name):
    assert running_name(MARRIED.model_copy(update={"aanduiding_naamgebruik": naamgebruik})) == name


@pytest.mark.parametrize("naamgebruik", ["P", "V", "N"])
@pytest.mark.parametrize("partner", [None, ".", ""])
def test_without_a_partners_name_the_own_name_is_used(naamgebruik, partner):
    who = MARRIED.model_copy(update={"aanduiding_naamgebruik": naamgebruik, "partner_geslachtsnaam": partner})
    assert running_name(who) == "mevrouw Van Dijk"


@pytest.mark.parametrize("surname", [".", None, "  "])
def test_no_surname_is_no_usable_name(surname):
    who = person(geslachtsnaam=surname)
    assert running_name(who) is None
    assert addressee(who) is None
    assert salutation(who, "Beste") == "Beste heer, mevrouw"


def test_no_surname_but_a_partners_name_in_use_is_usable():
    who = MARRIED.model_copy(update={"geslachtsnaam": ".", "aanduiding_naamgebruik": "P"})
    assert addressee(who) == "Mevrouw J. de Wit"


@pytest.mark.parametrize(
    ("sex", "voornamen", "line"),
    [
        ("V", "Johanna Maria", "Mevrouw J.M. van Dijk"),
        ("M", "Johan", "De heer J. van Dijk"),
        ("O", "Jo", "J. van Dijk"),
        ("V", None, "Mevrouw Van Dijk"),
        ("M", None, "De heer Van Dijk"),
        (None, None, "Van Dijk"),
    ],
)
def test_envelope(sex, voornamen, line):
    assert addressee(person(geslachtsaanduiding=sex, voornamen=voornamen)) == line


@pytest.mark.parametrize(
    ("voornamen", "letters"),
    [
        ("Anna Bertha", "A.B."),
        ("IJsbrand", "I."),
        ("Anne-Marie", "A."),
        ("Max B", "M.B"),
        ("A B", "A B"),
        ("A Bert", "A B."),
        ("Özgür", "Ö."),
        ("O\u0308zgu\u0308r", "Ö."),  # the same name, sent with loose accents
        ("", ""),
        (None, ""),
    ],
)
def test_initials(voornamen, letters):
    assert initials(voornamen) == letters


def test_full_name_is_the_own_name_whatever_the_naamgebruik():
    assert full_name(MARRIED.model_copy(update={"aanduiding_naamgebruik": "P"})) == "Johanna van Dijk"


def test_of_several_partners_the_oldest_relation_counts_and_an_unknown_date_comes_first():
    older, newer = Partner(None, "Geel", "20010500"), Partner(None, "Rood", "20010501")
    undated = Partner(None, "Blauw", None)
    assert first_partner([newer, older]) == older
    assert first_partner([newer, undated, older]) == undated
    assert first_partner([]) is None


HOME = Recipient(straatnaam="Lindelaan", huisnummer="12", postcode="1234ab", woonplaats="'s-Voorbeeld")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "Lindelaan 12"),
        ({"huisletter": "b"}, "Lindelaan 12 b"),
        ({"huisnummertoevoeging": "2"}, "Lindelaan 12-2"),
        ({"huisnummertoevoeging": "hs"}, "Lindelaan 12 hs"),
        ({"huisletter": "B", "huisnummertoevoeging": "2"}, "Lindelaan 12 B2"),
        ({"aanduiding_bij_huisnummer": "to"}, "Lindelaan t/o 12"),
        ({"aanduiding_bij_huisnummer": "by", "huisnummertoevoeging": "3"}, "Lindelaan bij 12-3"),
    ],
)
def test_street_line(changes, line):
    assert street_line(HOME.model_copy(update=changes)) == line


@pytest.mark.parametrize("postcode", ["1234ab", "1234 AB", " 1234AB "])
def test_last_line_has_two_spaces_before_the_town_in_capitals(postcode):
    assert address_lines(HOME.model_copy(update={"postcode": postcode})) == (
        "Lindelaan 12",
        "1234 AB  'S-VOORBEELD",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"straatnaam": None}, {"straatnaam": "."}, {"huisnummer": None}, {"woonplaats": None}, {"woonplaats": "."},
        {"postcode": None}, {"postcode": "0123AB"}, {"postcode": "1234"}, {"postcode": "1234AB\nx"},
    ],
)  # fmt: skip
def test_an_address_that_is_not_whole_gives_no_lines(changes):
    assert address_lines(HOME.model_copy(update=changes)) is None


def test_line_breaks_and_tabs_in_the_register_become_single_spaces():
    who = person(geslachtsnaam="Dijk\n\tenBerg", straatnaam="Linde\u00a0laan", huisnummer="1")
    assert running_name(who) == "mevrouw Van Dijk enBerg"
    assert street_line(who) == "Linde laan 1"


def test_a_place_without_an_address_is_its_description_and_its_gemeente():
    boat = Recipient(locatiebeschrijving="Woonboot bij de brug", woonplaats="Voorbeeldstad")
    assert place_lines(boat) == ("Woonboot bij de brug", "VOORBEELDSTAD")
    assert address_lines(boat) is None


def test_an_address_abroad_is_its_lines_as_they_are():
    away = HOME.model_copy(update={"regels_buitenland": ("Rue 1", None, "Bruxelles")})
    assert place_lines(away) == ("Rue 1", "Bruxelles")


def test_of_a_dutch_address_both_are_the_same():
    assert place_lines(HOME) == address_lines(HOME)
    assert place_lines(HOME.model_copy(update={"postcode": None})) == ("Lindelaan 12", "'S-VOORBEELD")


HOSTILE = st.one_of(
    st.none(),
    st.text(max_size=250),
    st.sampled_from(
        [
            "<b>x</b>",
            '#read("/etc/passwd")',
            "a & b",
            "\u202eevil",
            "\r\nBcc: x",
            "x" * 200,
            "محمد",
            "👩‍👧",
            "'t",
            ".",
            "-",
            "{{ x }}",
        ]
    ),
)
FIELDS = sorted(Recipient.model_fields.keys() - {"heeft_partner", "regels_buitenland"})


@given(
    st.fixed_dictionaries(dict.fromkeys(FIELDS, HOSTILE)),
    st.sampled_from(["M", "V", "O", "X", None]),
    st.sampled_from(["E", "P", "V", "N", "?", None]),
)
def test_whatever_a_register_holds_each_is_one_line(told, sex, usage):
    who = Recipient(**told | {"geslachtsaanduiding": sex, "aanduiding_naamgebruik": usage})
    made = [salutation(who, "Beste"), salutation(who, "Geachte"), running_name(who), written_name(who), addressee(who)]
    lines = [*filter(None, made), full_name(who), initials(who.voornamen), *place_lines(who)]
    assert not any(line.splitlines()[1:] or line != line.strip() for line in lines)
    assert all(made[:2])
