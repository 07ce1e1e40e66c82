"""The facts of a household, as somebody writes them down."""

from datetime import date

import pytest
from pydantic import ValidationError

from matching.norm.facts import Huishouden

BORN = {"belanghebbende": {"geboortedatum": "1985-03-14"}}


@pytest.mark.parametrize(("written", "known"), [("ja", True), ("nee", False), ("onbekend", None), (True, True)])
def test_yes_no_and_unknown_are_words(written, known):
    home = Huishouden.read(BORN | {"ten_laste_komende_kinderen": written})
    assert home.ten_laste_komende_kinderen is known


@pytest.mark.parametrize("written", ["misschien", "", 3])
def test_another_word_is_refused(written):
    with pytest.raises(ValidationError, match="ten_laste_komende_kinderen"):
        Huishouden.read(BORN | {"ten_laste_komende_kinderen": written})


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1985-03-14", date(1985, 3, 14), date(1985, 3, 14)),
        (date(1985, 3, 14), date(1985, 3, 14), date(1985, 3, 14)),
        ("1985-03", date(1985, 3, 1), date(1985, 3, 31)),
        ("1985", date(1985, 1, 1), date(1985, 12, 31)),
        (1985, date(1985, 1, 1), date(1985, 12, 31)),
    ],
)
def test_a_birthday_may_be_known_in_part(written, first, last):
    born = Huishouden.read({"belanghebbende": {"geboortedatum": written}}).belanghebbende.geboortedatum
    assert (born.earliest, born.latest) == (first, last)


@pytest.mark.parametrize("count", [0, 1, 100])
def test_kostendelers_are_counted(count):
    assert Huishouden.read(BORN | {"kostendelers": count}).kostendelers == count


@pytest.mark.parametrize("count", [-1, 101])
def test_a_count_that_can_not_be_is_refused(count):
    with pytest.raises(ValidationError, match="kostendelers"):
        Huishouden.read(BORN | {"kostendelers": count})


def test_what_is_not_asked_for_is_refused_and_a_value_is_not_repeated():
    with pytest.raises(ValidationError, match="nationaliteit") as caught:
        Huishouden.read(BORN | {"nationaliteit": "geheim-woord"})
    assert "geheim-woord" not in str(caught.value)


def test_facts_do_not_change():
    home = Huishouden.read(BORN)
    with pytest.raises(ValidationError, match="frozen"):
        home.kostendelers = 1


def test_what_is_not_said_is_not_known_or_is_usual():
    home = Huishouden.read(BORN | {"partner": {"geboortedatum": "1985"}})
    assert (home.ten_laste_komende_kinderen, home.belanghebbende.geen_beroep_op_ouders) == (None, None)
    assert (home.partner.zorgbehoefte, home.partner.duurzaam_gescheiden, home.mantelzorg_elders) == (
        False,
        False,
        False,
    )
    assert (home.kostendelers, home.medebewoners) == (0, ())


@pytest.mark.parametrize(("count", "fits"), [(100, True), (101, False)])
def test_a_household_has_a_hundred_housemates_at_most(count, fits):
    facts = BORN | {"medebewoners": [{"geboortedatum": "1985"}] * count}
    if fits:
        assert len(Huishouden.read(facts).medebewoners) == count
    else:
        with pytest.raises(ValidationError, match="medebewoners"):
            Huishouden.read(facts)
