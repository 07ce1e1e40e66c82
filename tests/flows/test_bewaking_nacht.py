"""Whole runs that go wrong: each is told once, whoever saw it, and nothing is told or closed on what did not come."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from contracts.errors import AwayError, DeliveryError
from contracts.tables import Bron
from flows.bewaking import waiting
from flows.bewaking.alerts import AlertKind, Loop
from flows.bewaking.state import read
from flows.bewaking.watchdog import look
from flows.productie import NotReadyError
from flows.settings import Workplace
from tests.flows.test_bewaking import body, mails, settings_text
from tests.notifications.smtp_server import MailServer
from tests.world import DAY
from tests.world import town as alone

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.filterwarnings("ignore")]
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def server():
    with MailServer() as running:
        yield running


@pytest.fixture
def place(tmp_path, server):
    def made(*more, top=""):
        (tmp_path / "tijdig.toml").write_text(top + settings_text(server, *more), encoding="utf-8")
        return Workplace(tmp_path)

    return made


def nightly(work, day=DAY):
    from flows.nightly import nightly as flow

    return flow(werkmap=work.folder, peildatum=day)


def with_housemate():
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020")


def test_a_night_that_fails_is_told_once_by_the_code_and_the_hook_together(place, server):
    work = place()
    for _ in range(2):
        with pytest.raises(DeliveryError):
            nightly(work)
    (mail,) = mails(server)
    assert "No delivery up to this day." in body(mail)
    assert "Leveringen innemen en beoordelen" in body(mail)


def test_a_night_that_may_not_begin_is_told_of_by_the_hook(place, server):
    work = place(top="productie = true\n")
    with pytest.raises(NotReadyError):
        nightly(work)
    (mail,) = mails(server)
    assert "Productie kan niet beginnen" in body(mail)


def test_a_gate_that_closes_and_a_delivery_that_is_refused_are_in_one_mail_and_once(place, server):
    work = place()
    alone().write_all(work.leveringen)
    (folder,) = [
        path.parent for path in work.leveringen.rglob("levering.json") if json.loads(path.read_text())["bron"] == "brp"
    ]
    csv = folder / "brp_persoon.csv"
    csv.write_bytes(csv.read_bytes() + b"half a li")
    for _ in range(2):
        nightly(work)
    (mail,) = mails(server)
    told = {one.melding.soort for one in read(work.bewaking).meldingen.values()}
    assert told == {AlertKind.POORT_DICHT, AlertKind.LEVERING_GEWEIGERD}
    assert "Waar: brp" in body(mail)
    assert csv.parent.name in body(mail)


def test_after_the_deadline_nothing_is_told_or_closed_on_the_source_that_did_not_come(place, server, monkeypatch):
    work = place("[nacht]", 'wacht_tot = "05:30"')
    with_housemate().write_all(work.leveringen)
    assert nightly(work).brieven == 1
    # Six days later the BRP does not come, and is too old by then.
    later = DAY + timedelta(days=6)
    alone().write(work.leveringen, Bron.UITKERINGSGEGEVENS, later)
    begin, slept = datetime(later.year, later.month, later.day, 3, tzinfo=waiting.ZONE), []
    fake = waiting.Clock(now=lambda: begin + timedelta(seconds=sum(slept)), sleep=slept.append)
    monkeypatch.setattr(waiting, "Clock", lambda: fake)
    report = nightly(work, later)
    assert sum(slept) == 150 * 60
    assert [line.bron for line in report.dichte_poorten] == ["brp"]
    assert (report.gesloten, report.nieuw, report.brieven, report.ingetrokken) == (0, 0, 0, 0)
    assert "Een bron is niet te gebruiken" in body(mails(server)[-1])


_KILLED = """
import sys
from datetime import date
from pathlib import Path
from flows.nightly import nightly
nightly(werkmap=Path(sys.argv[1]), peildatum=date.fromisoformat(sys.argv[2]))
"""


def test_a_night_that_was_killed_is_found_by_the_watchdog_and_the_next_goes_on(place, server, prefect):
    work = place()
    with_housemate().write_all(work.leveringen)
    env = os.environ | {"PREFECT_API_URL": prefect}
    process = subprocess.Popen([sys.executable, "-c", _KILLED, str(work.folder), DAY.isoformat()], env=env)
    until = time.monotonic() + 120
    while time.monotonic() < until and "Feiten leggen" not in _step(work):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    found, _ = look(work)
    assert AlertKind.RUN_GESTORVEN in {one.soort for one in found}
    assert "Een run is halverwege gestopt" in body(mails(server)[0])
    assert nightly(work).brieven == 1
    assert read(work.bewaking).runs[Loop.NACHT].stand == "klaar"
    assert AlertKind.RUN_GESTORVEN not in {one.soort for one in look(work)[0]}


def _step(work):
    runs = read(work.bewaking).runs
    return runs[Loop.NACHT].stap if Loop.NACHT in runs else ""


def test_a_night_that_lasts_too_long_is_ended_and_told(place, server, monkeypatch):
    from flows import steps
    from flows.nightly import nightly as flow

    work = place()
    monkeypatch.setattr(steps, "take_in_all", lambda *_: time.sleep(60))
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        flow.with_options(timeout_seconds=5)(werkmap=work.folder, peildatum=DAY)
    assert time.monotonic() - began < 50
    (mail,) = mails(server)
    assert "Een run is halverwege gestopt" in body(mail)
    assert "Leveringen innemen en beoordelen" in body(mail)
    assert read(work.bewaking).runs[Loop.NACHT].stand == "gestorven"


def test_a_database_that_is_gone_and_comes_back_ends_no_night_and_wrong_input_is_not_tried_again(
    place, server, monkeypatch
):
    from flows import steps

    work, tries, real = place(), [], steps.decide_and_record
    with_housemate().write_all(work.leveringen)

    def gone_once(*given, **named):
        tries.append(1)
        if len(tries) == 1:
            raise AwayError("The casebook can't be opened.", where="[werklijst] database", todo="See whether it runs.")
        return real(*given, **named)

    monkeypatch.setattr(steps, "decide_and_record", gone_once)
    report = nightly(work)
    assert (len(tries), report.brieven, server.texts) == (2, 1, [])

    def wrong(*_, **__):
        tries.append(1)
        raise DeliveryError("It does not fit.", where="brp", todo="Ask for another.")

    monkeypatch.setattr(steps, "decide_and_record", wrong)
    with pytest.raises(DeliveryError):
        nightly(work)
    assert len(tries) == 3


def test_a_crash_is_told_by_the_hook_with_the_step_it_was_in(place, server):
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Crashed

    from flows.bewaking.hooks import on_crashed
    from flows.nightly import nightly as flow

    work = place()
    run = FlowRun(
        flow_id="0" * 8 + "-0000-0000-0000-" + "0" * 12, parameters={"werkmap": str(work.folder), "peildatum": str(DAY)}
    )
    for _ in range(2):
        on_crashed(flow, run, Crashed())
    (mail,) = mails(server)
    assert f"Gestopt: de nacht van {DAY}." in body(mail)
