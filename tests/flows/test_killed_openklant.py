"""Tasks on their way to Open Klant by a delivery that is killed (SIGKILL) at each thing it does: one InterneTaak."""

import json
import shutil
from datetime import UTC, datetime
from itertools import count

import pytest

from contracts.outcome import Uitkomst
from contracts.work import Afronding
from flows import mailroom, steps
from flows.logboek import logboek_of
from flows.settings import Workplace
from notifications.delivery import Lot
from store.casebook import Casebook, Deed
from tests.flows.killed import Deliveries, killed_everywhere
from tests.worklist.openklant_server import FORBIDS, NEW, OLD, TOKEN, OpenKlant
from tests.world import DAY, anummer, town
from worklist.openklant import Teruggelezen

SETTINGS = """
opzoeken_na_minuten = 0
[openklant]
adres = "{}"
werklijst_adres = "https://werklijst.voorbeeld.example"
eenheid = {{identificator = "sdd", naam = "Sociale Dienst"}}
medewerkers = {{"{}" = {{identificator = "c@voorbeeld.example", naam = "Consulent"}}}}
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A work folder with a night of which the only letter can't be printed: it becomes a call. No letter, one task."""
    work = Workplace(tmp_path_factory.mktemp("nacht"))
    world = town().uitkering(8, house=8).person(8, house=8)
    world.person(108, house=8, datum_aanvang_adreshouding="20261020")
    world.change("brp_persoon", "anummer", anummer(8), geslachtsnaam="\U0001f600").write_all(work.leveringen)
    sources = steps.take_in_all(work, DAY)
    steps.decide_and_record(work, DAY, steps.find(work, DAY), unusable=sources.unusable)
    mailroom.deliver(work, DAY, usable=True)
    return work.folder


@pytest.fixture(params=[OLD, NEW])
def klant(request, monkeypatch):
    monkeypatch.setenv("TIJDIG_OPENKLANT_SLEUTEL", TOKEN)
    with OpenKlant(request.param) as server:
        yield server


@pytest.fixture
def fresh(recorded, klant, tmp_path):
    """A copy of a work folder each time it is asked for, set up for this Open Klant."""
    numbers = count()

    def _fresh(of=recorded):
        folder = tmp_path / str(next(numbers))
        shutil.copytree(of, folder)
        work = Workplace(folder)
        (folder / "tijdig.toml").write_text(SETTINGS.format(klant.url, the_task(work).consulent_id))
        return work

    return _fresh


def the_task(work):
    with Casebook.at(work.casebook) as casebook:
        (task,) = casebook.tasks_of(DAY)
    return task


def deliver(work):
    return mailroom.deliver(work, DAY, usable=True)


def finish(work):
    task = the_task(work)
    with Casebook.at(work.casebook) as casebook:
        casebook.finish(
            Deed(task.taak_id, task.versie, "C-01", "a" * 32, datetime.now(UTC)),
            Afronding(uitkomst=Uitkomst.GEEN_GEVOLG),
        )


def test_a_delivery_puts_tasks_there_and_reads_back(fresh, klant):
    work = fresh()
    done = deliver(work)
    assert (done.openklant.taken, done.storingen) == ({Lot.VERSTUURD: 1}, ())
    assert (klant.about(), klant.wrong, len(klant.actoren)) == ([the_task(work).taak_id], [], 2)
    lines = [json.loads(line) for line in logboek_of(work).lines()]
    (step,) = (
        line
        for line in lines
        if line["name"] == "taken in Open Klant" and "dpl.core.data_subject_id" not in line["attributes"]
    )
    assert set(klant.traces) == {f"00-{step['trace_id']}-{step['span_id']}-01"}
    klant.closes(0)
    assert deliver(work).openklant.gelezen == {Teruggelezen.DAAR_AFGEHANDELD: 1}
    finish(work)
    assert deliver(work).openklant.gelezen == {Teruggelezen.HIER_AFGEHANDELD: 1}
    assert deliver(work).openklant.taken == {}


def test_what_keeps_tasks_from_going_is_told_and_holds_nothing_else_up(fresh, klant, monkeypatch):
    work = fresh()
    klant.faults.append(FORBIDS)
    (trouble,) = deliver(work).storingen
    assert (trouble.waar, "refuses us (403)" in trouble.wat) == ("[openklant]", True)
    klant.lies.extend(["fails"] * 9)
    (trouble,) = deliver(work).storingen
    assert "no clear answer about 1 tasks" in trouble.wat
    monkeypatch.delenv("TIJDIG_OPENKLANT_SLEUTEL")
    (trouble,) = deliver(work).storingen
    assert trouble.waar == "openklant_sleutel"


def test_a_task_that_was_thrown_away_there_is_told_as_long_as_it_is_open(fresh, klant):
    work = fresh()
    deliver(work)
    klant.taken.clear()
    for _ in range(2):
        (trouble,) = deliver(work).storingen
        assert "1 tasks could not be put in Open Klant, or are gone there" in trouble.wat
    finish(work)
    assert deliver(work).storingen == ()


@pytest.mark.slow
def test_there_is_one_internetaak_wherever_it_is_killed(fresh, klant):
    def make():
        for there in (klant.actoren, klant.contacten, klant.taken):
            there.clear()
        return fresh()

    def check(work, step):
        taak_id = the_task(work).taak_id
        assert (klant.about(), len(klant.contacten), len(klant.actoren)) == ([taak_id], 1, 2), f"killed at step {step}"
        with Casebook.at(work.casebook) as casebook:
            assert casebook.internetaak_of(taak_id).status == "bevestigd"
        assert klant.wrong == []

    with Deliveries() as deliveries:
        # Where it gives numbers itself nothing but looking up holds a second one back: every step is tried.
        assert killed_everywhere(deliveries, make, check, every=1 if klant.version == OLD else 3) > 40


@pytest.mark.slow
def test_a_task_that_was_closed_here_is_closed_there_wherever_it_is_killed(fresh, klant):
    done = fresh()
    deliver(done)
    finish(done)

    def make():
        klant.taken[0] |= {"status": "te_verwerken", "afgehandeldOp": None}
        klant.changed.clear()
        return fresh(done.folder)

    def check(work, step):
        taak_id = the_task(work).taak_id
        assert [taak["status"] for taak in klant.taken] == ["verwerkt"], f"killed at step {step}"
        with Casebook.at(work.casebook) as casebook:
            assert casebook.internetaak_of(taak_id).gesloten
            assert [row.wat for row in casebook.pogingen_of(taak_id)].count("sluit") == 1
        assert len(klant.changed) == 1

    with Deliveries() as deliveries:
        assert killed_everywhere(deliveries, make, check) > 3
