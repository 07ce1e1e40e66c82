"""What a Prefect server knows of a night: how far it is, counts and gates, and nobody at all."""

import json
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from flows.settings import Workplace
from tests.world import DAY, anummer, bsn
from tests.world import town as alone

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.filterwarnings("ignore")]

#: What stands for somebody in this world: numbers, names, an address, a dossier, a consulent.
OF_SOMEBODY = {
    bsn(1), bsn(2), bsn(5), anummer(1), anummer(2), "Bijzondernaam", "Wilhelmijntje", "Kornoeljepad", "8123QX",
    "DOSSIER-77341", "CONSULENT-9",
}  # fmt: skip


def ask(api, what, **body):
    """All that the server has of a kind, as text of its answer."""
    answer = httpx.post(f"{api}/{what}/filter", json={"limit": 200, **body}, timeout=30)
    answer.raise_for_status()
    return answer.json()


@pytest.fixture(scope="module")
def night(prefect, tmp_path_factory):
    """A work folder after a night with a letter, a rejected row and a JSON log."""
    from flows.nightly import nightly

    folder = tmp_path_factory.mktemp("werkmap")
    (folder / "tijdig.toml").write_text('[logs]\nvorm = "json"\nwaarheen = "map"\n', encoding="utf-8")
    work = Workplace(folder)
    named = {"geslachtsnaam": "Bijzondernaam", "voornamen": "Wilhelmijntje"}
    where = {"straatnaam": "Kornoeljepad", "postcode": "8123QX"}
    world = alone().person(2, house=1, datum_aanvang_adreshouding="20261020")
    world.change("brp_persoon", "anummer", anummer(1), **named, **where)
    world.change("brp_persoon", "anummer", anummer(2), **named, **where)
    own = {"dossiernummer": "DOSSIER-77341", "consulent_id": "CONSULENT-9", "postcode": "8123QX"}
    world.change("uitkering", "uitkering_id", "U-1", **own)
    world.person(5, house=1, anummer="x").write_all(work.leveringen)
    return work, nightly(work.folder, DAY), prefect


def test_the_bar_is_full_and_the_counts_are_those_of_the_report(night):
    _, report, api = night
    made = {one["key"]: one for one in ask(api, "artifacts") if (one["key"] or "").startswith("nacht-")}
    assert made["nacht-voortgang"]["data"] == 100
    rows = json.loads(made["nacht-regels"]["data"])
    assert {row["regel"]: row["nieuw"] for row in rows if row["nieuw"]} == {"R01": 1}
    assert "R21" not in {row["regel"] for row in rows}
    page = made["nacht-verslag"]["data"]
    assert f"| nieuwe signalen | {report.nieuw} |" in page
    assert "| brp | open |" in page
    assert f"uitvoer/{DAY}/verslag.html" in page


@pytest.mark.parametrize("what", ["artifacts", "flow_runs", "task_runs", "logs", "flows", "deployments"])
def test_nobody_is_in_what_the_server_knows(night, what):
    text = json.dumps(ask(night[2], what))
    assert not [one for one in OF_SOMEBODY if one in text]


def test_nobody_is_in_its_database_nor_in_what_watching_leaves(night, tmp_path_factory):
    work = night[0]
    files = [path for path in tmp_path_factory.getbasetemp().glob("prefect*/**/*") if path.is_file()]
    kept = [*work.bewaking.iterdir(), *work.logs.iterdir(), work.uitvoer(DAY) / "verslag.html"]
    assert {path.name for path in kept} >= {"stand.json", "verslag.html"}
    assert any(path.suffix == ".jsonl" for path in kept)
    for path in [*files, *kept]:
        content = path.read_bytes()
        assert not [one for one in OF_SOMEBODY if one.encode() in content], path.name


def test_the_world_of_this_night_did_hold_them(night):
    """Else the tests above would say nothing."""
    work = night[0]
    text = (work.uitvoer(DAY) / "signalen.jsonl").read_text() + work.casebook.read_bytes().decode("latin-1")
    assert "DOSSIER-77341" in text
    assert "CONSULENT-9" in text
    assert len(list((Path(work.uitvoer(DAY)) / "berichten").glob("*.pdf"))) == 1


def test_the_log_has_a_line_for_each_step_and_the_counts(night):
    work, report, _ = night
    lines = [json.loads(line) for path in work.logs.iterdir() for line in path.read_text().splitlines()]
    done = {line["stap"] for line in lines if line["wat"] == "stap_klaar"}
    assert {"Leveringen innemen en beoordelen", "Verslag maken"} <= done
    (ended,) = [line for line in lines if line["wat"] == "klaar" and line["loop"] == "nacht"]
    assert ended["aantallen"]["nieuw"] == report.nieuw == 1
    assert ended["aantallen"]["brieven"] == 1


def test_a_server_that_does_not_answer_is_asked_once_and_no_more(monkeypatch):
    from flows.bewaking import artifacts

    asked = []

    def gone(*_):
        asked.append(1)
        raise httpx.ConnectError("gone")

    monkeypatch.setattr(artifacts, "server_is_there", lambda: True)
    monkeypatch.setattr(artifacts, "create_progress_artifact", lambda *_, **__: UUID(int=1))
    monkeypatch.setattr(artifacts, "update_progress_artifact", gone)
    bar = artifacts.Progress()
    assert not bar.asked_in_vain
    for step in range(artifacts.STEPS):
        bar.ends(str(step), 1.0)
    assert (len(asked), bar.asked_in_vain) == (1, True)
