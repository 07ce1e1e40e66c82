"""Real commands beside a real Prefect server: they are killed, begin at once, and lose their server."""

import signal
from random import Random

import pytest

from flows.alone import NightRunsError
from flows.bewaking.alerts import AlertKind
from flows.bewaking.state import read
from tests.faults.night import outcome, same
from tests.faults.real import Server, command, ended, killed_after, stopped_at
from tests.world import DAY

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

FACTS, DELIVERY = "Feiten leggen", "Berichten maken"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = Server(tmp_path_factory.mktemp("server"))
    try:
        started.start()
        yield started
    finally:
        started.kill()


@pytest.fixture
def begin(server):
    """Begins ``tijdig run`` in a work folder; none is left behind, whatever a test finds."""
    begun = []

    def _begin(work, **env):
        begun.append(command(work, DAY, server.api, **env))
        return begun[-1]

    yield _begin
    for one in begun:
        if one.poll() is None:
            one.kill()
            one.communicate()


def test_a_command_that_is_killed_goes_on_where_it_was_and_it_is_told(begin, first_night, copy_of):
    work, chance, hits = copy_of(first_night.begun), Random(7), 0
    for step in (FACTS, FACTS, DELIVERY):
        process = begin(work)
        stopped_at(process, work, step)
        hits += killed_after(process, chance.uniform(0, first_night.whole.seconds / 10))
    assert hits == 3
    code, _ = ended(begin(work))
    assert code == 0
    same(outcome(work), first_night.left)
    told = {one.melding.soort for one in read(work.bewaking).meldingen.values()}
    assert told == {AlertKind.RUN_GESTORVEN}, "until somebody heard of it"


def test_of_nights_that_are_started_at_once_one_runs_and_the_others_say_so(server, begin, first_night, copy_of):
    work = copy_of(first_night.begun)
    first = begin(work)
    stopped_at(first, work, FACTS)
    code, said = ended(begin(work))
    assert (code, "A night runs here already." in said, "Traceback" in said) == (2, True, False)
    # And one that Prefect starts, as it does by schedule.
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.nightly import nightly

    with temporary_settings({PREFECT_API_URL: server.api}), pytest.raises(NightRunsError):
        nightly(werkmap=work.folder, peildatum=DAY)
    first.send_signal(signal.SIGCONT)
    assert ended(first)[0] == 0
    same(outcome(work), first_night.left)
    states = server.states_of(work.folder)
    assert sorted(kind for kind, _ in states) == ["COMPLETED", "FAILED", "FAILED"]
    assert all("A night runs here already." in message for kind, message in states if kind == "FAILED")


def test_two_that_nobody_holds_back_leave_what_one_would(begin, first_night, copy_of):
    work = copy_of(first_night.begun)
    both = [begin(work) for _ in range(2)]
    outcomes = [ended(one) for one in both]
    # One that comes when the other is done runs the same night again, which changes nothing.
    assert {code for code, _ in outcomes} in ({0}, {0, 2})
    assert all("A night runs here already." in said for code, said in outcomes if code == 2)
    same(outcome(work), first_night.left)


def test_a_server_that_dies_in_the_middle_stops_no_night_whether_it_comes_back_or_not(
    server, begin, first_night, copy_of
):
    without, with_it = copy_of(first_night.begun), copy_of(first_night.begun)
    # Prefect asks for a minute; in one of these for two seconds.
    left_alone = begin(without, PREFECT_CLIENT_MAX_RETRIES="1")
    stopped_at(left_alone, without, FACTS)
    waits = begin(with_it)
    stopped_at(waits, with_it, FACTS)
    server.kill()
    left_alone.send_signal(signal.SIGCONT)
    code, said = ended(left_alone)
    assert (code, "The Prefect server does not answer." in said, "Traceback" in said) == (2, True, False)
    same(outcome(without), first_night.left)
    server.start()
    waits.send_signal(signal.SIGCONT)
    assert ended(waits)[0] == 0
    same(outcome(with_it), first_night.left)
    assert [kind for kind, _ in server.states_of(with_it.folder)] == ["COMPLETED"]
    # And the first one again, as it says.
    assert ended(begin(without))[0] == 0
    same(outcome(without), first_night.left)
