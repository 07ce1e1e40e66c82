"""A clock that jumps: summer time, 29 February, new year, and one that is set back between two nights."""

import asyncio
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from contracts.errors import CasebookError
from flows import mailroom, present, steps, summary
from flows.settings import Workplace
from store import snapshot
from tests.faults.night import NEXT, copy_of, deliver, first_day, night, outcome, same, second_day, told, told_to_people
from tests.world import DAY

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PREFECT = Path(__file__).parents[2] / "prefect.yaml"


def at(moment):
    """A clock that stands still."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return Stopped


@pytest.mark.filterwarnings("ignore")
def test_each_day_has_one_night_whatever_the_clock_does():
    from prefect.server.schemas.schedules import CronSchedule

    (nights,) = (one for one in yaml.safe_load(PREFECT.read_text())["deployments"] if one["name"] == "nightly")
    (when,) = nights["schedules"]
    schedule = CronSchedule(cron=when["cron"], timezone=when["timezone"])
    first = datetime(2027, 12, 1, tzinfo=AMSTERDAM)
    days = 366 + 60
    planned = asyncio.run(schedule.get_dates(days, first))
    assert [moment.astimezone(AMSTERDAM).date() for moment in planned] == [
        first.date() + timedelta(n) for n in range(days)
    ]
    assert {moment.astimezone(AMSTERDAM).hour for moment in planned} == {3}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-10-24T22:30:00+00:00", "2026-10-25"),  # 0.30 hours, summer time still
        ("2026-10-25T00:30:00+00:00", "2026-10-25"),  # 2.30 hours for the first time
        ("2026-10-25T01:30:00+00:00", "2026-10-25"),  # and for the second
        ("2026-10-25T22:59:00+00:00", "2026-10-25"),  # the last minute of a day of 25 hours
        ("2027-03-28T00:59:00+00:00", "2027-03-28"),  # a minute before 2.00 hours that is not there
        ("2027-03-27T23:00:00+00:00", "2027-03-28"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2028-02-28T23:00:00+00:00", "2028-02-29"),
        ("2028-02-29T23:00:00+00:00", "2028-03-01"),
    ],
)
def test_a_night_is_of_the_day_on_the_wall_in_amsterdam(monkeypatch, moment, day):
    monkeypatch.setattr(present, "datetime", at(datetime.fromisoformat(moment)))
    assert present.today() == date.fromisoformat(day)


@pytest.mark.slow
@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)),
        (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 3, 27), date(2027, 3, 28)),
        (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)),
    ],
    ids=["summer time ends", "new year", "summer time begins", "29 February"],
)
def test_what_was_found_before_the_clock_jumps_is_told_once(tmp_path, days):
    work, before = Workplace(tmp_path / "werk"), None
    for day in days:
        report = night(deliver(work, first_day(), day), day)
        assert report.peildatum == day
        assert (report.nieuw, report.lopend) == ((3, 0) if before is None else (0, 3))
        after = told_to_people(outcome(work))
        after["finding"] = [row["signaal_id"] for row in after["finding"]]
        # Each night has a print folder, most of them empty.
        after["berichten"] = {name: pdf for name, pdf in after["berichten"].items() if name.endswith(".pdf")}
        same(after, before or after)
        before = after
    assert len(before["casebook"]["outbox"]) == 2
    assert len(before["casebook"]["task"]) == 1


@pytest.mark.slow
def test_a_night_of_a_clock_that_is_a_day_behind_is_refused_and_changes_nothing(tmp_path):
    work = deliver(Workplace(tmp_path / "werk"), first_day(), DAY)
    night(work, DAY)
    before = outcome(work)
    with pytest.raises(CasebookError) as refused:
        night(work, DAY - timedelta(days=1))
    what, where = told(refused.value)
    assert "lies before the last recorded night" in what
    assert where == "casebook"
    same(outcome(work), before)


@pytest.mark.slow
def test_a_clock_that_is_set_back_between_two_nights_changes_nothing_of_the_second(tmp_path, monkeypatch):
    calm = deliver(Workplace(tmp_path / "rustig"), first_day(), DAY)
    night(calm, DAY)
    deliver(calm, second_day(), NEXT)
    work = copy_of(calm, tmp_path / "werk")
    night(calm, NEXT)
    (old,) = work.snapshots.iterdir()
    shutil.copytree(old, tmp_path / "eerder")
    for module in (steps, mailroom, summary):
        monkeypatch.setattr(module, "datetime", at(datetime.now(UTC) - timedelta(days=1)))
    night(work, NEXT)
    monkeypatch.undo()
    same(outcome(work), outcome(calm))
    (new,) = work.snapshots.iterdir()
    assert snapshot.Snapshot.read(new).gemaakt_op < snapshot.Snapshot.read(tmp_path / "eerder").gemaakt_op
    # Killed before the old one was taken away: the warehouse is made anew of the one that knows most.
    shutil.copytree(tmp_path / "eerder", work.snapshots / old.name)
    assert snapshot.newest(work.snapshots) == new
