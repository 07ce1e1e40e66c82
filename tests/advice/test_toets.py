"""The drietrapstoets: the facts for each question, each with its source, and what is not known said so."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.gesprek import gidsen
from advice.toets import SEEN_TOO, UNTOLD, toets
from contracts.finding import EffectBereik, Reden, Richting, Route, Verdict
from contracts.outcome import Uitkomst
from contracts.toets import Afronding, Bekend, Brief
from matching.rule import all_rules
from tests.advice.made import BELEID, NIGHT, finding, verdict

#: Twenty days before the night the housemate came; ten days before it the finding was first there.
HAPPENED, FIRST = date(2026, 10, 14), date(2026, 10, 24)
SOURCES = ("brp-2026-11-03-aa", "duo-2026-11-01-bb", "ib-2026-11-01-cc", "uitkeringsgegevens-2026-11-03-dd")
NEW = Bekend(eerste_nacht=FIRST, bekend_sinds=FIRST)


def known(**more) -> Bekend:
    return Bekend(**{"eerste_nacht": FIRST, "bekend_sinds": FIRST, **more})


def asked(*held, bekend=NEW, route=Route.NUDGE_THEN_TASK, richting=Richting.NADEEL, op=NIGHT, **more):
    parts = {"feitdatum": HAPPENED, "bronnen": SOURCES, **more}
    return toets(finding("a", route, richting, *held, **parts), bekend, BELEID, gidsen(), op)


def facts(soort, *held, **more):
    """The facts of one kind: sentence, whether it is known, and its sources."""
    made = asked(*held, **more)
    found = (feit for _, feiten in made.per_vraag() for feit in feiten if feit.soort == soort)
    return [(feit.zin, feit.bekend, [str(bron) for bron in feit.bronnen]) for feit in found]


def letter(bericht="kostendeler_erbij", status="bezig", regels=("R01",), night=FIRST) -> Brief:
    return Brief(kenmerk="N-AAAAAAAAAA", nacht=night, bericht=bericht, status=status, regels=regels)


# --- 1. could the inwoner know ----------------------------------------------------------------------------


def test_without_a_letter_that_is_said_and_what_the_dienst_told_itself_is_not_known():
    assert facts("brief") == [
        ("Tijdig maakte in dit huishouden nog geen brief over dit onderwerp.", True, ["casebook"])
    ]
    assert facts("bezorging") == []
    assert facts("buiten_tijdig") == [
        ("Wat de dienst buiten Tijdig over dit onderwerp vertelde, is niet bekend.", False, ["uitkeringsgegevens"])
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (letter(), "In de nacht van 24 oktober 2026 was er een brief (kostendeler_erbij) over dit onderwerp, kenmerk N-AAAAAAAAAA. Het bericht is onderweg; of het aankwam, is nog niet bekend."),
        (letter("bundel", "klaar"), "In de nacht van 24 oktober 2026 was er een brief over meer dan één ding over dit onderwerp, kenmerk N-AAAAAAAAAA. Het bericht ligt klaar om gemaakt te worden."),
        (letter("herinnering", "niet_ingetrokken"), "In de nacht van 24 oktober 2026 was er een herinnering over dit onderwerp, kenmerk N-AAAAAAAAAA. Het bericht is misschien verstuurd voordat het terug moest."),
        (letter("medebewoner_wordt_27", regels=("R18", "R03")), "In de nacht van 24 oktober 2026 was er een brief (medebewoner_wordt_27) over dit onderwerp, kenmerk N-AAAAAAAAAA. Het bericht is onderweg; of het aankwam, is nog niet bekend."),
    ],
)  # fmt: skip
def test_a_letter_about_the_subject_is_told_with_its_day_and_how_far_it_came(sent, said):
    assert facts("brief", bekend=known(brieven=(sent,))) == [(said, True, ["casebook"])]
    assert facts("bezorging", bekend=known(brieven=(sent,))) == [
        ("Of een brief is aangekomen en gelezen, weet Tijdig niet.", False, ["casebook"])
    ]


def test_a_letter_about_something_else_is_none_about_this():
    other = letter("werk_begonnen", regels=("R18",))
    assert facts("brief", bekend=known(brieven=(other,))) == facts("brief")


@pytest.mark.parametrize(
    ("feiten", "expected"),
    [
        ({"contact_op": "2025-06-02"}, ("De dienst sprak de inwoner op 2 juni 2025 voor het laatst over wie er wonen.", True)),
        ({"contact_op": None}, ("Wanneer de dienst voor het laatst sprak over wie er wonen, is hier niet bekend.", False)),
        ({}, ("Wanneer de dienst voor het laatst sprak over wie er wonen, is hier niet bekend.", False)),
    ],
)  # fmt: skip
def test_the_last_talk_is_told_where_the_finding_holds_it(feiten, expected):
    assert facts("gesprek", feiten=feiten) == [(*expected, ["uitkeringsgegevens"])]


def test_contact_that_was_noted_is_told():
    assert facts("contact") == [("Er is nog geen contact genoteerd over dit signaal.", True, ["casebook"])]
    assert facts("contact", bekend=known(contacten=(date(2026, 10, 30),))) == [
        ("Na de nacht van 30 oktober 2026 is genoteerd dat er contact was.", True, ["casebook"])
    ]


# --- 2. context -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feitdatum", "said", "known_"),
    [
        (HAPPENED, "Het feit is van 14 oktober 2026, 20 dagen geleden.", True),
        (date(2026, 11, 2), "Het feit is van 2 november 2026, 1 dag geleden.", True),
        (NIGHT, "Het feit is van 3 november 2026, vandaag.", True),
        (date(2026, 12, 3), "Het feit moet nog komen: 3 december 2026, over 30 dagen.", True),
        (None, "De dag van het feit is niet precies bekend.", False),
    ],
)
def test_how_long_ago_the_fact_is_by_the_registers_it_rests_on(feitdatum, said, known_):
    assert facts("feitdatum", feitdatum=feitdatum) == [(said, known_, ["uitkeringsgegevens", "brp", "ib", "duo"])]


@pytest.mark.parametrize(
    ("since", "said", "source"),
    [
        (FIRST, "Dit signaal staat nog niet zo lang open dat er een alarm is.", "beleid"),
        (date(2026, 10, 4), "Dit signaal staat al 30 dagen of langer open. Na een maand hoort er een brief of een gesprek te zijn geweest.", "beleid"),
        (date(2026, 10, 5), "Dit signaal staat nog niet zo lang open dat er een alarm is.", "beleid"),
        (date(2026, 9, 14), "Dit signaal staat al 50 dagen of langer open. Nog tien dagen, dan is de termijn van 60 dagen voorbij.", "beleid"),
    ],
)  # fmt: skip
def test_since_when_the_dienst_could_know_and_what_the_alarms_say(since, said, source):
    assert facts("alarm", bekend=Bekend(eerste_nacht=since, bekend_sinds=since)) == [(said, True, [source])]


def test_the_first_night_is_told_and_when_it_came_back():
    assert facts("eerste_nacht") == [
        ("Tijdig zag dit voor het eerst in de nacht van 24 oktober 2026, 10 dagen geleden. Vanaf die nacht kon de dienst het weten.", True, ["casebook"])
    ]  # fmt: skip
    assert facts("terug") == []
    back = known(bekend_sinds=NIGHT)
    assert facts("terug", bekend=back) == [
        ("Het was weg of afgerond, en kwam terug in de nacht van 3 november 2026, vandaag.", True, ["casebook"])
    ]
    closed = known(bekend_sinds=date(2026, 1, 1), eerste_nacht=date(2026, 1, 1), open=False)
    assert facts("alarm", bekend=closed) == [("Dit signaal staat niet meer open.", True, ["casebook"])]


@pytest.mark.parametrize(
    ("answers", "said", "known_"),
    [
        ((True,), "Er ligt een melding hierover die de dienst nog niet verwerkte. De dienst kon het dus weten.", True),
        ((False, True), "Er ligt een melding hierover die de dienst nog niet verwerkte. De dienst kon het dus weten.", True),
        ((False, False), "Er ligt geen melding hierover die nog verwerkt moet worden.", True),
        ((False, None), "Niet te zeggen is of er een melding over ligt.", False),
        ((), "Bij deze regel is niet nagegaan of er een melding over ligt.", False),
    ],
)  # fmt: skip
def test_whether_the_inwoner_told_it_already(answers, said, known_):
    tests = [
        Verdict(naam=f"gemeld_{number}", code="O02", reden=Reden.AL_GEMELD, geldt=geldt)
        for number, geldt in enumerate(answers)
    ]
    assert facts("melding", *tests) == [(said, known_, ["uitkeringsgegevens"])]


def test_a_melding_that_waits_was_told_by_the_inwoner():
    assert facts("melding", route=Route.BACKLOG, regel="R31") == [
        ("De inwoner meldde dit zelf. De dienst kreeg de melding op 14 oktober 2026 en kon het dus weten.", True, ["uitkeringsgegevens"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "yes", "no", "unknown", "sources"),
    [
        (
            "vertegenwoordiger", "Er is een bewindvoerder, curator of gemachtigde.",
            "De dienst kent geen bewindvoerder, curator of gemachtigde.",
            "of er een bewindvoerder, curator of gemachtigde is.", ["uitkeringsgegevens", "brp"],
        ),
        (
            "wil_gebeld", "De inwoner vroeg om gebeld te worden.", "De inwoner vroeg niet om gebeld te worden.",
            "of de inwoner vroeg om gebeld te worden.", ["uitkeringsgegevens"],
        ),
        (
            "hulp_bij_lezen", "De inwoner vroeg om hulp bij lezen of om een tolk.",
            "De inwoner vroeg niet om hulp bij lezen of om een tolk.",
            "of de inwoner vroeg om hulp bij lezen of om een tolk.", ["uitkeringsgegevens"],
        ),
    ],
)  # fmt: skip
def test_who_and_what_helps(name, yes, no, unknown, sources):
    assert facts(name, verdict(name, True)) == [(yes, True, sources)]
    assert facts(name, verdict(name, False)) == [(no, True, sources)]
    assert facts(name, verdict(name, None)) == [(f"Niet te zeggen is {unknown}", False, sources)]
    assert facts(name) == [(f"Bij deze regel is niet nagegaan {unknown}", False, sources)]


def test_how_it_was_closed_before_is_told():
    closed = known(afgerond=(Afronding(nacht=date(2026, 10, 28), uitkomst=Uitkomst.AL_BEKEND),))
    assert facts("afgerond", bekend=closed) == [
        ("Na de nacht van 28 oktober 2026 is dit afgerond. De dienst wist dit al.", True, ["casebook"])
    ]


# --- 3. impact --------------------------------------------------------------------------------------------


def test_the_effect_is_told_as_a_range_and_until_the_review():
    effect = EffectBereik(laagste=-31_450, hoogste=0, tot_herziening=(-377_400, 0), stappen=())
    assert facts("effect", effect=effect) == [
        ("Per maand scheelt dit -€ 314,50 tot € 0,00. Een min is minder voor de inwoner.", True, ["berekening"])
    ]
    assert facts("tot_herziening", effect=effect) == [
        ("Doet niemand iets, dan is dat tot de volgende herziening samen -€ 3.774,00 tot € 0,00.", True, ["berekening"])
    ]


def test_without_an_effect_that_is_not_known():
    assert facts("effect") == [("Wat dit per maand scheelt, is niet bekend.", False, ["berekening"])]
    assert facts("tot_herziening")[0][1] is False


@pytest.mark.parametrize(
    ("richting", "said"),
    [
        (Richting.VOORDEEL, "Wordt dit verwerkt, dan kan de uitkering hoger worden."),
        (Richting.NADEEL, "Wordt dit verwerkt, dan kan de uitkering lager worden."),
        (Richting.GEMENGD, "Wordt dit verwerkt, dan kan de uitkering hoger of lager worden."),
        (Richting.NEUTRAAL, "Het bedrag van de uitkering hangt hier niet rechtstreeks van af."),
    ],
)
def test_what_a_solution_does(richting, said):
    assert facts("richting", richting=richting) == [(said, True, ["regel"])]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (None, "Uiterlijk op 13 december 2026 hoort iemand iets gedaan te hebben, over 40 dagen."),  # 14 October + 60
        (date(2026, 11, 4), "Uiterlijk op 4 november 2026 hoort iemand iets gedaan te hebben, over 1 dag."),
        (date(2026, 11, 1), "De termijn was 1 november 2026; die dag is 2 dagen geleden."),
    ],
)
def test_the_term_of_the_task_or_else_of_the_policy(term, said):
    assert facts("uiterlijk", bekend=known(uiterlijk=term)) == [(said, True, ["beleid"])]


def test_the_mkba_is_a_command_away_and_that_of_what_few_may_know_says_so():
    assert facts("mkba")[0][0].endswith("en voor wie: tijdig mkba S-a")
    assert facts("mkba", route=Route.RESTRICTED_TASK, regel="R21")[0][0].endswith("tijdig mkba S-a --beperkt")


# --- what is told, and what not ---------------------------------------------------------------------------


def test_each_fact_has_a_source_and_each_delivery_is_of_its_source():
    for _, feiten in asked(verdict("vertegenwoordiger", False), feiten={"ib_gezien": True}).per_vraag():
        for feit in feiten:
            assert feit.bronnen
            assert {levering.split("-")[0] for levering in feit.leveringen} <= {str(bron) for bron in feit.bronnen}


def test_another_source_that_saw_the_same_is_told():
    assert facts("ook_gezien", feiten={"ib_gezien": False}) == []
    assert facts("ook_gezien", feiten={"ib_gezien": True}) == [
        ("Inlichtingenbureau (IB) zegt hetzelfde. De dienst kon het dus op twee manieren weten.", True, ["ib"])
    ]


def test_what_duo_says_of_a_housemate_is_told_to_nobody():
    held = {
        "studeert": False,
        "studeert_misschien": True,
        "ib_gezien": False,
        "bewoner_sinds": "2026-10-14",
        "telt_mee_sinds": "1999-05-06",
    }
    made = asked(feiten=held)
    assert "duo" not in made.model_dump_json().casefold()
    assert "stud" not in made.model_dump_json()
    assert "1999" not in made.model_dump_json()
    (happened,) = (feit for feit in made.context if feit.soort == "feitdatum")
    assert happened.leveringen == ("brp-2026-11-03-aa", "ib-2026-11-01-cc", "uitkeringsgegevens-2026-11-03-dd")


def test_every_source_that_may_see_the_same_is_told_or_not_on_purpose():
    columns = {column: bron for rule in all_rules() for column, bron in rule.also_seen_by.items()}
    assert columns == {**SEEN_TOO, **UNTOLD}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.rule_id)
def test_every_rule_has_a_toets_with_three_questions_and_a_guide(rule):
    made = asked(regel=rule.rule_id, route=next(iter(rule.variants.values())).route)
    assert rule.rule_id in gidsen().onderwerpen[made.gids].regels
    assert all(feiten for _, feiten in made.per_vraag())


_HELD = st.lists(
    st.builds(
        verdict,
        st.sampled_from(["vertegenwoordiger", "wil_gebeld", "hulp_bij_lezen", "gemeld_in", "gemeld_uit", "geheim"]),
        st.sampled_from([True, False, None]),
    ),
    max_size=5,
)
_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@settings(max_examples=80, deadline=None)
@given(
    held=_HELD, feitdatum=st.none() | _DAYS, nights=st.lists(_DAYS, max_size=3), op=_DAYS,
    regel=st.sampled_from([rule.rule_id for rule in all_rules()]), talk=st.none() | _DAYS,
)  # fmt: skip
def test_it_is_a_function_of_its_inputs_whatever_order_tests_stand_in(held, feitdatum, nights, op, regel, talk):
    bekend = known(brieven=tuple(letter(regels=(regel,), night=night) for night in nights), contacten=tuple(nights))
    more = {"feitdatum": feitdatum, "regel": regel, "bekend": bekend, "op": op}
    feiten = {"contact_op": None if talk is None else talk.isoformat()}
    first = asked(*held, feiten=feiten, **more)
    assert asked(*held, feiten=feiten, **more) == asked(*reversed(held), feiten=feiten, **more) == first
    # Other facts than those it names do not count.
    assert asked(*held, feiten=feiten | {"bewoners_op_adres": 3, "vertrek": "verhuisd"}, **more) == first
    assert all(feit.zin.endswith((".", "S-a")) for _, made in first.per_vraag() for feit in made)
