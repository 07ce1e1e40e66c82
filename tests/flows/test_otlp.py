"""The log of processings sent on: what is not acknowledged stays, is told, and is sent again."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from contracts.logregel import Betrokkene, Soort
from contracts.verwerkingen import Activiteit
from flows import otlp
from flows.cli import app
from flows.logboek import logboek_of, looks, processing
from flows.settings import Workplace
from tests.flows import otlp_server as fault
from tests.flows.otlp_server import Receiver
from tests.worklist.desk import finding

SOMEBODY = Betrokkene(Soort.PERSOON, "0123456789abcdef")


@pytest.fixture
def elsewhere():
    with Receiver() as server:
        yield server


@pytest.fixture
def work(tmp_path, elsewhere):
    """A work folder with one action about somebody, and a log elsewhere that has nothing yet."""
    (tmp_path / "tijdig.toml").write_text(f'[logboek]\notlp = "{elsewhere.url}"\nwacht_seconden = 0.3\n')
    work = Workplace(tmp_path)
    act(work)
    return work


def act(work, count=1):
    with processing(work, Activiteit.BERICHTEN, "bericht maken") as step:
        step.about([SOMEBODY, *(Betrokkene(Soort.DOSSIER, f"D-{number}") for number in range(count - 1))])


def send(work, key=None):
    waits = []
    return otlp.send_on(work, lambda _: key, sleep=waits.append), waits


def lines(work):
    return {line["span_id"]: line for line in map(json.loads, logboek_of(work).lines())}


def test_what_is_taken_is_what_was_written(work, elsewhere):
    done, _ = send(work, key="geheim")
    assert (done.regels, done.wachten, done.storingen) == (2, 0, ())
    assert set(elsewhere.paths) == {("/v1/traces", "application/json")}
    assert set(elsewhere.keys) == {"Bearer geheim"}
    here = lines(work)
    assert set(elsewhere.spans) == set(here)
    for span_id, span in elsewhere.spans.items():
        line = here[span_id]
        assert (span["traceId"], span["name"]) == (line["trace_id"], line["name"])
        assert span["parentSpanId"] == line.get("parent_span_id", "")
        assert span["startTimeUnixNano"] == f"{line['start_time']}000000"
        assert span["endTimeUnixNano"] == f"{line['end_time']}000000"
        assert span["status"] == {"code": {"Unset": 0, "Ok": 1, "Error": 2}[line["status"]]}
        assert {one["key"]: one["value"]["stringValue"] for one in span["attributes"]} == line["attributes"]
    said = {one["key"]: one["value"]["stringValue"] for one in elsewhere.resources[0]["attributes"]}
    assert said == next(iter(here.values()))["resource"]["attributes"]


def test_what_was_acknowledged_does_not_go_again_and_what_is_new_does(work, elsewhere):
    send(work)
    assert send(work)[0].regels == 0
    looks(work)("taak bekijken", finding("anna", "D-100"))
    assert send(work)[0].regels == 3
    looks(work)("taak bekijken", finding("anna", "D-100"))
    assert send(work)[0].regels == 3
    assert set(elsewhere.spans) == set(lines(work))


@pytest.mark.parametrize("what", fault.FAULTS)
def test_nothing_is_lost_whatever_it_does(work, elsewhere, what):
    elsewhere.faults.extend([what] * otlp._TRIES)
    done, _ = send(work)
    (trouble,) = done.storingen
    assert (done.regels, done.wachten, trouble.waar) == (0, 2, "[logboek] otlp")
    assert "wait" in trouble.wat
    elsewhere.faults.clear()
    done, _ = send(work)
    assert (done.regels, done.wachten, done.storingen) == (2, 0, ())
    assert set(elsewhere.spans) == set(lines(work))


@pytest.mark.parametrize("what", [fault.UNAVAILABLE, fault.TOO_MANY, fault.DROPS, fault.SLOW])
def test_what_passes_by_itself_is_tried_again_at_once(work, elsewhere, what):
    elsewhere.faults.append(what)
    done, waits = send(work)
    assert (done.regels, done.storingen, len(waits)) == (2, (), 1)


def test_where_nobody_listens_it_is_told(tmp_path):
    (tmp_path / "tijdig.toml").write_text('[logboek]\notlp = "http://127.0.0.1:1"\n')
    work = Workplace(tmp_path)
    act(work)
    done, waits = send(work)
    assert (done.wachten, len(done.storingen), waits) == (2, 1, [1.0, 2.0])


def test_a_long_file_goes_in_parts_and_what_was_taken_of_it_stays_taken(work, elsewhere, monkeypatch):
    monkeypatch.setattr(otlp, "_CHUNK", 4_000)
    act(work, count=40)
    elsewhere.faults.extend([fault.OK, fault.OK, fault.OK, fault.OK, fault.REFUSES])
    done, _ = send(work)
    assert 0 < done.regels < 43
    assert len(done.storingen) == 1
    before = done.regels
    assert send(work)[0].regels == 43 - before
    assert set(elsewhere.spans) == set(lines(work))
    assert len(elsewhere.spans) == 43


def test_a_process_that_died_before_it_noted_an_answer_sends_the_same_spans(work, elsewhere):
    send(work)
    for mark in work.logboek.rglob("*.verzonden"):
        mark.unlink()
    assert send(work)[0].regels == 2
    assert set(elsewhere.spans) == set(lines(work))


def test_on_the_command_line(work, elsewhere):
    elsewhere.faults.append(fault.REFUSES)
    said = CliRunner().invoke(app, ["logboek", "verstuur", "--map", str(work.folder)], catch_exceptions=False)
    assert said.exit_code == 1
    assert "wachten" in said.output
    said = CliRunner().invoke(app, ["logboek", "verstuur", "--map", str(work.folder)], catch_exceptions=False)
    assert (said.exit_code, "2 regels doorgestuurd" in said.output) == (0, True)


def test_an_address_without_a_lock_is_for_this_machine_only(tmp_path):
    (tmp_path / "tijdig.toml").write_text('[logboek]\notlp = "http://logboek.gemeente.example"\n')
    with pytest.raises(Exception, match=r"logboek\.otlp"):
        _ = Workplace(tmp_path).settings


def test_where_nothing_is_set_up_nothing_goes(work):
    (work.folder / "tijdig.toml").unlink()
    shutil.rmtree(work.logboek)
    assert send(Workplace(work.folder))[0] == otlp.Sent()
