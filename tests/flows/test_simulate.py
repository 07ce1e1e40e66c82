"""``tijdig simulate`` as a manager, jurist or raadslid uses it: the console, the page and the files."""

import csv
import json
import re
import sys
from datetime import date
from io import StringIO

import pytest

from advice.simulation import Band, Maat, Plan, Wereld, simulate
from advice.simulation.result import ANDERE, HOOFD, Gevoeligheid
from contracts.bands import SIMULATIE, bands_on
from contracts.parameters import Status
from flows import simulate as command
from flows.cli import main
from flows.simulation import charts, words
from flows.simulation.page import render
from tests.pages import assert_accessible, assert_alone, text

DAY = date(2026, 11, 3)


@pytest.fixture(scope="module")
def found():
    plan = Plan(jaren=2, huishoudens=300, trekkingen=3, peildatum=DAY)
    return simulate(plan, bands_on(DAY), bands_on(DAY, SIMULATIE))


@pytest.fixture(scope="module")
def html(found):
    return render(found, "3 november 2026", "1")


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run ``tijdig simulate ...`` in the folder of the test; exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["tijdig", "simulate", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


SMALL = ("--jaren", 1, "--huishoudens", 40, "--peildatum", "2026-11-03")


def test_help_is_dutch_and_fits_eighty_columns(run):
    code, out, _ = run("--help")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert code == 0
    assert "model, geen meting" in " ".join(plain.split())
    assert "Voorbeeld: tijdig simulate" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_the_console_warns_first_and_fits_eighty_columns(run):
    code, out, _ = run(*SMALL)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    lines = out.splitlines()
    assert lines[0].startswith("  Gerekend")
    assert lines[1].startswith("Dit is een model, geen meting. 67 van de 80 parameters")
    for maat in Maat:
        assert re.search(rf"^{words.MAAT[maat]} ", out, re.MULTILINE)
    assert "Bladzijde: uitvoer/simulatie/simulatie.html" in out


def test_the_same_seed_writes_the_same_files(run, tmp_path):
    run(*SMALL, "--uit", "een", "--zaad", 5)
    run(*SMALL, "--uit", "twee", "--zaad", 5)
    run(*SMALL, "--uit", "drie", "--zaad", 6)
    for name in ("simulatie.json", "simulatie.csv", "gevoeligheid.csv"):
        one, two, three = ((tmp_path / folder / name).read_bytes() for folder in ("een", "twee", "drie"))
        assert one == two != three
    assert (tmp_path / "een" / "simulatie.html").is_file()


def test_fewer_than_thirty_draws_say_too_little(run):
    code, _, err = run(*SMALL, "--trekkingen", 29)
    assert code == 2
    assert "greater than or equal to" in err


def test_outside_the_days_of_the_parameters_there_is_no_simulation(run):
    code, _, err = run("--peildatum", "2027-01-01")
    assert code == 2
    assert "has no value on 2027-01-01" in err.replace("\n", " ")


def test_production_refuses_what_is_from_memory(run, tmp_path, monkeypatch):
    real = command.simulate

    def from_memory(*arguments):
        made = real(*arguments)
        used = tuple(one.model_copy(update={"status": Status.GEHEUGEN}) for one in made.gebruikt)
        return made.model_copy(update={"gebruikt": used})

    monkeypatch.setattr(command, "simulate", from_memory)
    assert run(*SMALL)[0] == 0
    (tmp_path / "tijdig.toml").write_text("productie = true\n", encoding="utf-8")
    code, _, err = run(*SMALL, "--uit", "weg")
    assert code == 2
    assert "from memory may not be used in production" in err.replace("\n", " ")
    assert not (tmp_path / "weg").exists()


def test_the_tables_hold_what_the_json_holds(run, tmp_path):
    run(*SMALL, "--uit", "uit")
    told = json.loads((tmp_path / "uit" / "simulatie.json").read_text(encoding="utf-8"))
    rows, sensitive = (
        list(csv.DictReader(StringIO((tmp_path / "uit" / name).read_text(encoding="utf-8")), delimiter=";"))
        for name in ("simulatie.csv", "gevoeligheid.csv")
    )
    assert len(rows) == len(told["uitkomsten"]) + len(told["verschillen"]) == 5 * len(Maat)
    claimed = next(row for row in rows if (row["wereld"], row["maat"]) == ("niets", "gevorderd"))
    cents = next(one["band"] for one in told["uitkomsten"] if (one["wereld"], one["maat"]) == ("niets", "gevorderd"))
    assert claimed["eenheid"] == "euro per jaar"
    assert float(claimed["midden_50"]) == pytest.approx(cents["midden"] / 100, abs=0.005)
    assert {row["parameter"] for row in sensitive} == {one["parameter"] for one in told["gevoeligheid"]}


# -- the page --------------------------------------------------------------------------------------------


def test_the_page_is_accessible_and_alone(html):
    assert_accessible(html)
    assert_alone(html)


def test_the_page_says_first_that_it_is_a_model_and_names_what_nobody_confirmed(html, found):
    told = text(html)
    warning = told.index("Dit is een model, geen meting")
    assert warning < told.index("Drie werelden")
    top = told[warning : told.index("Drie werelden")]
    assert "67 van de 80 parameters heeft niemand bevestigd" in top
    for one in found.gebruikt:
        # Between its own name and another that begins with it stands a comma.
        named = re.search(rf"(?<![\w]){one.naam}(?![\w])", top) is not None
        assert named == (one.status is not Status.GEZIEN), one.naam


def test_the_page_tells_each_world_measure_and_parameter(html, found):
    told = text(html)
    for maat in Maat:
        for wereld in Wereld:
            band = found.uitkomst(wereld, maat)
            assert f"{words.amount(maat, band.midden)} {words.ends(maat, band)}".replace("\xa0", " ") in told
    for one in found.gebruikt:
        assert f"{one.naam} " in told
    for rule in ("R06", "R30"):
        assert f"Regel {rule}: " in told


def test_the_page_lays_the_model_beside_what_is_known(html):
    told = text(html)
    assert "Divosa, factsheet inlichtingenplicht" in told
    assert "€ 2.000 tot € 2.500" in told


def test_every_chart_says_in_words_what_it_shows(found):
    band = found.verschil(Wereld.NIETS, Maat.KOSTEN)
    chart = str(charts.differences_chart(found, Wereld.NIETS))
    assert f"kosten van het werk: {words.amount(Maat.KOSTEN, band.midden)}" in chart
    sensitive = str(charts.tornado(found, Wereld.NIETS, Maat.KOSTEN))
    first = found.drijvers(Wereld.NIETS, Maat.KOSTEN)[0]
    assert f"{first.parameter}: laag {words.amount(Maat.KOSTEN, first.laag)}" in sensitive
    for one in (chart, sensitive):
        places = [float(x) for x in re.findall(r'(?:x|x1|x2|cx)="([\d.-]+)%"', one)]
        widths = [float(x) for x in re.findall(r'width="([\d.-]+)%"', one)]
        assert all(0 <= place <= 100 for place in [*places, *widths])


def test_a_gemeente_in_which_nothing_happens_has_a_page():
    nobody = simulate(
        Plan(jaren=1, huishoudens=1, trekkingen=1, zaad=7, peildatum=DAY), bands_on(DAY), bands_on(DAY, SIMULATIE)
    )
    page = render(nobody, "3 november 2026", "1")
    assert_accessible(page)


# -- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(0, 0), (0.4, 0), (0.5, 1), (-0.5, -1), (999.4, 999), (1234.5, 1230), (1235, 1240), (-83140919, -83100000)],
)
def test_no_more_than_three_figures_are_told(value, rounded):
    assert words.rounded(value) == rounded


@pytest.mark.parametrize(
    ("band", "said"),
    [
        ((-300, -200, -100), "200 minder (100 tot 300)"),
        ((100, 200, 300), "200 meer (100 tot 300)"),
        ((-100, 20, 300), "niet te zeggen of het meer of minder is (−100 tot 300)"),
        ((0, 0, 0), "evenveel"),
    ],
)
def test_less_and_more_in_words(band, said):
    low, middle, high = band
    assert words.less_or_more(Maat.BRIEVEN, Band(laag=low, midden=middle, hoog=high)) == said


def test_an_amount_is_in_euro_and_a_number_is_not():
    assert words.amount(Maat.KOSTEN, -8_314_091).replace("\xa0", " ") == "−€ 83.100"
    assert words.amount(Maat.UREN, 6430.2) == "6.430"


@pytest.mark.parametrize(("ends", "turns"), [((-1, -2, 3), True), ((-1, -2, -3), False), ((0, -2, -3), False)])
def test_a_parameter_turns_a_difference_around_where_it_crosses_nothing(ends, turns):
    low, base, high = ends
    one = Gevoeligheid(tegen=Wereld.NIETS, maat=Maat.KOSTEN, parameter="x", laag=low, basis=base, hoog=high)
    assert one.keert_om is turns
    assert one.zwaai == max(ends) - min(ends)


def test_everything_has_words():
    assert (set(words.WERELD), set(words.WERELD_UITLEG)) == (set(Wereld), set(Wereld))
    assert (set(words.MAAT), set(words.MAAT_UITLEG)) == (set(Maat), set(Maat))
    assert set(HOOFD) < set(words.GENOEMD)
    assert set(ANDERE) == set(Wereld) - {Wereld.TIJDIG}
