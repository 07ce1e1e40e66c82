"""References to the law: written as a jurist does, and each with the day of the text it was read in."""

from datetime import date

import pytest

from contracts import law
from contracts.errors import RuleError
from contracts.law import LAWS, Artikel, pw
from contracts.parameters import Status


def test_an_article_that_was_read_has_the_day_of_that_text():
    assert (pw("22a", 1).tekst_van, pw("22a", 1).status) == (date(2026, 7, 1), Status.GEZIEN)
    assert pw("22a", 4, "b").tekst_van == pw("22a", 1).tekst_van, "an article is read as a whole"


def test_an_article_that_was_not_read_is_to_be_confirmed_beside_the_text_of_a_day():
    assert (pw("53a", 1).tekst_van, pw("53a", 1).status) == (date(2026, 7, 1), Status.TE_BEVESTIGEN)


@pytest.mark.parametrize("wet", LAWS)
def test_of_every_law_the_day_of_its_text_is_known(wet):
    assert Artikel(wet, "1").tekst_van


def test_a_law_without_a_text_is_an_error_that_says_where_to_add_it(monkeypatch):
    monkeypatch.setitem(law.LAWS, "Wbtest", ("Wet voor de test", "BWBR0000000"))
    with pytest.raises(RuleError, match=r"wetteksten\.yaml"):
        Artikel("Wbtest", "1").tekst_van  # noqa: B018
