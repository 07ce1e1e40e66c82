"""``tijdig report leerdialoog``: the lot chooses, the sheets tell a case, and nobody is in them."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from typer.testing import CliRunner

from contracts.finding import ContactTask, EffectBereik, Finding, NoAction, Nudge, Reden, Richting, Route, Verdict
from contracts.leerdialoog import GROND_ZIN, Grond
from contracts.oordeel import Oordeel
from contracts.outcome import Uitkomst
from contracts.rechten import Verzoeksoort
from contracts.retention import Soort, retention_on
from contracts.work import Afronding, Bezwaar
from flows.cli import app
from flows.leerdialoog.draw import drawn, letter
from flows.leerdialoog.questions import questions
from flows.leerdialoog.sheet import BLANK, month
from flows.old_files import old_files
from flows.settings import Workplace
from flows.toets import toets_of
from store.casebook import Casebook, Deed
from tests.pages import assert_accessible, assert_alone, text

FIRST = date(2026, 11, 3)
NOW = datetime(2026, 11, 9, 10, tzinfo=UTC)
LAST = date(2026, 11, 20)
CALL = ContactTask(soort="contact")
#: Everything of somebody that the casebook holds.
SOMEBODY = (
    "anna.jansen", "bram_bakker", "C-4711", "DOS-778899", "DOS-112233", "Van Dijk", "Lindelaan", "1234 AB", "06 - 12",
    "zuster van", "kapper", "geheim-geheim", "0123456789abcdef",
)  # fmt: skip
STORY = "Mevrouw Van Dijk van de Lindelaan is de zuster van de kapper."
CARD = {"naam": "Mevrouw J.M. van Dijk", "adres": ["Lindelaan 12 B", "1234 AB  Voorbeeldstad"], "telefoon": "06 - 12"}
SEEN = "Er staat sinds 20 oktober 2026 iemand extra op het adres ingeschreven."
_numbers = count(1)
runner = CliRunner()


def a_finding(name, dossier="DOS-778899", **more):
    return Finding.model_validate({
        "signaal_id": f"S-R01-{name}", "regel": "R01", "regelversie": "4", "dossiernummer": dossier,
        "consulent_id": "C-4711", "richting": Richting.NADEEL, "route": Route.NUDGE_THEN_TASK,
        "bericht": "kostendeler_erbij", "feitdatum": date(2026, 10, 20), "gezien": SEEN, "taak": "Ga na.",
        "feiten": {"bewoner_sleutel": "0123456789abcdef", "dossiernummer": dossier, "ib_gezien": True},
        "onderdrukkers": (Verdict(naam="wil_gebeld", code="W02", reden=Reden.WIL_GEBELD, geldt=True),),
        "effect": EffectBereik(laagste=-40_556, hoogste=0, tot_herziening=(-400_000, 0), stappen=()),
        "bronnen": ("brp-2026-11-02-3f1c0de5ab7e",), "peildatum": FIRST, "stand": 1, **more,
    })  # fmt: skip


def night(casebook, day, pairs):
    casebook.record(day, [one for one, _ in pairs], {one.signaal_id: advice for one, advice in pairs})


def deed(casebook, name, door="anna.jansen"):
    tasks, _ = casebook.about(f"S-R01-{name}")
    return Deed(tasks[0].taak_id, tasks[0].versie, door, f"{next(_numbers):032x}", NOW)


@pytest.fixture
def work(tmp_path):
    """One dossier in which everything happened that can be written down, and a second one that came thrice."""
    place = Workplace(tmp_path)
    with Casebook.at(place.casebook) as casebook:
        one, other = a_finding("zaakeen"), a_finding("brief", regel="R03", signaal_id="S-R03-brief")
        thrice = [a_finding(f"driemaal{place}", "DOS-112233") for place in range(3)]
        letter_of_one, letter_of_other = (Nudge(bericht="kostendeler_erbij", brief=f.signaal_id) for f in (one, other))
        rest = [(other, letter_of_other), *((each, CALL) for each in thrice)]
        night(casebook, FIRST, [(one, letter_of_one), *rest])
        # That of the other lies in the print folder: it may have been read.
        (posted,) = casebook.about(other.signaal_id)[1]
        casebook.offered({posted.kenmerk: ("f" * 64, "1")}, NOW)
        night(casebook, FIRST + timedelta(days=3), [(one, CALL), *rest])
        casebook.set_teams({"Noord": ["C-4711"]})
        casebook.keep_cards({"DOS-778899": CARD}, FIRST)
        casebook.ask(deed(casebook, "zaakeen"), "jurist", STORY)
        casebook.postpone(deed(casebook, "zaakeen"), LAST, STORY)
        casebook.keep_oordeel(
            Oordeel(bewust="nee", context=STORY, impact=STORY, door="bram_bakker", moment=NOW),
            toets_of(casebook, one.signaal_id),
        )
        done = Afronding(uitkomst=Uitkomst.AL_BEKEND, toelichting=STORY, effect_cent=-28_389)
        casebook.finish(deed(casebook, "zaakeen"), done)
        casebook.note_objection(deed(casebook, "zaakeen"), Bezwaar.GEGROND, date(2026, 11, 18))
        night(casebook, LAST, [(one, CALL), *rest])
    return place


def made(work, *words):
    """The page that is written, and what the console says."""
    result = runner.invoke(
        app, ["report", "leerdialoog", "--map", str(work.folder), "--uit", str(work.folder / "uit.html"), *words]
    )
    assert result.exit_code == 0, result.output
    return (work.folder / "uit.html").read_text(encoding="utf-8"), result.output


def sheets(html):
    return re.split(r"Casus [A-Z]+ ", text(html))[1:]


# -- nobody is in them -------------------------------------------------------------------------------------


def test_nothing_of_anybody_is_in_a_sheet_or_on_the_console(work):
    html, said = made(work)
    with Casebook.at(work.casebook) as casebook:
        tasks, letters = casebook.about("S-R01-zaakeen")
        other = casebook.about("S-R03-brief")[1]
        ids = [row.taak_id for row in tasks] + [row.kenmerk for row in (*letters, *other)]
    assert len(ids) >= 3
    for one in (*ids, "S-R01-", "S-R03-", "zaakeen", "driemaal", *SOMEBODY):
        assert one.casefold() not in html.casefold(), one
        assert one.casefold() not in said.casefold(), one


def test_no_day_and_no_amount_of_the_case_is_in_a_sheet(work):
    html, _ = made(work)
    for sheet in sheets(html):
        assert not re.search(r"\d{1,2} (oktober|november) 2026", sheet)
        assert not re.search(r"20\d\d-\d\d|405|283|4\.000", sheet)
        assert "in november 2026" in sheet


def test_what_somebody_typed_is_left_out_also_where_it_would_be_kept(work):
    # "kapper" holds no number: the casebook kept it, and a sheet does not tell it.
    html, _ = made(work)
    with Casebook.at(work.casebook) as casebook:
        assert "kapper" in casebook.oordelen_of("S-R01-zaakeen")[0].context
    assert "kapper" not in html


def test_a_page_in_a_hostile_casebook_stays_a_page(work):
    html, _ = made(work)
    assert_accessible(html)
    assert_alone(html)


def test_whose_cases_are_drawn_is_in_the_log_of_processings(work):
    made(work)
    lines = [line for file in work.logboek.rglob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 2  # the step, and whom its two cases are about
    assert all("casussen trekken" in line for line in lines)
    for one in SOMEBODY:
        assert not any(one in line for line in lines)


# -- what they tell ----------------------------------------------------------------------------------------


def test_a_sheet_tells_the_case(work):
    html, _ = made(work)
    (sheet,) = [one for one in sheets(html) if GROND_ZIN[Grond.ANDERS_BESLIST] in one]
    for expected in (
        "R01 Kostendeler erbij", f"Er staat sinds {BLANK} iemand extra op het adres ingeschreven.",
        "−14 De dag van het feit, volgens de bron.", "0 Register en administratie verschillen.",
        "0 Een brief (kostendeler_erbij).", "6 Een medewerker vroeg een collega om raad.",
        "6 Een medewerker stelde de taak uit.", "6 Een medewerker heeft het afgerond. De dienst wist dit al.", "15 Er was een uitkomst van een bezwaar: gegrond.",
        "De inwoner vroeg om gebeld te worden.", "Inlichtingenbureau (IB) zegt hetzelfde.",
        "Per maand gaat het om € 100 tot € 500.", "dan kan de uitkering lager worden",
        "Op de eerste vraag antwoordde een collega: nee.", "Wat wist de consulent dat de regel niet weet?",
    ):  # fmt: skip
        assert expected in sheet, expected
    course = [
        sheet.index(one) for one in ("De dag van het feit", "Een brief (", "vroeg een collega", "van een bezwaar")
    ]
    assert course == sorted(course)
    assert "Of een brief is aangekomen en gelezen, weet Tijdig niet." in sheet


def test_a_case_is_one_printed_page_after_the_first(work):
    html, _ = made(work)
    assert html.count('class="blad"') == len(sheets(html)) == 2
    assert ".blad { break-before: page; }" in html


def test_a_dossier_is_drawn_once_whatever_its_grounds(work):
    html, said = made(work)
    # The first dossier is otherwise, objected and in doubt; the other came thrice, and was not open for long.
    assert "2 bladen" in said
    assert [grond for grond in Grond if GROND_ZIN[grond] in html] == [Grond.VAAK_TERUG, Grond.ANDERS_BESLIST]


def test_a_rule_that_speaks_otherwise_by_now_tells_its_title_alone(work):
    with Casebook.at(work.casebook) as casebook:
        found = a_finding("oud", "DOS-5", gezien="Op 3 mei was er iets heel anders.")
        night(casebook, LAST + timedelta(days=1), [(found, CALL)])
        casebook.close("S-R01-oud", Uitkomst.GEEN_GEVOLG, door="anna.jansen", now=NOW)
    html, _ = made(work, "--sinds", "2026-11-21")
    (sheet,) = sheets(html)
    assert "Kostendeler erbij" in sheet
    assert "iets heel anders" not in sheet


def test_the_lot_is_printed_and_is_the_month_of_the_last_night(work):
    html, _ = made(work)
    assert "Lot 202611" in text(html)
    assert "Lot 7" in text(made(work, "--zaad", "7")[0])


def test_the_sheets_lie_in_the_work_folder_where_their_term_is_heeded(work):
    assert runner.invoke(app, ["report", "leerdialoog", "--map", str(work.folder)]).exit_code == 0
    (sheets_,) = old_files(
        work, retention_on(LAST), LAST, frozenset(), came=lambda _: LAST - timedelta(days=91)
    )[Soort.UITVOER]  # fmt: skip
    assert sheets_ == work.folder / "uitvoer" / "leerdialoog.html"


def test_an_empty_casebook_says_so(work):
    html, said = made(work, "--sinds", "2026-12-01")
    assert "Er is geen casus om over te praten" in text(html)
    assert "Er is geen casus om over te praten" in said


# -- the lot -----------------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path):
    """Sixty dossiers in which somebody decided otherwise."""
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        found = [a_finding(f"veel{place}", f"DOS-{place}") for place in range(60)]
        night(casebook, FIRST, [(one, CALL) for one in found])
        for one in found:
            casebook.close(one.signaal_id, Uitkomst.AL_BEKEND, door="anna.jansen", now=NOW)
        yield casebook


def chosen(casebook, seed, number=5):
    cases = casebook.worth_discussing(FIRST, LAST)
    return [found.signaal_id for _, found in drawn(casebook, cases, number, seed)]


def test_the_lot_chooses_and_not_what_is_known(many):
    one = chosen(many, 202611)
    assert chosen(many, 202611) == one
    assert len({tuple(chosen(many, seed)) for seed in range(20)}) > 15
    # Each case comes up about as often: 5 of 60 in 300 draws is 25 times.
    times = [found for seed in range(300) for found in chosen(many, seed)]
    counts = [times.count(f"S-R01-veel{place}") for place in range(60)]
    assert min(counts) > 5
    assert max(counts) < 50


def test_more_than_there_are_gives_all(many):
    assert len(chosen(many, 1, number=100)) == 60


def test_shielded_and_restricted_dossiers_are_never_drawn(many):
    every = set(chosen(many, 1, number=100))
    secret = Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=None)
    shielded = [
        a_finding("veel1", "DOS-1", onderdrukkers=(secret,)), a_finding("few", "DOS-2", route=Route.RESTRICTED_TASK)
    ]  # fmt: skip
    still = (a_finding("veel4", "DOS-4"), CALL)
    night(many, LAST, [still, *((one, CALL) for one in shielded)])
    many.file_request(
        Verzoeksoort.BEPERKING, dossiernummer="DOS-3", persoon_sleutel=None, ontvangen=LAST, toelichting="Alleen bewaren.",
        door="anna.jansen", now=NOW,
    )  # fmt: skip
    many.file_request(
        Verzoeksoort.BEWERING, dossiernummer="DOS-4", persoon_sleutel=None, ontvangen=LAST, toelichting="Klopt niet.",
        door="anna.jansen", now=NOW, gegeven="brp_bewoner",
    )  # fmt: skip
    quiet = a_finding("veel5", "DOS-5", onderdrukkers=(secret,))
    night(many, LAST + timedelta(days=1), [still, (quiet, NoAction(reden=Reden.RUST))])
    left = set(chosen(many, 1, number=100))
    assert every - left == {f"S-R01-veel{place}" for place in (1, 2, 3, 4, 5)}


def test_names_of_cases_go_on_after_the_alphabet():
    assert [letter(place) for place in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]


def test_every_ground_has_open_questions_for_each():
    for grond in Grond:
        for _, asked in questions(grond):
            assert len(asked) == 3
            assert all(re.match(r"(Wat|Wie|Hoe|Waar|Welke|Wanneer|Op welk moment)\b.*\?$", one) for one in asked)


def test_a_month_is_all_that_is_told_of_a_day():
    assert month(date(2026, 11, 3)) == "november 2026"
