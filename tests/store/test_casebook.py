"""The casebook: a night is written once, whatever happens, and a letter that is no longer true is taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.errors import CasebookError
from contracts.finding import ContactTask, Finding, NoAction, Nudge, Reden, Richting, Route

NIGHT = date(2026, 11, 3)
NEXT = NIGHT + timedelta(days=1)
NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
OFFERED = ("0" * 64, "1.1")
LETTER = Nudge(bericht="kostendeler_erbij")
KEPT = Nudge(bericht="kostendeler_erbij", brief=None)


def found(name: str, dossier: str = "D-1") -> Finding:
    return Finding(
        signaal_id=f"S-R01-{name}", regel="R01", regelversie="1", dossiernummer=dossier, consulent_id="C-01",
        richting=Richting.NADEEL, route=Route.NUDGE_THEN_TASK, bericht="kostendeler_erbij",
        feitdatum=date(2026, 10, 20), gezien="Er staat iemand extra.", taak="Kijk.", feiten={}, onderdrukkers=(),
        bronnen=("brp-1",), peildatum=NIGHT, stand=1,
    )  # fmt: skip


@pytest.fixture
def casebook(anywhere):
    return anywhere


def night(casebook, peildatum, *pairs, unusable=()):
    findings = [finding for finding, _ in pairs]
    told = casebook.sent()
    advice = {
        # As advice does: a letter of its own for what no letter tells of yet.
        f.signaal_id: decided.model_copy(update={"brief": f.signaal_id})
        if decided is LETTER and f.signaal_id not in told
        else decided
        for f, decided in pairs
    }
    return casebook.record(peildatum, findings, advice, unusable=unusable)


def letters(casebook, peildatum=NIGHT):
    return [(row.signaal_id[6:], row.status) for row in casebook.letters_made_on(peildatum)]


def tells(casebook):
    """The findings of which the only letter of the night tells."""
    (letter,) = casebook.letters_made_on(NIGHT)
    return casebook.tells_of([letter.kenmerk])[letter.kenmerk]


def tasks(casebook, peildatum=NIGHT):
    return [(row.signaal_id[6:], row.soort, row.status) for row in casebook.tasks_of(peildatum)]


def test_a_night_again_makes_nothing_new(casebook):
    pairs = [(found("a"), LETTER), (found("b", "D-2"), ContactTask(soort="contact"))]
    first, again = night(casebook, NIGHT, *pairs), night(casebook, NIGHT, *pairs)
    assert (first.nieuw, again.nieuw, again.lopend) == (2, 0, 2)
    assert (letters(casebook), tasks(casebook)) == ([("a", "klaar")], [("b", "contact", "open")])


def test_an_unchanged_next_night_makes_nothing_new(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    casebook.offered({casebook.letters_made_on(NIGHT)[0].kenmerk: OFFERED}, NOW)
    assert night(casebook, NEXT, (found("a"), LETTER)).nieuw == 0
    assert (casebook.findings_of(NEXT), casebook.letters_made_on(NEXT)) == ([], [])


def test_a_difference_that_is_gone_closes_and_its_unsent_letter_is_withdrawn(casebook):
    night(casebook, NIGHT, (found("a"), LETTER), (found("b", "D-2"), ContactTask(soort="contact")))
    result = night(casebook, NEXT)
    assert (result.gesloten, result.ingetrokken) == (2, 1)
    assert night(casebook, NEXT).ingetrokken == 1, "the same night again says the same"
    assert letters(casebook) == [("a", "in_te_trekken")]
    assert tasks(casebook) == [("b", "contact", "vervallen")]
    assert casebook.get("S-R01-a").gesloten_op == NEXT


def test_a_letter_in_the_print_folder_is_to_be_taken_out(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    kenmerk = casebook.letters_made_on(NIGHT)[0].kenmerk
    casebook.offered({kenmerk: OFFERED}, NOW)
    night(casebook, NEXT)
    assert [(row.nacht, row.kenmerk, row.inhoud_hash) for row in casebook.to_withdraw()] == [(NIGHT, kenmerk, "0" * 64)]
    casebook.withdrawn([kenmerk])
    assert (casebook.to_withdraw(), letters(casebook)) == ([], [("a", "ingetrokken")])


def test_a_letter_that_may_have_been_posted_becomes_a_call(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    kenmerk = casebook.letters_made_on(NIGHT)[0].kenmerk
    casebook.offered({kenmerk: OFFERED}, NOW)
    night(casebook, NEXT)
    casebook.could_not_withdraw(kenmerk, NEXT)
    assert letters(casebook) == [("a", "niet_ingetrokken")]
    assert tasks(casebook, NEXT) == [("a", "contact", "open")]
    assert casebook.last_letters() == {"D-1": NIGHT}, "it may have been posted, so the household rests"


def announced(casebook, day):
    """A letter of NIGHT in the print folder about a day to come."""
    coming = found("a").model_copy(update={"feitdatum": day})
    night(casebook, NIGHT, (coming, LETTER))
    casebook.offered({casebook.letters_made_on(NIGHT)[0].kenmerk: OFFERED}, NOW)
    return coming


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (NEXT, "bezig"),  # what was announced has come
        (NEXT + timedelta(days=1), "in_te_trekken"),  # gone before its day: no longer true
        (NIGHT, "in_te_trekken"),  # no announcement
    ],
)
def test_an_announcement_of_a_day_that_has_come_is_not_taken_back(casebook, day, status):
    announced(casebook, day)
    assert night(casebook, NEXT).gesloten == 1
    assert letters(casebook) == [("a", status)]


@pytest.mark.parametrize(
    ("advice", "status"),
    [
        (ContactTask(soort="contact", reden=Reden.VERJAARDAG_GEWEEST), "bezig"),
        (ContactTask(soort="contact", reden=Reden.GEHEIM), "in_te_trekken"),
        (NoAction(reden=Reden.OVERLIJDEN), "in_te_trekken"),
    ],
)
def test_after_the_day_a_task_follows_the_letter_and_any_other_reason_takes_it_back(casebook, advice, status):
    coming = announced(casebook, NEXT)
    night(casebook, NEXT, (coming, advice))
    assert letters(casebook) == [("a", status)]


def test_an_announcement_that_was_never_made_is_taken_back_when_its_day_has_come(casebook):
    night(casebook, NIGHT, (found("a").model_copy(update={"feitdatum": NEXT}), LETTER))
    night(casebook, NEXT)
    assert letters(casebook) == [("a", "in_te_trekken")]


def test_a_finding_that_asks_for_something_else_has_one_open_task(casebook):
    night(casebook, NIGHT, (found("a"), ContactTask(soort="overleg_jurist", reden=Reden.LOPEND_BEZWAAR)))
    night(casebook, NEXT, (found("a"), ContactTask(soort="ambtshalve_voorstel", reden=Reden.VOORSTEL)))
    assert tasks(casebook) == [("a", "overleg_jurist", "vervallen")]
    assert tasks(casebook, NEXT) == [("a", "ambtshalve_voorstel", "open")]


def test_a_call_about_a_letter_that_may_be_posted_stays_beside_another_task(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    kenmerk = casebook.letters_made_on(NIGHT)[0].kenmerk
    casebook.offered({kenmerk: OFFERED}, NOW)
    question = ContactTask(soort="controleer_koppeling", reden=Reden.KOPPELING_ONZEKER)
    night(casebook, NEXT, (found("a"), question))
    casebook.could_not_withdraw(kenmerk, NEXT)
    night(casebook, NEXT + timedelta(days=1), (found("a"), question))
    assert sorted(tasks(casebook, NEXT)) == [("a", "contact", "open"), ("a", "controleer_koppeling", "open")]


def test_where_a_source_is_not_usable_nothing_closes(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    assert night(casebook, NEXT, unusable={"R01"}).gesloten == 0
    assert letters(casebook) == [("a", "klaar")]


def test_what_comes_back_is_reopened_and_told_again_once(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    night(casebook, NEXT)
    casebook.withdrawn([casebook.letters_made_on(NIGHT)[0].kenmerk])
    after = NEXT + timedelta(days=1)
    assert night(casebook, after, (found("a"), LETTER)).heropend == 1
    assert casebook.get("S-R01-a").heropend == 1
    assert (letters(casebook), letters(casebook, after)) == ([], [("a", "klaar")])


def test_a_death_stops_a_letter_that_was_not_sent(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    stopped = NoAction(reden=Reden.OVERLIJDEN)
    assert night(casebook, NEXT, (found("a"), stopped)).ingetrokken == 1
    row = casebook.get("S-R01-a")
    assert (row.status, row.advies, row.reden) == ("lopend", "geen_actie", "overlijden")


def test_a_letter_that_became_a_task_is_withdrawn(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    night(casebook, NEXT, (found("a"), ContactTask(soort="contact", reden=Reden.GEHEIM)))
    assert (letters(casebook), tasks(casebook, NEXT)) == ([("a", "in_te_trekken")], [("a", "contact", "open")])


@pytest.mark.parametrize("reden", [Reden.RUST, Reden.BRON_NIET_BRUIKBAAR])
def test_waiting_takes_nothing_back(casebook, reden):
    night(casebook, NIGHT, (found("a"), LETTER))
    night(casebook, NEXT, (found("a"), NoAction(reden=reden)))
    assert (letters(casebook), casebook.get("S-R01-a").advies) == ([("a", "klaar")], "nudge")


def one_letter(name, *members):
    """Members of a letter that is headed by ``name``, each of another day."""
    days = enumerate(members)
    members = [each.model_copy(update={"feitdatum": each.feitdatum - timedelta(days=place)}) for place, each in days]
    return [(member, Nudge(bericht="kostendeler_erbij", brief=f"S-R01-{name}")) for member in members]


_TWO = {"a": "kind_erbij", "b": "aow_nadert"}


@pytest.mark.parametrize(
    ("changes", "bericht"),
    [
        ({"richting": Richting.VOORDEEL}, "misschien_meer"),
        ({"feitdatum": NEXT}, "binnenkort"),
        ({"feitdatum": NEXT, "richting": Richting.VOORDEEL}, "misschien_meer"),
        ({"feitdatum": NIGHT}, "bundel"),
        ({"feitdatum": None}, "bundel"),
    ],
)
def test_a_letter_about_several_things_says_what_they_have_in_common(casebook, changes, bericht):
    both = [found(name).model_copy(update={"bericht": said, **changes}) for name, said in _TWO.items()]
    night(casebook, NIGHT, *((one, Nudge(bericht=str(one.bericht), brief="S-R01-a")) for one in both))
    assert [row.bericht for row in casebook.letters_made_on(NIGHT)] == [bericht]


def test_one_letter_tells_of_several_findings_and_each_keeps_it(casebook):
    night(casebook, NIGHT, *one_letter("a", found("b"), found("a")))
    assert [(row.signaal_id, row.bericht) for row in casebook.letters_made_on(NIGHT)] == [("S-R01-a", "bundel")]
    assert casebook.sent() == {"S-R01-a": (NIGHT,), "S-R01-b": (NIGHT,)}
    assert {f.signaal_id for f in tells(casebook)} == {
        "S-R01-a", "S-R01-b",
    }  # fmt: skip
    assert [len(casebook.about(f"S-R01-{name}")[1]) for name in "ab"] == [1, 1]


def test_when_one_of_them_is_gone_the_letter_is_taken_back_and_the_rest_is_told_anew(casebook):
    night(casebook, NIGHT, *one_letter("a", found("a"), found("b")))
    night(casebook, NEXT, (found("b"), KEPT))
    assert (letters(casebook), casebook.sent()) == ([("a", "in_te_trekken")], {})
    casebook.withdrawn([casebook.letters_made_on(NIGHT)[0].kenmerk])
    after = NEXT + timedelta(days=1)
    night(casebook, after, (found("b"), LETTER))
    assert [(row.signaal_id, row.bericht) for row in casebook.letters_made_on(after)] == [
        ("S-R01-b", "kostendeler_erbij")
    ]


def test_of_a_letter_that_can_not_be_taken_back_only_what_is_gone_is_a_call(casebook):
    night(casebook, NIGHT, *one_letter("a", found("a"), found("b")))
    night(casebook, NEXT, (found("b"), KEPT))
    casebook.could_not_withdraw(casebook.letters_made_on(NIGHT)[0].kenmerk, NEXT)
    assert tasks(casebook, NEXT) == [("a", "contact", "open")]
    assert casebook.sent() == {"S-R01-a": (NIGHT,), "S-R01-b": (NIGHT,)}


def test_a_letter_about_several_that_can_not_be_made_is_a_task_for_each(casebook):
    night(casebook, NIGHT, *one_letter("a", found("a"), found("b")))
    casebook.to_human(casebook.letters_made_on(NIGHT)[0].kenmerk)
    assert sorted(tasks(casebook)) == [("a", "contact", "open"), ("b", "contact", "open")]


def test_a_letter_to_who_acts_for_them_says_so(casebook):
    told = Nudge(bericht="kostendeler_erbij", brief="S-R01-a", aan="vertegenwoordiger")
    night(casebook, NIGHT, (found("a"), told), (found("b", "D-2"), LETTER))
    assert {row.signaal_id: row.aan for row in casebook.letters_made_on(NIGHT)} == {
        "S-R01-a": "vertegenwoordiger",
        "S-R01-b": "inwoner",
    }


def test_a_reminder_is_a_second_letter_with_a_mark_of_its_own(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    later = NIGHT + timedelta(days=30)
    night(casebook, later, *one_letter("a", found("a")))
    night(casebook, later, (found("a"), KEPT))
    assert [row.bericht for row in casebook.letters_made_on(later)] == ["herinnering"]
    assert casebook.sent() == {"S-R01-a": (NIGHT, later)}
    assert len({row.kenmerk for row in casebook.about("S-R01-a")[1]}) == 2


@pytest.mark.parametrize("reden", [Reden.GEEN_ANTWOORD, Reden.VERTEGENWOORDIGER_STIL])
def test_the_call_after_a_letter_that_nobody_answered_takes_no_letter_back(casebook, reden):
    night(casebook, NIGHT, (found("a"), LETTER))
    casebook.offered({casebook.letters_made_on(NIGHT)[0].kenmerk: OFFERED}, NOW)
    call = ContactTask(soort="contact", reden=reden, uiterlijk=NEXT)
    later = NIGHT + timedelta(days=22)
    assert night(casebook, later, (found("a"), call)).ingetrokken == 0
    assert (letters(casebook), tasks(casebook, later)) == ([("a", "bezig")], [("a", "contact", "open")])
    assert casebook.tasks_of(later)[0].uiterlijk == NEXT


def test_who_answers_after_the_call_was_given_leaves_it_to_the_consulent(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    call = ContactTask(soort="contact", reden=Reden.GEEN_ANTWOORD)
    night(casebook, NEXT, (found("a"), call))
    casebook.answer("S-R01-a", door="C-01", now=datetime(2026, 11, 4, tzinfo=UTC))
    night(casebook, NEXT + timedelta(days=1), (found("a"), KEPT))
    assert [row.status for row in casebook.about("S-R01-a")[0]] == ["open"]


@pytest.mark.parametrize(("read_before", "status"), [(NIGHT, "in_te_trekken"), (NEXT, "klaar")])
def test_a_letter_that_was_read_long_ago_is_not_taken_back(casebook, read_before, status):
    night(casebook, NIGHT, (found("a"), LETTER))
    casebook.record(NEXT, [], {}, read_before=read_before)
    assert letters(casebook) == [("a", status)]


def test_what_a_night_made_is_counted_without_what_could_not_wait(casebook):
    night(
        casebook, NIGHT, (found("a"), LETTER), (found("b", "D-2"), ContactTask(soort="contact")),
        (found("c", "D-3"), ContactTask(soort="contact", spoed=True)),
    )  # fmt: skip
    assert casebook.made_on(NIGHT) == (1, {"C-01": 1})
    assert casebook.open_tasks() == {("S-R01-b", "contact"), ("S-R01-c", "contact")}


def test_a_letter_that_can_not_be_made_becomes_one_task_and_stays_it(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    casebook.to_human(casebook.letters_made_on(NIGHT)[0].kenmerk)
    night(casebook, NIGHT, (found("a"), LETTER))
    night(casebook, NEXT, (found("a"), LETTER))
    assert (letters(casebook), tasks(casebook)) == ([("a", "handmatig")], [("a", "contact", "open")])
    assert casebook.get("S-R01-a").reden == "geen_brief_mogelijk"


def test_told_and_last_letter_forget_what_was_taken_back(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))
    assert (casebook.sent(), casebook.last_letters()) == ({"S-R01-a": (NIGHT,)}, {"D-1": NIGHT})
    night(casebook, NEXT)
    assert (casebook.sent(), casebook.last_letters()) == ({}, {})


def test_a_letter_that_was_never_made_is_made_on_the_next_night(casebook):
    night(casebook, NIGHT, (found("a"), LETTER))  # and killed here
    night(casebook, NEXT, (found("a"), LETTER))
    ((kenmerk, made_on),) = casebook.left_behind(NEXT)
    assert (made_on, casebook.left_behind(NIGHT)) == (NIGHT, [])
    casebook.move_to(kenmerk, NEXT)
    assert [row.kenmerk for row in casebook.letters_of(NEXT)] == [kenmerk]
    assert (letters(casebook), letters(casebook, NEXT)) == ([], [("a", "klaar")])


def test_the_casebook_only_goes_forward(casebook, tmp_path):
    casebook.save_counts(NEXT, {}, now=datetime(2026, 11, 4, tzinfo=UTC))
    casebook.require_not_before(NEXT)
    with pytest.raises(CasebookError, match="lies before the last recorded night"):
        casebook.require_not_before(NIGHT)


def test_an_unknown_finding_says_where_to_find_one(casebook):
    with pytest.raises(CasebookError, match=r"signalen\.jsonl"):
        casebook.get("S-R01-nope")


def test_tasks_are_sorted_by_urgency_and_age_of_the_fact_only(casebook):
    urgent = ContactTask(soort="contact", spoed=True, reden=Reden.SPOED)
    old = found("old", "D-3").model_copy(update={"feitdatum": date(2026, 1, 1)})
    plain = ContactTask(soort="contact")
    night(casebook, NIGHT, (found("a"), plain), (old, plain), (found("c", "D-4"), urgent))
    assert [name for name, _, _ in tasks(casebook)] == ["c", "old", "a"]
