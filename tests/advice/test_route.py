"""Routing: the same facts reach people in the way that helps them, and unknown is never a letter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.route import Circumstances, advise, circumstantial
from contracts.finding import (
    ContactTask,
    Effect,
    Finding,
    NoAction,
    Nudge,
    Reden,
    Richting,
    Route,
    Verdict,
)

NIGHT = date(2026, 11, 3)
NOW = Circumstances(peildatum=NIGHT)


def verdict(reden: Reden, effect: Effect, *, holds: bool | None) -> Verdict:
    return Verdict(naam=reden.value, code="X", reden=reden, effect=effect, geldt=holds)


def finding(name="a", route=Route.NUDGE_THEN_TASK, richting=Richting.NADEEL, *held: Verdict, dossier="D-1") -> Finding:
    bericht = "kostendeler_erbij" if route in (Route.NUDGE, Route.NUDGE_THEN_TASK) else None
    return Finding(
        signaal_id=f"S-{name}", regel="R01", regelversie="1", dossiernummer=dossier, consulent_id=None,
        richting=richting, route=route, bericht=bericht, feitdatum=NIGHT, gezien="", taak="", feiten={},
        onderdrukkers=held, bronnen=(), peildatum=NIGHT, stand=1,
    )  # fmt: skip


def only(*findings, now=NOW):
    return told(findings, now)[findings[0].signaal_id]


def told(findings, now):
    return advise([circumstantial(each, now) for each in findings], now)


@pytest.mark.parametrize(
    ("route", "advice"),
    [
        (Route.NUDGE, Nudge(bericht="kostendeler_erbij")),
        (Route.NUDGE_THEN_TASK, Nudge(bericht="kostendeler_erbij")),
        (Route.TASK, ContactTask(soort="contact")),
        (Route.URGENT_TASK, ContactTask(soort="contact", spoed=True, reden=Reden.SPOED)),
        (Route.PROPOSAL, ContactTask(soort="ambtshalve_voorstel", reden=Reden.VOORSTEL)),
        (Route.HELP_TASK, ContactTask(soort="hulp", reden=Reden.HULP)),
        (Route.BACKLOG, ContactTask(soort="achterstand", reden=Reden.ACHTERSTAND)),
        (Route.RESTRICTED_TASK, ContactTask(soort="beperkt")),
    ],
)
def test_each_route_when_nothing_stands_in_the_way(route, advice):
    assert only(finding("a", route)) == advice


@pytest.mark.parametrize("reden", [Reden.KOPPELING_ONZEKER, Reden.LOPEND_BEZWAAR])
def test_a_question_about_what_few_may_know_stays_with_them(reden):
    question = verdict(reden, Effect.ALLEEN_TAAK, holds=True)
    found = finding("a", Route.RESTRICTED_TASK, Richting.NADEEL, question)
    assert only(found) == ContactTask(soort="beperkt", reden=reden)


@pytest.mark.parametrize("holds", [True, None])
def test_what_stands_in_the_way_counts_also_when_it_is_unknown(holds):
    geheim = verdict(Reden.GEHEIM, Effect.ALLEEN_TAAK, holds=holds)
    gemeld = verdict(Reden.AL_GEMELD, Effect.GEEN_ACTIE, holds=holds)
    assert only(finding("a", Route.NUDGE, Richting.NADEEL, geheim)) == ContactTask(soort="contact", reden=Reden.GEHEIM)
    assert only(finding("a", Route.NUDGE, Richting.NADEEL, geheim, gemeld)) == NoAction(reden=Reden.AL_GEMELD)
    assert only(finding("a", Route.TASK, Richting.NADEEL, geheim)) == ContactTask(soort="contact")
    assert only(finding("a", Route.TASK, Richting.NADEEL, gemeld)) == NoAction(reden=Reden.AL_GEMELD)


def test_what_happened_goes_before_what_is_to_come_and_advantage_before_both():
    past, coming, good = (finding(name, Route.NUDGE, Richting.NADEEL) for name in ("z", "a", "b"))
    coming = coming.model_copy(update={"feitdatum": date(2026, 12, 1)})
    good = good.model_copy(update={"feitdatum": date(2027, 3, 1), "richting": Richting.VOORDEEL})
    written = {name for name, advice in advise([past, coming], NOW).items() if isinstance(advice, Nudge)}
    assert written == {"S-z"}
    written = {name for name, advice in advise([past, coming, good], NOW).items() if isinstance(advice, Nudge)}
    assert written == {"S-b"}


def test_an_uncertain_link_is_a_question_for_a_human():
    link = verdict(Reden.KOPPELING_ONZEKER, Effect.ALLEEN_TAAK, holds=True)
    assert only(finding("a", Route.NUDGE, Richting.NADEEL, link)).soort == "controleer_koppeling"


@pytest.mark.parametrize("route", [Route.NUDGE, Route.TASK, Route.PROPOSAL, Route.HELP_TASK])
def test_while_bezwaar_runs_a_jurist_says_first_what_may_be_done(route):
    bezwaar = verdict(Reden.LOPEND_BEZWAAR, Effect.ALLEEN_TAAK, holds=True)
    link = verdict(Reden.KOPPELING_ONZEKER, Effect.ALLEEN_TAAK, holds=True)
    asked = only(finding("a", route, Richting.NADEEL, bezwaar, link))
    assert asked == ContactTask(soort="overleg_jurist", reden=Reden.LOPEND_BEZWAAR)
    assert only(finding("a", Route.URGENT_TASK, Richting.NEUTRAAL, bezwaar)).spoed


def test_a_source_that_is_not_usable_tells_nobody_anything_but_what_can_not_wait():
    shut = Circumstances(NIGHT, unusable=frozenset({"R01", "R02", "R13", "R14", "R17"}))
    geheim = verdict(Reden.GEHEIM, Effect.ALLEEN_TAAK, holds=True)
    advice = told([finding("a"), finding("b", Route.PROPOSAL), finding("c", Route.URGENT_TASK)], shut)
    assert [advice[f"S-{name}"].reden for name in "abc"] == [
        Reden.BRON_NIET_BRUIKBAAR, Reden.BRON_NIET_BRUIKBAAR, Reden.SPOED,
    ]  # fmt: skip
    # So that a letter that was not posted yet can still be taken back.
    assert only(finding("a", Route.NUDGE, Richting.NADEEL, geheim), now=shut) == NoAction(reden=Reden.GEHEIM)


def test_one_letter_a_household_with_advantage_first():
    bad, good = finding("a", Route.NUDGE, Richting.NADEEL), finding("b", Route.NUDGE, Richting.VOORDEEL)
    advice = advise([bad, good, finding("c", Route.NUDGE, dossier="D-2")], NOW)
    assert [advice[key].advies for key in ("S-a", "S-b", "S-c")] == ["geen_actie", "nudge", "nudge"]
    assert advice["S-a"].reden is Reden.GEBUNDELD


@pytest.mark.parametrize(("days", "rests"), [(1, True), (29, True), (30, False)])
def test_a_household_rests_after_a_letter(days, rests):
    now = Circumstances(NIGHT, last_letter={"D-1": NIGHT - timedelta(days=days)}, rest_days=30)
    assert (only(finding(), now=now) == NoAction(reden=Reden.RUST)) is rests


def test_a_finding_whose_letter_was_made_keeps_it_while_the_household_rests():
    now = Circumstances(NIGHT, told=frozenset({"S-a"}), last_letter={"D-1": NIGHT - timedelta(days=1)})
    advice = advise([finding("a"), finding("b")], now)
    assert (advice["S-a"].advies, advice["S-b"].reden) == ("nudge", Reden.RUST)


def test_a_second_letter_on_the_same_night_is_bundled_with_the_first():
    now = Circumstances(NIGHT, told=frozenset({"S-a"}), last_letter={"D-1": NIGHT})
    advice = advise([finding("a"), finding("b", Route.NUDGE, Richting.VOORDEEL)], now)
    assert (advice["S-a"].advies, advice["S-b"].reden) == ("nudge", Reden.GEBUNDELD)


PATIENT = {"R01": 90}  # here R01 asks about nothing that happened


@pytest.mark.parametrize(("days", "rests"), [(30, True), (89, True), (90, False)])
def test_a_question_about_nothing_that_happened_waits_longer_after_any_letter(days, rests):
    now = Circumstances(NIGHT, last_letter={"D-1": NIGHT - timedelta(days=days)}, rest_days=30, patient=PATIENT)
    fact = finding("b").model_copy(update={"regel": "R14"})
    assert (only(finding(), now=now) == NoAction(reden=Reden.RUST)) is rests
    assert isinstance(only(fact, now=now), Nudge)


def test_such_a_question_goes_after_every_other_letter_of_the_night():
    now = Circumstances(NIGHT, patient=PATIENT)
    question = finding("a", Route.NUDGE, Richting.NEUTRAAL)
    fact = finding("b", Route.NUDGE, Richting.NADEEL).model_copy(update={"regel": "R14"})
    advice = advise([question, fact], now)
    assert (advice["S-a"], advice["S-b"].advies) == (NoAction(reden=Reden.GEBUNDELD), "nudge")


_verdicts = st.lists(
    st.builds(
        lambda reden, effect, holds: verdict(reden, effect, holds=holds),
        st.sampled_from([Reden.GEHEIM, Reden.AL_GEMELD, Reden.OVERLIJDEN, Reden.DATUM_ONZEKER]),
        st.sampled_from(Effect),
        st.sampled_from([True, False, None]),
    ),
    max_size=4,
)
_findings = st.lists(
    st.builds(
        lambda number, route, richting, held, dossier: finding(str(number), route, richting, *held, dossier=dossier),
        st.integers(0, 10**6), st.sampled_from(Route), st.sampled_from(Richting), _verdicts, st.sampled_from(["D-1", "D-2"]),
    ),
    unique_by=lambda f: f.signaal_id, max_size=12,
)  # fmt: skip


@given(_findings, st.randoms(use_true_random=False))
def test_every_finding_gets_one_advice_whatever_the_order_and_a_household_one_letter(findings, random):
    advice = advise(findings, NOW)
    shuffled = findings.copy()
    random.shuffle(shuffled)
    assert advise(shuffled, NOW) == advice
    assert set(advice) == {f.signaal_id for f in findings}
    letters = [f.dossiernummer for f in findings if advice[f.signaal_id].advies == "nudge"]
    assert len(letters) == len(set(letters))
    for f in findings:
        if advice[f.signaal_id].advies == "nudge":
            assert all(t.geldt is False for t in f.onderdrukkers)
