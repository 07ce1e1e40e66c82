"""Notices in the casebook over several nights: what failed, what was taken back, and what goes with what."""

from datetime import timedelta

import pytest

from contracts.finding import Nudge
from contracts.message import Answer, Uitslag
from store.casebook import Casebook, Way
from tests.notifications.sending import NIGHT, START, fill, found, written

EMAIL = Way("email", "notifynl", "email_vraag")


@pytest.fixture
def casebook(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        yield opened


def test_what_was_to_go_with_one_that_a_human_has_goes_by_itself(casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    casebook.settle(kenmerk, "verstuur", Answer(uitslag=Uitslag.GEWEIGERD), START, NIGHT)
    failed, new = found(0), found(1).model_copy(update={"dossiernummer": "D-0"})
    together = Nudge(bericht="kostendeler_erbij", brief=failed.signaal_id)
    later = NIGHT + timedelta(days=20)
    advice = dict.fromkeys((failed.signaal_id, new.signaal_id), together)
    casebook.record(later, [failed, new], advice, way=lambda *_: EMAIL)
    (letter,) = casebook.letters_made_on(later)
    assert letter.signaal_id == new.signaal_id
    assert [f.signaal_id for f in casebook.tells_of([letter.kenmerk])[letter.kenmerk]] == [new.signaal_id]


@pytest.mark.parametrize("nights_later", [1, 4])
def test_what_a_channel_tells_between_two_nights_is_a_task_of_the_next(casebook, nights_later):
    first, second = fill(casebook, 2, EMAIL)
    for kenmerk, extern_id in ((first, "a"), (second, "b")):
        taken = Answer(uitslag=Uitslag.AANGENOMEN, extern_id=extern_id)
        casebook.settle(kenmerk, "verstuur", taken, START, NIGHT)
    failed = Answer(uitslag=Uitslag.NIET_BEZORGD)
    casebook.told_by_channel("notifynl", "a", "permanent-failure", failed, START)
    casebook.save_counts(NIGHT, {}, now=START)
    casebook.told_by_channel("notifynl", "b", "permanent-failure", failed, START)
    last_week, own = NIGHT - timedelta(days=7), casebook.tasks_of(NIGHT)
    casebook.save_counts(last_week, {}, now=START)
    (told_after,) = casebook.tasks_of(NIGHT + timedelta(days=nights_later))
    assert {row.dossiernummer for row in own} | {told_after.dossiernummer} == {"D-0", "D-1"}
    assert len(own) == 1
    # It is in the list of one night only.
    casebook.save_counts(NIGHT + timedelta(days=nights_later), {}, now=START)
    assert casebook.tasks_of(NIGHT + timedelta(days=nights_later + 1)) == []
    assert casebook.tasks_of(NIGHT) == own


@pytest.mark.parametrize(
    ("uitslag", "known"),
    [(Uitslag.ONBEKEND, ["handmatig"]), (Uitslag.NIET_VERSTUURD, []), (Uitslag.GEWEIGERD, [])],
)
def test_a_consulent_hears_of_a_notice_that_may_have_arrived_and_of_no_other(casebook, uitslag, known):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    casebook.begin(casebook.notice(kenmerk), written(casebook.notice(kenmerk)), START)
    casebook.settle(kenmerk, "verstuur", Answer(uitslag=uitslag), START, NIGHT)
    if uitslag is Uitslag.NIET_VERSTUURD:
        casebook.to_human(kenmerk)
    elif uitslag is Uitslag.ONBEKEND:
        casebook.give_up(kenmerk, START, NIGHT)
    told = casebook.known_of([found(0).signaal_id])[found(0).signaal_id].brieven
    assert [letter.status for letter in told] == known


def test_what_was_settled_meanwhile_is_not_given_up(casebook):
    delivered, lost, gone = fill(casebook, 3, EMAIL)
    casebook.settle(delivered, "verstuur", Answer(uitslag=Uitslag.BEZORGD), START, NIGHT)
    casebook.settle(lost, "verstuur", Answer(uitslag=Uitslag.ONBEKEND), START, NIGHT)
    headed = casebook.notice(gone).signaal_id
    others = [found(place) for place in range(3) if found(place).signaal_id != headed]
    casebook.record(NIGHT, others, {f.signaal_id: Nudge(bericht="kostendeler_erbij") for f in others})
    for kenmerk in (delivered, lost, gone):
        casebook.give_up(kenmerk, START, NIGHT)
    casebook.to_human(gone)
    assert [casebook.notice(one).status for one in (delivered, lost, gone)] == [
        "bevestigd",
        "handmatig",
        "in_te_trekken",
    ]
    assert [row.signaal_id for row in casebook.tasks_of(NIGHT)] == [casebook.notice(lost).signaal_id]
