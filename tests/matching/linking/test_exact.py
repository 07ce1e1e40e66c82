"""A valid number is no proof of the person."""

import pytest

from matching.linking import exact, standardise
from tests.linking import EMMA, FATHER, JAN, KARIM, SOFIE, SON, records, town
from tests.world import bsn

JANS = {"burgerservicenummer": bsn(JAN)}


def keyed(*rows, register=None):
    """Who is linked by key: (row, person, in doubt)."""
    known = standardise(town() if register is None else register)
    return exact(known, standardise(records(*rows))).rows()


@pytest.mark.parametrize(
    ("says", "doubt"),
    [
        ({"geboortedatum": "01-03-1980", "naam": "v.d. Bergh"}, False),  # birth date and surname
        ({"geboortedatum": "1980-03-01", "voorletters": "J."}, False),  # birth date and initial
        ({"geboortedatum": "1980", "naam": "J. van der Bergh"}, False),  # initial, surname and birth year
        ({"geboortedatum": "03-01-1980", "naam": "J. van der Bergh"}, True),  # the same, day and month exchanged
        ({"geboortedatum": "01-03-1980", "naam": "K. van der Bergh"}, True),  # another initial
        ({"geboortedatum": "01-03-1980", "naam": "v.d. Bergh", "geslachtsaanduiding": "V"}, True),  # another sex
        ({"geboortedatum": "01-03-1980", "voornamen": "Joris", "geslachtsnaam": "Bergh"}, True),  # another first name
        ({"geboortedatum": "01-03-1980", "voornamen": "Jann", "geslachtsnaam": "Bergh"}, False),  # mistyped
    ],
)
def test_a_key_that_is_confirmed_links_and_a_contradiction_makes_doubt(says, doubt):
    assert keyed(JANS | says) == [(1, JAN, doubt)]


@pytest.mark.parametrize(
    "says",
    [
        {},  # the number alone
        {"geboortedatum": "01-03-1980"},
        {"naam": "J. van der Bergh"},  # no birth year
        {"voorletters": "J.", "geboortedatum": "1980"},
        {"naam": "van der Bergh", "geboortedatum": "1980"},
        {"naam": "K. el Haddad", "geboortedatum": "09-09-1990"},  # it is his housemate's
        {"postcode": "1234AB", "huisnummer": "9-2", "geslachtsaanduiding": "M"},
    ],
)
def test_a_key_that_nothing_confirms_does_not_link(says):
    assert keyed(JANS | says) == []


def test_a_sons_number_on_his_fathers_row_does_not_link():
    row = {"burgerservicenummer": bsn(SON), "naam": "W. Jansen", "geboortedatum": "02-01-1950"}
    assert keyed(row) == []
    assert keyed(row | {"burgerservicenummer": bsn(FATHER)}) == [(1, FATHER, False)]


def test_a_twins_number_is_in_doubt():
    row = {"burgerservicenummer": bsn(EMMA), "naam": "S. de Boer", "geboortedatum": "15-05-2000"}
    assert keyed(row) == [(1, EMMA, True)]
    assert keyed(row | {"burgerservicenummer": bsn(SOFIE)}) == [(1, SOFIE, False)]


def test_a_number_of_two_persons_links_nobody():
    register = records(*town().drop("id").to_dicts(), town().drop("id").row(JAN - 1, named=True))
    row = JANS | {"naam": "J. van der Bergh", "geboortedatum": "01-03-1980"}
    assert keyed(row, register=register) == []


def test_several_rows_may_have_one_persons_number():
    row = JANS | {"naam": "J. van der Bergh", "geboortedatum": "01-03-1980"}
    assert keyed(row, row) == [(1, JAN, False), (2, JAN, False)]


def test_a_number_that_lost_its_zero_and_the_number_of_nobody():
    register = records(
        {"burgerservicenummer": "010000008", "geslachtsnaam": "Jansen", "geboortedatum": "19800301"},
        {"burgerservicenummer": "000000000", "geslachtsnaam": "Jansen", "geboortedatum": "19800301"},
    )
    says = {"naam": "Jansen", "geboortedatum": "01-03-1980"}
    rows = ({"burgerservicenummer": "10000008"} | says, {"burgerservicenummer": "000000000"} | says)
    assert keyed(*rows, register=register) == [(1, 1, False)]


def test_a_partners_name_confirms():
    row = {"burgerservicenummer": bsn(7), "naam": "A. de Vries", "geboortedatum": "04-07-1985"}
    assert keyed(row) == [(1, 7, False)]
    assert keyed({"burgerservicenummer": bsn(KARIM), "naam": "de Vries", "geboortedatum": "04-07-1985"}) == []
