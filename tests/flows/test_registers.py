"""``tijdig report elders`` and ``klacht``: what somebody types, and what is refused."""

from datetime import date

import pytest
from typer.testing import CliRunner

from contracts.errors import CasebookError
from flows import registers
from flows.cli import app
from flows.settings import Workplace
from store.casebook import Casebook

runner = CliRunner()


@pytest.fixture
def work(tmp_path):
    place = Workplace(tmp_path)
    with Casebook.at(place.casebook):
        return place


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(registers, "today", lambda: date(2026, 11, 20))


def tijdig(work, *words):
    return runner.invoke(app, ["report", *words, "--map", str(work.folder)])


def said(work, *words):
    result = tijdig(work, *words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(work, *words):
    result = tijdig(work, *words)
    assert isinstance(result.exception, CasebookError), result.output
    return str(result.exception)


NEW = ("elders", "noteer", "--soort", "inkomen", "--door", "C-01", "--herkomst")


def test_a_signal_from_elsewhere_from_beginning_to_end(work):
    assert "nummer 1" in said(work, *NEW, "netwerkpartner", "--ontvangen", "2026-11-02", "--dossier", "D-7")
    assert said(work, "elders", "toon") == (
        "1  2 november 2026, van een netwerkpartner: werk of ander inkomen, dossier D-7\n"
    )
    said(work, "elders", "afronden", "1", "--uitkomst", "aangepast", "--door", "C-02", "--op", "2026-11-05")
    assert said(work, "elders", "toon") == "Er staat niets open.\n"
    assert "5 november 2026: De administratie is aangepast." in said(work, "elders", "toon", "--alles")


def test_a_complaint_from_beginning_to_end(work):
    said(work, "klacht", "noteer", "--onderwerp", "privacy", "--door", "C-01")
    assert said(work, "klacht", "toon") == "1  20 november 2026: het gebruik van gegevens\n"
    said(work, "klacht", "afronden", "1", "--uitkomst", "ongegrond", "--door", "C-02")
    assert "De klacht was niet gegrond." in said(work, "klacht", "toon", "--alles")


def test_what_a_register_says_is_not_written_down_by_hand(work):
    assert "herkomst" not in said(work, "elders", "toon")
    assert "one of eigen_organisatie, netwerkpartner, samenleving" in refused(work, *NEW, "ib")


def test_an_unknown_origin_is_told_with_those_there_are(work):
    result = tijdig(work, *NEW, "buren")
    assert result.exit_code == 2
    assert "netwerkpartner" in result.output


def test_handled_before_it_came_in_is_refused(work):
    said(work, *NEW, "samenleving", "--ontvangen", "2026-11-10")
    ended = ("elders", "afronden", "1", "--uitkomst", "anders", "--door", "C-02", "--op", "2026-11-09")
    assert "before it came in" in refused(work, *ended)


def test_a_number_like_a_bsn_is_refused_and_not_repeated(work):
    message = refused(work, *NEW, "samenleving", "--toelichting", "Bel 900000012")
    assert "toelichting" in message
    assert "900000012" not in message


def test_a_folder_without_a_night_is_told(tmp_path):
    assert "No night was run here" in refused(Workplace(tmp_path / "leeg"), *NEW, "samenleving")
