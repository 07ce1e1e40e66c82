"""What inwoners ask, on the command line and in the nights after it."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from flows import present, rechten
from flows.cli import app
from flows.recompute import recompute_all
from flows.report.page import render
from flows.settings import Workplace
from flows.summary import _requests
from store.casebook import Casebook
from tests.first_night import begin, decide
from tests.flows.test_report_page import full_night
from tests.pages import assert_accessible, on_console
from tests.world import DAY, anummer, bsn, town

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setattr(rechten, "today", lambda: DAY)
    return Workplace(tmp_path)


def tijdig(work, *arguments, typed=None):
    return CliRunner().invoke(app, [*arguments, "--map", str(work.folder)], input=typed)


def first_night(work):
    begin(work, DAY, town().person(2, house=1, datum_aanvang_adreshouding="20261020"))


def advice(work):
    with Casebook.kept(work.casebook) as casebook:
        return [(row.regel, row.advies, row.reden) for row in casebook.open_findings()]


def test_what_an_inwoner_says_is_heeded_the_next_night_and_can_be_computed_again(work):
    first_night(work)
    assert advice(work) == [("R01", "nudge", None)]
    said = tijdig(work, "rechten", "nieuw", "bewering", "D-1", "--gegeven", "brp_bewoner", "--door", "C-01")
    assert said.exit_code == 0, said.output
    assert "Antwoord uiterlijk op 3 december 2026." in said.stdout
    decide(work, NEXT)
    assert advice(work) == [("R01", "taak", "bewering")]
    results = list(recompute_all(work))
    assert results
    assert all(one.equal for one in results), [one.differs for one in results]
    tested = {one.naam: one.geldt for one in results[-1].then.signaal.onderdrukkers}
    assert (tested["bewering"], tested["beperking"], tested["geen_berichten"]) == (True, False, False)
    listed = tijdig(work, "rechten", "open")
    assert "nog 30 dagen, tot en met 3 december 2026" in listed.stdout


def test_a_housemate_asks_by_number_which_stands_nowhere(work):
    first_night(work)
    said = tijdig(work, "rechten", "nieuw", "beperking", "--bsn", "--door", "C-01", typed=f"{bsn(2)}\n")
    assert said.exit_code == 0, said.output
    assert bsn(2) not in said.output
    assert anummer(2) not in said.output
    decide(work, NEXT)
    assert advice(work) == [("R01", "geen_actie", "beperking")]
    # The housemate is not the client: what is about the client alone goes on.
    with Casebook.kept(work.casebook) as casebook:
        (asked,) = casebook.requests()
    assert (asked.dossiernummer, asked.persoon_sleutel is not None) == (None, True)


@pytest.mark.parametrize(
    ("typed", "error"), [("123456789\n", "no burgerservicenummer"), ("\n", "no burgerservicenummer")]
)
def test_what_is_no_number_is_refused_without_repeating_it(work, typed, error):
    first_night(work)
    said = tijdig(work, "rechten", "nieuw", "inzage", "--bsn", "--door", "C-01", typed=typed)
    assert error in str(said.exception)
    assert "123456789" not in f"{said.output} {said.exception}"


def test_a_dossier_and_a_number_at_once_or_neither_is_refused(work):
    first_night(work)
    for arguments in (("D-1", "--bsn"), ()):
        said = tijdig(work, "rechten", "nieuw", "inzage", *arguments, "--door", "C-01", typed=f"{bsn(1)}\n")
        assert "Name a dossier" in str(said.exception)


def test_the_steps_of_a_request_on_the_command_line(work):
    first_night(work)
    tijdig(work, "rechten", "nieuw", "bezwaar", "D-1", "--door", "C-01", "--toelichting", "Ik wil dit niet.")
    with Casebook.kept(work.casebook) as casebook:
        (asked,) = casebook.requests()
    later = tijdig(work, "rechten", "verleng", asked.verzoek_id, "--door", "C-02", "--waarom", "De jurist kijkt mee.")
    assert later.exception is None or "can't be extended" in str(later.exception)
    no = tijdig(work, "rechten", "ongegrond", asked.verzoek_id, "--door", "C-02", "--waarom", "De wet vraagt dit.")
    assert "AP" in no.stdout
    shown = tijdig(work, "rechten", "toon", asked.verzoek_id)
    assert "Ik wil dit niet." in shown.stdout
    assert "De dienst gaf antwoord. De wet vraagt dit." in shown.stdout
    assert "Er wacht geen verzoek" in tijdig(work, "rechten", "open").stdout
    assert "brp_bewoner" in CliRunner().invoke(app, ["rechten", "gegevens"]).stdout


def test_the_report_of_a_night_says_what_is_near_its_last_day_and_what_is_past_it(work):
    first_night(work)
    for soort, since in (("bezwaar", "2026-10-01"), ("beperking", "2026-10-08"), ("inzage", "2026-11-02")):
        said = tijdig(work, "rechten", "nieuw", soort, "D-1", "--door", "C-01", "--ontvangen", since)
        assert said.exit_code == 0, said.exception
    with Casebook.kept(work.casebook) as casebook:
        lines = tuple(_requests(casebook.requests(open_only=True), DAY))
    assert [(one.soort, one.aantal, one.nabij, one.te_laat) for one in lines] == [
        ("inzage", 1, 0, 0), ("bezwaar", 1, 0, 1), ("beperking", 1, 1, 0),
    ]  # fmt: skip
    report = full_night(verzoeken=lines)
    shown = render(report)
    assert_accessible(shown)
    assert "2 bijna of voorbij de termijn" in shown
    assert "1 verzoek is te laat" in shown
    assert "2 verzoeken van inwoners bijna of voorbij de termijn" in on_console(
        lambda console: present.night(console, report, work.folder)
    )
    assert "Verzoeken van inwoners" not in render(full_night())


def test_a_dossier_that_is_nowhere_is_refused(work):
    first_night(work)
    said = tijdig(work, "rechten", "nieuw", "bezwaar", "D-99", "--door", "C-01")
    assert "No such dossier" in str(said.exception)
    with Casebook.kept(work.casebook) as casebook:
        assert casebook.requests() == []
