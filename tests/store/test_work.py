"""What people do with tasks: each deed once, on the version they looked at, whatever others do meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.finding import ContactTask, Finding, Nudge, Reden, Richting, Route, Verdict
from contracts.outcome import Uitkomst
from contracts.work import Afronding, Bak, Bezwaar, Filter, Rol, User
from store.casebook import Deed, NotOpenError, OvertakenError
from store.casebook.book import WAIT_SECONDS
from store.casebook.tables import contact_card, feedback, objection, outbox, task

NIGHT = date(2026, 11, 3)
NEXT = NIGHT + timedelta(days=1)
NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)
CALL = ContactTask(soort="contact")
ANNA = User(gebruiker="anna", naam="Anna", rollen=frozenset({Rol.CONSULENT}), team="Noord", consulent_id="C-01")
LEA = User(gebruiker="lea", naam="Lea", rollen=frozenset({Rol.TEAMLEIDER}), team="Noord")
JURIST = User(gebruiker="joost", naam="Joost", rollen=frozenset({Rol.JURIST}))
DONE = Afronding(
    uitkomst=Uitkomst.AANGEPAST, feitdatum=date(2026, 10, 20), effect_cent=-28_389, toelichting="Aangepast."
)
_numbers = count(1)


def found(name, dossier="D-1", consulent="C-01", **more):
    return Finding.model_validate({
        "signaal_id": f"S-R01-{name}", "regel": "R01", "regelversie": "4", "dossiernummer": dossier,
        "consulent_id": consulent, "richting": Richting.NADEEL, "route": Route.NUDGE_THEN_TASK,
        "bericht": "kostendeler_erbij", "feitdatum": date(2026, 10, 20), "gezien": "Er staat iemand extra.",
        "taak": "Kijk.", "feiten": {}, "onderdrukkers": (), "bronnen": ("brp-1",), "peildatum": NIGHT, "stand": 1,
        **more,
    })  # fmt: skip


def secret(name, dossier="D-9"):
    return found(name, dossier, onderdrukkers=(Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True),))


def night(casebook, day, *pairs, **more):
    return casebook.record(day, [f for f, _ in pairs], {f.signaal_id: one for f, one in pairs}, **more)


@pytest.fixture
def book(anywhere):
    """A night with two tasks of Noord and one of Zuid."""
    night(
        anywhere, NIGHT, (found("a"), CALL), (found("b", "D-2"), ContactTask(soort="contact", spoed=True)),
        (found("z", "D-3", "C-09"), CALL),
    )  # fmt: skip
    anywhere.set_teams({"Noord": ["C-01"], "Zuid": ["C-09"]})
    return anywhere


def id_of(casebook, name="a"):
    rows, _ = casebook.about(f"S-R01-{name}")
    return rows[-1].taak_id


def deed(casebook, name="a", door="anna", *, formulier=None, versie=None):
    row = casebook.task(id_of(casebook, name))
    return Deed(
        row.taak_id, row.versie if versie is None else versie, door, formulier or f"{next(_numbers):032x}", NOW
    )  # fmt: skip


def state(casebook, name="a"):
    row = casebook.task(id_of(casebook, name))
    return row.status, row.behandelaar, row.versie


def events(casebook, name="a"):
    return [(row.wat, row.door) for row in casebook.events_of(id_of(casebook, name))]


def life(casebook, name="a"):
    return [(row.naar, row.waarom) for row in casebook.life_of(f"S-R01-{name}")]


def count_of(casebook, table):
    with casebook._engine.connect() as con:
        return con.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_a_task_goes_through_hands(book):
    assert book.pick_up(deed(book))
    assert state(book) == ("open", "anna", 2)
    assert book.put_back(deed(book))
    assert state(book) == ("open", None, 3)
    assert book.hand_over(deed(book), behandelaar="bram", team=None, tekst="Bram kent dit dossier.")
    assert state(book) == ("open", "bram", 4)
    assert book.hand_over(deed(book), behandelaar=None, team="Zuid", tekst="Is verhuisd.")
    row = book.task(id_of(book))
    assert (row.behandelaar, row.van_team, row.versie) == (None, "Zuid", 5)
    assert [wat for wat, _ in events(book)] == ["opgepakt", "teruggelegd", "overgedragen", "overgedragen"]
    assert [row.naar for row in book.events_of(id_of(book))] == [None, None, "bram", "Zuid"]


def test_a_question_goes_to_who_has_the_role_and_its_answer_stays(book):
    book.ask(deed(book), "jurist", "Telt een zorgbehoefte mee?")
    assert book.scope_of(book.task(id_of(book))).gevraagd_aan == {"jurist"}
    asked = book.listed(JURIST, Filter(bak=Bak.VRAGEN), NEXT)
    assert [row.taak_id for row in asked.rows] == [id_of(book)]
    (question,) = book.events_of(id_of(book))
    book.answer_question(deed(book, door="joost"), question.volgnr, "Ja, artikel 3.")
    assert book.listed(JURIST, Filter(bak=Bak.VRAGEN), NEXT).total == 0
    assert [(row.wat, row.antwoord_op) for row in book.events_of(id_of(book))] == [
        ("gevraagd", None), ("geantwoord", question.volgnr),
    ]  # fmt: skip


def test_a_task_that_is_postponed_waits_until_its_day(book):
    until = NEXT + timedelta(days=5)
    book.postpone(deed(book), until, "Belt maandag terug.")

    def where(day):
        return [bak for bak in (Bak.MIJN, Bak.UITGESTELD)
                for row in book.listed(ANNA, Filter(bak=bak), day).rows if row.taak_id == id_of(book)]  # fmt: skip

    assert [where(until - timedelta(days=1)), where(until)] == [[Bak.UITGESTELD], [Bak.MIJN]]


def test_contact_is_part_of_the_life_of_the_finding_once(book):
    book.note_contact(deed(book), "Gebeld.")
    book.note_contact(deed(book), "Weer gebeld.")
    assert life(book) == [("nieuw", "gevonden"), ("beantwoord", "contact")]
    assert state(book)[0] == "open"


def test_an_outcome_goes_back_to_the_finding_and_to_the_version_of_its_rule(book):
    book.finish(deed(book), DONE)
    assert state(book) == ("afgerond", None, 2)
    assert life(book)[-1] == ("afgesloten", "afgerond")
    (row,) = book.outcomes_of("S-R01-a")
    assert (row.regel, row.regelversie, row.uitkomst, row.door) == ("R01", "4", "aangepast", "anna")
    assert (row.feitdatum, row.effect_cent, row.toelichting) == (date(2026, 10, 20), -28_389, "Aangepast.")
    assert book.task(id_of(book, "b")).status == "open"


def test_a_term_is_kept_and_the_next_nights_leave_it_alone(book):
    book.finish(deed(book), DONE.model_copy(update={"tot": NEXT + timedelta(days=30)}))
    closing = book.closings(before=NEXT)["S-R01-a"]
    assert (closing.uitkomst, closing.tot) == ("aangepast", NEXT + timedelta(days=30))


def test_a_closed_task_is_only_opened_again_and_then_its_finding_is_too(book):
    book.finish(deed(book), DONE)
    for do in (
        book.pick_up,
        book.put_back,
        lambda one: book.finish(one, DONE),
        lambda one: book.note_contact(one, "x"),
    ):
        with pytest.raises(NotOpenError):
            do(deed(book))
    book.open_again(deed(book, door="bea"), "De inwoner belde.")
    assert state(book)[0] == "open"
    assert life(book)[-1] == ("heropend", "op_verzoek")
    book.finish(deed(book), DONE)
    assert [row.uitkomst for row in book.outcomes_of("S-R01-a")] == ["aangepast", "aangepast"]


def test_an_open_task_is_not_opened_again(book):
    with pytest.raises(NotOpenError):
        book.open_again(deed(book), "x")


def test_what_came_of_a_bezwaar_is_noted_later(book):
    book.finish(deed(book), DONE)
    book.note_objection(deed(book, door="joost"), Bezwaar.GEGROND, date(2027, 1, 10))
    with book._engine.connect() as con:
        (row,) = con.execute(sa.select(objection))
    assert (row.signaal_id, row.regel, row.regelversie, row.uitkomst, row.datum) == (
        "S-R01-a", "R01", "4", "gegrond", date(2027, 1, 10),
    )  # fmt: skip
    assert state(book)[0] == "afgerond"


def test_a_wrong_register_is_told_once(book):
    wrong = DONE.model_copy(update={"uitkomst": Uitkomst.BRON_KLOPT_NIET})
    book.finish(deed(book), wrong, terugmelding=("brp", "Deze persoon woont hier niet."))
    book.open_again(deed(book), "x")
    book.finish(deed(book), wrong, terugmelding=("brp", "Een tweede keer."))
    with book._engine.connect() as con:
        (row,) = con.execute(sa.select(feedback))
    assert (row.bron, row.tekst, row.gemeld_op) == ("brp", "Deze persoon woont hier niet.", None)


def test_a_letter_that_lies_ready_is_taken_back_when_the_task_is_done(anywhere):
    night(anywhere, NIGHT, (found("a"), Nudge(bericht="kostendeler_erbij", brief="S-R01-a")))
    (letter,) = anywhere.letters_made_on(NIGHT)
    anywhere.offered({letter.kenmerk: ("0" * 64, "1")}, NOW)
    anywhere.record(NEXT, [found("a")], {"S-R01-a": CALL.model_copy(update={"reden": Reden.GEEN_ANTWOORD})})
    assert [row.status for row in anywhere.letters_made_on(NIGHT)] == ["bezig"]
    anywhere.finish(deed(anywhere), DONE)
    assert [row.status for row in anywhere.letters_made_on(NIGHT)] == ["in_te_trekken"]


def test_what_is_gone_already_keeps_its_outcome(book):
    """The night closed the finding; a task that was not taken along is finished all the same."""
    night(book, NEXT, (found("b", "D-2"), CALL), (found("z", "D-3", "C-09"), CALL))
    assert state(book)[0] == "vervallen"
    with pytest.raises(NotOpenError):
        book.finish(deed(book), DONE)


def test_who_looked_at_an_older_version_is_told_who_was_first(book):
    old = deed(book, door="lea")
    book.pick_up(deed(book))
    with pytest.raises(OvertakenError, match="changed by anna"):
        book.finish(old, DONE)
    assert (state(book), book.outcomes_of("S-R01-a")) == (("open", "anna", 2), [])


def test_a_task_that_is_not_there(book):
    with pytest.raises(CasebookError, match="no such task"):
        book.pick_up(Deed("T-NIETS", 1, "anna", "f" * 32, NOW))


def test_the_same_form_twice_counts_once(book):
    same = deed(book)
    assert [book.finish(same, DONE), book.finish(same, DONE)] == [True, False]
    assert (len(book.outcomes_of("S-R01-a")), len(events(book)), book.verify().regels) == (1, 1, 1)


def together(*calls):
    """Do all at once; what each returned or raised."""

    def outcome(call):
        try:
            return call()
        except CasebookError as error:
            return type(error)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(outcome, call) for call in calls]]


def test_the_same_form_at_the_same_moment_counts_once(book):
    same = deed(book)
    said = together(*[lambda: book.finish(same, DONE)] * 8)
    assert sorted(said) == [False] * 7 + [True]
    assert (len(book.outcomes_of("S-R01-a")), len(events(book)), book.verify().breuk) == (1, 1, None)


def test_of_two_who_close_the_same_task_one_is_told(book):
    forms = [deed(book, door=f"door-{nth}") for nth in range(8)]
    said = together(*[lambda one=one: book.finish(one, DONE) for one in forms])
    assert sorted(map(str, said)) == sorted([str(OvertakenError)] * 7 + ["True"])
    assert len(book.outcomes_of("S-R01-a")) == 1


def test_of_what_many_write_in_the_log_at_once_every_line_is_there(book):
    together(*[lambda nth=nth: book.note(f"door-{nth}", "taak_bekeken", "T-1", NOW) for nth in range(20)])
    assert (book.verify().regels, book.verify().breuk) == (20, None)
    assert {row.wie for row in book.lines_about("T-1")} == {f"door-{nth}" for nth in range(20)}


def test_each_deed_is_a_line_in_the_log_in_the_same_transaction(book):
    book.pick_up(deed(book))
    old = deed(book, versie=1)
    with pytest.raises(OvertakenError):
        book.finish(old, DONE)
    assert [(row.wie, row.wat) for row in book.lines_about(id_of(book))] == [("anna", "taak_opgepakt")]


def test_lists_are_of_the_own_team_the_urgent_first_and_counted_alike(book):
    mine = book.listed(ANNA, Filter(bak=Bak.TEAM), NEXT)
    assert [row.dossiernummer for row in mine.rows] == ["D-2", "D-1"]
    counts = book.work_counts(ANNA, NEXT)
    for bak in Bak:
        assert counts[bak] == book.listed(ANNA, Filter(bak=bak), NEXT).total, bak


def test_filters_only_make_a_list_shorter(book):
    def total(**chosen):
        return book.listed(LEA, Filter(bak=Bak.TEAM, **chosen), NEXT).total

    assert total() == 2
    assert (total(regel="R01"), total(regel="R02")) == (2, 0)
    assert (total(soort="contact"), total(soort="hulp")) == (2, 0)
    assert (total(richting="nadeel"), total(richting="voordeel")) == (2, 0)
    assert (total(dossier="D-1"), total(dossier="D-"), total(dossier="%"), total(dossier="D_1")) == (1, 2, 0, 0)
    assert (total(ouder_dan_dagen=1), total(ouder_dan_dagen=2)) == (2, 0)


def test_a_task_is_shielded_from_the_night_on_which_an_address_becomes_secret(book):
    assert not book.task(id_of(book)).geheim
    night(book, NEXT, (secret("a", "D-1"), CALL), (found("b", "D-2"), CALL), (found("z", "D-3", "C-09"), CALL))
    assert book.task(id_of(book)).geheim
    assert [row.dossiernummer for row in book.listed(ANNA, Filter(bak=Bak.TEAM), NEXT).rows] == ["D-2"]


def test_a_card_goes_with_the_last_open_task_of_somebody(book):
    card = {"naam": "mevrouw Van Dijk"}
    night(book, NEXT, (found("a"), CALL), (found("a2"), CALL), (found("b", "D-2"), CALL))
    book.keep_cards({"D-1": card, "D-2": card}, NEXT)
    book.finish(deed(book), DONE)
    assert book.card_of("D-1") == card
    book.finish(deed(book, "a2"), DONE)
    assert (book.card_of("D-1"), book.card_of("D-2")) == (None, card)
    assert count_of(book, contact_card) == 1


def test_what_a_human_does_between_two_steps_of_a_night_is_not_undone(book):
    mark = book.mark()
    book.finish(deed(book), DONE)
    book.note_contact(deed(book, "b"), "Gebeld.")
    night(
        book, NEXT, (found("a"), CALL), (found("b", "D-2"), CALL), (found("z", "D-3", "C-09"), CALL), mark=mark
    )  # fmt: skip
    assert (state(book)[0], life(book)[-1]) == ("afgerond", ("afgesloten", "afgerond"))
    assert life(book, "b")[-1] == ("beantwoord", "contact")


def test_who_has_how_much_to_do_counts_what_somebody_took_from_another(book):
    more = [(found(name, f"D-{name}", who), CALL) for name, who in (("p", "C-01"), ("q", "C-09"))]
    night(book, NEXT, *more, (found("b", "D-2"), CALL), (secret("s"), CALL))
    book.keep_account(ANNA)
    book.pick_up(deed(book, "q"))
    book.postpone(deed(book, "p"), NEXT + timedelta(days=2), "")
    assert book.loads(NEXT, too_long=14) == {"C-01": (2, 1, 0)}
    assert book.loads(NEXT + timedelta(days=2), too_long=3)["C-01"] == (3, 1, 1)
    assert book.claim_reminder("C-01", NEXT)
    assert not book.claim_reminder("C-01", NEXT)
    book.release_reminder("C-01", NEXT)
    assert book.claim_reminder("C-01", NEXT)


MANY = 2_000
HANDS = 20


@pytest.mark.slow
def test_a_night_and_twenty_people_at_once_lose_nothing(anywhere):
    """A night brings 2,000 findings up to date while twenty people list, pick up and finish.

    Nobody's deed may fail or be undone; each is asked of the casebook once: who has to wait, waits in it. The longest
    was 0.7 s here, as long as a night writes; the bound is where the casebook itself gives up, so that a machine that is
    busy with other things does not fail the test.
    """
    findings = [found(f"{nth:04d}", f"D-{nth}") for nth in range(MANY)]
    pairs = [(one, CALL) for one in findings]
    night(anywhere, NIGHT, *pairs)
    anywhere.set_teams({"Noord": ["C-01"]})
    each = MANY // HANDS // 4
    waits = []

    def hand(nth):
        ids = [id_of(anywhere, f"{nth * (MANY // HANDS) + step:04d}") for step in range(each)]
        for taak_id in ids:
            assert anywhere.listed(ANNA, Filter(bak=Bak.TEAM), NEXT).total > 0
            begun = datetime.now(UTC)
            assert anywhere.pick_up(Deed(taak_id, 1, f"door-{nth}", f"{next(_numbers):032x}", NOW))
            assert anywhere.finish(Deed(taak_id, 2, f"door-{nth}", f"{next(_numbers):032x}", NOW), DONE)
            waits.append(datetime.now(UTC) - begun)
        return ids

    def nights():
        for step in range(1, 4):
            mark = anywhere.mark()
            # As a night does: what is closed is not asked again.
            night(anywhere, NIGHT + timedelta(days=step), *pairs, mark=mark)

    with ThreadPoolExecutor(HANDS + 1) as pool:
        running = pool.submit(nights)
        ids = [taak_id for one in [pool.submit(hand, nth) for nth in range(HANDS)] for taak_id in one.result()]
        running.result()
    assert len(waits) == len(ids) == HANDS * each
    assert max(waits) < timedelta(seconds=WAIT_SECONDS)
    assert count_of(anywhere, task) == MANY
    with anywhere._engine.connect() as con:
        outcomes = con.execute(sa.text("select count(*), count(distinct taak_id) from task_outcome")).one()
        (letters,) = con.execute(sa.select(sa.func.count()).select_from(outbox)).one()
    assert (tuple(outcomes), letters) == ((len(ids), len(ids)), 0)
    chain = anywhere.verify()
    assert (chain.regels, chain.breuk) == (2 * len(ids), None)
