"""What every template must be: plain, warm, complete, and about nobody but its reader."""

import re
from datetime import date

import pytest

from contracts.notice import NoticeError
from contracts.tables import Bron
from matching.rule import all_rules
from notifications import template
from notifications.language import measure
from tests.advice.made import BELEID

BERICHTEN = template.berichten()


def sentences(notice):
    lines = [*notice.tekst, notice.groet]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.?!])\s+", line)]


@pytest.fixture(params=BERICHTEN)
def notice(request, make):
    return make(request.param)


#: The messages of a rule; the others tell of several of them.
OF_A_RULE = tuple(bericht for bericht in BERICHTEN if template.load(bericht).regel is not None)


def test_every_notice_is_there():
    assert BERICHTEN == (
        "andere_uitkering",
        "aow_nadert",
        "binnenkort",
        "bundel",
        "herinnering",
        "kind_erbij",
        "kind_wordt_18",
        "klopt_dit_nog",
        "kostendeler_erbij",
        "medebewoner_wordt_27",
        "misschien_meer",
        "verhuisd_binnen_gebied",
        "verhuisd_buiten_gebied",
        "werk_begonnen",
    )


def test_the_term_is_a_day_on_the_calendar(notice):
    # That there is no other term, no hard word, threat, jargon or promise is the gate's to say: test_language.py.
    assert "12 december 2026" in " ".join(notice.tekst)


@pytest.mark.parametrize(
    "part",
    [
        "laat het ons weten voor 12 december 2026",  # by when
        "wat vragen wij van u?",
        "078 - 000 00 00",  # the telephone comes first
        "www.voorbeeld-sdd.nl/reageren",
        "uw code is ",
        "samira de vries",  # a consulent with a name
        "waarom vragen wij dit?",
        "juist meer",  # it may be money for the reader
        "wij kunnen het mis hebben",  # E07
        "vergeten door te geven? dat kan gebeuren",
        "deze brief is geen besluit",  # E07
        "iemand anders mag ook voor u bellen",
        "een tolk",
        "wij kregen deze informatie op 22 november 2026",  # AVG 14: when,
        "de computer vergelijkt",  # E24: an automated signal,
        "beslist altijd een medewerker",  # and a person decides
        "iets verbeteren?",
        "www.voorbeeld-sdd.nl/privacy",
    ],
)
def test_what_every_letter_says(notice, part):
    assert part in " ".join(sentences(notice)).lower()


#: The messages of what is still to come: a letter about several of them is `binnenkort`.
AHEAD = ("medebewoner_wordt_27", "kind_wordt_18", "aow_nadert")


@pytest.mark.parametrize("bericht", BERICHTEN)
def test_what_comes_of_doing_nothing_is_what_the_policy_does(make, bericht):
    # After a letter with a reminder no telephone call comes on the day in the letter.
    text = " ".join(sentences(make(bericht))).lower()
    said = AHEAD if bericht == "binnenkort" else (bericht,)
    routes = {variant.route for one in all_rules() for variant in one.variants.values() if variant.bericht in said}
    reminds = bool(routes) and all(BELEID.vraag(route).herinnering_na_dagen for route in routes)
    assert ("nog één brief. daarna belt uw consulent u" in text) is reminds is template.load(bericht).herinnert
    assert ("dan belt uw consulent u na 12 december 2026" in text) is not reminds


def test_a_letter_about_several_things_tells_each_in_a_sentence_and_every_source(make):
    letter = make("bundel")
    assert ["".join(run.tekst for run in alinea) for alinea in letter.secties[1].alineas] == [
        "Sinds 3 november 2026 staat u ingeschreven in een andere gemeente. Vraag uw uitkering daar op tijd aan.",
        "Sinds 3 november 2026 staat er iemand extra ingeschreven op uw adres.",
        "U of uw partner krijgt nog een uitkering of pensioen sinds 3 november 2026.",
    ]
    (origin,) = ("".join(run.tekst for run in alinea) for alinea in letter.secties[-1].alineas)
    assert [origin.count(name) for name in ("(BRP)", "UWV", "De computer vergelijkt")] == [1, 1, 1]


def test_a_reminder_names_the_day_of_the_letter_and_what_it_was_about(make):
    text = " ".join(make("herinnering").tekst)
    assert "Op 24 oktober 2026 schreven wij u een brief." in text
    assert "Sinds 3 november 2026 staat u ingeschreven op een nieuw adres." in text


@pytest.mark.parametrize("bericht", OF_A_RULE)
def test_the_fact_in_short_is_a_sentence_or_two_with_its_day(facts, bericht):
    short = template.load(bericht).in_short(dict.fromkeys(facts, "3 november 2026"))
    text = "".join(run.tekst for run in short)
    assert "3 november 2026" in text
    assert measure([text]).sentences <= 2


def test_what_it_may_bring_comes_before_what_it_may_cost(notice):
    text = " ".join(notice.tekst).lower()
    costs = [text.find(words) for words in ("minder", "lager", "bijstand af", "uitkering af") if words in text]
    assert all(text.find("juist meer") < place for place in costs)


def test_cheerful_letters_are_marked():
    # Never beside a child that is placed elsewhere.
    assert {one for one in BERICHTEN if template.load(one).vrolijk} == {"kind_erbij", "kind_wordt_18", "werk_begonnen"}


@pytest.mark.parametrize("bericht", OF_A_RULE)
def test_from_where_we_know_it(make, bericht):
    # AVG 14; the day that is told is that of a delivery of the same source.
    origin = {Bron.BRP: "Basisregistratie Personen", Bron.IB: "UWV"}
    told = {bron for bron, name in origin.items() if name in make(bericht).secties[-1].alineas[0][0].tekst}
    assert told == {template.load(bericht).bron}


@pytest.mark.parametrize(
    ("bericht", "part"),
    [
        ("kostendeler_erbij", "Sinds 3 november 2026 staat er iemand extra"),
        ("verhuisd_binnen_gebied", "Sinds 3 november 2026 staat u"),
        ("verhuisd_buiten_gebied", "Sinds 3 november 2026 staat u ingeschreven in een andere gemeente"),
        ("medebewoner_wordt_27", "Iemand op uw adres wordt op 3 november 2026 27 jaar."),
        ("werk_begonnen", "Wij zien dat u of uw partner werk heeft sinds 3 november 2026."),
        ("andere_uitkering", "Wij zien nog een uitkering of pensioen sinds 3 november 2026."),
        ("klopt_dit_nog", "Op 3 november 2026 hadden wij voor het laatst contact"),
        ("aow_nadert", "Op 3 november 2026 bereikt u of uw partner"),
        ("kind_wordt_18", "Een kind op uw adres wordt op 3 november 2026 18 jaar."),
        ("kind_erbij", "Sinds 3 november 2026 staat er een kind op uw adres ingeschreven."),
    ],
)
def test_the_fact_and_its_day(make, bericht, part):
    assert part in " ".join(sentences(make(bericht)))


def test_one_numbered_list_of_at_most_three_steps(notice):
    steps = [len(sectie.stappen) for sectie in notice.secties if sectie.stappen]
    assert len(steps) == 1
    assert steps[0] <= 3


@pytest.mark.parametrize("bericht", OF_A_RULE)
def test_only_dates_about_the_reader_may_be_filled_in(bericht):
    # E08: no name, birth date, study or detention of a housemate can get into a letter.
    assert template.load(bericht).feiten == {"sinds": "datum", "leverdatum": "datum", "reageer_voor": "datum"}


GOOD = """
bericht: proef
regel: R01
versie: 1
feiten: {sinds: datum}
titel: Sinds {{ sinds }}
kort: Er is iets.
secties: [{standaard: hulp}]
"""


@pytest.fixture
def on_file(tmp_path, monkeypatch):
    """Put one template on file, beside the real standard sentences."""
    shared = (template.FOLDER / "standaardzinnen.yaml").read_text(encoding="utf-8")
    (tmp_path / "standaardzinnen.yaml").write_text(shared, encoding="utf-8")
    monkeypatch.setattr(template, "FOLDER", tmp_path)
    template.load.cache_clear()
    yield lambda text: (tmp_path / "proef.yaml").write_text(text, encoding="utf-8")
    template.load.cache_clear()


def test_a_template_takes_over_a_standard_section(on_file):
    on_file(GOOD)
    assert template.load("proef").secties[0].kop == "Hulp nodig?"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Sinds {{ sinds }}", "Sinds {{ naam_huisgenoot }}", "names .'naam_huisgenoot'."),
        ("Sinds {{ sinds }}", "Sinds {{ sinds", "does not fit"),
        ("standaard: hulp", "standaard: bestaat_niet", "no such standard section"),
        ("regel: R01\n", "", "`onderdelen` instead"),
        ("kort: Er is iets.\n", "", "has `kort`"),
        ("secties: [{standaard: hulp}]", "secties: [{onderdelen: true}]", "has `kort`"),
        ("bericht: proef", "bericht: anders", "differ"),
        ("{sinds: datum}", "{sinds: bsn}", "feiten.sinds"),
        ("{sinds: datum}", "[sinds", "no YAML"),
        ("titel: Sinds", "kleur: rood\ntitel: Sinds", "kleur"),
    ],
)
def test_a_template_that_does_not_fit_is_refused_when_it_loads(on_file, old, new, message):
    assert old in GOOD
    on_file(GOOD.replace(old, new))
    with pytest.raises(NoticeError, match=message):
        template.load("proef")


def test_a_setting_that_does_not_exist_is_an_error_and_not_an_empty_place(on_file, recipient, house):
    from notifications.compose import compose

    on_file(GOOD.replace("Sinds {{ sinds }}", "Bel {{ huis.faxnummer }}"))
    with pytest.raises(NoticeError, match="faxnummer"):
        compose(
            "proef",
            recipient,
            {"sinds": date(2026, 1, 1)},
            house,
            kenmerk="N-4F7K2M9Q",
            datum=date(2026, 1, 2),
        )


def test_each_form_has_its_own_templates():
    assert template.berichten("email") == ("email_herinnering", "email_vraag")
    assert template.berichten("sms") == ("sms_herinnering",)
    assert template.berichten() == template.berichten("brief")


EMAIL = """
bericht: proef
vorm: email
versie: 1
feiten: {reageer_voor: datum}
titel: Wij hebben een vraag
secties: [{standaard: hulp}]
"""
SMS = """
bericht: proef
vorm: sms
versie: 1
feiten: {reageer_voor: dag}
secties: [{alineas: ["Bel ons voor {{ reageer_voor }}."]}]
"""


@pytest.mark.parametrize(
    ("good", "old", "new", "message"),
    [
        (EMAIL, "versie: 1", "versie: 1\nregel: R01", "only a letter has `regel`"),
        (EMAIL, "versie: 1", "versie: 1\nkort: Er is iets.", "only a letter has"),
        (EMAIL, "[{standaard: hulp}]", "[{onderdelen: true}]", "only a letter has"),
        (EMAIL, "versie: 1", "versie: 1\nformulier: {titel: T, vragen: [{vraag: V}]}", "only a letter has"),
        (EMAIL, "titel: Wij hebben een vraag\n", "", "another message has a `titel`"),
        (EMAIL, "vorm: email", "vorm: fax", "vorm"),
        (SMS, "versie: 1", "versie: 1\ntitel: Een vraag", "an sms is one paragraph"),
        (SMS, "[{alineas: ", "[{kop: Hulp, alineas: ", "an sms is one paragraph"),
        (SMS, "secties: [", "secties: [{standaard: hulp}, ", "an sms is one paragraph"),
    ],
)
def test_an_email_or_sms_that_does_not_fit_is_refused_when_it_loads(on_file, good, old, new, message):
    on_file(good)
    assert template.load("proef").regel is None
    template.load.cache_clear()
    assert old in good
    on_file(good.replace(old, new))
    with pytest.raises(NoticeError, match=message):
        template.load("proef")
