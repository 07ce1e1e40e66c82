"""A Notify that misbehaves, over real HTTP: no message is lost, and none goes twice."""

import logging
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.message import ChannelError, Uitslag
from notifications.channels import connect
from notifications.channels.notifynl import Instellingen
from notifications.delivery import Lot
from store.casebook import Casebook, Way
from tests.notifications import notify_server as fault
from tests.notifications.notify_server import KEY, Notify
from tests.notifications.sending import Clock, calls, fill, log, sender, states, unwritable

LETTER, EMAIL, SMS = (
    Way("brief", "notifynl"),
    Way("email", "notifynl", "email_vraag"),
    Way("sms", "notifynl", "sms_herinnering"),
)


@pytest.fixture
def notify():
    with Notify() as server:
        yield server


def channel(notify, **more):
    values = {"adres": notify.url, "sjabloon_email": "e", "sjabloon_sms": "s", "wacht_seconden": 1.0} | more
    return connect("notifynl", Instellingen(**values), {"notifynl_sleutel": KEY}.get)


@pytest.fixture
def casebook(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        yield opened


@pytest.mark.parametrize(("way", "kind"), [(LETTER, "letter"), (EMAIL, "email"), (SMS, "sms")])
def test_each_form_goes_once_with_its_kenmerk_as_reference(notify, casebook, way, kind):
    kenmerken = fill(casebook, 3, way)
    assert sender(casebook, channel(notify), Clock()).run() == {Lot.VERSTUURD: 3}
    assert sender(casebook, channel(notify), Clock()).run() == {}
    assert notify.references() == kenmerken
    assert {message["type"] for message in notify.messages} == {kind}
    assert states(casebook) == ["bezig"] * 3
    assert log(casebook, kenmerken[0]) == [("verstuur", "begonnen"), ("verstuur", "aangenomen")]


def test_what_it_delivered_is_confirmed_and_what_it_could_not_becomes_a_call(notify, casebook):
    first, second, third = fill(casebook, 3, EMAIL)
    sender(casebook, channel(notify), Clock()).run()
    notify.becomes(first, "delivered")
    notify.becomes(second, "permanent-failure")
    assert sender(casebook, channel(notify), Clock()).reconcile() == {
        Uitslag.BEZORGD: 1, Uitslag.NIET_BEZORGD: 1, Uitslag.AANGENOMEN: 1,
    }  # fmt: skip
    assert (states(casebook), calls(casebook)) == (["bevestigd", "mislukt", "bezig"], ["niet_bezorgd"])
    assert sender(casebook, channel(notify), Clock()).reconcile() == {Uitslag.AANGENOMEN: 1}
    assert third in notify.references()


def test_what_it_says_nothing_more_of_for_a_week_becomes_a_call(notify, casebook):
    fill(casebook, 1, EMAIL)
    clock = Clock()
    sender(casebook, channel(notify), clock).run()
    clock.later(days=7)
    sender(casebook, channel(notify), clock).reconcile()
    assert (states(casebook), calls(casebook)) == (["handmatig"], ["bezorging_onzeker"])


@pytest.mark.parametrize("first", fault.FAULTS)
def test_after_a_fault_the_message_is_there_once(notify, casebook, first):
    (kenmerk,) = fill(casebook, 1, LETTER)
    notify.faults.append(first)
    clock = Clock()
    sender(casebook, channel(notify), clock).run()
    clock.later(minutes=11)
    sender(casebook, channel(notify), clock).run()
    assert notify.references() == [kenmerk]
    assert (states(casebook), calls(casebook)) == (["bezig"], [])


@pytest.mark.parametrize("first", [one for one in fault.FAULTS if one != fault.TOO_MANY])
def test_what_may_have_left_waits_and_is_asked_about_before_it_is_sent_again(notify, casebook, first):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(first)
    clock = Clock()
    assert sender(casebook, channel(notify), clock).run() == {Lot.WACHT: 1}
    assert states(casebook) == ["onbekend"]
    # It may be at work on it still.
    clock.later(minutes=9)
    assert sender(casebook, channel(notify), clock).run() == {Lot.WACHT: 1}
    assert (notify.asked, notify.tried) == ([], [kenmerk])
    clock.later(minutes=2)
    sender(casebook, channel(notify), clock).run()
    assert notify.asked == [kenmerk]
    assert states(casebook) == ["bezig"]


def test_too_many_is_waited_for_as_long_as_it_asks_and_asked_about_too(notify, casebook):
    (kenmerk,) = fill(casebook, 1, SMS)
    notify.faults.append(fault.TOO_MANY)
    clock = Clock()
    assert sender(casebook, channel(notify), clock).run() == {Lot.VERSTUURD: 1}
    assert (clock.waited, notify.asked, notify.references()) == ([2.0], [kenmerk], [kenmerk])


@pytest.mark.parametrize("wait", ["\xb2", "9" * 400, "-1", "soon", ""])
def test_how_long_to_wait_is_not_taken_from_nonsense(notify, casebook, wait):
    fill(casebook, 1, SMS)
    notify.faults.append(fault.TOO_MANY)
    notify.wait = wait
    clock = Clock()
    assert sender(casebook, channel(notify), clock).run() == {Lot.VERSTUURD: 1}
    assert 0 < sum(clock.waited) <= 30


def test_a_server_that_is_away_costs_a_few_tries_and_everything_waits(casebook):
    with Notify() as gone:
        pass
    kenmerken = fill(casebook, 5, EMAIL)
    clock = Clock()
    assert sender(casebook, channel(gone), clock).run() == {Lot.WACHT: 5}
    assert states(casebook) == ["klaar"] * 5
    assert sum(len(log(casebook, kenmerk)) > 0 for kenmerk in kenmerken) == 3, "after three it is left alone"
    with Notify() as back:
        clock.later(hours=1)
        assert sender(casebook, channel(back), clock).run() == {Lot.VERSTUURD: 5}
        assert back.references() == kenmerken


@pytest.mark.parametrize("lie", [fault.TELLS_OF_ANOTHER, fault.TELLS_NO_LIST, fault.TELLS_BRACKETS, fault.FAILS])
def test_an_answer_that_does_not_fit_settles_nothing_and_a_human_calls_in_the_end(notify, casebook, lie):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(fault.DROPS_AFTER)
    notify.lies.extend([lie] * 99)
    clock = Clock()
    for _ in range(8):
        sender(casebook, channel(notify), clock).run()
        clock.later(days=1)
    assert (states(casebook), calls(casebook)) == (["handmatig"], ["bezorging_onzeker"])
    assert notify.tried == [kenmerk]


def test_what_it_may_have_forgotten_by_now_is_not_sent_again(notify, casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(fault.DROPS_AFTER)
    clock = Clock()
    sender(casebook, channel(notify), clock).run()
    notify.messages.clear()  # it keeps them for seven days
    clock.later(days=8)
    sender(casebook, channel(notify), clock).run()
    assert (notify.tried, states(casebook), calls(casebook)) == ([kenmerk], ["handmatig"], ["bezorging_onzeker"])


def test_a_clock_that_was_ahead_and_is_put_right_keeps_nothing_waiting(notify, casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(fault.DROPS_AFTER)
    clock = Clock()
    clock.later(days=1000)
    sender(casebook, channel(notify), clock).run()
    clock.later(days=-1000)
    assert sender(casebook, channel(notify), clock).run() == {Lot.TERUGGEVONDEN: 1}
    assert notify.references() == [kenmerk]


def test_a_message_that_is_told_of_twice_is_one(notify, casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(fault.DROPS_AFTER)
    notify.lies.append(fault.TELLS_TWICE)
    clock = Clock()
    sender(casebook, channel(notify), clock).run()
    clock.later(minutes=11)
    sender(casebook, channel(notify), clock).run()
    assert (states(casebook), notify.tried) == (["bezig"], [kenmerk])


def test_what_keeps_failing_is_tried_three_times_and_then_a_human_calls(notify, casebook):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.extend([fault.FAILS_BEFORE] * 9)
    clock = Clock()
    for _ in range(6):
        sender(casebook, channel(notify), clock).run()
        clock.later(minutes=11)
    assert (notify.tried, states(casebook), calls(casebook)) == ([kenmerk] * 3, ["handmatig"], ["bezorging_onzeker"])


def test_what_it_refuses_becomes_a_call_at_once_and_its_words_are_nowhere(notify, casebook, caplog):
    (kenmerk,) = fill(casebook, 1, EMAIL)
    notify.faults.append(fault.REFUSES)
    with caplog.at_level(logging.DEBUG):
        sender(casebook, channel(notify), Clock()).run()
    assert (states(casebook), calls(casebook)) == (["mislukt"], ["niet_bezorgd"])
    assert "voorbeeld.example" not in caplog.text
    assert [row.code for row in casebook.attempts_of(kenmerk)] == [None, "400"]


@pytest.mark.parametrize(("says", "code"), [(fault.FORBIDS, 403), (fault.IS_ON_TRIAL, 400)])
def test_a_wrong_key_or_service_stops_the_channel_and_loses_nothing(notify, casebook, says, code):
    kenmerken = fill(casebook, 3, EMAIL)
    notify.faults.append(says)
    clock = Clock()
    with pytest.raises(ChannelError, match=f"NotifyNL refuses us \\({code}\\)"):
        sender(casebook, channel(notify), clock).run()
    assert states(casebook) == ["klaar"] * 3
    sender(casebook, channel(notify), clock).run()
    assert notify.references() == kenmerken


def test_a_form_without_a_template_at_notify_waits_too(notify, casebook):
    fill(casebook, 1, SMS)
    with pytest.raises(ChannelError, match="sjabloon_sms"):
        sender(casebook, channel(notify, sjabloon_sms=None), Clock()).run()
    assert (states(casebook), notify.tried) == (["klaar"], [])


def test_without_a_key_the_channel_does_not_open(notify):
    with pytest.raises(ChannelError, match="TIJDIG_NOTIFYNL_SLEUTEL"):
        connect("notifynl", Instellingen(adres=notify.url), lambda _: None)


@pytest.mark.parametrize("key", ["abc", KEY[:-1], "x" * 80, KEY.replace("-", "_")])
def test_what_is_no_key_does_not_open_it_either_and_is_not_repeated(notify, key):
    with pytest.raises(ChannelError, match="no key") as refused:
        connect("notifynl", Instellingen(adres=notify.url), lambda _: key)
    assert key not in str(refused.value)


@pytest.mark.parametrize("adres", ["http://api.notifynl.nl", "ftp://x", "http://127.0.0.1.evil.example"])
def test_an_open_line_is_only_for_this_machine(adres):
    with pytest.raises(ValueError, match="adres"):
        Instellingen(adres=adres)


def test_what_can_not_be_made_goes_to_a_human_and_the_others_go(notify, casebook):
    first, *others = fill(casebook, 3, EMAIL)
    from tests.notifications.sending import written

    write = lambda row: unwritable(row) if row.kenmerk == first else written(row)  # noqa: E731
    assert sender(casebook, channel(notify), Clock(), write).run() == {Lot.NAAR_MENS: 1, Lot.VERSTUURD: 2}
    assert (states(casebook), calls(casebook)) == (["handmatig", "bezig", "bezig"], ["geen_brief_mogelijk"])
    assert notify.references() == others


def test_one_that_was_taken_back_meanwhile_does_not_go(notify, casebook):
    first, second = fill(casebook, 2, EMAIL)
    from tests.notifications.sending import NIGHT, written

    def write(row):
        if row.kenmerk == first:
            casebook.record(NIGHT, [], {})  # every finding is gone
        return written(row)

    assert sender(casebook, channel(notify), Clock(), write).run() == {Lot.INGEHAALD: 2}
    assert (notify.tried, states(casebook)) == ([], ["in_te_trekken"] * 2)
    assert second not in notify.references()


@pytest.mark.slow
@given(
    faults=st.lists(st.sampled_from([fault.OK, *(one for one in fault.FAULTS if one != fault.SLOW)]), max_size=12),
    lies=st.lists(st.sampled_from([fault.TELLS, *fault.LIES]), max_size=8),
    kills=st.lists(st.booleans(), min_size=10, max_size=10),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_it_does_nothing_goes_twice_and_nothing_is_lost(tmp_path_factory, faults, lies, kills):
    with Notify() as notify, Casebook.at(tmp_path_factory.mktemp("x") / "casebook.sqlite") as casebook:
        kenmerken = fill(casebook, 3, EMAIL)
        notify.faults.extend(faults)
        notify.lies.extend(lies)
        clock = Clock()
        for killed in kills:
            run = sender(casebook, _Dying(channel(notify)) if killed else channel(notify), clock)
            with suppress(_Killed):
                run.run()
            clock.later(minutes=11)
        assert len(notify.references()) == len(set(notify.references()))
        for row in casebook.letters_made_on(run.peildatum):
            there = row.kenmerk in notify.references()
            assert (row.status == "bezig" and there) or row.status in ("handmatig", "mislukt") or row.status == "klaar"
            assert not (row.status == "klaar" and there)
        assert {*kenmerken} >= {*notify.references()}


class _Killed(BaseException):
    """The process stops here."""


class _Dying:
    """A channel after whose first message the process is gone."""

    def __init__(self, channel):
        self._channel, self.naam, self.kan_opzoeken = channel, channel.naam, channel.kan_opzoeken
        self.look_up = channel.look_up

    def send(self, message):
        self._channel.send(message)
        raise _Killed
