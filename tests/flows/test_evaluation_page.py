"""``tijdig report``: the page and the files of a month, what is said where nothing was measured, and bad input."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from contracts.errors import CasebookError, SettingsError
from contracts.registers import Herkomst, Klacht
from flows.cli import app
from flows.evaluation import run
from flows.evaluation.asked import period_of, trend_of
from flows.evaluation.charts import Column, column_chart
from flows.evaluation.make import evaluation
from flows.evaluation.masking import shown
from flows.evaluation.model import Cijfer
from flows.evaluation.origin import origin_of
from flows.evaluation.over_kwaliteit import interval
from flows.evaluation.page import render
from flows.settings import Settings, Workplace
from matching.rule import all_rules
from store.casebook import Casebook
from store.casebook.evaluation import Month, Period
from tests.pages import assert_accessible, assert_alone, text, tree
from tests.store.casebook_rows import NOW, rows_by_chance

START = date(2026, 9, 20)
TODAY = date(2026, 12, 20)
runner = CliRunner()


def month(number, year=2026):
    return Month.of(date(year, number, 1))


def plain(rows):
    """The same with few kinds of cases: an MKBA is worked out for each."""
    for row in rows.finding:
        row["inhoud"] = {"route": "taak", "effect": row["inhoud"]["effect"] if row["richting"] == "nadeel" else None}
        row["feitdatum"] = row["feitdatum"] and row["eerste_nacht"] - timedelta(days=5)
    return rows


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A work folder with eighty made-up nights."""
    place = Workplace(tmp_path_factory.mktemp("kept"))
    with Casebook.at(place.casebook) as casebook:
        plain(rows_by_chance(seed=3, count=1_500, first=START, days=80, dossiers=400)).write(casebook)
        casebook.note_klacht(Klacht(onderwerp="toon", ontvangen_op=date(2026, 10, 2), door="C-01", moment=NOW))
    return place


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(run, "today", lambda: TODAY)


@pytest.fixture(scope="module")
def page(kept):
    with Casebook.at(kept.casebook) as casebook:
        made = evaluation(casebook, Settings(), Period(month(10), month(10)), datetime(2026, 11, 2, 5, tzinfo=UTC))
    return render(made)


def tijdig(work, *words):
    return runner.invoke(app, ["report", *words, "--map", str(work.folder)])


# --- the page -------------------------------------------------------------------------------------------


def test_the_page_stands_alone_and_everybody_can_read_it(page):
    assert_alone(page)
    assert_accessible(page)
    assert "Over oktober 2026" in text(page)
    assert "31 nachten gedraaid, van de 31 die er in deze periode konden zijn." in text(page)


def test_every_chart_has_its_numbers_in_a_table_of_the_same_card(page):
    cards = [card for card in tree(page).iter("div") if "cijfer" in card.get("class", "").split()]
    assert {card.get("id") for card in cards} == set(Cijfer)
    drawn = [card for card in cards if any(svg.get("role") == "img" for svg in card.iter("svg"))]
    assert len(drawn) >= 5
    assert all(card.find("table") is not None for card in drawn)


def test_no_number_below_ten_stands_in_a_table(page):
    cells = ["".join(cell.itertext()).strip() for cell in tree(page).iter("td")]
    counts = [cell for cell in cells if re.fullmatch(r"[\d.]+", cell)]
    assert len(counts) > 100
    assert all(count == "0" or int(count.replace(".", "")) % 10 == 0 for count in counts)
    assert "minder dan 10" in cells
    assert cells.count("minder dan 10") > 20


def test_nobody_is_on_the_page_or_in_a_file(kept):
    tijdig(kept, "maand", "--maand", "2026-10")
    folder = kept.maand("2026-10")
    told = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not re.search(r"\b(D-\d|S-\d|N-\d|T-S)", told)


def test_a_file_for_each_figure_with_what_the_page_says(kept, page):
    tijdig(kept, "--maand", "2026-10")
    folder = kept.maand("2026-10")
    assert {path.name for path in folder.iterdir()} == {"evaluatie.html", *(f"{one}.csv" for one in Cijfer)}
    with (folder / "afgehandeld.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert [line["code"] for line in lines][-2:] == ["verschil_weg", "samen"]
    assert set(lines[0]) == {
        "code", "omschrijving", "brp", "ib", "duo", "eigen_organisatie", "onbekend", "samen",
    }  # fmt: skip
    values = {value for line in lines for key, value in line.items() if key not in {"code", "omschrijving"}}
    assert all(value in {"", "0", "<10"} or int(value) % 10 == 0 for value in values)
    assert lines[0]["omschrijving"] == "De administratie is aangepast."


def test_the_same_month_again_replaces_its_files_and_leaves_nothing_half(kept):
    for _ in range(2):
        assert tijdig(kept, "maand", "--maand", "2026-11").exit_code == 0
    assert not list(kept.maand("2026-11").glob("*.nieuw"))


def test_a_longer_period_has_a_folder_of_its_own(kept):
    result = tijdig(kept, "maand", "--maand", "2026-09", "--tot", "2026-12")
    assert "Evaluatie van september 2026 tot en met december 2026" in result.output
    written = (kept.maand("2026-09--2026-12") / "evaluatie.html").read_text(encoding="utf-8")
    assert "80 nachten gedraaid, van de 80" in text(written)
    assert "De laatste maand is nog niet voorbij" not in text(written) or date(2026, 12, 31) >= TODAY


def test_what_was_not_measured_is_said_and_never_zero(tmp_path):
    """One night in which nothing happened."""
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        casebook.save_counts(date(2026, 10, 5), {}, now=NOW)
        made = evaluation(casebook, Settings(), Period(month(10), month(10)), NOW)
    assert not [tabel.cijfer for tabel in made.tabellen if tabel.gemeten]
    said = text(render(made))
    assert said.count("niet gemeten Er ") == len(Cijfer)
    assert "Er is in deze periode geen klacht opgeschreven. Dat is iets anders dan: er was er geen." in said
    assert not re.search(r"\b0 ?%|\b0 dagen|€ 0", said)
    assert [tegel.groot for tegel in made.tegels] == [*["niet gemeten"] * 4, "geen"]
    assert '<svg class="grafiek"' not in render(made)


def test_letters_that_nobody_noted_an_answer_to_are_not_zero_percent(tmp_path):
    rows = plain(rows_by_chance(seed=5, count=200, first=START, days=30, dossiers=100))
    rows.history = [row for row in rows.history if row["waarom"] == "gevonden"]
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        rows.write(casebook)
        made = evaluation(casebook, Settings(), Period(month(9), month(10)), NOW)
    said = text(render(made))
    assert "Er is nog geen antwoord genoteerd. Dat is iets anders dan: niemand antwoordde." in said
    assert not re.search(r"\b0 ?%", said)


def test_hostile_words_of_the_settings_are_text(kept):
    with Casebook.at(kept.casebook) as casebook:
        settings = Settings(gemeente="<script>alert(1)</script>")
        html = render(evaluation(casebook, settings, Period(month(10), month(10)), NOW))
    assert_alone(html)
    assert "<script>alert(1)</script>" in text(html)


# --- which months ---------------------------------------------------------------------------------------


def test_by_default_the_last_month_that_is_over_and_has_nights(kept):
    assert "november 2026" in tijdig(kept).output
    with Casebook.at(kept.casebook) as casebook:
        assert str(period_of(casebook, date(2027, 4, 1), None, None).first) == "2026-12", "that of the last night"


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        (["--maand", "2026-08"], CasebookError, "No night was run in 2026-08.*from 2026-09-20 to 2026-12-08"),
        (["--maand", "2027-01"], SettingsError, "2027-01 is still to come.*2026-12 or a month before"),
        (["--maand", "2026-10", "--tot", "2027-01"], SettingsError, "2027-01 is still to come"),
        (["--maand", "2026-11", "--tot", "2026-10"], SettingsError, "2026-10 lies before 2026-11"),
        (["--maand", "2010-01", "--tot", "2026-10"], SettingsError, "more than 120 months"),
        (["--maand", "2026-13"], SettingsError, "no month.*Write it as 2026-11"),
        (["--maand", "oktober"], SettingsError, "no month"),
    ],
)  # fmt: skip
def test_a_month_that_can_not_be_told_of_is_an_error_that_says_what_to_do(kept, words, kind, message):
    error = tijdig(kept, "maand", *words).exception
    assert isinstance(error, kind)
    assert re.search(message, str(error))


def test_without_a_night_there_is_nothing_to_tell(tmp_path):
    with Casebook.at(Workplace(tmp_path).casebook):
        pass
    assert "No night was run here" in str(tijdig(Workplace(tmp_path)).exception)


def test_a_month_is_drawn_with_the_year_before_it_from_the_first_night_on():
    one = Period(month(11), month(11))
    assert trend_of(one, date(2020, 1, 1)) == Period(month(12, 2025), month(11))
    assert trend_of(one, START) == Period(month(9), month(11))
    years = Period(month(1, 2022), month(12))
    assert trend_of(years, START) == years


# --- pieces ---------------------------------------------------------------------------------------------


def test_where_each_rule_has_it_from():
    """BRP unless it rests on IB or DUO, or is about the dienst's own administration."""
    found = {rule.rule_id: origin_of(rule) for rule in all_rules()}
    others = {
        **dict.fromkeys(("R04", "R23", "R24"), Herkomst.DUO),
        **dict.fromkeys(("R18", "R19", "R20", "R21", "R22"), Herkomst.IB),
        **dict.fromkeys(("R26", "R29", "R30", "R31"), Herkomst.EIGEN_ORGANISATIE),
    }
    assert found == dict.fromkeys(found, Herkomst.BRP) | others


@pytest.mark.parametrize(
    ("missed", "seen", "said"),
    [
        # By the tables of Wilson: 0 of 10 is at most 27,8 percent, here of the 10 that 10 to 19 can be.
        (0, 10, "0,0 tot 27,8 %"),
        # By hand: 50 of 109 is at least 36,8 percent, and 59 of 100 at most 68,1.
        (50, 100, "36,8 tot 68,1 %"),
        (3, 8, "te weinig bekeken"),
        (0, 0, "te weinig bekeken"),
    ],
)
def test_the_share_that_was_missed_lies_between_bounds_that_hold_for_whatever_is_told(missed, seen, said):
    assert interval(shown(missed), shown(seen)).tekst == said


def test_a_small_number_that_was_missed_is_not_in_its_interval():
    assert len({interval(shown(missed), shown(123)).tekst for missed in range(1, 10)}) == 1


def test_a_column_chart_says_what_it_shows_and_draws_nothing_of_a_small_month():
    drawn = column_chart("x", "Titel", [Column("nov 26", 120, "120"), Column("dec 26", None, "minder dan 10")])
    assert "nov 26: 120; dec 26: minder dan 10." in drawn.beeld
    assert drawn.beeld.count('class="vul-vol"') == 1
