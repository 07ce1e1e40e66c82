"""What the files and the report of a night say of findings that are left lying."""

import json
from datetime import timedelta

import polars as pl
import pytest

from contracts.tables import Bron
from flows import present, steps
from flows.mailroom import Delivered
from flows.outputs import write_outputs
from flows.settings import Workplace
from flows.summary import Night, summarise
from store.casebook import Casebook
from tests import first_night
from tests.pages import on_console
from tests.world import DAY, anummer, town


def world():
    """Client 1, with whom somebody came to live two weeks ago."""
    return town().person(2, house=1, datum_aanvang_adreshouding="20261020")


def hidden():
    """The same, but the client's address is secret: a person calls."""
    return world().change("brp_persoon", "anummer", anummer(1), indicatie_geheim="7")


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def night(work, number, of):
    """A night with its files; returns its report."""
    day = DAY + timedelta(days=number)
    if not of.rows["ib_samenloopsignaal"]:
        return first_night.night(work, day, of, decide_and_write)
    of.write_all(work.leveringen, day)
    of.write(work.leveringen, Bron.IB, day)
    return decide_and_write(work, day)


def decide_and_write(work, day):
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    result = steps.decide_and_record(work, day, found, unusable=sources.unusable)
    nothing = pl.DataFrame(
        schema={"levering_id": pl.String, "tabel": pl.String, "code": pl.String, "zacht": pl.Boolean}
    )
    remarks = pl.DataFrame(schema={"levering_id": pl.String, "tabel": pl.String, "code": pl.String, "aantal": pl.Int64})
    with Casebook.at(work.casebook) as casebook:
        write_outputs(work.uitvoer(day), casebook, day, nothing)
        return summarise(work, Night(day, sources, found, result, (), Delivered()), nothing, remarks, casebook)


def lines(work, number, *parts):
    path = work.uitvoer(DAY + timedelta(days=number)).joinpath(*parts)
    return [json.loads(line) for line in path.read_text().splitlines()]


def ages(report):
    return [(line.alarm, line.brief, line.taak, line.wacht) for line in report.ouderdom]


def test_a_task_grows_old_and_is_named_when_it_passes_an_alarm(work):
    first = night(work, 0, hidden())
    assert (first.te_doen, first.te_oud, first.wachten) == (1, 0, ())
    assert ages(first) == [("30 dagen", 0, 0, 0), ("50 dagen", 0, 0, 0), ("5 maanden", 0, 0, 0)]
    (task,) = lines(work, 0, "taken.jsonl")
    assert (task["bekend_sinds"], task["alarm"]) == ("2026-11-03", None)
    assert lines(work, 0, "alarmen.jsonl") == []
    assert ages(night(work, 30, hidden())) == [("30 dagen", 0, 1, 0), ("50 dagen", 0, 0, 0), ("5 maanden", 0, 0, 0)]
    assert lines(work, 30, "taken.jsonl") == [], "it is no new task"
    assert lines(work, 30, "alarmen.jsonl") == [{
        "alarm": "30 dagen", "bekend_sinds": "2026-11-03", "signaal_id": task["signaal_id"], "dossiernummer": "D-1",
        "consulent_id": "C-01", "regel": "R01", "richting": "nadeel", "advies": "taak", "wacht_op": None,
        "uiterlijk": "2026-12-19",  # 60 days after 20 October
    }]  # fmt: skip
    assert ages(night(work, 153, hidden()))[2] == ("5 maanden", 0, 1, 0)  # 2027-04-05 less 5 months is 2026-11-05


def test_a_task_that_comes_late_of_an_old_finding_says_since_when(work):
    (work.folder / "tijdig.toml").write_text(f"rustige_dagen = [{DAY}]\nrustig_voor_kerst_dagen = 0\n")
    report = night(work, 0, world())
    assert [(line.reden, line.aantal, line.uiterlijk) for line in report.wachten] == [("rustige_dag", 1, None)]
    assert "1 signaal wacht: rustige_dag 1" in on_console(lambda to: present.night(to, report, work.folder))
    night(work, 31, hidden())
    (task,) = lines(work, 31, "taken.jsonl")
    assert (task["bekend_sinds"], task["alarm"]) == ("2026-11-03", "30 dagen")


def test_what_has_no_place_says_the_first_term(work):
    (work.folder / "tijdig.toml").write_text("brieven_per_nacht = 1\n")
    crowd = world()
    for client, since in ((11, "20260930"), (12, "20261010")):
        crowd.uitkering(client, house=client).person(client + 30, house=client, datum_aanvang_adreshouding=since)
    report = night(work, 0, crowd)
    # The oldest of the three has the letter; 10 October and 60 days is 9 December.
    assert [(line.reden, line.aantal, str(line.uiterlijk)) for line in report.wachten] == [
        ("capaciteit", 2, "2026-12-09")
    ]
    assert (report.brieven, report.te_doen) == (1, 3)
    shown = on_console(lambda to: present.night(to, report, work.folder))
    assert "2 signalen wachten: capaciteit 2 (het eerste moet uiterlijk 9 december 2026)" in shown
    late = night(work, 40, crowd)
    assert late.te_oud == 3
    shown = on_console(lambda to: present.night(to, late, work.folder))
    assert "3 signalen liggen te lang: 3 van 30 dagen (alarmen.jsonl)" in shown


def test_what_few_may_know_grows_old_apart(work):
    jailed = world().signal(1, "DETENTIE", "20261020", bron="DJI_JUSTID")
    night(work, 0, jailed)
    assert night(work, 30, jailed).te_oud == 2
    assert [line["regel"] for line in lines(work, 30, "alarmen.jsonl")] == []
    assert sorted(line["regel"] for line in lines(work, 30, "beperkt", "alarmen.jsonl")) == ["R01", "R21"]
