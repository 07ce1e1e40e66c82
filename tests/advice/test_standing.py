"""How old an open finding is, and why it waits: a letter and a task age, what nothing comes of does not."""

from datetime import date, timedelta

import pytest

from advice.standing import Age, Standing, Waiting, ages, alarm, place, suppressed, waiting, waits
from contracts.finding import WAITS, Reden, Richting, Route
from tests.advice.made import BELEID, NIGHT, finding, verdict


def stands(advies="taak", reden=None, days=0, *held, **more):
    """An open finding of which this is done, known for so many days."""
    found = finding(f"{advies}-{reden}-{days}", Route.NUDGE_THEN_TASK, Richting.NADEEL, *held, **more)
    return Standing(found, advies, reden, NIGHT - timedelta(days=days))


# 2026-11-03 less five months is 2026-06-03: 153 days.
@pytest.mark.parametrize(
    ("days", "name"),
    [(0, None), (29, None), (30, "30 dagen"), (49, "30 dagen"), (50, "50 dagen"), (152, "50 dagen"), (153, "5 maanden"),
     (400, "5 maanden")],
)  # fmt: skip
@pytest.mark.parametrize("advies", ["nudge", "taak"])
def test_an_alarm_goes_by_the_night_it_opened(advies, days, name):
    found = alarm(stands(advies, None, days), NIGHT, BELEID)
    assert (found.naam if found else None) == name


@pytest.mark.parametrize("reden", sorted(WAITS))
def test_what_waits_ages_too(reden):
    one = stands("geen_actie", reden, 50)
    assert (place(one, BELEID), waits(one, BELEID), suppressed(one, BELEID)) == ("wacht", reden, False)
    assert alarm(one, NIGHT, BELEID).naam == "50 dagen"


@pytest.mark.parametrize("reden", [Reden.STUDEERT, Reden.AL_GEMELD, Reden.OVERLIJDEN])
def test_what_nothing_comes_of_never_ages(reden):
    one = stands("geen_actie", reden, 400)
    assert (place(one, BELEID), waits(one, BELEID), suppressed(one, BELEID)) == (None, None, True)
    assert alarm(one, NIGHT, BELEID) is None


def test_what_a_shut_source_holds_back_waits_whatever_the_reason_that_is_told():
    shut = verdict("bron_dicht")
    plain = stands("geen_actie", Reden.BRON_NIET_BRUIKBAAR, 60, shut)
    secret = stands("geen_actie", Reden.GEHEIM, 60, verdict("geheim"), shut)  # would be a call
    student = stands("geen_actie", Reden.STUDEERT, 60, verdict("studeert"), shut)  # nothing comes of it anyway
    assert [waits(one, BELEID) for one in (plain, secret, student)] == [Reden.BRON_NIET_BRUIKBAAR] * 2 + [None]
    assert [suppressed(one, BELEID) for one in (plain, secret, student)] == [False, False, True]
    assert [alarm(one, NIGHT, BELEID) for one in (plain, secret, student)] == [None] * 3


def test_every_alarm_has_its_count_and_each_finding_counts_once():
    known = [
        stands("nudge", None, 30), stands("taak", Reden.GEHEIM, 40), stands("taak", None, 49), stands("taak", None, 2),
        stands("geen_actie", Reden.RUST, 200), stands("geen_actie", Reden.STUDEERT, 200),
    ]  # fmt: skip
    expected = [(1, 2, 0), (0, 0, 0), (0, 0, 1)]
    assert ages(known, NIGHT, BELEID) == tuple(
        Age(each, dict(zip(("nudge", "taak", "wacht"), counts, strict=True)))
        for each, counts in zip(BELEID.alarmen, expected, strict=True)
    )
    assert ages(reversed(known), NIGHT, BELEID) == ages(known, NIGHT, BELEID)
    assert [sum(age.aantallen.values()) for age in ages([], NIGHT, BELEID)] == [0, 0, 0]


def test_what_waits_is_counted_by_reason_with_the_first_term():
    known = [
        # 60 days after the fact, or the day of a fact to come.
        stands("geen_actie", Reden.CAPACITEIT, 1, feitdatum=date(2026, 10, 1)),
        stands("geen_actie", Reden.CAPACITEIT, 9, feitdatum=date(2026, 9, 10)),
        stands("geen_actie", Reden.CAPACITEIT, 3, feitdatum=date(2026, 12, 24)),
        stands("geen_actie", Reden.RUST, 9, feitdatum=date(2026, 1, 1)),
        stands("nudge", None, 90), stands("taak", None, 90), stands("geen_actie", Reden.STUDEERT, 90),
    ]  # fmt: skip
    assert waiting(known, BELEID) == (
        Waiting(Reden.CAPACITEIT, 3, date(2026, 11, 9)),
        Waiting(Reden.RUST, 1, date(2026, 3, 2)),
    )
    assert waiting([], BELEID) == ()
