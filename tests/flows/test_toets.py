"""The drietrapstoets on the command line and on the tasks of a night."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from contracts.delivery import DeliveryKind
from contracts.errors import CasebookError
from contracts.tables import Bron
from contracts.toets import VRAAG_ZIN
from flows import steps
from flows.cli import app
from flows.outputs import write_outputs
from flows.settings import Workplace
from store.casebook import Casebook
from tests.world import DAY, bsn, town

runner = CliRunner()


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A night with a housemate whose household has a secret address (a task), and somebody who is detained."""
    made = Workplace(tmp_path_factory.mktemp("toets"))
    world = town().uitkering(10, house=10).signal(10, "DETENTIE", "20261020", bron="DJI_JUSTID")
    world.change("brp_persoon", "burgerservicenummer", bsn(1), indicatie_geheim="7")
    world.person(2, house=1, datum_aanvang_adreshouding="20261020").write_all(made.leveringen)
    world.write(made.leveringen, Bron.IB, DAY, DeliveryKind.MUTATIES)
    steps.take_in_all(made, DAY)
    steps.decide_and_record(made, DAY, steps.find(made, DAY))
    with Casebook.at(made.casebook) as casebook:
        write_outputs(made.uitvoer(DAY), casebook, DAY, pl.DataFrame({"levering": []}))
    return made


def tasks(work, *parts):
    text = work.uitvoer(DAY).joinpath(*parts, "taken.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def asked(work, *words):
    return runner.invoke(app, [*words, "--map", str(work.folder)])


def judge(
    work, signaal_id, *more, bewust="nee", door="C-01", context="Dacht dat het vanzelf ging.", impact="Nu nog klein."
):
    said = ["--bewust", bewust, "--context", context, "--impact", impact, "--door", door]
    return asked(work, "signaal", "oordeel", signaal_id, *said, *more)


def kept(work, signaal_id):
    with Casebook.kept(work.casebook) as casebook:
        return [(row.bewust, row.door) for row in casebook.oordelen_of(signaal_id)]


def one(work, *parts):
    (task,) = tasks(work, *parts)
    return task


def test_each_task_has_the_questions_their_facts_and_which_guide_goes_with_it(work):
    made = one(work)["toets"]
    assert (made["op"], made["gids"]) == ("2026-11-03", "huisgenoot")
    assert [part["vraag"] for part in made["vragen"]] == list(VRAAG_ZIN.values())
    facts = {feit["soort"]: feit for part in made["vragen"] for feit in part["feiten"]}
    assert facts["brief"]["zin"] == "Tijdig maakte in dit huishouden nog geen brief over dit onderwerp."
    assert facts["feitdatum"]["zin"] == "Het feit is van 20 oktober 2026, 14 dagen geleden."
    assert (facts["feitdatum"]["bekend"], facts["feitdatum"]["bronnen"]) == (True, ["uitkeringsgegevens", "brp"])
    assert [levering.split("-")[0] for levering in facts["feitdatum"]["leveringen"]] == ["brp", "uitkeringsgegevens"]
    assert facts["eerste_nacht"]["zin"].startswith(
        "Tijdig zag dit voor het eerst in de nacht van 3 november 2026, vandaag."
    )
    assert facts["melding"]["zin"] == "Er ligt geen melding hierover die nog verwerkt moet worden."
    assert facts["uiterlijk"]["zin"].startswith("Uiterlijk op 19 december 2026")  # 20 October and 60 days


def test_a_task_has_no_answer_and_nothing_that_names_anybody(work):
    text = json.dumps([tasks(work), tasks(work, "beperkt")], ensure_ascii=False)
    assert '"bewust"' not in text
    assert not [word for word in ("Noor", "Jansen", "Dorpsstraat", "1234AB", bsn(1), bsn(2), bsn(10)) if word in text]


def test_the_task_of_what_few_may_know_is_theirs(work):
    assert one(work)["regel"] == "R01"
    restricted = one(work, "beperkt")
    assert (restricted["regel"], restricted["toets"]["gids"]) == ("R21", "detentie")
    assert "detentie" not in json.dumps(tasks(work)).casefold()


def test_the_command_shows_questions_facts_and_guide(work):
    task = one(work)
    shown = asked(work, "signaal", "toets", task["signaal_id"]).output
    for part in task["toets"]["vragen"]:
        assert part["vraag"] in shown
        assert [feit["zin"] for feit in part["feiten"] if feit["zin"] not in shown] == []
    assert "Gesprek: wie er bij u woont" in shown
    assert "Wie wonen er op dit moment bij u?" in shown
    assert (
        "   - Er ligt geen melding hierover die nog verwerkt moet worden. [uitkeringsgegevens; uitkeringsgegevens-2026-11-03-"
        in shown
    )
    assert "   ? Wat de dienst buiten Tijdig over dit onderwerp vertelde, is niet bekend. [uitkeringsgegevens]" in shown
    assert "Antwoorden doet alleen een mens" in shown


def test_what_few_may_know_is_shown_and_judged_with_beperkt_only(work):
    signaal_id = one(work, "beperkt")["signaal_id"]
    for words in (("toets",), ("toon",)):
        hidden = asked(work, "signaal", *words, signaal_id)
        assert (hidden.exit_code, "vaste lasten" in hidden.output, "Oordeel" in hidden.output) == (0, False, False)
    refused = judge(work, signaal_id, context="Alleen voor enkelen.")
    assert (refused.exit_code, "beperkte groep" in refused.output, kept(work, signaal_id)) == (1, True, [])
    assert judge(work, signaal_id, "--beperkt", context="Alleen voor enkelen.").exit_code == 0
    for command in (("signaal", "toon"), ("signaal", "toets"), ("explain",)):
        assert "Alleen voor enkelen." not in asked(work, *command, signaal_id).output
        assert "Alleen voor enkelen." in asked(work, *command, signaal_id, "--beperkt").output
    assert "vaste lasten" in asked(work, "signaal", "toets", signaal_id, "--beperkt").output


def test_what_a_consulent_answers_is_kept_and_shown_wherever_the_finding_is(work):
    signaal_id = one(work)["signaal_id"]
    assert "Oordeel van" not in asked(work, "explain", signaal_id).output
    assert "verandert niets vanzelf" in judge(work, signaal_id).output
    assert judge(work, signaal_id, bewust="onbekend", door="C-02", context="Niet gesproken [nog].").exit_code == 0
    assert kept(work, signaal_id) == [("nee", "C-01"), ("onbekend", "C-02")]
    for command in (("signaal", "toon"), ("signaal", "toets"), ("explain",)):
        shown = asked(work, *command, signaal_id).output
        assert "Oordeel van C-01 na de nacht van 3 november 2026:" in shown
        assert "Bewust: nee." in shown
        assert "Dacht dat het vanzelf ging." in shown
        assert shown.index("Bewust: nee.") < shown.index("Bewust: onbekend.")
        assert "Niet gesproken [nog]." in shown
    assert f"tijdig signaal toets {signaal_id}" in asked(work, "explain", signaal_id).output


def test_who_leaves_the_first_answer_out_has_given_none(work):
    signaal_id = one(work)["signaal_id"]
    before = kept(work, signaal_id)
    said = ["--context", "x", "--impact", "x", "--door", "C-01"]
    missing = asked(work, "signaal", "oordeel", signaal_id, *said)
    assert (missing.exit_code, "--bewust" in missing.output, kept(work, signaal_id)) == (2, True, before)


@pytest.mark.parametrize(
    ("other", "where"),
    [({"door": " "}, "--door"), ({"door": "tijdig"}, "--door"), ({"context": ""}, "--context"), ({"impact": f"Over {bsn(1)}."}, "--impact")],
)  # fmt: skip
def test_what_is_no_answer_of_a_human_is_refused_without_repeating_it(work, other, where):
    signaal_id = one(work)["signaal_id"]
    before = kept(work, signaal_id)
    refused = judge(work, signaal_id, **other)
    assert isinstance(refused.exception, CasebookError)
    assert where in str(refused.exception)
    assert bsn(1) not in str(refused.exception)
    assert kept(work, signaal_id) == before
