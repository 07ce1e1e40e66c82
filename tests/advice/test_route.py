"""Routing: the same facts reach people in the way that helps them, and unknown is never a letter."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.circumstances import PLAIN, Capacity, Household, Made
from advice.route import reading_order
from contracts.finding import ContactTask, NoAction, Nudge, Reden, Richting, Route
from tests.advice.made import BELEID, NIGHT, at, finding, only, told, verdict

NADEEL, VOORDEEL = Richting.NADEEL, Richting.VOORDEEL
#: Sixty days after the fact (Boetebesluit 2aa); eight weeks after a melding (Awb 4:13).
TERM, MELDING = NIGHT + timedelta(days=60), NIGHT + timedelta(days=56)


def letter(head="S-a"):
    return Nudge(bericht="kostendeler_erbij", brief=head)


KEPT = Nudge(bericht="kostendeler_erbij")


@pytest.mark.parametrize(
    ("route", "advice"),
    [
        (Route.NUDGE, letter()),
        (Route.NUDGE_THEN_TASK, letter()),
        (Route.TASK, ContactTask(soort="contact", uiterlijk=TERM)),
        (Route.URGENT_TASK, ContactTask(soort="contact", spoed=True, reden=Reden.SPOED, uiterlijk=TERM)),
        (Route.PROPOSAL, ContactTask(soort="ambtshalve_voorstel", reden=Reden.VOORSTEL, uiterlijk=TERM)),
        (Route.HELP_TASK, ContactTask(soort="hulp", reden=Reden.HULP, uiterlijk=TERM)),
        (Route.BACKLOG, ContactTask(soort="achterstand", reden=Reden.ACHTERSTAND, uiterlijk=MELDING)),
        (Route.RESTRICTED_TASK, ContactTask(soort="beperkt", uiterlijk=TERM)),
    ],
)
def test_each_route_when_nothing_stands_in_the_way(route, advice):
    assert only(finding("a", route)) == advice


@pytest.mark.parametrize("holds", [True, None])
def test_what_stands_in_the_way_counts_also_when_it_is_unknown(holds):
    geheim, gemeld = verdict("geheim", holds), verdict("gemeld_in", holds)
    called = only(finding("a", Route.NUDGE, NADEEL, geheim))
    assert (called.soort, called.reden) == ("contact", Reden.GEHEIM)
    assert only(finding("a", Route.NUDGE, NADEEL, geheim, gemeld)) == NoAction(reden=Reden.AL_GEMELD)
    assert only(finding("a", Route.TASK, NADEEL, geheim)).reden is None
    assert only(finding("a", Route.TASK, NADEEL, gemeld)) == NoAction(reden=Reden.AL_GEMELD)


@pytest.mark.parametrize("route", [Route.NUDGE, Route.TASK, Route.PROPOSAL, Route.HELP_TASK])
def test_while_bezwaar_runs_a_jurist_says_first_what_may_be_done(route):
    asked = only(finding("a", route, NADEEL, verdict("koppeling_onzeker"), verdict("lopend_bezwaar")))
    assert (asked.soort, asked.reden) == ("overleg_jurist", Reden.LOPEND_BEZWAAR)
    assert only(finding("a", Route.URGENT_TASK, Richting.NEUTRAAL, verdict("lopend_bezwaar"))).spoed


@pytest.mark.parametrize("name", ["koppeling_onzeker", "lopend_bezwaar"])
def test_a_question_about_what_few_may_know_stays_with_them(name):
    asked = only(finding("a", Route.RESTRICTED_TASK, NADEEL, verdict(name)))
    assert (asked.soort, asked.reden) == ("beperkt", BELEID.reden(name))


def test_a_source_that_is_not_usable_tells_nobody_anything_but_what_can_not_wait():
    shut = at(unusable=frozenset({"R01"}))
    advice = told([finding("a"), finding("b", Route.PROPOSAL), finding("c", Route.URGENT_TASK)], shut)
    assert [advice[f"S-{name}"].reden for name in "abc"] == [
        Reden.BRON_NIET_BRUIKBAAR, Reden.BRON_NIET_BRUIKBAAR, Reden.SPOED,
    ]  # fmt: skip
    # So that a letter that was not posted yet can still be taken back, and a task that is open stays so.
    waits = NoAction(reden=Reden.GEHEIM, wacht=True)
    assert only(finding("a", Route.NUDGE, NADEEL, verdict("geheim")), shut) == waits


# -- who somebody is ---------------------------------------------------------------------------------------


def home(**known):
    return at(
        households={
            "D-1": Household(
                **{"gedetineerd": False, "kind_elders": False, "wil_gebeld": False, "hulp_bij_lezen": False} | known
            )
        }
    )


@pytest.mark.parametrize("known", [True, None])
@pytest.mark.parametrize("route", [Route.NUDGE, Route.NUDGE_THEN_TASK, Route.TASK, Route.PROPOSAL, Route.BACKLOG])
def test_what_is_about_who_is_detained_only_few_may_know(route, known):
    found = finding("a", route, consulent_id="C-01")
    asked = only(found, home(gedetineerd=known))
    assert (asked.soort, asked.reden) == ("beperkt", Reden.GEDETINEERD)


def test_a_household_of_which_nothing_was_read_gets_no_letter():
    assert only(finding(), at(households={})).soort == "beperkt"


@pytest.mark.parametrize("known", [True, None])
@pytest.mark.parametrize(
    ("name", "reden"), [("wil_gebeld", Reden.WIL_GEBELD), ("hulp_bij_lezen", Reden.HULP_BIJ_LEZEN)]
)
def test_who_asked_to_be_called_or_helped_with_reading_is_called(name, reden, known):
    asked = only(finding(), home(**{name: known}))
    assert (asked.soort, asked.reden) == ("contact", reden)
    assert only(finding("a", Route.TASK), home(**{name: known})).reden is None


def test_no_cheerful_letter_goes_where_a_child_is_placed_elsewhere():
    now = at(households=home(kind_elders=True).households, cheerful=frozenset({"werk_begonnen"}))
    assert only(finding("a", bericht="werk_begonnen"), now).reden is Reden.KIND_ELDERS
    assert only(finding("a"), now) == letter()


# -- one letter a household ----------------------------------------------------------------------------------


def test_one_letter_tells_of_everything_and_advantage_heads_it():
    bad, good = finding("a", Route.NUDGE), finding("b", Route.NUDGE, VOORDEEL)
    advice = told([bad, good, finding("c", Route.NUDGE, dossiernummer="D-2")])
    assert advice == {"S-a": letter("S-b"), "S-b": letter("S-b"), "S-c": letter("S-c")}


def test_what_happened_goes_before_what_is_to_come_and_advantage_before_both():
    past = finding("z", Route.NUDGE)
    coming = finding("a", Route.NUDGE, feitdatum=date(2026, 12, 1))
    good = finding("b", Route.NUDGE, VOORDEEL, feitdatum=date(2027, 3, 1))
    assert sorted([coming, past, good], key=reading_order) == [good, past, coming]


def test_a_letter_tells_of_three_things_at_most_and_the_rest_waits():
    found = [finding(f"{number}", Route.NUDGE, feitdatum=NIGHT - timedelta(days=number)) for number in range(1, 6)]
    advice = told(found)
    waits = Reden.GEBUNDELD
    assert [advice[f"S-{number}"].reden for number in range(1, 6)] == [waits, waits, None, None, None]


@pytest.mark.parametrize(("days", "rests"), [(1, True), (29, True), (30, False)])
def test_a_household_rests_after_a_letter(days, rests):
    now = at(last_letter={"D-1": NIGHT - timedelta(days=days)}, rest_days=30)
    assert (only(finding(), now) == NoAction(reden=Reden.RUST)) is rests


def test_a_finding_whose_letter_was_made_keeps_it_while_the_household_rests():
    yesterday = NIGHT - timedelta(days=1)
    now = at(letters={"S-a": (yesterday,)}, last_letter={"D-1": yesterday})
    assert told([finding("a"), finding("b")], now) == {"S-a": KEPT, "S-b": NoAction(reden=Reden.RUST)}


PATIENT = {"R29": 90}


@pytest.mark.parametrize(("days", "rests"), [(30, True), (89, True), (90, False)])
def test_a_question_about_nothing_that_happened_waits_longer_after_any_letter(days, rests):
    now = at(last_letter={"D-1": NIGHT - timedelta(days=days)}, rest_days=30, patient=PATIENT)
    assert (only(finding(regel="R29"), now) == NoAction(reden=Reden.RUST)) is rests
    assert only(finding("b"), now) == letter("S-b")


def test_its_own_reminder_waits_no_longer_than_any_other():
    now = at(
        NIGHT + timedelta(days=30), letters={"S-a": (NIGHT,)}, last_letter={"D-1": NIGHT}, rest_days=30, patient=PATIENT
    )
    assert only(finding("a", Route.NUDGE, regel="R29"), now) == letter()


def test_such_a_question_is_in_no_letter_about_something_else():
    question = finding("a", Route.NUDGE, Richting.NEUTRAAL, regel="R29")
    advice = told([question, finding("b", Route.NUDGE)], at(patient=PATIENT))
    assert advice == {"S-a": NoAction(reden=Reden.GEBUNDELD), "S-b": letter("S-b")}


def test_on_a_quiet_day_no_letter_goes_out_but_tasks_do():
    advice = told([finding("a"), finding("b", Route.TASK)], at(quiet=True))
    assert (advice["S-a"], advice["S-b"].advies) == (NoAction(reden=Reden.RUSTIGE_DAG), "taak")


# -- who does not answer -------------------------------------------------------------------------------------


def after(days, *earlier, route=Route.NUDGE_THEN_TASK, **known):
    """The advice so many days after a letter; ``earlier`` are the days after it on which more letters went out."""
    letters = (NIGHT, *(NIGHT + timedelta(days=day) for day in earlier))
    now = at(
        NIGHT + timedelta(days=days),
        letters={"S-a": letters},
        last_letter={"D-1": letters[-1]},
        answer_days=21,
        **known,
    )
    return only(finding("a", route), now)


@pytest.mark.parametrize(("days", "called"), [(0, False), (21, False), (22, True), (200, True)])
def test_a_letter_that_asks_to_answer_before_a_day_becomes_a_call_after_it(days, called):
    advice = after(days)
    assert advice == (ContactTask(soort="contact", reden=Reden.GEEN_ANTWOORD, uiterlijk=TERM) if called else KEPT)


def test_where_a_gemeente_gives_more_days_nobody_calls_before_they_are_over():
    now = at(NIGHT + timedelta(days=22), letters={"S-a": (NIGHT,)}, answer_days=28)
    assert only(finding(), now) == KEPT


def test_who_answered_is_not_called():
    assert after(40, answered=frozenset({"S-a"})) == KEPT


@pytest.mark.parametrize(("days", "advice"), [(29, KEPT), (30, letter()), (51, letter())])
def test_a_letter_without_hurry_is_followed_by_one_reminder(days, advice):
    assert after(days, route=Route.NUDGE) == advice


@pytest.mark.parametrize(("days", "called"), [(31, False), (51, False), (52, True)])
def test_after_the_reminder_somebody_calls(days, called):
    advice = after(days, 30, route=Route.NUDGE)
    assert (advice.reden is Reden.GEEN_ANTWOORD) is called
    assert called or advice == KEPT


def test_no_reminder_speaks_of_a_letter_that_somebody_else_had():
    # It went to a bewindvoerder, who does not act for them any more: then somebody calls.
    now = at(NIGHT + timedelta(days=30), letters={"S-a": (NIGHT,)}, addressees={"S-a": "vertegenwoordiger"})
    assert only(finding("a", Route.NUDGE), now).reden is Reden.GEEN_ANTWOORD


def test_a_reminder_that_finds_no_place_does_not_keep_the_call_waiting():
    assert after(52, route=Route.NUDGE).reden is Reden.GEEN_ANTWOORD


def test_a_reminder_waits_for_a_quiet_day_to_be_over_and_for_the_rest_of_the_household():
    assert after(30, route=Route.NUDGE, quiet=True) == KEPT
    now = at(NIGHT + timedelta(days=30), letters={"S-a": (NIGHT,)}, last_letter={"D-1": NIGHT + timedelta(days=9)})
    assert only(finding("a", Route.NUDGE), now) == KEPT


# -- how much a night can do -----------------------------------------------------------------------------------


def many(count, route=Route.NUDGE, **more):
    """Findings of as many households; the higher the number the older."""
    return [
        finding(f"{n}", route, dossiernummer=f"D-{n}", feitdatum=NIGHT - timedelta(days=n), **more)
        for n in range(1, count + 1)
    ]


def waiting(advice):
    return {key for key, one in advice.items() if one == NoAction(reden=Reden.CAPACITEIT)}


def test_over_the_cap_the_oldest_legal_term_goes_first_and_the_rest_waits():
    capped = at(capacity=Capacity(brieven=3))
    assert waiting(told(many(5), capped)) == {"S-1", "S-2"}


def test_with_the_same_term_advantage_goes_first():
    bad, good = finding("a"), finding("b", richting=VOORDEEL, dossiernummer="D-2")
    assert waiting(told([bad, good], at(capacity=Capacity(brieven=1)))) == {"S-a"}


def test_a_letter_about_several_things_counts_once_and_waits_as_one():
    two = [finding("a"), finding("b")]
    assert waiting(told(two, at(capacity=Capacity(brieven=1)))) == set()
    full = at(capacity=Capacity(brieven=1), made=Made(brieven=1))
    assert waiting(told(two, full)) == {"S-a", "S-b"}


def test_tasks_are_capped_for_each_consulent_and_in_all():
    mine, others = many(4, Route.TASK, consulent_id="C-01"), many(4, Route.TASK, consulent_id="C-02")
    others = [each.model_copy(update={"signaal_id": f"{each.signaal_id}x"}) for each in others]
    each_two = at(capacity=Capacity(taken_per_consulent=2))
    assert waiting(told([*mine, *others], each_two)) == {"S-1", "S-2", "S-1x", "S-2x"}
    three = at(capacity=Capacity(taken=3))
    assert len(waiting(told([*mine, *others], three))) == 5


def test_what_can_not_wait_does_not_count():
    urgent = many(3, Route.URGENT_TASK, consulent_id="C-01")
    assert waiting(told(urgent, at(capacity=Capacity(taken=1, taken_per_consulent=1)))) == set()


def test_a_task_that_is_there_already_takes_no_place():
    tasks = many(3, Route.TASK, consulent_id="C-01")
    open_now = frozenset({("S-1", "contact"), ("S-2", "contact")})
    assert waiting(told(tasks, at(tasks=open_now, capacity=Capacity(taken=1)))) == set()


def test_a_night_that_is_run_again_makes_no_more_than_it_may():
    again = at(capacity=Capacity(brieven=3, taken=2), made=Made(brieven=3, taken={None: 2}))
    assert waiting(told([*many(2), *many(2, Route.TASK, regel="R12")], again)) >= {"S-1", "S-2"}


def test_the_call_after_a_letter_that_waits_for_a_place_leaves_the_letter_as_it_is():
    now = at(
        NIGHT + timedelta(days=22), letters={"S-a": (NIGHT,)}, capacity=Capacity(taken=1), made=Made(taken={None: 1})
    )
    assert only(finding(), now) == KEPT


# -- every combination ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", [Route.NUDGE, Route.NUDGE_THEN_TASK])
@pytest.mark.parametrize("detained", [False, True, None])
@pytest.mark.parametrize("holds", [None, "geheim", "overlijden", "gemeld_in", "koppeling_onzeker"])
def test_no_combination_sends_a_letter_to_whom_it_must_not_go_or_too_soon(route, detained, holds):
    """All of: route, detention, what stands in the way; times letters before, answers, quiet days, caps and gates."""
    homes = {"D-1": replace(PLAIN, gedetineerd=detained)}
    held = (verdict(holds),) if holds else ()
    told_before = [(), (10,), (29,), (30,), (60, 30), (200, 170)]
    for ago, other, quiet, cap, shut, answered in product(
        told_before, (None, 5, 29, 30), (False, True), (None, 0), (False, True), (False, True)
    ):
        letters = tuple(NIGHT - timedelta(days=days) for days in ago)
        last = max([*letters, *([NIGHT - timedelta(days=other)] if other else [])], default=None)
        now = at(
            households=homes, letters={"S-a": letters} if letters else {}, last_letter={"D-1": last} if last else {},
            quiet=quiet, capacity=Capacity(brieven=cap), unusable=frozenset({"R01"} if shut else ()),
            answered=frozenset({"S-a"} if answered else ()),
        )  # fmt: skip
        advice = only(finding("a", route, NADEEL, *held), now)
        sends = isinstance(advice, Nudge) and advice.brief is not None
        assert isinstance(advice, Nudge) or advice.reden is not None
        if sends:
            assert (detained, holds, quiet, cap, shut) == (False, None, False, None, False)
            assert last is None or (NIGHT - last).days >= now.rest_days
            assert len(letters) < 2
            assert not (letters and answered)


# -- whatever comes ----------------------------------------------------------------------------------------------

_verdicts = st.lists(
    st.builds(verdict, st.sampled_from(sorted(BELEID.tested - {"bron_dicht"})), st.sampled_from([True, False, None])),
    max_size=4, unique_by=lambda one: one.naam,
)  # fmt: skip
_findings = st.lists(
    st.builds(
        lambda number, route, richting, held, dossier, ago, who: finding(
            str(number), route, richting, *held, dossiernummer=dossier, feitdatum=NIGHT - timedelta(days=ago),
            consulent_id=who,
        ),
        st.integers(0, 10**6), st.sampled_from(Route), st.sampled_from(Richting), _verdicts,
        st.sampled_from(["D-1", "D-2", "D-3"]), st.integers(-30, 400), st.sampled_from([None, "C-01", "C-02"]),
    ),
    unique_by=lambda f: f.signaal_id, max_size=12,
)  # fmt: skip
_capacity = st.builds(Capacity, *(st.one_of(st.none(), st.integers(0, 4)) for _ in range(3)))


@given(_findings, _capacity, st.randoms(use_true_random=False))
def test_every_finding_gets_one_advice_whatever_the_order_and_a_household_one_letter(findings, capacity, random):
    now = at(capacity=capacity)
    advice = told(findings, now)
    shuffled = findings.copy()
    random.shuffle(shuffled)
    assert told(shuffled, now) == advice
    assert set(advice) == {f.signaal_id for f in findings}
    heads = {f.dossiernummer: advice[f.signaal_id].brief for f in findings if advice[f.signaal_id].advies == "nudge"}
    for f in findings:
        one = advice[f.signaal_id]
        if one.advies == "nudge":
            assert one.brief == heads[f.dossiernummer]
            assert all(t.geldt is False for t in f.onderdrukkers)
    if capacity.brieven is not None:
        assert len(set(heads.values())) <= capacity.brieven


@given(_findings, st.integers(1, 60), st.integers(1, 60), st.integers(0, 70))
def test_a_longer_rest_never_makes_more_letters(findings, one, other, ago):
    last = dict.fromkeys(("D-1", "D-2"), NIGHT - timedelta(days=ago))
    short, long = (told(findings, at(last_letter=last, rest_days=days)) for days in sorted((one, other)))
    letters = [{key for key, advice in each.items() if advice.advies == "nudge"} for each in (short, long)]
    assert letters[1] <= letters[0]


def after_it(now, findings, advice):
    """The same night when it is run again: what it made is there."""
    letters, last, tasks, made = dict(now.letters), dict(now.last_letter), set(now.tasks), Counter(now.made.taken)
    for f in findings:
        one = advice[f.signaal_id]
        if one.advies == "nudge" and one.brief is not None:
            letters[f.signaal_id] = (*letters.get(f.signaal_id, ()), now.peildatum)
            last[f.dossiernummer] = now.peildatum
        if one.advies == "taak" and (f.signaal_id, one.soort) not in tasks:
            tasks.add((f.signaal_id, one.soort))
            made[f.consulent_id] += not one.spoed
    heads = {one.brief for one in advice.values() if one.advies == "nudge" and one.brief}
    return replace(
        now, letters=letters, last_letter=last, tasks=frozenset(tasks), made=Made(now.made.brieven + len(heads), made)
    )


@given(_findings, _capacity, st.booleans(), st.dictionaries(st.sampled_from(["D-1", "D-2"]), st.integers(1, 60)))
def test_a_night_that_is_run_again_decides_the_same(findings, capacity, quiet, ago):
    last = {dossier: NIGHT - timedelta(days=days) for dossier, days in ago.items()}
    now = at(capacity=capacity, quiet=quiet, last_letter=last, patient={"R29": 90})
    findings = [f.model_copy(update={"regel": "R29"}) if f.signaal_id.endswith("7") else f for f in findings]
    first = told(findings, now)
    again = told(findings, after_it(now, findings, first))
    kept = {key: one.model_copy(update={"brief": None}) if one.advies == "nudge" else one for key, one in first.items()}
    assert again == kept


def represented(route=Route.NUDGE_THEN_TASK, name="a", *held, reachable=True, night=NIGHT, **known):
    """The advice on a finding of a household for whom somebody acts."""
    found = finding(name, route, Richting.NADEEL, verdict("vertegenwoordiger"), *held)
    home = replace(PLAIN, vertegenwoordiger_bereikbaar=reachable)
    return only(found, at(night, households={"D-1": home}, **known))


def test_a_letter_goes_to_who_acts_for_them_where_that_can_be():
    assert represented() == Nudge(bericht="kostendeler_erbij", brief="S-a", aan="vertegenwoordiger")


@pytest.mark.parametrize("reachable", [False, None])
def test_else_somebody_calls_them(reachable):
    assert represented(reachable=reachable) == ContactTask(
        soort="contact", reden=Reden.VERTEGENWOORDIGER, uiterlijk=TERM
    )


def test_beside_anything_else_somebody_calls_who_acts_for_them():
    called = ContactTask(soort="contact", reden=Reden.VERTEGENWOORDIGER, uiterlijk=TERM)
    assert represented(Route.NUDGE_THEN_TASK, "a", verdict("rouw")) == called
    assert represented(Route.NUDGE_THEN_TASK, "a", verdict("geheim")).reden is Reden.GEHEIM


def test_where_nobody_acts_nothing_is_asked_of_who_would():
    home = replace(PLAIN, vertegenwoordiger_bereikbaar=None)
    assert only(finding(), at(households={"D-1": home})) == only(finding())


def test_who_acts_for_them_and_does_not_answer_is_called():
    told_before = {"S-a": (NIGHT,)}
    assert represented(night=NIGHT + timedelta(days=21), letters=told_before).aan == "vertegenwoordiger"
    late = represented(night=NIGHT + timedelta(days=22), letters=told_before)
    assert (late.soort, late.reden) == ("contact", Reden.VERTEGENWOORDIGER_STIL)


def test_one_letter_has_one_reader():
    acts = finding("a", Route.NUDGE_THEN_TASK, Richting.VOORDEEL, verdict("vertegenwoordiger"))
    home = replace(PLAIN, vertegenwoordiger_bereikbaar=True)
    advice = told([acts, finding("b")], at(households={"D-1": home}))
    assert advice["S-a"].aan == "vertegenwoordiger"
    assert advice["S-b"] == NoAction(reden=Reden.GEBUNDELD)
