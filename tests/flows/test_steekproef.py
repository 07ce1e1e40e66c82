"""The desk sample of whole nights, and ``tijdig steekproef``."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from contracts.desk import Bevinding
from contracts.errors import CasebookError
from flows import steps
from flows.cli import app
from flows.sampling import draw_sample, sample_lines
from flows.settings import Workplace
from store.casebook import Casebook
from tests import first_night
from tests.flows.test_standing import lines, world
from tests.flows.test_standing import night as whole_night
from tests.world import DAY, World, town

pytestmark = pytest.mark.nights

MANY = range(10, 26)
runner = CliRunner()


def crowd() -> World:
    """Sixteen dossiers of their own; three reported a housemate: nothing comes of those."""
    made = town()
    for number in MANY:
        made.uitkering(number, house=number)
    for number in (10, 11, 12):
        made.person(number + 30, house=number, datum_aanvang_adreshouding="20261020").reported(number, "HUISGENOOT_IN")
    return made


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def night(work, number=0, of=None):
    day = DAY + timedelta(days=number)
    first_night.night(work, day, of or crowd(), decide_and_draw)
    return drawn(work, day)


def decide_and_draw(work, day):
    first_night.decide(work, day)
    draw_sample(work, day)


def drawn(work, day=None):
    with Casebook.at(work.casebook) as casebook:
        return [(row.nacht, row.soort, row.dossiernummer, row.signaal_id, row.reden) for row in casebook.samples(day)]


def tijdig(work, *words):
    result = runner.invoke(app, ["steekproef", *words, "--map", str(work.folder)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_night_has_its_sample_of_both_kinds(work):
    rows = night(work)
    assert [soort for _, soort, *_ in rows] == ["onderdrukt"] * 2 + ["zonder_signaal"] * 2
    silent, without = rows[:2], rows[2:]
    assert {dossier for _, _, dossier, _, _ in silent} <= {"D-10", "D-11", "D-12"}
    assert {reden for *_, reden in silent} == {"al_gemeld"}
    assert {dossier for _, _, dossier, _, _ in without} <= {
        f"D-{number}" for number in (1, *MANY) if number > 12 or number == 1
    }
    assert [(signal, reden) for _, _, _, signal, reden in without] == [(None, None)] * 2


def test_the_same_night_again_keeps_its_sample_whatever_was_done_or_set_since(work):
    first = night(work)
    with Casebook.at(work.casebook) as casebook:
        casebook.note_outcome(1, Bevinding.TERECHT, door="C-01", now=steps.datetime.now(steps.UTC))
    (work.folder / "tijdig.toml").write_text("steekproef_onderdrukt = 3\nsteekproef_zonder_signaal = 9\n")
    assert night(Workplace(work.folder)) == first


def test_a_night_that_was_recorded_without_a_sample_gets_none_when_it_is_run_again(work):
    (work.folder / "tijdig.toml").write_text("steekproef_onderdrukt = 0\nsteekproef_zonder_signaal = 0\n")
    assert night(work) == []
    with Casebook.at(work.casebook) as casebook:
        casebook.save_counts(DAY, {}, now=steps.datetime.now(steps.UTC))
    (work.folder / "tijdig.toml").unlink()
    assert night(Workplace(work.folder)) == []


def test_the_same_secret_gives_the_same_sample_and_another_one_another(tmp_path):
    first, same, other = (Workplace(tmp_path / name) for name in ("een", "twee", "drie"))
    (same.folder / "gegevens").mkdir(parents=True)
    (same.folder / "gegevens" / "sleutel").write_text(first.sleutel)
    mixed = crowd()
    for rows in mixed.rows.values():
        rows.reverse()
    assert night(first) == night(same, of=mixed)
    assert [night(other, number) for number in (0, 1, 2)] != [drawn(first), night(first, 1), night(first, 2)]


def test_nobody_is_looked_at_twice_in_a_year_and_then_again(work):
    (work.folder / "tijdig.toml").write_text("steekproef_zonder_signaal = 5\n")
    nights = [night(work, number) for number in range(4)]
    # Three of which nothing came, 2 and then 1; fourteen without a finding: 5, 5 and 4.
    assert [[soort for _, soort, *_ in rows].count("onderdrukt") for rows in nights] == [2, 1, 0, 0]
    assert [[soort for _, soort, *_ in rows].count("zonder_signaal") for rows in nights] == [5, 5, 4, 0]
    everybody = [dossier for rows in nights for _, _, dossier, _, _ in rows]
    assert len(everybody) == len(set(everybody)) == 17
    with Casebook.at(work.casebook) as casebook:
        counts = [
            (line.soort, line.vannacht, line.te_bekijken) for line in sample_lines(casebook, DAY + timedelta(days=2))
        ]
    assert counts == [("onderdrukt", 0, 3), ("zonder_signaal", 4, 14)]
    assert night(work, 364) == []
    assert {row[1:] for row in night(work, 365)} == {row[1:] for row in nights[0]}, "those of the first night are free"


def test_what_few_may_know_is_in_no_sample(work):
    """Of the only two dossiers one has a detention, and with it a housemate of whom nothing comes."""
    jailed = world().signal(1, "DETENTIE", "20261020", bron="DJI_JUSTID").reported(1, "HUISGENOOT_IN")
    jailed.uitkering(10, house=10)
    jailed.write(work.leveringen, steps.Bron.IB, DAY)
    assert [dossier for _, _, dossier, _, _ in night(work, of=jailed)] == ["D-10"]


def test_the_files_and_the_report_of_a_night_tell_of_it(work):
    night(work)
    report = whole_night(work, 0, crowd())
    said = lines(work, 0, "steekproef.jsonl")
    assert [line["soort"] for line in said] == ["onderdrukt"] * 2 + ["zonder_signaal"] * 2
    assert set(said[0]) == {
        "nummer", "nacht", "soort", "dossiernummer", "signaal_id", "regel", "reden", "vraag", "toelichting",
    }  # fmt: skip
    assert [(line.soort, line.vannacht, line.te_bekijken, line.bekeken) for line in report.steekproeven] == [
        ("onderdrukt", 2, 2, 0), ("zonder_signaal", 2, 2, 0),
    ]  # fmt: skip


def test_what_is_looked_at_on_the_command_line(work):
    night(work)
    shown = tijdig(work, "toon")
    assert "In dit dossier was geen signaal. Was er toch iets te vinden?" in shown
    assert "De inwoner heeft dit al gemeld." in shown
    assert "Neem hierover geen contact op met de inwoner." in shown
    said = tijdig(work, "uitkomst", "1", "--uitkomst", "gemist", "--door", "C-01", "--toelichting", "Het speelt nog.")
    assert said == "Vastgelegd bij 1: Er had een brief of een taak moeten komen.\n"
    assert [line["nummer"] for line in json.loads(tijdig(work, "toon", "--json"))] == [2, 3, 4]
    every = json.loads(tijdig(work, "toon", "--alles", "--json"))
    assert [(line["nummer"], line["uitkomst"], line["door"], line["gezien"]) for line in every] == [
        (1, "gemist", "C-01", "Het speelt nog."), *((number, None, None, None) for number in (2, 3, 4)),
    ]  # fmt: skip
    assert "Door C-01: Er had een brief of een taak moeten komen. Het speelt nog." in tijdig(work, "toon", "--alles")
    again = runner.invoke(
        app, ["steekproef", "uitkomst", "1", "--uitkomst", "terecht", "--door", "C-01", "--map", str(work.folder)]
    )
    assert isinstance(again.exception, CasebookError)


def test_nothing_to_look_at_is_said(work):
    (work.folder / "tijdig.toml").write_text("steekproef_onderdrukt = 0\nsteekproef_zonder_signaal = 0\n")
    assert night(work) == []
    assert tijdig(work, "toon") == "Er is niets te bekijken.\n"
    assert json.loads(tijdig(work, "toon", "--json")) == []


def test_a_dossier_that_few_may_know_of_by_now_is_shown_to_them_only(work):
    (work.folder / "tijdig.toml").write_text("steekproef_onderdrukt = 0\nsteekproef_zonder_signaal = 1\n")
    ((_, _, dossier, _, _),) = night(work)
    client = int(dossier.removeprefix("D-"))
    later = crowd().signal(client, "DETENTIE", "20261020", bron="DJI_JUSTID")
    later.write(work.leveringen, steps.Bron.IB, DAY + timedelta(days=1))
    (work.folder / "tijdig.toml").write_text("steekproef_onderdrukt = 0\nsteekproef_zonder_signaal = 0\n")
    night(Workplace(work.folder), 1, later)
    assert tijdig(work, "toon").splitlines() == [
        "Er is niets te bekijken.", "Nog 1 dossier voor een beperkte groep: --beperkt.",
    ]  # fmt: skip
    assert dossier in tijdig(work, "toon", "--beperkt")
    assert json.loads(tijdig(work, "toon", "--json")) == []
