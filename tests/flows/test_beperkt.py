"""What only a restricted group may know lies apart, and is not explained to whoever asks."""

import json
import stat

import polars as pl
import pytest
from typer.testing import CliRunner

from contracts.delivery import DeliveryKind
from contracts.tables import Bron
from flows import steps
from flows.cli import app
from flows.outputs import write_outputs
from flows.settings import Workplace
from store.casebook import Casebook
from tests.world import DAY, town


@pytest.fixture
def work(tmp_path):
    """A work folder after a night with one detention, and elsewhere one housemate the dienst does not know."""
    made = Workplace(tmp_path)
    world = town().signal(1, "DETENTIE", "20261020", bron="DJI_JUSTID")
    world.uitkering(10, house=10).person(40, house=10, datum_aanvang_adreshouding="20261020")
    world.write_all(made.leveringen)
    world.write(made.leveringen, Bron.IB, DAY, DeliveryKind.MUTATIES)
    steps.take_in_all(made, DAY)
    steps.decide_and_record(made, DAY, steps.find(made, DAY))
    with Casebook.at(made.casebook) as casebook:
        write_outputs(made.uitvoer(DAY), casebook, DAY, pl.DataFrame({"levering": []}))
    return made


def lines(work, *parts):
    return [json.loads(line) for line in work.uitvoer(DAY).joinpath(*parts).read_text().splitlines()]


def test_the_files_that_everybody_reads_know_nothing_of_it(work):
    assert [line["regel"] for line in lines(work, "signalen.jsonl")] == ["R01"]
    assert (lines(work, "taken.jsonl"), lines(work, "gesloten.jsonl")) == ([], [])


def test_the_restricted_group_has_files_of_its_own(work):
    (task,) = lines(work, "beperkt", "taken.jsonl")
    assert (task["regel"], task["soort"], task["consulent_id"]) == ("R21", "beperkt", None)
    assert "woning" in task["vraag"]
    assert [line["regel"] for line in lines(work, "beperkt", "signalen.jsonl")] == ["R21"]
    assert stat.S_IMODE((work.uitvoer(DAY) / "beperkt").stat().st_mode) == 0o700


def test_it_is_explained_to_who_says_to_belong_to_that_group(work):
    (found,) = lines(work, "beperkt", "signalen.jsonl")
    command = ["explain", found["signaal_id"], "--map", str(work.folder)]
    refused, shown = (CliRunner().invoke(app, [*command, *more]).output for more in ([], ["--beperkt"]))
    assert "beperkte groep" in refused
    assert "Detentie" not in refused
    assert "D-1" not in refused
    assert "Detentie" in shown


def test_a_receipt_of_it_is_no_output_of_who_does_not_say_so(work):
    (found,) = lines(work, "beperkt", "signalen.jsonl")
    asked = CliRunner().invoke(app, ["explain", found["signaal_id"], "--bon", "--map", str(work.folder)])
    assert (asked.exit_code, asked.stdout) == (1, "")


def test_whatever_is_found_of_who_is_detained_is_for_that_group_only(tmp_path):
    made = Workplace(tmp_path)
    world = town().signal(1, "DETENTIE", "20261020", bron="DJI_JUSTID")
    world.person(40, house=1, datum_aanvang_adreshouding="20261020")
    world.write_all(made.leveringen)
    world.write(made.leveringen, Bron.IB, DAY, DeliveryKind.MUTATIES)
    steps.take_in_all(made, DAY)
    steps.decide_and_record(made, DAY, steps.find(made, DAY))
    with Casebook.at(made.casebook) as casebook:
        write_outputs(made.uitvoer(DAY), casebook, DAY, pl.DataFrame({"levering": []}))
        assert casebook.letters_made_on(DAY) == []
    assert (lines(made, "taken.jsonl"), lines(made, "signalen.jsonl")) == ([], [])
    tasks = lines(made, "beperkt", "taken.jsonl")
    # Their ids come from the secret of the folder, and with it their order.
    assert sorted((task["regel"], task["reden"], task["consulent_id"]) for task in tasks) == [
        ("R01", "gedetineerd", None), ("R21", None, None),
    ]  # fmt: skip
