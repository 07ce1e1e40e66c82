"""Whole nights, as a Prefect flow on a real DuckDB file and a real casebook."""

import json
import sqlite3
from datetime import date, timedelta

import pytest

from contracts.delivery import DeliveryKind
from contracts.errors import CasebookError, DeliveryError
from contracts.tables import Bron
from flows.logboek import logboek_of
from flows.recompute import recompute_one
from flows.settings import Workplace
from store.casebook import Casebook
from tests.first_night import begin
from tests.world import DAY, anummer, bsn
from tests.world import alone as household
from tests.world import town as alone

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.filterwarnings("ignore")]

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def nightly(work, peildatum):
    from flows.nightly import nightly as flow

    return flow(werkmap=work.folder, peildatum=peildatum)


def lines(work, peildatum, name):
    return [json.loads(line) for line in (work.uitvoer(peildatum) / name).read_text().splitlines()]


def letters(work, peildatum):
    return sorted(path.name for path in (work.uitvoer(peildatum) / "berichten").glob("*.pdf"))


def with_housemate():
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020")


def state(work):
    """Every file a night could have changed, apart from Prefect's own and the log of processings, which grows."""
    folders = (work.folder / "gegevens", work.folder / "uitvoer")
    files = [
        path for folder in folders for path in folder.rglob("*") if path.is_file() and work.logboek not in path.parents
    ]
    content = {path: path.read_bytes() for path in files if path.suffix in (".duckdb", ".pdf", ".jsonl", ".csv")}
    with sqlite3.connect(work.casebook) as casebook:
        return content, list(casebook.iterdump())


def test_a_night_writes_its_letter_and_files(work):
    with_housemate().write_all(work.leveringen)
    report = nightly(work, DAY)
    (finding,) = lines(work, DAY, "signalen.jsonl")
    assert set(finding) == {
        "signaal_id", "regel", "regelversie", "dossiernummer", "richting", "feitdatum", "advies", "reden", "bronnen", "effect",
    }  # fmt: skip
    assert (finding["regel"], finding["advies"], finding["feitdatum"]) == ("R01", "nudge", "2026-10-20")
    (manifest,) = lines(work, DAY, "berichten/manifest.jsonl")
    assert letters(work, DAY) == [manifest["bestand"]]
    assert (report.nieuw, report.brieven, report.taken, report.bijgekomen) == (1, 1, 0, None)
    # All of it is one processing, with the steps below it.
    log = [json.loads(line) for line in logboek_of(work).lines()]
    (top,) = (line for line in log if "parent_span_id" not in line)
    assert (top["name"], {line["trace_id"] for line in log}) == ("nacht", {top["trace_id"]})
    assert {"gegevens vergelijken", "signalen vastleggen", "naam en adres lezen"} <= {line["name"] for line in log}
    for name in ("taken.jsonl", "gesloten.jsonl", "afkeur.csv", "verslag.html"):
        assert (work.uitvoer(DAY) / name).is_file()


def test_the_same_night_again_and_an_unchanged_next_night_make_nothing_new(work):
    begin(work, DAY, with_housemate(), nightly)
    before = {
        path: path.read_bytes() for path in work.uitvoer(DAY).rglob("*") if path.suffix != ".html" and path.is_file()
    }
    assert nightly(work, DAY).bijgekomen == 0
    assert {path: path.read_bytes() for path in before} == before
    following = nightly(work, NEXT)
    assert (following.nieuw, following.brieven, following.taken, following.lopend) == (0, 0, 0, 1)
    with_housemate().write_all(work.leveringen, NEXT)
    again = nightly(work, NEXT)
    assert (again.nieuw, again.brieven, again.lopend) == (0, 0, 1)


def test_when_the_housemate_is_gone_again_the_finding_closes_and_the_letter_is_withdrawn(work):
    begin(work, DAY, with_housemate(), nightly)
    assert len(letters(work, DAY)) == 1
    alone().write_all(work.leveringen, NEXT)
    report = nightly(work, NEXT)
    assert (report.gesloten, report.ingetrokken) == (1, 1)
    assert letters(work, DAY) == []
    assert lines(work, DAY, "berichten/manifest.jsonl") == []
    assert [line["regel"] for line in lines(work, NEXT, "gesloten.jsonl")] == ["R01"]


def test_a_withdrawn_letter_does_not_come_back_when_its_night_is_run_again_too_late(work):
    begin(work, DAY, with_housemate(), nightly)
    alone().write_all(work.leveringen, NEXT)
    nightly(work, NEXT)
    with pytest.raises(CasebookError, match="lies before the last recorded night"):
        nightly(work, DAY)
    assert letters(work, DAY) == []


def test_a_death_takes_back_the_letter_and_asks_for_a_call(work):
    begin(work, DAY, with_housemate(), nightly)
    died = with_housemate().change(
        "brp_persoon", "anummer", anummer(1), datum_overlijden="20261103", reden_opschorting="O",
        datum_opschorting="20261103",
    )  # fmt: skip
    died.write_all(work.leveringen, NEXT)
    report = nightly(work, NEXT)
    assert (report.spoed, report.brieven) == (1, 0)
    assert letters(work, DAY) == []
    (task,) = lines(work, NEXT, "taken.jsonl")
    assert (task["regel"], task["spoed"]) == ("R13", True)


def test_a_name_that_can_not_be_printed_becomes_a_task(work):
    world = with_housemate().change("brp_persoon", "anummer", anummer(1), geslachtsnaam="\U0001f600")
    world.write_all(work.leveringen)
    report = nightly(work, DAY)
    assert (report.brieven, report.taken) == (0, 1)
    assert lines(work, DAY, "signalen.jsonl")[0]["reden"] == "geen_brief_mogelijk"
    assert (nightly(work, DAY).brieven, len(lines(work, DAY, "taken.jsonl"))) == (0, 1)


def test_a_stale_source_closes_its_gate_and_nothing_goes_out_or_closes(work):
    begin(work, DAY, with_housemate(), nightly)
    late = DAY + timedelta(days=10)
    report = nightly(work, late)
    assert [source.open for source in report.bronnen] == [False, False]
    assert (report.nieuw, report.gesloten, report.brieven) == (0, 0, 0)
    assert len(letters(work, DAY)) == 1


def test_a_delivery_with_far_fewer_rows_closes_its_gate(work):
    begin(work, DAY, with_housemate(), nightly)
    household().write_all(work.leveringen, NEXT)
    report = nightly(work, NEXT)
    assert [source.bron for source in report.dichte_poorten] == ["brp"]
    assert (report.gesloten, len(letters(work, DAY))) == (0, 1)


def test_a_mutation_delivery_makes_nobody_disappear(work):
    world = alone().person(2, house=1).knows(1, 2)
    world.write_all(work.leveringen)
    nightly(work, DAY)
    alone().write(work.leveringen, Bron.BRP, NEXT, DeliveryKind.MUTATIES)
    assert nightly(work, NEXT).nieuw == 0


def test_a_broken_delivery_closes_its_gate_and_nothing_is_gone_for_it(work):
    begin(work, DAY, with_housemate(), nightly)
    broken = alone().write_all(work.leveringen, NEXT)[1].folder / "brp_persoon.csv"
    broken.write_text(broken.read_text()[:100])
    report = nightly(work, NEXT)
    assert (report.nieuw, report.gesloten, report.lopend, report.ingetrokken) == (0, 0, 1, 0)
    assert len(letters(work, DAY)) == 1
    assert [line.bron for line in report.dichte_poorten] == ["brp"]
    ((refused,),) = (report.geweigerd,)
    assert (refused.bron, "sha256" in refused.wat) == ("brp", True)
    assert broken.is_file(), "a delivery that was refused stays, to be looked at"


def test_raw_files_do_not_outlive_the_night_and_it_can_be_run_again_without_them(work):
    with_housemate().write_all(work.leveringen)
    (work.leveringen / "lees-mij.txt").write_text("of the beheerder")
    first = nightly(work, DAY)
    assert [path.name for path in work.leveringen.rglob("*") if path.is_file()] == ["lees-mij.txt"]
    again = nightly(work, DAY)
    assert (again.nieuw, again.bijgekomen, again.waarschuwing) == (first.nieuw, 0, False)


def test_a_closed_gate_of_one_source_leaves_the_work_of_the_others_done(work):
    with_housemate().write_all(work.leveringen)
    (work.folder / "tijdig.toml").write_text('verwachte_bronnen = ["uitkeringsgegevens", "brp", "ib"]\n')
    report = nightly(work, DAY)
    assert [(line.bron, line.poort) for line in report.dichte_poorten] == [
        ("ib", "Er is nog geen levering van deze bron.")
    ]
    assert (report.waarschuwing, report.nieuw, report.brieven) == (True, 1, 1)


def test_a_finding_can_be_computed_again_whatever_came_in_since(work):
    begin(work, DAY, with_housemate(), nightly)
    with Casebook.at(work.casebook) as casebook:
        found = casebook.findings_of(DAY)[0].signaal_id
    alone().write_all(work.leveringen, NEXT)
    nightly(work, NEXT)
    # Even a delivery about an earlier day that comes only now, and says something else.
    late = alone().change("brp_persoon", "anummer", anummer(1), geboortedatum="20200101")
    late.write(work.leveringen, Bron.BRP, DAY - timedelta(days=1))
    nightly(work, NEXT)
    assert [again.equal for again in recompute_one(work, found)] == [True]


def test_no_person_is_in_prefects_database_or_any_file_but_the_letters(work, tmp_path_factory):
    world = with_housemate().change("brp_persoon", "anummer", anummer(1), geslachtsnaam="Bijzondernaam")
    world.person(5, house=1, anummer="x", geslachtsnaam="Afgekeurdenaam").write_all(work.leveringen)
    nightly(work, DAY)
    secrets = [bsn(1), bsn(2), bsn(5), "Bijzondernaam", "Afgekeurdenaam", "Dorpsstraat"]
    files = [path for path in work.folder.joinpath("uitvoer").rglob("*") if path.is_file() and path.suffix != ".pdf"]
    files += [path for path in tmp_path_factory.getbasetemp().glob("prefect*/**/*") if path.is_file()]
    files.append(work.casebook)
    assert any("prefect" in str(path) for path in files), "Prefect's own files are to be searched too"
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], f"a person in {path.name}"


def test_the_flow_takes_only_a_folder_and_a_day():
    from flows.nightly import nightly as flow

    assert set(flow.parameters.properties) == {"werkmap", "peildatum"}


def test_no_delivery_at_all_says_where_to_put_it(work):
    with pytest.raises(DeliveryError, match="No delivery up to this day"):
        nightly(work, date(2026, 11, 3))
