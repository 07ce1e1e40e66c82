"""The demo gemeente run night by night and held against its answer key, and the replay of real test persons."""

import json
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from flows.demo_run import Score, Size, run_demo, score
from flows.settings import Workplace

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.filterwarnings("ignore")]
TESTSET = Path(__file__).parents[3] / "shared/data/brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"


def night(work, peildatum):
    from flows.nightly import nightly

    return nightly(werkmap=work.folder, peildatum=peildatum)


@pytest.mark.parametrize(
    "size",
    [
        Size(inwoners=6_500, huishoudens=550, dagen=3),
        Size(inwoners=6_500, huishoudens=550, zaad=7, dagen=3),
        Size(dagen=3),
    ],
    ids=["small", "small, other chance", "default"],
)
def test_every_planted_change_is_found_and_nothing_else(tmp_path, size):
    work = Workplace(tmp_path)
    scores = run_demo(work, Console(quiet=True), night, size)
    assert run_demo(work, Console(quiet=True), night, size) == scores, "the demo again finds nothing new"
    assert len(scores) == 3
    for result in scores:
        assert result.gepland > 0
        assert (result.recall, result.precision) == (1.0, 1.0)


def test_a_score_can_be_less_than_perfect(tmp_path):
    import polars as pl

    key = {"regel": "R01", "advies": "nudge", "reden": ""}
    expected = pl.DataFrame([key | {"dossiernummer": d} for d in ("D-1", "D-2", "D-3", "D-4")])
    found = [key | {"dossiernummer": d, "reden": None} for d in ("D-1", "D-2", "D-9")]
    (tmp_path / "signalen.jsonl").write_text("".join(json.dumps(line) + "\n" for line in found))
    (tmp_path / "gesloten.jsonl").write_text("")
    assert score(expected, tmp_path) == Score(gepland=4, gevonden=3, goed=2)
    assert (Score(4, 3, 2).recall, Score(4, 3, 2).precision) == (0.5, 2 / 3)


@pytest.mark.skipif(not TESTSET.is_file(), reason="needs the RvIG test set, which is not part of this project")
def test_the_history_of_the_rvig_test_persons(tmp_path):
    from flows.replay import run_replay

    console = Console(record=True, quiet=True, width=200)
    listed = run_replay(TESTSET, date(2019, 1, 1), date(2020, 1, 1), Workplace(tmp_path), console, night)
    # Whoever moved, or whose co-residents of the age that counts came or went, got something of the night.
    assert listed.height > 50
    assert not listed.filter(listed["nacht"].str.starts_with("NIETS")).height
    # A link without an exact key, a secret address or an address with many residents never makes a letter.
    for line in map(json.loads, (tmp_path / "uitvoer/2020-01-01/signalen.jsonl").read_text().splitlines()):
        if line["reden"] in ("koppeling_onzeker", "geheim", "massa_adres", "in_onderzoek"):
            assert line["advies"] != "nudge"


@pytest.mark.skipif(not TESTSET.is_file(), reason="needs the RvIG test set, which is not part of this project")
def test_the_published_counts_of_the_rvig_test_set():
    from flows.replay_changes import count_people
    from matching.intake.gbav_testset import read_testset

    testset = read_testset(TESTSET)
    counts = [count_people(testset.at(date(year, 1, 1))) for year in (2019, 2020)]
    assert [list(count.values()) for count in counts] == [[662, 591, 575, 280], [683, 601, 589, 276]]
