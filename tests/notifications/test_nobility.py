"""Titles and predicates (LO 02.20) in a name: an own, made-up example of each published rule.

Source: Haal Centraal BRP bevragen, features *adressering*: aanhef, aanschrijfwijze and gebruikinlopendetekst, each with
*adellijk* and *hoffelijkheidstitel*.
"""

import pytest

from contracts.notice import Recipient
from notifications.names import addressee, running_name, salutation, written_name

DUIN = Recipient(voornamen="Emma Kee", voorvoegsel="van der", geslachtsnaam="Duin", geslachtsaanduiding="V")
PARTNER = {"partner_voorvoegsel": "te", "partner_geslachtsnaam": "Veld"}


def person(title=None, sex="V", usage="E", partner=None, **changes):
    """``partner``: None, "running" or "ended"."""
    told = {"adellijke_titel_predicaat": title, "geslachtsaanduiding": sex, "aanduiding_naamgebruik": usage}
    told |= PARTNER if partner else {}
    return DUIN.model_copy(update=told | {"heeft_partner": partner == "running"} | changes)


@pytest.mark.parametrize(
    ("codes", "man", "woman"),
    [
        ("B BS H HI M MI JH JV", "Hoogwelgeboren heer", "Hoogwelgeboren vrouwe"),
        ("R", "Hoogwelgeboren heer", "Hoogwelgeboren vrouwe"),
        ("G GI", "Hooggeboren heer", "Hooggeboren vrouwe"),
        ("P PS", "Hoogheid", "Hoogheid"),
    ],
)
def test_the_official_greeting_follows_title_and_sex(codes, man, woman):
    for code in codes.split():
        assert salutation(person(code, "M"), "Geachte") == man
        assert salutation(person(code, "V"), "Geachte") == woman


@pytest.mark.parametrize("sex", ["O", None])
def test_of_unknown_sex_only_a_prince_has_a_style_and_nobody_a_title(sex):
    assert salutation(person("G", sex), "Geachte") == "Geachte E.K. van der Duin"
    assert salutation(person("PS", sex), "Geachte") == "Hoogheid"
    assert addressee(person("PS", sex)) == "De hoogheid E.K. van der Duin"
    assert running_name(person("PS", sex)) == written_name(person("G", sex)) == "E.K. van der Duin"


@pytest.mark.parametrize("code", ["B", "GI", "P", "JH", "R"])
def test_beste_goes_with_a_plain_name(code):
    assert salutation(person(code, "M"), "Beste") == "Beste heer Van der Duin"
    assert salutation(person(code, "V"), "Beste") == "Beste mevrouw Van der Duin"
    assert salutation(person(code, "O"), "Beste") == "Beste E.K. van der Duin"


@pytest.mark.parametrize(
    ("codes", "man", "woman"),
    [
        ("B BS", "baron", "barones"), ("G GI", "graaf", "gravin"), ("H HI", "hertog", "hertogin"),
        ("M MI", "markies", "markiezin"), ("P PS", "prins", "prinses"),
    ],
)  # fmt: skip
def test_a_title_is_of_the_sex_of_the_person_and_follows_the_initials(codes, man, woman):
    for code in codes.split():
        assert running_name(person(code, "M")) == f"{man} van der Duin"
        assert running_name(person(code, "V")) == f"{woman} van der Duin"
        assert written_name(person(code, "M")) == f"E.K. {man} van der Duin"
        assert written_name(person(code, "V")) == f"E.K. {woman} van der Duin"


def test_there_is_no_woman_ridder_but_she_has_the_style():
    assert running_name(person("R")) == "mevrouw Van der Duin"
    assert addressee(person("R")) == "De hoogwelgeboren vrouwe E.K. van der Duin"
    assert running_name(person("R", "M")) == "ridder van der Duin"


@pytest.mark.parametrize("code", ["JH", "JV"])
def test_a_predicate_goes_before_the_initials(code):
    assert written_name(person(code, "M")) == "Jonkheer E.K. van der Duin"
    assert written_name(person(code)) == "Jonkvrouw E.K. van der Duin"
    assert running_name(person(code)) == "jonkvrouw van der Duin"


@pytest.mark.parametrize(
    ("usage", "written", "running", "greeting"),
    [
        ("E", "E.K. gravin van der Duin", "gravin van der Duin", "Hooggeboren vrouwe"),
        ("P", "E.K. te Veld", "mevrouw Te Veld", "Geachte mevrouw Te Veld"),
        ("V", "E.K. te Veld-gravin van der Duin", "mevrouw Te Veld-gravin van der Duin", "Hooggeboren vrouwe"),
        ("N", "E.K. gravin van der Duin-te Veld", "gravin van der Duin-te Veld", "Hooggeboren vrouwe"),
    ],
)
def test_an_own_title_goes_with_the_own_name(usage, written, running, greeting):
    who = person("GI", "V", usage, "running")
    assert (written_name(who), running_name(who), salutation(who, "Geachte")) == (written, running, greeting)


@pytest.mark.parametrize(
    ("usage", "written", "running"),
    [
        ("E", "Jonkheer E.K. van der Duin", "jonkheer van der Duin"),
        ("P", "E.K. te Veld", "de heer Te Veld"),
        ("V", "E.K. te Veld-jonkheer van der Duin", "de heer Te Veld-jonkheer van der Duin"),
        ("N", "Jonkheer E.K. van der Duin-te Veld", "jonkheer van der Duin-te Veld"),
    ],
)
def test_a_jonkheer_keeps_his_predicate_beside_a_partner(usage, written, running):
    who = person("JH", "M", usage, "running")
    assert (written_name(who), running_name(who)) == (written, running)


@pytest.mark.parametrize(
    ("usage", "partner", "written"),
    [
        ("E", "running", "E.K. van der Duin"),
        ("V", "running", "E.K. te Veld-van der Duin"),
        ("N", "ended", "E.K. van der Duin-te Veld"),
        ("P", "ended", "E.K. te Veld"),
        ("E", "ended", "Jonkvrouw E.K. van der Duin"),
    ],
)
def test_a_jonkvrouw_has_no_predicate_with_a_partner_or_with_the_name_of_one_before(usage, partner, written):
    who = person("JV", "V", usage, partner)
    assert written_name(who) == written
    assert (salutation(who, "Geachte") == "Hoogwelgeboren vrouwe") is (usage == "E" and partner == "ended")


@pytest.mark.parametrize(
    ("code", "title", "greeting"),
    [
        ("B", "barones", "Hoogwelgeboren vrouwe"), ("G", "gravin", "Hooggeboren vrouwe"),
        ("H", "hertogin", "Hoogwelgeboren vrouwe"), ("M", "markiezin", "Hoogwelgeboren vrouwe"),
        ("P", "prinses", "Hoogheid"),
    ],
)  # fmt: skip
def test_a_woman_bears_the_title_of_her_partner_beside_his_name(code, title, greeting):
    who = person(None, "V", "P", "running", partner_adellijke_titel_predicaat=code)
    assert running_name(who) == f"{title} te Veld"
    assert written_name(who) == f"E.K. {title} te Veld"
    assert salutation(who, "Geachte") == greeting
    assert salutation(who, "Beste") == "Beste mevrouw Te Veld"


@pytest.mark.parametrize("code", ["R", "JH", "JV", "BS", "GI", "HI", "MI", "PS"])
def test_no_other_title_of_a_partner_is_borne(code):
    who = person(None, "V", "P", "running", partner_adellijke_titel_predicaat=code)
    assert running_name(who) == "mevrouw Te Veld"
    assert salutation(who, "Geachte") == "Geachte mevrouw Te Veld"


@pytest.mark.parametrize(("sex", "name"), [("M", "de heer Te Veld"), ("O", "E.K. te Veld")])
def test_only_a_woman_bears_the_title_of_a_partner(sex, name):
    assert running_name(person(None, sex, "P", "running", partner_adellijke_titel_predicaat="B")) == name


@pytest.mark.parametrize(
    ("usage", "written", "running"),
    [
        ("E", "E.K. van der Duin", "mevrouw Van der Duin"),
        ("P", "E.K. barones te Veld", "barones te Veld"),
        ("V", "E.K. barones te Veld-van der Duin", "barones te Veld-van der Duin"),
        ("N", "E.K. van der Duin-barones te Veld", "mevrouw Van der Duin-barones te Veld"),
    ],
)
def test_the_title_of_a_partner_goes_with_the_name_of_the_partner(usage, written, running):
    who = person(None, "V", usage, "running", partner_adellijke_titel_predicaat="B")
    assert (written_name(who), running_name(who)) == (written, running)


@pytest.mark.parametrize(
    ("usage", "written", "greeting"),
    [
        ("E", "E.K. gravin van der Duin", "Hooggeboren vrouwe"),
        ("P", "E.K. barones te Veld", "Hoogwelgeboren vrouwe"),
        ("V", "E.K. barones te Veld-gravin van der Duin", "Hoogwelgeboren vrouwe"),
        ("N", "E.K. gravin van der Duin-barones te Veld", "Hoogwelgeboren vrouwe"),
    ],
)
def test_of_two_titles_each_goes_with_its_name_and_that_of_the_partner_greets(usage, written, greeting):
    who = person("GI", "V", usage, "running", partner_adellijke_titel_predicaat="B")
    assert written_name(who) == written
    assert salutation(who, "Geachte") == greeting


def test_the_envelope_has_the_style_whatever_the_greeting():
    assert addressee(person("B", "M")) == "De hoogwelgeboren heer E.K. baron van der Duin"
    assert addressee(person("JV", "V")) == "De hoogwelgeboren vrouwe jonkvrouw E.K. van der Duin"


def test_without_voornamen_the_line_begins_with_a_capital():
    who = person("B", "M", voornamen=None)
    assert (written_name(who), running_name(who)) == ("Baron van der Duin", "baron van der Duin")


def test_an_unknown_code_is_no_title():
    assert salutation(person("XX"), "Geachte") == "Geachte mevrouw Van der Duin"


def test_noble_without_a_surname_is_still_no_usable_name():
    nameless = person("G", "M", geslachtsnaam=".")
    assert addressee(nameless) is running_name(nameless) is None
    assert salutation(nameless, "Geachte") == "Hooggeboren heer"
