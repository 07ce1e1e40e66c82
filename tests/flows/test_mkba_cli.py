"""``tijdig mkba`` as a consulent, manager or jurist uses it."""

import json
import re
import sys
from xml.etree import ElementTree as ET

import pytest

from advice.mkba import Kansen, Kant, Omslag
from contracts.delivery import DeliveryKind
from contracts.parameters import Status
from contracts.tables import Bron
from flows import steps
from flows.cli import main
from flows.mkba_words import break_even, percent, whole
from flows.settings import Workplace
from tests.world import DAY, town


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run ``tijdig mkba ...`` in the folder of the test; exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["tijdig", "mkba", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


@pytest.fixture
def example(run, tmp_path):
    _, text, _ = run("--voorbeeld")
    (tmp_path / "geval.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "geval.yaml"


@pytest.fixture
def signals(tmp_path):
    """The finding of a new housemate (R01) and, elsewhere, of a detention (R21), after a night in the test's folder."""
    work = Workplace(tmp_path)
    world = town().signal(1, "DETENTIE", "20261020", bron="DJI_JUSTID")
    world.uitkering(10, house=10).person(40, house=10, datum_aanvang_adreshouding="20261020")
    world.write_all(work.leveringen)
    world.write(work.leveringen, Bron.IB, DAY, DeliveryKind.MUTATIES)
    steps.take_in_all(work, DAY)
    found = steps.find(work, DAY)
    steps.decide_and_record(work, DAY, found)
    return {one.regel: one.signaal_id for one in found.findings}


def changed(example, **lines):
    text = example.read_text(encoding="utf-8")
    for name, value in lines.items():
        text = re.sub(rf"^{name}:.*$", f"{name}: {value}", text, flags=re.MULTILINE)
    example.write_text(text, encoding="utf-8")


def test_help_is_dutch_and_fits_eighty_columns(run):
    code, out, _ = run("--help")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert code == 0
    assert "Voorbeeld: tijdig mkba" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_a_case_is_shown_in_eighty_columns_with_bands_break_even_drivers_and_what_is_not_sure(run, example):
    code, out, _ = run("--feiten", example, "--posten", "--kant", "dienst")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    for expected in (
        "Te veel betaald: € 0,00 tot € 405,56 per maand, vanaf 1 september 2026.", "repressief handhaven",
        "Omslag.", "Wat het verschil met geen interventie maakt (dienst)", "bezwaar en beroep", "37 van de 39 parameters",
        "beslist niets",
    ):  # fmt: skip
        assert expected in out
    assert re.search(r"te veel betaald +-1\.489 +-791 +-566", out)


def test_every_amount_in_the_json_has_its_band(run, example):
    _, out, _ = run("--feiten", example, "--json")
    told = json.loads(out)
    bands = [line["band"] for one in told["uitkomsten"] for line in one["posten"]]
    bands += [band for one in told["uitkomsten"] for band in one["totaal"].values()]
    bands += [one["band"] for one in told["verschillen"]]
    assert len(bands) > 50
    assert all(band["laag"] <= band["basis"] <= band["hoog"] for band in bands)
    assert {one["status"] for one in told["gebruikt"]} == {"gezien", "te_bevestigen"}


def test_the_chart_says_in_words_what_it_shows(run, example, tmp_path):
    run("--feiten", example, "--svg", "mkba.svg")
    root = ET.parse(tmp_path / "mkba.svg").getroot()
    names = {child.tag.split("}")[1] for child in root}
    assert {"title", "desc", "line", "circle"} <= names
    circles = [one for one in root if one.tag.endswith("circle")]
    assert len(circles) == 12
    assert "inwoner, geen interventie: -797, -6.065 tot 1.034" in root[1].text
    for one in root:
        for at in ("x", "x1", "x2", "cx"):
            assert 0 <= float(one.get(at, "0%").rstrip("%")) <= 100


def test_an_advantage_says_that_repressief_does_not_look_at_it(run, example):
    changed(example, richting="voordeel", per_maand="[0, 300]", route="ambtshalve_voorstel")
    _, out, _ = run("--feiten", example)
    assert "Te weinig betaald: € 0,00 tot € 300,00 per maand" in out
    assert "het is hier gelijk aan geen interventie" in " ".join(out.split())
    assert "Wat het verschil met repressief" not in out


@pytest.mark.parametrize(
    ("lines", "why"),
    [({"per_maand": ""}, "niet bekend wat het per maand scheelt"), ({"feitdatum": ""}, "niet precies bekend")],
)
def test_what_can_not_be_worked_out_says_why_and_makes_no_chart(run, example, tmp_path, lines, why):
    changed(example, **lines)
    code, out, _ = run("--feiten", example, "--svg", "mkba.svg")
    assert code == 0
    assert "geen MKBA gemaakt worden." in out
    assert why in " ".join(out.split())
    assert not (tmp_path / "mkba.svg").exists()


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ({"per_maand": "[0, -405.565]"}, "per_maand"),
        ({"per_maand": "[100, -100]"}, "alles"),
        ({"per_maand": "veel"}, "per_maand"),
        ({"route": "boete"}, "route"),
        ({"horizon_maanden": 37}, "horizon_maanden"),
        ({"peildatum": "2026-13-77"}, "peildatum"),
    ],
)
def test_facts_that_do_not_fit_are_named_without_their_value(run, example, lines, field):
    changed(example, **lines)
    code, out, err = run("--feiten", example)
    assert code == 2
    assert f"do not fit: {field}" in err.replace("\n", " ")
    assert not re.search("405|veel|boete|37|77", out + err)


@pytest.mark.parametrize("arguments", [(), ("S-R01-x", "--feiten", "geval.yaml")])
def test_one_finding_or_one_file(run, arguments):
    code, _, err = run(*arguments)
    assert code == 2
    assert "Name one finding" in err


def test_outside_the_days_of_the_parameters_there_is_no_mkba(run, example):
    changed(example, peildatum="2027-01-01")
    code, _, err = run("--feiten", example)
    assert code == 2
    assert "has no value on 2027-01-01" in err.replace("\n", " ")


def test_production_refuses_what_is_from_memory(run, example, tmp_path, monkeypatch):
    from flows import mkba as command

    real = command.bands_on

    def from_memory(day):
        bands = real(day)
        return type(bands)(
            day, bands.values, tuple(one.model_copy(update={"status": Status.GEHEUGEN}) for one in bands.used)
        )

    monkeypatch.setattr(command, "bands_on", from_memory)
    assert run("--feiten", example)[0] == 0
    (tmp_path / "tijdig.toml").write_text("productie = true\n", encoding="utf-8")
    code, _, err = run("--feiten", example)
    assert code == 2
    assert "from memory may not be used in production" in err.replace("\n", " ")


def test_of_a_finding_in_the_casebook(run, signals):
    _, out, _ = run(signals["R01"], "--json")
    case = json.loads(out)["geval"]
    # the norm of somebody alone, 1,419.46, less that of two kostendelers, 1,013.90; or nothing
    assert case["per_maand"] == [-40556, 0]
    assert (case["feitdatum"], case["herziening_maanden"], case["horizon_maanden"]) == ("2026-10-20", 12, 24)


def test_the_horizon_is_a_setting(run, tmp_path, signals):
    (tmp_path / "tijdig.toml").write_text("mkba_horizon_maanden = 6\n", encoding="utf-8")
    assert json.loads(run(signals["R01"], "--json")[1])["geval"]["horizon_maanden"] == 6


def test_what_few_may_know_is_not_told_without_asking_for_it(run, signals):
    _, out, _ = run(signals["R21"])
    assert "beperkte groep" in out
    assert "Te veel betaald" not in out
    assert "Te veel betaald" in run(signals["R21"], "--beperkt")[1]


ELSE = ", daarbuiten hangt het van de parameters af"


@pytest.mark.parametrize(
    ("basis", "zeker", "zeker_niet", "told"),
    [
        ((0, 1), (0, 1), None, "bij elke kans; dat geldt binnen de hele bandbreedte"),
        (None, None, (0, 1), "bij geen enkele kans; dat geldt binnen de hele bandbreedte"),
        ((0, 1), None, None, "bij elke kans; binnen de bandbreedte kan het bij elke kans beide kanten op"),
        (("1/3", 1), ("5/8", 1), (0, "1/8"), f"vanaf 33,3 procent; zeker wel vanaf 62,5 procent, zeker niet tot en met 12,5 procent{ELSE}"),
        ((0, "1/4"), None, ("1/2", 1), f"tot en met 25 procent; zeker niet vanaf 50 procent{ELSE}"),
        (("1/4", "1/4"), None, None, "precies bij 25 procent; binnen de bandbreedte kan het bij elke kans beide kanten op"),
    ],
)  # fmt: skip
def test_a_break_even_in_words(basis, zeker, zeker_niet, told):
    ends = [None if one is None else Kansen(van=one[0], tot=one[1]) for one in (basis, zeker, zeker_niet)]
    found = Omslag(kant=Kant.DIENST, basis=ends[0], zeker=ends[1], zeker_niet=ends[2])
    assert break_even(found) == told


@pytest.mark.parametrize(
    ("cents", "told"),
    [(0, "0"), (49, "0"), (50, "1"), (-49, "0"), (-50, "-1"), (123_450, "1.235"), (-123_449, "-1.234")],
)
def test_whole_euros(cents, told):
    assert whole(cents) == told


def test_a_percentage_has_one_decimal():
    assert percent(Kansen(van="92/2635", tot=1).van) == "3,5 procent"


def test_a_folder_without_nights_is_said_and_left_as_it_is(run, tmp_path):
    code, _, err = run("S-R01-0123456789abcdef")
    assert code == 2
    assert "What to do:" in err
    assert list(tmp_path.iterdir()) == []
