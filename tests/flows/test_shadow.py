"""Rules tried on days that have been: what they would have done, and that they did nothing."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from contracts.errors import DeliveryError, RuleError, TijdigError
from flows import steps
from flows.cli import app
from flows.demo.generate import PEILDATUM, generate, nights_of
from flows.settings import Workplace
from flows.shadow import shadow
from flows.try_rules import chosen
from tests import first_night
from tests.world import DAY, anummer, town

pytestmark = pytest.mark.slow

#: Deliveries of a few days are enough for weeks.
SETTINGS = "brp_hoogstens_dagen_oud = 60\nuitkeringsgegevens_hoogstens_dagen_oud = 60\n"
RULE = """
from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule


@rule(
    rule_id="R77", title="Proef", version="1", view="huishouden", doel=Doel.ACTUALISEREN, richting=Richting.NEUTRAAL,
    route=Route.TASK, grondslagen=(pw("17"),), valid_from=date(2020, 1, 1), feitdatum="bewoner_sinds",
    told_once_per=("dossiernummer", "bewoner_sleutel"), seen="Iemand.", task="Kijk.", suppressors=(),
)
def proef() -> pl.Expr:
    return pl.col("woont_op_adres")
"""


def with_housemate(**columns):
    return town().person(2, house=1, born="19900101", datum_aanvang_adreshouding="20261020", **columns)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.fixture
def work(tmp_path):
    (tmp_path / "tijdig.toml").write_text(SETTINGS)
    return Workplace(tmp_path)


def taken_in(work, *worlds):
    """Deliveries of these worlds, each so many days after the first day."""
    for days, world in worlds:
        first_night.night(work, after(days), world, steps.take_in_all)
    return work


def tried(work, rules="R01", van=0, tot=1):
    return shadow(work, chosen(rules), after(van), after(tot))


def test_a_finding_of_many_days_is_one_finding_and_one_letter(work):
    taken_in(work, (0, with_housemate()))
    found = tried(work)
    (line,) = found.regels
    assert (found.dagen, found.huishoudens) == (2, 1)
    assert (line.signalen, line.huishoudens, line.richting) == (1, 1, {"nadeel": 1})
    assert (line.brieven, line.taken, line.geen_actie, line.voorbij) == (1, 0, 0, 0)


def test_what_would_have_stood_in_the_way_is_counted(work):
    taken_in(work, (0, with_housemate().change("brp_persoon", "anummer", anummer(1), indicatie_geheim="7")))
    (line,) = tried(work).regels
    assert (line.brieven, line.taken, line.redenen) == (0, 1, {"geheim": 1})


def test_a_melding_that_waits_would_have_meant_no_action(work):
    taken_in(work, (0, with_housemate().reported(1, "HUISGENOOT_IN")))
    (line,) = tried(work).regels
    assert (line.geen_actie, line.redenen) == (1, {"al_gemeld": 1})


def test_when_the_dienst_counts_the_housemate_later_it_says_how_many_days_later(work):
    taken_in(work, (0, with_housemate()), (9, with_housemate().knows(1, 2)))
    (line,) = tried(work).regels
    assert (line.voorbij, line.door_dienst, line.dagen_eerder) == (1, 1, 9)


def test_a_difference_that_went_away_by_itself_is_not_what_the_dienst_found_out(work):
    taken_in(work, (0, with_housemate()), (2, town()))
    (line,) = tried(work).regels
    assert (line.voorbij, line.door_dienst, line.dagen_eerder) == (1, 0, None)


def test_a_difference_that_came_back_is_not_gone(work):
    taken_in(work, (0, with_housemate()), (1, town()), (2, with_housemate()))
    (line,) = tried(work, tot=2).regels
    assert (line.signalen, line.voorbij) == (1, 0)


def test_a_household_hears_of_both_in_one_letter_and_of_what_comes_later_after_its_rest(work):
    both = with_housemate().person(3, house=1, born="19900101", datum_aanvang_adreshouding="20261021")
    later = with_housemate().person(3, house=1, born="19900101", datum_aanvang_adreshouding="20261021")
    later.person(4, house=1, born="19900101", datum_aanvang_adreshouding="20261104")
    taken_in(work, (0, both), (2, later))
    (line,) = tried(work, tot=2).regels
    assert (line.signalen, line.huishoudens, line.brieven, line.redenen) == (3, 1, 2, {"rust": 1})


def test_a_day_on_which_a_source_was_too_old_tells_nothing(work):
    taken_in(work, (0, with_housemate()))
    (work.folder / "tijdig.toml").write_text("brp_hoogstens_dagen_oud = 3\n")
    (line,) = tried(Workplace(work.folder), van=4, tot=6).regels
    assert line.signalen == 0


def test_what_was_delivered_later_was_not_known_then(work):
    taken_in(work, (0, town()))
    folder = with_housemate().write_all(work.leveringen, after(1))[1].folder
    manifest = json.loads((folder / "levering.json").read_text())
    manifest["geleverd_op"] = f"{after(4)}T02:00:00+01:00"
    (folder / "levering.json").write_text(json.dumps(manifest))
    steps.take_in_all(work, after(4))
    assert [tried(work, van=1, tot=day).regels[0].signalen for day in (2, 3)] == [0, 1]


def test_days_before_the_first_delivery_are_left_out(work):
    taken_in(work, (0, with_housemate()))
    assert tried(work, van=-3, tot=1).dagen == 2
    with pytest.raises(DeliveryError, match="Of none of these days"):
        tried(work, van=-9, tot=-5)


def test_without_a_warehouse_there_is_nothing_to_look_at(work):
    with pytest.raises(DeliveryError, match="no warehouse"):
        tried(work)


def contents(work):
    files = (path for path in work.folder.rglob("*") if path.is_file() and work.logboek not in path.parents)
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_nothing_is_written_but_the_log_of_processings(work):
    taken_in(work, (0, with_housemate()))
    found = steps.find(work, DAY)
    steps.decide_and_record(work, DAY, found)
    before = contents(work)
    assert tried(work, rules=None).regels
    assert contents(work) == before


def test_no_casebook_is_made(work):
    taken_in(work, (0, with_housemate()))
    work.casebook.unlink(missing_ok=True)
    tried(work)
    assert not work.casebook.exists()


def test_a_rule_that_is_not_in_the_catalogue_is_tried_from_its_folder(work, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proef")
    (folder / "r77_proef.py").write_text(RULE)
    taken_in(work, (0, with_housemate()))
    (line,) = tried(work, rules=str(folder)).regels
    assert (line.regel, line.signalen, line.taken) == ("R77", 1, 1)


def test_a_folder_without_rules_is_an_error(tmp_path):
    with pytest.raises(RuleError, match="No rule files here"):
        chosen(str(tmp_path))


def test_rules_are_chosen_by_their_ids_and_are_all_those_that_may_be_used_otherwise():
    assert [rule.rule_id for rule in chosen("r18,R01,R18")] == ["R18", "R01"]
    assert "R30" not in [rule.rule_id for rule in chosen(None)]
    with pytest.raises(RuleError, match="may not be used"):
        chosen("R30")
    with pytest.raises(TijdigError, match="No rule has this id"):
        chosen("R99")


def test_the_counts_as_json_and_as_a_table(work):
    taken_in(work, (0, with_housemate().change("brp_persoon", "anummer", anummer(1), indicatie_geheim="7")))
    arguments = ["shadow", "--regels", "R01", "--van", str(DAY), "--tot", str(DAY), "--map", str(work.folder)]
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert (told["van"], told["huishoudens"], told["regels"][0]["redenen"]) == (str(DAY), 1, {"geheim": 1})
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).stdout
    assert "Er is niets vastgelegd" in shown
    assert "Het adres is geheim" in shown


@pytest.mark.slow
def test_it_says_what_the_nights_themselves_did(work):
    generate(work.leveringen, inwoners=5_000, huishoudens=400, seed=7, peildatum=PEILDATUM, dagen=2)
    days = list(nights_of(PEILDATUM, 2).values())
    new, letters = 0, 0
    for day in days:
        sources = steps.take_in_all(work, day)
        steps.decide_and_record(work, day, steps.find(work, day), unusable=sources.unusable)
        with steps.Casebook.at(work.casebook) as casebook:
            new += len(casebook.findings_of(day))
            letters += sum(map(len, casebook.tells_of([row.kenmerk for row in casebook.letters_made_on(day)]).values()))
    found = shadow(work, chosen(None), days[0], days[-1])
    assert sum(line.signalen for line in found.regels) == new
    assert sum(line.brieven for line in found.regels) == letters


def test_a_last_day_before_the_first_is_an_error(tmp_path):
    asked = CliRunner().invoke(app, ["shadow", "--van", "2026-11-05", "--tot", "2026-11-03", "--map", str(tmp_path)])
    assert isinstance(asked.exception, TijdigError)
    assert "first day lies after the last one" in str(asked.exception)


def test_before_the_first_night_deliveries_are_taken_in_and_nothing_else_is_made(tmp_path):
    work = Workplace(tmp_path)
    with_housemate().write_all(work.leveringen)
    asked = ["shadow", "--van", DAY.isoformat(), "--tot", DAY.isoformat(), "--regels", "R01", "--map", str(tmp_path)]
    done = CliRunner().invoke(app, [*asked, "--innemen", "--json"], catch_exceptions=False)
    (line,) = json.loads(done.output)["regels"]
    assert (line["regel"], line["signalen"]) == ("R01", 1)
    # No letter, no task, no record; and what was delivered does not outlive what took it in.
    assert not work.casebook.exists()
    assert not (tmp_path / "uitvoer").exists()
    assert not list(work.leveringen.rglob("levering.json"))
