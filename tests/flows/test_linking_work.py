"""``tijdig linking`` on a work folder: from a night's question to the answer, and weights from its own rows."""

import re
import sys
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from contracts.errors import ParameterError
from contracts.tables import Bron
from flows import mailroom, steps
from flows.cli import main
from flows.settings import Workplace
from matching.linking import Weights
from store.casebook import Casebook
from tests.world import DAY, bsn, town

FATIMA = {"voornamen": "Fatima", "geslachtsnaam": "Bergh", "born": "19950617"}
NAMED = {"medebewoner_voorletters": "F.", "medebewoner_geslachtsnaam": "Bergh", "medebewoner_geboortedatum": "19950617"}
NEXT = DAY + timedelta(days=1)


def household():
    world = town().person(2, house=1, datum_aanvang_adreshouding="20261020", **FATIMA).knows(1, None, **NAMED)
    world.rows["duo_inschrijving"] = [
        {"brin": "25MB", "datum_inschrijving": "20260901", "datum_aanvang_deelname": "20260901", **who}
        for who in (
            {
                "burgerservicenummer": bsn(1),
                "voorletters": "N.",
                "geslachtsnaam": "Jansen",
                "geboortedatum": "19800101",
            },
            {"voorletters": "F.", "geslachtsnaam": "Berg", "geboortedatum": "19950617"},
        )
    ]
    return world


def night(work, day):
    for bron in Bron:
        household().write(work.leveringen, bron, day)
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    letters = mailroom.deliver(work, day, usable=sources.may_print).gepubliceerd
    with Casebook.at(work.casebook) as casebook:
        casebook.save_counts(day, {}, now=sources.taken[0].geleverd_op)
        (row,) = [row for row in casebook.findings_of(DAY) if row.regel == "R01"]
    return row, letters


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return Workplace(tmp_path)


@pytest.fixture
def run(monkeypatch, capsys):
    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["tijdig", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert not [value for value in (bsn(1), bsn(2), "Fatima", "Bergh", "Jansen", "19950617") if value in out + err]
        return ended.value.code or 0, out, err

    return ran


def test_a_question_is_explained_answered_and_not_asked_again(work, run):
    signal, letters = night(work, DAY)
    assert (signal.advies, letters) == ("taak", 0)
    code, out, _ = run("explain", signal.signaal_id)
    assert code == 0
    assert f"tijdig linking besluit {signal.signaal_id} --zelfde" in out
    code, out, _ = run("linking", "explain", signal.signaal_id, "--svg", "waterval.svg")
    assert code == 0
    assert re.search(r"geboortedatum: gelijk", out)
    assert "De rij is automatisch gekoppeld aan deze persoon." in out
    assert ET.parse(work.folder / "waterval.svg").getroot().get("role") == "img"
    facts = signal.inhoud["feiten"]
    assert run("linking", "explain", facts["koppel_links"], facts["koppel_rechts"])[1] == out
    code, out, _ = run("linking", "besluit", signal.signaal_id, "--niet-zelfde", "--door", "C-01")
    assert (code, out) == (0, "Vastgelegd: niet dezelfde persoon. Dit telt vanaf de volgende nacht.\n")
    signal, letters = night(work, NEXT)
    # Who this is not is settled; that DUO may speak of the newcomer is a question of its own.
    assert (signal.advies, signal.reden, letters) == ("taak", "studie_onzeker", 0)
    assert "C-01: niet dezelfde persoon." in run("explain", signal.signaal_id)[1]


def test_the_report_says_what_became_of_each_kind_of_row(work, run):
    night(work, DAY)
    code, out, _ = run("linking", "report")
    assert code == 0
    groups = re.findall(r"^\| soort \| (\w+) \| (\d+) \|", out, re.MULTILINE)
    assert groups == [("duo", "2"), ("medebewoner", "1")]
    assert "| exact |" in out


def test_weights_can_be_estimated_from_the_rows_of_a_work_folder(work, run):
    night(work, DAY)
    code, out, _ = run("linking", "estimate", "--versie", "proef", "--uit", "proef.yaml", "--datum", "2026-11-03")
    assert (code, out.split(";")[0]) == (0, "1 geverifieerde rijen")
    made = Weights.load(work.folder / "proef.yaml")
    assert (made.versie, made.aantallen.geverifieerd, made.aantallen.personen) == ("proef", 1, 2)


def test_a_night_uses_the_weights_that_the_settings_name(work):
    (work.folder / "tijdig.toml").write_text('koppelgewichten = "bestaat-niet"\n')
    with pytest.raises(ParameterError, match="No usable linking weights"):
        night(work, DAY)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("linking", "report"), "No night was run here"),
        (("linking", "explain", "S-R01-0000000000000000"), "No night was run here"),
        (("linking", "besluit", "S-R01-0000000000000000", "--zelfde", "--door", "C-01"), "No night was run here"),
        (("linking", "report", "--register", "weg.csv"), "go together"),
    ],
)
def test_what_is_not_there_is_an_error_that_says_so(work, run, arguments, says):
    code, _, err = run(*arguments)
    assert code == 2
    assert says in err


def test_a_key_of_nobody_is_an_error(work, run):
    night(work, DAY)
    code, _, err = run("linking", "explain", "0123456789abcdef", "0123456789abcdef")
    assert code == 2
    assert "Nobody by this number or key" in err
