"""Notices in the casebook over several nights: what failed, what was taken back, and what goes with what."""

from datetime import timedelta

import pytest

from contracts.finding import Nudge
from contracts.message import Answer, Uitslag
from store.casebook import Casebook, Way
from tests.notifications.sending import NIGHT, START, fill, found

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
