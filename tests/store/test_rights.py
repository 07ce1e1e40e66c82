"""What inwoners ask about their own data: kept, answered once and in time, and heeded by every night meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from advice.circumstances import PLAIN, Circumstances, by_whom, circumstantial
from advice.policy import policy_on
from advice.route import advise
from contracts.errors import CasebookError
from contracts.finding import Finding, Reden, Richting, Route
from contracts.rechten import GEGEVENS, Verzoeksoort, Verzoekstand, months_after
from contracts.tables import Bron
from matching.rule import all_rules
from store.casebook import tables

FIRST = date(2026, 11, 3)
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
MINE, OTHER = "0123456789abcdef", "fedcba9876543210"


def found(number, name="a", regel="R01", dossier="D-a", key=OTHER, route=Route.NUDGE_THEN_TASK) -> Finding:
    letter = "kostendeler_erbij" if route is Route.NUDGE_THEN_TASK else None
    return Finding(
        signaal_id=f"S-{regel}-{name}", regel=regel, regelversie="1", dossiernummer=dossier, consulent_id="C-01",
        richting=Richting.NADEEL, route=route, bericht=letter, feitdatum=date(2026, 10, 20), gezien="Gezien.",
        taak="Kijk.", feiten={"bewoner_sleutel": key}, onderdrukkers=(), bronnen=("brp-1",),
        peildatum=FIRST + timedelta(days=number), stand=1,
    )  # fmt: skip


def night(casebook, number, *findings):
    day, asked = FIRST + timedelta(days=number), casebook.requests_in_force()
    now = Circumstances(
        day, closings=casebook.closings(before=day), letters=casebook.sent(), answered=casebook.answered(),
        tasks=casebook.open_tasks(), last_letter=casebook.last_letters(), verzoeken=by_whom(asked),
        households={each.dossiernummer: PLAIN for each in findings},
    )  # fmt: skip
    beleid = policy_on(FIRST)
    tested = [circumstantial(each, now, beleid.vraag(each.route).kolom) for each in findings]
    casebook.record(day, tested, advise(tested, now, beleid), held=casebook.held_back(asked))


def ask(casebook, soort, gegeven=None, dossier="D-a", key=None, day=FIRST):
    return casebook.file_request(
        soort, dossiernummer=dossier, persoon_sleutel=key, ontvangen=day, toelichting="Klopt niet.", door="C-01", now=NOW,
        gegeven=gegeven,
    )  # fmt: skip


def became(casebook, key="S-R01-a"):
    row = casebook.get(key)
    return row.status, row.advies, row.reden


def tasks(casebook):
    with casebook._engine.connect() as con:
        rows = con.execute(sa.select(tables.task).order_by(tables.task.c.signaal_id, tables.task.c.soort))
        return [(row.signaal_id, row.soort, row.status, row.uiterlijk) for row in rows]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.rule_id)
def test_of_each_source_of_a_rule_something_can_be_said_to_be_wrong_that_names_it(rule):
    named = {bron for bron in Bron for one in GEGEVENS.values() if one.bron is bron and rule.rule_id in one.regels}
    also = {one.bron for one in GEGEVENS.values() if not one.regels}
    assert rule.every_source <= named | also
    assert named, "somebody must decide what an inwoner can say about this rule"


def test_every_rule_that_is_named_exists():
    assert {name for one in GEGEVENS.values() for name in one.regels} <= {rule.rule_id for rule in all_rules()}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 3), 1, date(2026, 12, 3)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_a_month_later(day, months, then):
    assert months_after(day, months) == then


def test_a_bewering_takes_back_the_letter_makes_one_task_with_its_term_and_nothing_lapses(anywhere):
    night(anywhere, 0, found(0), found(0, "b"), found(0, "c", "R18"))
    assert became(anywhere)[1] == "nudge"
    made = ask(anywhere, Verzoeksoort.BEWERING, "brp_bewoner")
    assert made.uiterlijk == date(2026, 12, 3)
    assert became(anywhere)[0] == "beantwoord"
    assert anywhere.to_withdraw(), "a letter that lies ready does not leave"
    night(anywhere, 1, found(1), found(1, "b"), found(1, "c", "R18"))
    assert tasks(anywhere) == [("S-R01-a", "bewering", "open", date(2026, 12, 3))]
    assert became(anywhere, "S-R01-b") == ("beantwoord", "geen_actie", "bewering")
    assert became(anywhere, "S-R18-c")[1] == "nudge", "another gegeven is not held"
    # The register changes meanwhile: what was found stays as it is, and so does the task.
    night(anywhere, 2, found(2, "c", "R18"))
    assert became(anywhere)[:2] == ("beantwoord", "taak")
    assert tasks(anywhere)[0][2] == "open"


def test_a_bewering_that_is_right_closes_what_rests_on_it_and_holds_until_the_source_is_mended(anywhere):
    night(anywhere, 0, found(0))
    made = ask(anywhere, Verzoeksoort.BEWERING, "brp_bewoner")
    night(anywhere, 1, found(1))
    anywhere.settle_request(made.verzoek_id, gegrond=True, door="C-01", waarom="", now=NOW)
    assert became(anywhere)[0] == "afgesloten"
    assert anywhere.feedback_of("S-R01-a").bron == "brp"
    assert tasks(anywhere)[0][2] == "afgerond"
    night(anywhere, 2, found(2), found(2, "later"))
    assert became(anywhere, "S-R01-later") == ("nieuw", "geen_actie", "bewering_gegrond")
    anywhere.end_request(made.verzoek_id, door="C-01", waarom="", now=NOW)
    night(anywhere, 3, found(3), found(3, "later"))
    assert became(anywhere, "S-R01-later")[2] != "bewering_gegrond"
    assert became(anywhere) == ("afgesloten", "geen_actie", "afgedaan")


def test_a_bewering_that_is_not_right_lets_the_finding_go_its_way_without_a_second_letter(anywhere):
    night(anywhere, 0, found(0))
    (letter,) = anywhere.letters_of(FIRST)
    anywhere.offered({letter.kenmerk: ("0" * 64, "1")}, NOW)
    anywhere.confirm_posted({letter.kenmerk: ("0" * 64, FIRST)}, NOW)
    made = ask(anywhere, Verzoeksoort.BEWERING, "brp_adres")
    night(anywhere, 1, found(1))
    anywhere.settle_request(made.verzoek_id, gegrond=False, door="C-01", waarom="De inschrijving klopt.", now=NOW)
    assert tasks(anywhere)[0][2] == "afgerond"
    night(anywhere, 2, found(2))
    assert became(anywhere) == ("beantwoord", "nudge", None)
    assert len(anywhere.notices_of("D-a")) == 1
    night(anywhere, 3)
    assert became(anywhere)[0] == "vervallen"


@pytest.mark.parametrize("soort", [Verzoeksoort.BEPERKING, Verzoeksoort.BEZWAAR])
def test_what_is_only_kept_makes_no_letter_and_no_task_and_does_not_lapse(anywhere, soort):
    reden = {"beperking": Reden.BEPERKING, "bezwaar": Reden.BEZWAAR_VERWERKING}[soort]
    night(anywhere, 0, found(0, route=Route.TASK), found(0, "b"))
    made = ask(anywhere, soort)
    night(anywhere, 1, found(1, route=Route.TASK), found(1, "b"), found(1, "d", "R13", route=Route.URGENT_TASK))
    assert [one[2] for one in tasks(anywhere)] == ["vervallen"]
    assert {became(anywhere, key)[1:] for key in ("S-R01-a", "S-R01-b", "S-R13-d")} == {("geen_actie", reden)}
    assert anywhere.unused_dossiers() == {"D-a"}
    night(anywhere, 2)
    assert became(anywhere)[0] == "beantwoord"
    anywhere.settle_request(made.verzoek_id, gegrond=False, door="C-01", waarom="Het belang weegt zwaarder.", now=NOW)
    night(anywhere, 3)
    assert became(anywhere)[0] == "vervallen"


def test_who_wants_no_messages_gets_none_and_a_person_looks_also_where_it_is_to_their_advantage(anywhere):
    better = found(0, "b").model_copy(update={"richting": Richting.VOORDEEL})
    made = ask(anywhere, Verzoeksoort.GEEN_BERICHTEN)
    assert made.stand is Verzoekstand.GEGROND
    night(anywhere, 0, found(0), better)
    assert anywhere.letters_of(FIRST) == []
    assert [(one[1], one[2]) for one in tasks(anywhere)] == [("contact", "open")] * 2
    assert became(anywhere, "S-R01-b") == ("nieuw", "taak", "geen_berichten")


def test_who_has_no_dossier_is_known_by_what_is_found_about_them(anywhere):
    night(anywhere, 0, found(0, key=MINE), found(0, "b", dossier="D-b"))
    ask(anywhere, Verzoeksoort.BEPERKING, dossier=None, key=MINE)
    night(anywhere, 1, found(1, key=MINE), found(1, "b", dossier="D-b"))
    assert became(anywhere)[2] == "beperking"
    assert became(anywhere, "S-R01-b")[2] is None


def test_many_who_have_no_dossier_are_found_as_few_are(anywhere):
    night(anywhere, 0, found(0, key=MINE), found(0, "b", dossier="D-b"))
    for number in range(12):
        ask(anywhere, Verzoeksoort.BEPERKING, dossier=None, key=f"{number:016x}")
    ask(anywhere, Verzoeksoort.BEPERKING, dossier=None, key=MINE)
    assert anywhere.held_back(anywhere.requests_in_force()) == {"S-R01-a"}


def test_a_request_is_answered_once_and_extended_once_within_its_month(anywhere):
    made = ask(anywhere, Verzoeksoort.INZAGE)
    later = anywhere.extend_request(made.verzoek_id, door="C-01", waarom="Veel werk.", now=NOW)
    assert (later.uiterlijk, later.verlengd_op) == (date(2027, 2, 3), FIRST)
    with pytest.raises(CasebookError, match="can't be extended"):
        anywhere.extend_request(made.verzoek_id, door="C-01", waarom="Nog meer.", now=NOW)
    with pytest.raises(CasebookError, match="can't be answered so"):
        anywhere.settle_request(made.verzoek_id, gegrond=False, door="C-01", waarom=" ", now=NOW)
    anywhere.settle_request(made.verzoek_id, gegrond=True, door="C-01", waarom="", now=NOW)
    with pytest.raises(CasebookError, match="can't be answered so"):
        anywhere.settle_request(made.verzoek_id, gegrond=True, door="C-01", waarom="", now=NOW)
    assert [row.wat for row in anywhere.events_of_request(made.verzoek_id)] == ["ontvangen", "verlengd", "afgerond"]
    assert anywhere.requests(open_only=True) == []
    assert [row.wat for row in anywhere.lines_about(made.verzoek_id)] == [
        "verzoek_afgerond", "verzoek_verlengd", "verzoek_inzage",
    ]  # fmt: skip


def test_after_its_month_it_can_not_be_extended(anywhere):
    made = ask(anywhere, Verzoeksoort.BEZWAAR, day=date(2026, 10, 1))
    with pytest.raises(CasebookError, match="can't be extended"):
        anywhere.extend_request(made.verzoek_id, door="C-01", waarom="Te laat.", now=NOW)
    assert made.days_left(FIRST) == -2


@pytest.mark.parametrize(("soort", "gegeven"), [("bewering", None), ("bewering", "onzin"), ("bezwaar", "brp_adres")])
def test_only_a_bewering_names_what_is_wrong(anywhere, soort, gegeven):
    with pytest.raises(CasebookError, match="which gegeven"):
        ask(anywhere, Verzoeksoort(soort), gegeven)
    assert anywhere.requests() == []
