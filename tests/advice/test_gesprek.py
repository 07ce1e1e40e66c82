"""The conversation guides: every rule has one, and what would accuse, close a talk or be hard to read is refused."""

import pytest
import yaml

from advice.gesprek import ACCUSES, gidsen, read
from contracts.errors import PolicyError
from matching.rule import all_rules

GOOD = {
    "titel": "Wie er bij u woont",
    "regels": ["R01"],
    "begin": ["Goedendag, ik bel u om samen te kijken."],
    "voordeel": ["Soms krijgt u meer."],
    "vragen": ["Hoe woont u nu?", "Wie wonen er bij u?"],
    "vergissing": ["Iets vergeten kan iedereen gebeuren."],
    "let_op": ["De registratie kan het mis hebben."],
}


def guide(**other):
    """A file with one subject that fits, but for ``other``."""
    return yaml.safe_dump({"versie": "1", "onderwerpen": {"huisgenoot": GOOD | other}}, allow_unicode=True)


def refused(text) -> str:
    with pytest.raises(PolicyError) as error:
        read(text)
    return str(error.value)


def test_each_rule_of_the_catalogue_has_one_guide():
    assert sorted(gidsen().regels) == [rule.rule_id for rule in all_rules()]


@pytest.mark.parametrize(
    ("regel", "onderwerp"),
    [
        ("R01", "huisgenoot"), ("R05", "leeftijd"), ("R08", "kind"), ("R09", "kind_weg"), ("R10", "partner"),
        ("R13", "overlijden"), ("R14", "verhuizing"), ("R18", "inkomen"), ("R21", "detentie"), ("R22", "vermogen"),
        ("R24", "studie"), ("R26", "administratie"), ("R31", "melding"),
    ],
)  # fmt: skip
def test_a_rule_has_the_guide_of_its_subject(regel, onderwerp):
    assert gidsen().onderwerp(regel) == onderwerp


def test_every_guide_asks_openly_offers_something_and_allows_a_mistake():
    for guide in gidsen().onderwerpen.values():
        assert all(question.endswith("?") for question in guide.vragen)
        assert guide.voordeel
        assert guide.vergissing
        said = " ".join(guide.zinnen()).casefold()
        assert not [
            word for word in ("fraude", "controle", "boete", "verplicht", "verdacht", "onderzoek") if word in said
        ]
        assert not [word for word in ("sanctie", "maatregel", "waarom heeft u niet") if word in said]


def test_the_guide_about_a_housemate_asks_nothing_about_what_may_not_be_told():
    asked = " ".join(gidsen().onderwerpen["huisgenoot"].vragen).casefold()
    assert not [word for word in ("studie", "studeer", "opleiding", "detentie", "leeftijd", "inkomen") if word in asked]


def test_the_guide_that_fits_fits():
    assert read(guide()).onderwerp("R01") == "huisgenoot"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"vragen": ["Hoe woont u nu?", "Wie wonen er bij u."]}, "no open question"),
        ({"vragen": ["Hoe woont u nu?", "Woont er iemand bij u?"]}, "no open question"),
        ({"vragen": ["Hoe woont u nu?", "Waarom heeft u niet gebeld?"]}, "no open question"),
        ({"vragen": ["Hoe woont u nu?", "Hoe kan het dat u te laat belde?"]}, "accuses: ['te laat']"),
        ({"vragen": ["Hoe woont u nu?"]}, "at least 2 items"),
        ({"begin": ["Wij doen een Onderzoek."]}, "accuses: ['onderzoek']"),
        ({"let_op": ["U moet dit melden."]}, "accuses: ['u moet']"),
        ({"voordeel": []}, "at least 1 item"),
        ({"vergissing": []}, "at least 1 item"),
        ({"begin": ["geen hoofdletter."]}, "should match pattern"),
        ({"begin": [f"{'Woord ' * 15}woord."]}, "hard to read"),
        ({"begin": [f"{'Woord ' * 13}woord."] * 9}, "hard to read"),
        ({"regels": ["1"]}, "should match pattern"),
        ({"score": 1}, "Extra inputs"),
    ],
)
def test_what_does_not_fit_is_refused(other, said):
    assert said in refused(guide(**other))


@pytest.mark.parametrize("word", ACCUSES)
def test_no_accusing_word_gets_in_anywhere(word):
    assert "accuses" in refused(guide(let_op=[f"Dit gaat over {word}."]))


def test_a_rule_stands_under_one_subject():
    assert "in two subjects: ['R01']" in refused(
        yaml.safe_dump({"versie": "1", "onderwerpen": {"huisgenoot": GOOD, "partner": GOOD}})
    )


def test_a_rule_without_a_guide_and_a_file_that_is_none_are_said():
    with pytest.raises(PolicyError, match="No guide for"):
        gidsen().require(["R01", "R99"])
    assert "no YAML" in refused("a: [")
