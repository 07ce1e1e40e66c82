"""The figures of small texts, counted by hand; and what is known of single words."""

import pytest

from contracts.notice import House
from notifications.language import Allowed, Figures, lines_of, measure
from notifications.language.words import is_participle, is_rare, sentences, syllables


@pytest.mark.parametrize(
    ("lines", "sentences", "words", "longest", "spoken", "syllables"),
    [
        # U, krijgt, geld, van, ons | Bel, ons
        (["U krijgt geld van ons. Bel ons."], 2, 7, 5, 7, 7),
        # Hulp, no-dig | Bel, ons, ge-rust | Dan, re-ge-len, wij, een, tolk
        (["Hulp nodig?", "Bel ons gerust. Dan regelen wij een tolk."], 3, 10, 5, 10, 14),
        # Uw, con-su-lent, belt, u, na, 12, de-cem-ber, 2026: a number is a word, and nobody knows its syllables
        (["Uw consulent belt u na 12 december 2026."], 1, 8, 8, 6, 10),
        # O-ver, uw, a-dres, kijk, op, and a web address
        (["Over uw adres: kijk op www.voorbeeld-sdd.nl/privacy."], 1, 6, 6, 5, 7),
        # Vraag, a-o-w, aan
        (["Vraag AOW aan."], 1, 3, 3, 3, 5),
        # Bel, 078, 000, 00, 00: a dash by itself is no word
        (["Bel 078 - 000 00 00."], 1, 5, 5, 1, 1),
        # The number of a step is no word and no sentence
        (["1. Bel ons."], 1, 2, 2, 2, 2),
        # Vraag, het, S, de, Vries | Bel, dan: the full stop of an initial ends nothing
        (["Vraag het S. de Vries. Bel dan."], 2, 7, 5, 7, 7),
        # Van, 9.00, tot, 17.00, uur
        (["Van 9.00 tot 17.00 uur."], 1, 5, 5, 3, 3),
        ([], 0, 0, 0, 0, 0),
        (["", " - "], 0, 0, 0, 0, 0),
    ],
)  # fmt: skip
def test_counts_are_those_by_hand(lines, sentences, words, longest, spoken, syllables):
    found = measure(lines)
    assert (found.sentences, found.words, found.longest) == (sentences, words, longest)
    assert (found.spoken, found.syllables) == (spoken, syllables)


def test_flesch_douma_by_hand():
    # 7 words in 2 sentences, 7 syllables in 7 words: 206.835 - 0.93 x 3.5 - 77 x 1.
    assert measure(["U krijgt geld van ons. Bel ons."]).flesch_douma == pytest.approx(126.58)
    # 8 words in 1 sentence, 10 syllables in 6 words: 206.835 - 0.93 x 8 - 77 x 10 / 6.
    assert measure(["Uw consulent belt u na 12 december 2026."]).flesch_douma == pytest.approx(71.0617, abs=0.0001)
    assert Figures().flesch_douma == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("u", 1), ("over", 2), ("open", 2), ("adres", 2), ("idee", 2), ("ideeën", 3), ("opa", 2), ("uren", 2), ("ooit", 1),
        ("nieuwe", 2), ("meestal", 2), ("foto's", 2), ("app's", 1), ("januari", 4), ("gemeente", 3), ("situatie", 4),
        ("reageren", 4), ("uitkering", 3), ("bijstandsuitkering", 5), ("basisregistratie", 6), ("e-mail", 2),
        ("UWV", 3), ("Één", 1),
    ],
)  # fmt: skip
def test_syllables_are_those_that_are_heard(word, count):
    assert syllables(word) == count


def test_a_sentence_ends_at_its_mark_and_what_closes_behind_it():
    assert sentences("Klopt dat? (Bel ons gerust.) Laat het “snel” weten! Dan") == (
        "Klopt dat?",
        "(Bel ons gerust.",
        "Laat het “snel” weten!",
        "Dan",
    )
    assert sentences("Kies. 1. Bel ons. 2. Of schrijf.") == ("Kies.", "1. Bel ons.", "2. Of schrijf.")


def test_words_that_are_rare():
    # kostganger and kostgeld; not uw and betaalt.
    found = measure(["Uw kostganger betaalt kostgeld."])
    assert (found.looked_up, found.rare, found.rare_share) == (4, 2, 0.5)


def test_words_our_readers_know_are_not_rare_and_names_and_numbers_are_not_looked_up():
    assert not any(map(is_rare, ["bijstandsuitkering", "Loonstrook", "consulent"]))
    allowed = Allowed.of_house(House())
    line = "Samira de Vries belt u op 12 december 2026 over de Basisregistratie Personen, BRP of www.voorbeeld-sdd.nl."
    # belt, u, op, december, over, de, of
    assert (measure([line], allowed).looked_up, measure([line], allowed).rare) == (7, 0)
    # Without the House: Samira, de, Vries too.
    assert measure([line]).looked_up == 10


@pytest.mark.parametrize(
    "word",
    ["gevraagd", "ingeschreven", "verzonden", "beoordeeld", "bereikt", "onderzocht", "geïnd", "verleend", "erkend"],
)
def test_a_voltooid_deelwoord(word):
    assert is_participle(word)


@pytest.mark.parametrize(
    "word",
    [
        "geld",
        "jaar",
        "gemeente",
        "bericht",
        "geven",
        "gebied",
        "lager",
        "gegevens",
        "besluit",
        "overheid",
        "volgend",
        "herkomst",
        "verblijft",
    ],
)
def test_no_voltooid_deelwoord(word):
    assert not is_participle(word)


def test_the_lines_of_a_file_are_paragraphs_and_steps_without_the_salutation():
    text = (
        "Titel\n\nBeste mevrouw Van Dijk,\n\nEen zin die\nverder gaat. Klaar.\n\n1. Bel ons.\n2. Of schrijf\n   ons.\n"
    )
    assert lines_of(text) == ("Titel", "Een zin die verder gaat. Klaar.", "1. Bel ons.", "2. Of schrijf ons.")
