"""A night that waits for late deliveries, by a clock of its own."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contracts.tables import Bron
from flows.bewaking.waiting import Clock, wait_for_deliveries
from flows.settings import Workplace
from tests.world import DAY, town

AMS = ZoneInfo("Europe/Amsterdam")
BEGIN = datetime(2026, 11, 3, 3, 0, tzinfo=AMS)
BOTH = {Bron.UITKERINGSGEGEVENS, Bron.BRP}


class Night:
    """A clock that goes as far as it is slept, and does things on the way: minutes after 03:00 -> what happens."""

    def __init__(self, work, begin=BEGIN, **kwargs):
        self.now, self.begin, self.work, self.looks = begin, begin, work, 0
        self.happens = kwargs.get("happens", {})

    def sleep(self, seconds):
        assert seconds > 0
        self.looks += 1
        self.now += timedelta(seconds=seconds)
        for minute in [m for m in self.happens if self.begin + timedelta(minutes=m) <= self.now]:
            self.happens.pop(minute)()

    def wait(self, newest=None, day=DAY):
        missing = wait_for_deliveries(self.work, day, newest or {}, Clock(now=lambda: self.now, sleep=self.sleep))
        return missing, round((self.now - self.begin).total_seconds() / 60)


def place(tmp_path, *lines):
    (tmp_path / "tijdig.toml").write_text("\n".join(["[nacht]", *lines]), encoding="utf-8")
    return Workplace(tmp_path)


@pytest.fixture
def work(tmp_path):
    return place(tmp_path, 'wacht_tot = "05:30"', "kijk_elke_seconden = 60")


def test_without_the_setting_it_does_not_wait(tmp_path):
    assert Night(Workplace(tmp_path)).wait() == (set(), 0)


def test_what_is_there_is_not_waited_for(work):
    town().write_all(work.leveringen)
    assert Night(work).wait() == (set(), 0)


def test_it_goes_on_as_soon_as_the_last_one_came(work):
    town().write(work.leveringen, Bron.BRP)
    late = {42: lambda: town().write(work.leveringen, Bron.UITKERINGSGEGEVENS)}
    assert Night(work, happens=late).wait() == (set(), 42)


def test_a_delivery_about_tomorrow_is_not_one_of_tonight(work):
    town().write_all(work.leveringen, DAY + timedelta(days=1))
    assert Night(work).wait() == (BOTH, 150)


def test_at_the_deadline_it_goes_on_without(work):
    town().write(work.leveringen, Bron.BRP)
    assert Night(work).wait() == ({Bron.UITKERINGSGEGEVENS}, 150)


def test_it_never_waits_so_long_that_its_run_is_ended(tmp_path):
    lines = ['wacht_tot = "11:00"', "[waakhond]", 'nacht_klaar = "12:00"']
    assert Night(place(tmp_path, *lines)).wait() == (BOTH, 360)
    from flows.nightly import nightly

    assert nightly.timeout_seconds >= 360 * 60 + 3 * 3600


def test_begun_after_the_deadline_it_does_not_wait(work):
    assert Night(work, begin=BEGIN.replace(hour=6)).wait() == (BOTH, 0)


def test_a_night_of_another_day_does_not_wait(work):
    assert Night(work).wait(day=DAY - timedelta(days=1)) == (set(), 0)


def test_a_night_that_goes_on_after_a_kill_does_not_wait_for_what_was_taken_in(work):
    assert Night(work).wait({Bron.BRP: DAY, Bron.UITKERINGSGEGEVENS: DAY}) == (set(), 0)
    assert Night(work).wait({Bron.BRP: DAY, Bron.UITKERINGSGEGEVENS: DAY - timedelta(days=1)})[0] == {
        Bron.UITKERINGSGEGEVENS
    }


def test_only_sources_that_are_named_are_waited_for(tmp_path):
    work = place(tmp_path, 'wacht_tot = "05:30"', 'wacht_op = ["brp"]')
    town().write(work.leveringen, Bron.BRP)
    assert Night(work).wait() == (set(), 0)


def test_a_delivery_about_yesterday_counts_where_the_settings_say_so(tmp_path):
    yesterday = DAY - timedelta(days=1)
    town().write_all(tmp_path / "leveringen", yesterday)
    assert Night(place(tmp_path, 'wacht_tot = "05:30"')).wait()[0] == BOTH
    assert Night(place(tmp_path, 'wacht_tot = "05:30"', "hoogstens_dagen_oud = 1")).wait() == (set(), 0)


@pytest.mark.parametrize("broken", ["half a file", "no file", "half a manifest", "other bytes of the same size"])
def test_a_delivery_that_is_being_written_is_waited_for_until_it_is_whole(work, broken):
    town().write_all(work.leveringen)
    (manifest,) = [
        path for path in work.leveringen.rglob("levering.json") if json.loads(path.read_text())["bron"] == "brp"
    ]
    path = manifest if broken == "half a manifest" else manifest.parent / "brp_persoon.csv"
    whole = path.read_bytes()
    match broken:
        case "no file":
            path.unlink()
        case "other bytes of the same size":
            path.write_bytes(whole.swapcase())
        case _:
            path.write_bytes(whole[: len(whole) // 2])
    assert Night(work, happens={30: lambda: path.write_bytes(whole)}).wait() == (set(), 30)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2027, 3, 28), 150),  # 01:00 UTC is 03:00: summer time begins this minute
        (date(2026, 10, 25), 210),  # 01:00 UTC is 02:00 for the second time
    ],
)
def test_the_deadline_is_a_time_of_the_clock_on_the_wall(work, day, minutes):
    begin = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    assert Night(work, begin=begin).wait(day=day) == (BOTH, minutes)


def test_who_stops_it_is_heard_while_it_waits(work):
    def stopped(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        wait_for_deliveries(work, DAY, {}, Clock(now=lambda: BEGIN, sleep=stopped))
