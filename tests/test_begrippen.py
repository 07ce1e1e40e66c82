"""The glossary names every code people meet, and no page points to a file that is not there."""

import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from advice.policy import Gevolg
from advice.simulation import Maat, Wereld
from contracts import logregel
from contracts.delivery import DeliveryKind
from contracts.desk import BEVINDING_ZIN, STEEKPROEF_ZIN, Bevinding, Steekproefsoort
from contracts.finding import REDEN_ZIN, ContactTask, NoAction, Nudge, Reden, Richting, Route
from contracts.leerdialoog import Grond
from contracts.message import STAND_ZIN, UITSLAG_ZIN, Uitslag
from contracts.oordeel import Bewust
from contracts.outcome import UITKOMST_ZIN, WAAROM_ZIN, Uitkomst, Waarom
from contracts.parameters import Status
from contracts.rechten import (
    GEGEVENS,
    VERZOEK_ZIN,
    VERZOEKDAAD_ZIN,
    VERZOEKSTAND_ZIN,
    Verzoekdaad,
    Verzoeksoort,
    Verzoekstand,
)
from contracts.registers import (
    ELDERSOORT_NAAM,
    HERKOMST_NAAM,
    KLACHTONDERWERP_NAAM,
    KLACHTUITKOMST_ZIN,
    Eldersoort,
    Herkomst,
    Klachtonderwerp,
    Klachtuitkomst,
)
from contracts.retention import Soort as Bewaarsoort
from contracts.tables import TABLES, Bron
from contracts.toets import Eigen, Vraag
from contracts.verwerkingen import Activiteit
from flows.bewaking.alerts import AlertKind
from flows.evaluation.model import Cijfer
from flows.gemeenten.outcome import STAND_ZIN as GEMEENTE_ZIN
from flows.gemeenten.outcome import Stand
from matching.rule import all_rules
from matching.views import NAMED, STEPS
from notifications.language import Code
from store.casebook import FINDING_STATUSES, INTERNETAAK_STATUSES, NOTICE_STATUSES, TASK_STATUSES
from worklist.openklant import Teruggelezen

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "begrippen.md"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOMS = ("advice", "bench", "contracts", "docs", "flows", "matching", "notifications", "store", "tests", "worklist")
STATUS_SECTIONS = ("Status van een bericht", "Status van een signaal", "Status van een taak")


def sections(page: Path) -> dict[str, list[str]]:
    """Heading -> the first cell of each row of its table, head and rule left out."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("| "):
            found.setdefault(heading, []).append(line.split("|")[1].strip())
    return {heading: cells[1:] for heading, cells in found.items()}


TERMS = sections(GLOSSARY)


def terms(*headings: str) -> set[str]:
    return {cell.strip("`") for heading in headings for cell in TERMS[heading]}


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Reden", set(Reden)),
        ("Route", set(Route)),
        ("Richting", set(Richting)),
        ("Grond van de leerdialoog", set(Grond)),
        ("Wereld van de simulatie", set(Wereld)),
        ("Maat van de simulatie", set(Maat)),
        ("Gevolg", set(Gevolg)),
        ("Uitkomst", set(Uitkomst)),
        ("Waarom een status veranderde", set(Waarom)),
        ("Vraag van de drietrapstoets", set(Vraag)),
        ("Antwoord op bewust of onbewust", set(Bewust)),
        ("Herkomst van een feit", set(Eigen)),
        ("Bron", set(Bron)),
        ("Uitslag van een bezorging", set(Uitslag)),
        ("Status van een taak in Open Klant", set(INTERNETAAK_STATUSES)),
        ("Nagelezen in Open Klant", set(Teruggelezen)),
        ("Soort levering", set(DeliveryKind)),
        ("Soort steekproef", set(Steekproefsoort)),
        ("Bevinding van een steekproef", set(Bevinding)),
        ("Herkomst van een signaal", set(Herkomst)),
        ("Cijfers van de evaluatie", set(Cijfer)),
        ("Soort signaal van elders", set(Eldersoort)),
        ("Onderwerp van een klacht", set(Klachtonderwerp)),
        ("Uitkomst van een klacht", set(Klachtuitkomst)),
        ("Zekerheid van een gedateerde waarde", set(Status)),
        ("Tabellen", set(TABLES)),
        ("Soort verzoek", set(Verzoeksoort)),
        ("Stand van een verzoek", set(Verzoekstand)),
        ("Wat met een verzoek gebeurt", set(Verzoekdaad)),
        ("Gegeven dat niet klopt", set(GEGEVENS)),
        ("Soort bewaartermijn", set(Bewaarsoort)),
        ("Soort melding aan de beheerder", set(AlertKind)),
        ("Code van de taalpoort", set(Code)),
        ("Verwerking", set(Activiteit)),
        ("Hoe een handeling eindigde", set(logregel.Status)),
        ("Soort betrokkene", set(logregel.Soort)),
        ("Advies", {part.model_fields["advies"].default for part in (Nudge, ContactTask, NoAction)}),
        ("Stand van een gemeente", set(Stand)),
        ("Soort taak", set(get_args(ContactTask.model_fields["soort"].annotation))),
    ],
)
def test_a_list_of_codes_is_that_of_the_code(heading, codes):
    assert terms(heading) == {str(code) for code in codes}


def test_every_reason_has_its_sentence():
    assert set(REDEN_ZIN) == set(Reden)
    assert (set(UITKOMST_ZIN), set(WAAROM_ZIN)) == (set(Uitkomst), set(Waarom))
    assert (set(UITSLAG_ZIN), set(STAND_ZIN)) == (set(Uitslag), set(NOTICE_STATUSES))
    assert set(VERZOEK_ZIN) == set(Verzoeksoort)
    assert (set(VERZOEKSTAND_ZIN), set(VERZOEKDAAD_ZIN)) == (set(Verzoekstand), set(Verzoekdaad))
    assert (set(BEVINDING_ZIN), set(STEEKPROEF_ZIN)) == (set(Bevinding), set(Steekproefsoort))
    assert (set(HERKOMST_NAAM), set(ELDERSOORT_NAAM)) == (set(Herkomst), set(Eldersoort))
    assert set(GEMEENTE_ZIN) == set(Stand)
    assert (set(KLACHTONDERWERP_NAAM), set(KLACHTUITKOMST_ZIN)) == (set(Klachtonderwerp), set(Klachtuitkomst))


def test_no_outcome_says_why_somebody_did_not_report_or_what_follows():
    said = f"{sorted(Uitkomst)} {UITKOMST_ZIN} {sorted(Bevinding)} {BEVINDING_ZIN}".lower()
    assert not [word for word in ("bewust", "sanctie", "boete", "maatregel", "fraude", "verwijt") if word in said]


def test_every_status_of_the_casebook_is_explained():
    assert terms(*STATUS_SECTIONS) == {*FINDING_STATUSES, *TASK_STATUSES, *NOTICE_STATUSES}


def test_every_view_is_explained():
    views = {rule.view for rule in all_rules()} | {*NAMED, *STEPS}
    assert views <= terms("Feitenbeelden")


def _sorted_as(term: str) -> str:
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@pytest.mark.parametrize("heading", TERMS)
def test_each_list_is_alphabetical_and_has_each_word_once(heading):
    assert TERMS[heading] == sorted(set(TERMS[heading]), key=_sorted_as)


def test_a_reference_to_another_word_leads_to_one():
    text = GLOSSARY.read_text(encoding="utf-8")
    words = {cell.strip("`") for cells in TERMS.values() for cell in cells}
    assert set(re.findall(r"Zie(?: ook)? \*([^*]+)\*", text)) <= words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_of_this_repository(page):
    text = page.read_text(encoding="utf-8")
    links = [*re.findall(r"\]\(<?([^)>\s]+)", text), *re.findall(r'(?:src|href)="([^"]+)"', text)]
    files = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert not [link for link in files if not (page.parent / link).exists()]
    assert all((page.parent / link).resolve().is_relative_to(ROOT) for link in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_that_is_named_exists(page):
    named = re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w./-]+)`", page.read_text(encoding="utf-8"))
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_index_of_decisions_lists_each_with_its_title():
    folder = ROOT / "docs" / "besluiten"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for record in sorted(folder.glob("[0-9]*.md")):
        number, title = re.fullmatch(r"# (\d{4}) (.+)", record.read_text(encoding="utf-8").splitlines()[0]).groups()
        assert record.name.startswith(number)
        assert f"| [{number}]({record.name}) | {title} |" in index
