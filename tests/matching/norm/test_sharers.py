"""Article 19a: who shares costs, exception by exception, and what is unknown."""

from datetime import date

import pytest

from contracts.parameters import Values
from matching.norm import Medebewoner
from matching.norm.sharers import judge
from tests.matching.norm.households import H2_2026, MATE, cents, household


def verdict(day: date = H2_2026, **facts):
    mate = Medebewoner.model_validate({"geboortedatum": "1990-01-01"} | MATE | facts)
    return judge("medebewoner 1", mate, Values(day))


@pytest.mark.parametrize(
    ("facts", "counts", "article"),
    [
        ({}, True, "artikel 19a lid 1 Pw"),
        ({"geboortedatum": "1999-07-02"}, False, "artikel 19a lid 1 Pw"),
        ({"hoofdverblijf": False}, False, "artikel 19a lid 1 Pw"),
        ({"zakelijk": True}, False, "artikel 19a lid 1 onderdeel b Pw"),
        ({"zakelijk": True, "verwantschap": "eerste_graad"}, True, "artikel 19a lid 1 Pw"),
        ({"zakelijk": True, "verwantschap": "bloed_tweede_graad"}, True, "artikel 19a lid 1 Pw"),
        ({"zakelijk": True, "verwantschap": "aanverwant_tweede_graad"}, True, "artikel 19a lid 1 Pw"),
        ({"zelfde_verhuurder": True}, False, "artikel 19a lid 1 onderdeel c Pw"),
        ({"zelfde_verhuurder": True, "verwantschap": "eerste_graad"}, False, "artikel 19a lid 1 onderdeel c Pw"),
        ({"opleiding": "studiefinanciering"}, False, "artikel 19a lid 1 onderdeel d Pw"),
        ({"opleiding": "wtos"}, False, "artikel 19a lid 1 onderdeel d Pw"),
        ({"opleiding": "bbl"}, False, "artikel 19a lid 1 onderdeel d Pw"),
        ({"opleiding": "buitenland"}, False, "artikel 19a lid 1 onderdeel d Pw"),
        ({"opleiding": "anders"}, True, "artikel 19a lid 1 Pw"),
        ({"uitzondering_tot": "2026-07-01"}, False, "artikel 18 lid 1 Pw"),
        ({"uitzondering_tot": "2026-06-30"}, True, "artikel 19a lid 1 Pw"),
    ],
)
def test_each_exception(facts, counts, article):
    found = verdict(**facts)
    assert (found.telt, found.stap.artikel, found.onbekend) == (counts, article, ())


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "medebewoner 1: geen uitzondering"),
        ({"geboortedatum": "2010-01-01"}, "medebewoner 1 is jonger dan 27"),
        ({"hoofdverblijf": False}, "medebewoner 1 heeft hier geen hoofdverblijf"),
        ({"zakelijk": True}, "medebewoner 1 woont hier op een zakelijke afspraak"),
        ({"zelfde_verhuurder": True}, "medebewoner 1 huurt zakelijk van dezelfde verhuurder"),
        ({"opleiding": "studiefinanciering"}, "medebewoner 1 volgt onderwijs waarvoor studiefinanciering kan bestaan"),
        ({"opleiding": "wtos"}, "medebewoner 1 volgt onderwijs waarvoor een tegemoetkoming (WTOS) kan bestaan"),
        ({"opleiding": "bbl"}, "medebewoner 1 volgt een opleiding in de beroepsbegeleidende leerweg"),
        ({"opleiding": "buitenland"}, "medebewoner 1 volgt vergelijkbaar onderwijs buiten Nederland"),
        (
            {"uitzondering_tot": "2026-12-31"},
            "medebewoner 1 valt tot en met 2026-12-31 onder een uitzondering van de gemeente",
        ),
    ],
)
def test_each_exception_is_said_in_words(facts, said):
    found = verdict(**facts)
    assert found.stap.wat == said
    assert found.stap.uitkomst == ("telt mee" if found.telt else "telt niet mee")


@pytest.mark.parametrize(
    ("facts", "unknown"),
    [
        ({"geboortedatum": "1999"}, ("geboortedatum",)),
        ({"hoofdverblijf": None}, ("hoofdverblijf",)),
        ({"zakelijk": None}, ("zakelijke afspraak",)),
        ({"zakelijk": True, "verwantschap": None}, ("verwantschap",)),
        ({"zakelijk": None, "verwantschap": None}, ("zakelijke afspraak", "verwantschap")),
        ({"zelfde_verhuurder": None, "opleiding": None}, ("zelfde verhuurder", "opleiding")),
    ],
)
def test_what_is_unknown_is_named(facts, unknown):
    found = verdict(**facts)
    assert (found.telt, found.onbekend) == (None, unknown)


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({"zakelijk": None, "verwantschap": "eerste_graad"}, True),  # a contract would not count anyway
        ({"zakelijk": False, "verwantschap": None}, True),
        ({"geboortedatum": "1999", "opleiding": "bbl"}, False),
        ({"geboortedatum": "2001", "opleiding": None, "zakelijk": None}, False),
    ],
)
def test_an_unknown_fact_that_makes_no_difference_leaves_no_question(facts, counts):
    assert verdict(**facts).telt is counts


def test_the_exception_of_a_gemeente_ends_with_its_day():
    given = household(medebewoners=[{"geboortedatum": "1990-01-01", "uitzondering_tot": "2026-09-30"} | MATE])
    assert cents(given, date(2026, 9, 30)) == 141946
    assert cents(given, date(2026, 10, 1)) == 101390


def test_the_27_years_are_those_of_the_day():
    assert verdict(date(2022, 12, 31), geboortedatum="2000-01-01").telt is True  # 21 until 2023
    assert verdict(date(2023, 1, 1), geboortedatum="2000-01-01").telt is False
