"""The language gate, by examples: what passes, what does not, and for which reason."""

import itertools
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.notice import Formulier, House, LanguageError, NoticeError, Question, Run, Section
from notifications import template
from notifications.compose import Mark, Part, compose, compose_email, compose_several, compose_sms
from notifications.language import (
    Allowed,
    Code,
    judge,
    judge_notice,
    lines_of,
    lists,
    require_clear,
    require_clear_sms,
)

BAD = sorted((Path(__file__).parent / "slechte_brieven").glob("*.txt"))
OURS = Allowed.of_house(House()).with_reader("Beste mevrouw Van Dijk")
OF_A_RULE = tuple(bericht for bericht in template.berichten() if template.load(bericht).regel)
DAY = date(2026, 12, 12)
GOOD = (
    "Er staat iemand extra op uw adres. Klopt dat?",
    "U krijgt een bijstandsuitkering van ons. Sinds 3 november 2026 staat er iemand extra op uw adres. Klopt dat?",
    "Laat het ons weten voor 12 december 2026. Dan kijken wij samen of uw uitkering nog goed is.",
    "1. Bel uw consulent Samira de Vries: 078 - 000 00 00.",
    "2. Of vul het formulier in op www.voorbeeld-sdd.nl/reageren. Uw code is 794772.",
)


@pytest.fixture(autouse=True, scope="module")
def _warm():
    """Read the lists and frequencies once: the first text takes longer than hypothesis waits for an example."""
    judge(GOOD, OURS)


def codes(*lines, allowed=OURS):
    return judge(lines, allowed).codes


# --- What the dienst sends passes.


@pytest.mark.parametrize("bericht", template.berichten())
@pytest.mark.parametrize("form", [False, True])
def test_every_letter_passes(make, bericht, form):
    house = House(antwoordformulier=form)
    assert [(f.code, f.zin) for f in judge_notice(make(bericht, house=house), house).findings] == []


@pytest.mark.parametrize("size", [2, 3])
def test_every_letter_about_several_things_passes(recipient, facts, house, size):
    own = {"reageer_voor": facts["reageer_voor"]}
    for parts in itertools.combinations(OF_A_RULE, size):
        told = [Part(bericht, facts) for bericht in parts]
        frames = dict.fromkeys(("bundel", "misschien_meer", "binnenkort"), own)
        for bericht, declared in (*frames.items(), ("herinnering", own | {"eerder": date(2026, 10, 24)})):
            made = compose_several(bericht, recipient, told, declared, house, Mark("N-4F7K2M9Q", DAY))
            assert judge_notice(made, house).clear, (bericht, parts)


@pytest.mark.parametrize("bericht", template.berichten("email"))
def test_every_email_passes(recipient, house, bericht):
    facts = dict.fromkeys(template.load(bericht).feiten, DAY)
    assert require_clear(compose_email(bericht, recipient, facts, house, Mark("N-4F7K2M9Q", DAY)), house).clear


@pytest.mark.parametrize("bericht", template.berichten("sms"))
def test_every_sms_passes(house, bericht):
    text = compose_sms(bericht, dict.fromkeys(template.load(bericht).feiten, DAY), house, Mark("N-4F7K2M9Q", DAY))
    assert require_clear_sms(text, house, bericht).clear


def test_a_telephone_number_of_nine_digits_is_no_bsn_in_an_sms(house):
    theirs = house.model_copy(update={"telefoon": "0800 12345"})
    assert require_clear_sms("Sociale Dienst: bel ons over onze brief. Bel 080012345.", theirs, "sms_herinnering").clear
    with pytest.raises(LanguageError, match="bsn"):
        require_clear_sms("Sociale Dienst: bel ons over onze brief. Bel 080012345.", house, "sms_herinnering")


def test_the_example_of_these_tests_passes():
    assert judge(GOOD, OURS).findings == ()


def test_the_names_of_the_house_are_allowed_whatever_they_are(make):
    house = House(
        dienst="ISD Bommelerwaard", consulent="S. el Idrissi", telefoon="0800 12345", plaats="'s-Hertogenbosch",
        openingstijden="maandag tot en met donderdag, 8.30 tot 12.00 uur",
    )  # fmt: skip
    assert judge_notice(make(house=house), house).findings == ()


# --- What nobody should get does not, each for its own reason.


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_letter_fails_for_the_reason_in_its_name(path):
    expected = set(path.name.split(".")[0].split("+"))
    assert judge(lines_of(path.read_text(encoding="utf-8")), OURS).codes == expected


def test_there_is_a_bad_letter_for_every_reason():
    assert {code for path in BAD for code in path.name.split(".")[0].split("+")} == set(Code)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        # What is known of Flesch-Douma: it lets threats and passives through, and sees offices.
        ("dreigend.korte_woorden", 92, 102),
        ("lijdend.zonder_mens", 87, 97),
        ("leesbaarheid+moeilijke_woorden+zin_gemiddeld+zin_lang+jargon+lijdend+dreigend+termijn.ambtelijk", 19, 43),
    ],
)
def test_no_single_measure_is_enough(name, low, high):
    (path,) = (path for path in BAD if path.stem == name)
    assert low <= judge(lines_of(path.read_text(encoding="utf-8")), OURS).figures.flesch_douma <= high


@pytest.mark.parametrize("bericht", template.berichten())
def test_our_letters_read_as_easily_as_letters_in_b1(make, house, bericht):
    # 86 to 92 is typical; a letter about three things is somewhat harder, one about work easier.
    assert 80 <= judge_notice(make(bericht), house).figures.flesch_douma <= 95


# --- Word by word.


@pytest.mark.parametrize(
    "word",
    [
        "fraude", "fraudeur", "bijstandsfraude", "controle", "controleren", "gecontroleerd", "boete", "boetes",         "verplicht", "verplichting", "verdacht", "onderzoek", "onderzoeken", "onderzocht", "sanctie",
        "maatregel", "maatregelen", "strafbaar", "aangifte", "terugvordering", "gevolgen", "overtreding", "boete/straf",
        "boete-besluit", "frau\u00adde",
    ],
)  # fmt: skip
def test_threats(word):
    assert codes(*GOOD, f"Wij denken aan {word}.") == {Code.DREIGEND}


@pytest.mark.parametrize("sentence", ["Boete!", "Wij kijken. Onderzoek volgt.", "Dat is VERPLICHT."])
def test_threats_with_capitals(sentence):
    assert Code.DREIGEND in codes(*GOOD, sentence)


@pytest.mark.parametrize("words", ["bevordering", "sommige mensen", "politiek", "opslag", "verdiende loon", "u moet"])
def test_words_that_hold_a_threat_only_by_chance(words):
    assert Code.DREIGEND not in codes(*GOOD, f"Wij denken aan {words}.")


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("tevens", "ook"),
        ("Ingevolge", "door"),
        ("derhalve", "daarom"),
        ("dient u het te melden", "wij vragen u om"),
        ("teneinde", "om"),
        ("met  betrekking tot", "over"),
        ("voornoemde", "die"),
        ("reeds", "al"),
        ("indien", "als"),
    ],
)
def test_jargon_and_what_to_write_instead(words, instead):
    (finding,) = judge((*GOOD, f"Wij doen dat {words.lower()} nu."), OURS).findings
    assert (finding.code, finding.advies) == (Code.JARGON, instead)
    assert finding.fragment in finding.zin


@pytest.mark.parametrize(
    "sentence",
    [
        "U hoeft niets terug te betalen.", "U hoeft het niet terug te betalen.", "Dat beloven wij.", "Wij garanderen dat.",
        "Maakt u zich geen zorgen.", "Dan komt het vast weer goed.", "U krijgt zeker meer geld.",
    ],
)  # fmt: skip
def test_promises(sentence):
    assert codes(*GOOD, sentence) == {Code.BELOFTE}


@pytest.mark.parametrize(
    "sentence",
    [
        "Bel binnen 2 weken.", "Bel ons binnen de komende drie weken.", "Bel binnen een maand.", "Bel zo snel mogelijk.",
        "U hebt 14 dagen de tijd.", "Bel voor 12-12-2026.", "Bel voor 2026-12-12.", "Wij bellen u over 2 weken.",
    ],
)  # fmt: skip
def test_terms_that_are_no_day_on_the_calendar(sentence):
    assert codes(*GOOD, sentence) == {Code.TERMIJN}


@pytest.mark.parametrize(
    "sentence", ["Bel voor 12 december 2026.", "Wij praten over een kind.", "Kom binnen. Twee weken."]
)
def test_no_term(sentence):
    assert codes(*GOOD, sentence) == set()


@pytest.mark.parametrize("word", ["bijv.", "o.a.", "m.b.t.", "d.m.v.", "k.k.v.", "evt.", "nr.", "KCC", "IOAW", "BBZ"])
def test_abbreviations(word):
    assert codes(*GOOD, f"Dit is {word} een kind.") == {Code.AFKORTING}


@pytest.mark.parametrize("word", ["AOW", "BRP", "UWV", "SVB", "DUO", "A4"])
def test_abbreviations_everybody_knows(word):
    assert codes(*GOOD, f"Dit is {word} voor u.") == set()


# --- Nobody's name but the reader's and the dienst's.


@pytest.mark.parametrize(
    "sentence",
    [
        "Op uw adres woont ook Kees.", "Kees woont op uw adres.", "Fatima's kamer is klein.", "De heer Jansen is er.",
        "Wij zien el Idrissi bij u.", "Jan-Willem woont bij u.", "JANSEN woont bij u.", "Wij zagen FATIMA bij u.",
        "Samira woont bij u.", "Hij heet Van Dijkstra.", "Ook J. van Dijk woont er.", "Wij zien عبد bij u.",
        "Bij u woont: Zbigniew.", "Ayşe woont bij u.", "O'Brien woont bij u.", "Nomvula woont bij u.", "D’Souza woont bij u.",
    ],
)  # fmt: skip
def test_a_name_of_somebody_else(sentence):
    assert Code.NAAM in codes(*GOOD, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dit is voor mevrouw Van Dijk.", "Bel Samira de Vries.", "Kijk in de Basisregistratie Personen (BRP).",
        "De Sociale Verzekeringsbank betaalt AOW.", "Kom naar Voorbeeldstad.", "Bel ons in december of na Kerst.",
        "“Klopt dat?” Bel ons.", "Niemand woont bij u.", "Iedereen werkt.", "Wie woont er bij u?",
    ],
)  # fmt: skip
def test_names_a_text_may_hold(sentence):
    assert codes(*GOOD, sentence) == set()


def test_another_reader_is_somebody_else():
    other = Allowed.of_house(House()).with_reader("Beste heer Bakker")
    assert codes(*GOOD, "Dit is voor mevrouw Van Dijk.", allowed=other) == {Code.NAAM}


@pytest.mark.parametrize("number", ["999990019", "999 990 019", "9999.90.019", "99999-0019"])
def test_nine_digits_may_be_a_bsn(number):
    assert codes(*GOOD, f"Uw nummer is {number}.") == {Code.BSN}


@pytest.mark.parametrize("number", ["794772", "078 - 000 00 00", "0780000000", "12 december 2026", "9.00 tot 17.00"])
def test_other_numbers_are_none(number):
    assert codes(*GOOD, f"Let op {number}.") == set()


# --- Sentences.


def test_one_passive_is_allowed_and_two_are_not():
    one, two = "Uw vraag wordt gelezen.", "Het geld werd betaald."
    assert codes(*GOOD, one) == set()
    found = judge((*GOOD, one, two), OURS)
    assert (found.codes, [finding.zin for finding in found.findings]) == ({Code.LIJDEND}, [one, two])


@pytest.mark.parametrize(
    "sentence", ["Uw kind wordt 18.", "Iemand wordt op 3 november 27 jaar.", "Uw geld wordt minder."]
)
def test_becoming_something_is_no_passive(sentence):
    assert judge([sentence] * 3, OURS).figures.passives == 0


def test_fifteen_words_in_a_sentence_are_allowed_and_sixteen_are_not():
    line = "Wij zien dat er nu ook iemand bij u in het huis is en blijft"
    assert len(line.split()) == 15
    assert codes(*GOOD, f"{line}.") == set()
    assert codes(*GOOD, f"{line} wonen.") == {Code.ZIN_LANG}


def test_a_mean_of_ten_words_is_allowed_and_more_is_not():
    ten = "Wij zien dat er nu ook iemand bij u woont."
    eleven = "Wij zien dat er nu ook nog iemand bij u woont."
    assert codes(ten) == set()
    assert codes(ten, eleven) == {Code.ZIN_GEMIDDELD}


def test_six_rare_words_in_a_hundred_are_allowed_and_more_are_not():
    # Three rare words in fifty, and in forty-seven.
    plain, rare = "Wij zien u.", "Kostganger of kostgeld of kwitantie."
    assert codes(*[plain] * 15, rare) == set()
    assert codes(*[plain] * 14, rare) == {Code.MOEILIJKE_WOORDEN}


def test_boxes_to_tick_do_not_hide_long_sentences_and_the_address_is_no_sentence(make, house):
    asked = (Question(vraag="Woont er iemand bij u?", keuzes=("ja", "nee", "dat weet ik niet")), Question(vraag="Wie?"))
    form = Formulier(
        titel="Uw antwoord", inleiding="Vul dit in.", code="Uw code is 794772.", vragen=asked, slot="Klaar? Stuur het op.",
        retour=("KCC", "Postbus 100"),
    )  # fmt: skip
    found = judge_notice(make().model_copy(update={"formulier": form}), house)
    before = judge_notice(make(), house).figures
    # Title, introduction, code, two questions, the boxes of one, and two sentences at the end.
    assert (found.findings, found.figures.sentences - before.sentences) == ((), 8)
    # 2 + 3 + 4 + 5 + 6 + 1 + 4 words.
    assert found.figures.words - before.words == 25


# --- The caller.


def changed(notice, text):
    section = Section(alineas=((Run(tekst=text),),))
    return notice.model_copy(update={"secties": (*notice.secties, section)})


def test_a_notice_that_does_not_pass_is_work_for_a_person_and_the_error_quotes_nothing(make, house):
    notice = changed(make(), "Kees woont bij u. Dat is fraude.")
    with pytest.raises(LanguageError, match=r"dreigend, naam\. \[kostendeler_erbij\]") as caught:
        require_clear(notice, house)
    assert isinstance(caught.value, NoticeError)
    assert not any(word in str(caught.value) for word in ("Kees", "fraude", "Dijk", "Lindelaan"))


def test_an_sms_that_does_not_pass(house):
    with pytest.raises(LanguageError, match=r"dreigend\. \[sms_herinnering\]"):
        require_clear_sms("Sociale Dienst: bel ons, anders volgt een boete.", house, "sms_herinnering")


def test_nothing_that_is_quoted_shows_in_a_repr():
    found = judge(["Kees woont bij u."], OURS)
    assert "Kees" not in repr(found)
    assert "Dijk" not in repr(OURS)


def test_a_letter_is_judged_in_less_than_three_milliseconds(recipient, facts, house):
    # Each with days of its own, as in a night; warm after the first.
    letters = [
        compose("kostendeler_erbij", recipient, facts | {"sinds": DAY + timedelta(n)}, house, kenmerk=f"N-4F7K2M{n:02}", datum=DAY)
        for n in range(40)
    ]  # fmt: skip
    require_clear(letters[0], house)
    began = time.thread_time()
    for letter in letters[1:]:
        require_clear(letter, house)
    assert (time.thread_time() - began) / 39 < 0.003


def test_threads_find_the_same(make, house):
    notices = [make(bericht) for bericht in template.berichten()]
    alone, found = [judge_notice(notice, house) for notice in notices], []
    workers = [
        threading.Thread(target=lambda: found.append([judge_notice(n, house) for n in notices])) for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [alone] * 8


# --- Whatever the text.

THREATS = (
    "fraude",
    "controle",
    "boete",
    "boetes",
    "verplicht",
    "verdacht",
    "onderzoeken",
    "sanctie",
    "maatregel",
    "aangifte",
)


@given(st.sampled_from(THREATS), st.integers(0, len(GOOD) - 1), st.integers(0, 20), st.booleans())
def test_a_threat_anywhere_fails(threat, line, place, loud):
    words = GOOD[line].split()
    words.insert(place, threat.upper() if loud else threat)
    assert Code.DREIGEND in codes(*GOOD[:line], " ".join(words), *GOOD[line + 1 :])


@given(st.text(), st.sampled_from(THREATS), st.text())
def test_a_threat_in_any_text_fails(before, threat, after):
    assert Code.DREIGEND in codes(f"{before} {threat} {after}")


@given(st.permutations([*GOOD, "Uw geld wordt betaald.", "Uw brief werd gelezen.", "Dat is tevens fraude."]))
def test_the_order_of_paragraphs_changes_no_code_and_no_figure(lines):
    straight = judge([*GOOD, "Uw geld wordt betaald.", "Uw brief werd gelezen.", "Dat is tevens fraude."], OURS)
    found = judge(lines, OURS)
    assert (found.codes, found.figures) == (straight.codes, straight.figures)


@given(st.lists(st.text(alphabet=st.characters())), st.text())
def test_any_text_is_judged(lines, reader):
    found = judge(lines, Allowed.of_house(House()).with_reader(reader))
    assert found.figures.words >= found.figures.spoken >= found.figures.looked_up >= found.figures.rare >= 0
    assert judge(lines_of("\n".join(lines)), OURS) is not None


# --- The lists.


def test_every_list_has_a_version_and_every_entry_a_suggestion():
    assert set(lists.versions()) == {
        "afkorting", "bekend", "belofte", "deelwoord", "dreigend", "eigennaam", "jargon", "termijn", "voornaam",
    }  # fmt: skip
    assert all(version >= 1 for version in lists.versions().values())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("wat: x\nwoorden: [{zoek: tevens, liever: ook}]", "versie"),
        ("versie: 1\nwat: x\nwoorden: [{zoek: tevens}]", "woorden.0.liever"),
        ("versie: 1\nwat: x\nwoorden: []", "woorden"),
        ("versie: 1\nwat: x\nwoorden: [{zoek: '*', liever: ook}]", "woorden.0.zoek"),
        ("versie: [1", "no YAML"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(tmp_path, monkeypatch, content, message):
    (tmp_path / "proef.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(lists, "FOLDER", tmp_path)
    with pytest.raises(NoticeError, match=message):
        lists.refused("proef")
