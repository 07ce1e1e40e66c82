"""The rules as one Dutch page for a jurist, ``docs/regels.md``; ``python -m flows.rule_page`` writes it."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from advice.policy import Gevolg, versions
from contracts.dutch import calendar_date
from contracts.errors import TijdigError
from contracts.finding import REDEN_ZIN, Route
from contracts.publish_words import DOEL_WOORDEN, ZEKERHEID
from contracts.tables import Doel
from flows.markdown import table
from flows.report.words import listed, source_name
from matching.facts.dossier_facts import parameters_behind
from matching.rule import Rule, Variant, all_rules
from matching.suppressors import SUPPRESSORS
from matching.views import VIEWS
from notifications.template import load as load_template

PAGE: Final = Path("docs") / "regels.md"
#: Part of the checkout, not of an installed release: they are tests too.
CASES: Final = Path(__file__).parents[1] / "tests" / "rules"
ROUTE_WOORDEN: Final = {
    Route.NUDGE: "een brief",
    Route.NUDGE_THEN_TASK: "een brief, en een taak als er geen antwoord komt",
    Route.TASK: "een taak voor een consulent",
    Route.RESTRICTED_TASK: "een taak voor een beperkte groep medewerkers",
    Route.URGENT_TASK: "een taak met spoed",
    Route.PROPOSAL: "een voorstel voor een consulent, in het voordeel van de inwoner",
    Route.HELP_TASK: "een taak om te helpen",
    Route.BACKLOG: "werk van de dienst zelf",
}
GEVOLG_WOORDEN: Final = {
    Gevolg.DOOR: "het gaat door",
    Gevolg.NIETS: "er gebeurt niets",
    Gevolg.BELLEN: "een taak in plaats van een brief",
    Gevolg.BEPERKT: "een taak voor een beperkte groep medewerkers",
    Gevolg.KOPPELING: "een taak: kijk eerst na over wie het gaat",
    Gevolg.JURIST: "een taak: overleg eerst met de jurist",
    Gevolg.VERTEGENWOORDIGER: "een brief aan de vertegenwoordiger, of een taak als er nog iets in de weg staat",
}
_INTRODUCTION: Final = """\
# De regels van Tijdig

Deze pagina is gemaakt uit de regels zelf (`make docs`). Een regel vergelijkt wat de registers zeggen met wat de dienst
weet. Verschilt dat, dan is er een signaal. Een signaal is een reden om te kijken, meer niet: een mens beslist, en
zwijgen heeft nooit een gevolg.

Wat onbekend is, geeft nooit een brief. Kan iets wat in de weg kan staan niet beantwoord worden, dan telt dat als ja.
Bij elke regel wordt ook getoetst of een medewerker het al afgedaan heeft (O03), of de bronnen vers en volledig zijn
(O05) en wat er in het huishouden speelt (P01 tot en met P04). Wat er dan gebeurt, en in welke volgorde, staat in
[beleid.md](beleid.md). Woorden en codes staan in [begrippen.md](begrippen.md).

Op de opdrachtregel: `tijdig rules show R01` toont een regel, `tijdig rules cases R01` zijn gevallen,
`tijdig explain SIGNAAL-ID` een signaal, en `tijdig shadow` probeert een regel uit op dagen die geweest zijn.
"""


def page() -> str:
    """The whole page as Markdown."""
    lines = [_INTRODUCTION, *_contents()]
    for rule in all_rules():
        lines += ["", f"## {rule.rule_id} {rule.title}", "", *section(rule)]
    return "\n".join(lines) + "\n"


def section(rule: Rule) -> Iterator[str]:
    """One rule as Markdown, without its heading: when it speaks, its law, what it reads, tests and says, its cases."""
    yield from (rule.uitleg, "", *_summary(rule), "", "### Wet", "", *_law(rule))
    yield from ("", "### Wat de regel leest", "", *_reads(rule))
    yield from ("", "### Wat in de weg kan staan", "", *_suppressors(rule))
    yield from ("", "### Teksten", "", *_texts(rule))
    if rule.rule_id in case_books():
        yield from ("", "### Gevallen", "", *_cases(rule))


@cache
def case_books() -> dict[str, dict[str, Any]]:
    """The case books by rule; none where the tests are not there."""
    files = sorted(CASES.glob("R*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def rule_named(rule_id: str) -> Rule:
    """A rule by its id, in capitals or not.

    Raises:
        TijdigError: there is none.
    """
    for rule in all_rules():
        if rule.rule_id == rule_id.upper():
            return rule
    raise TijdigError("No rule has this id.", where=rule_id[:10], todo="See `tijdig rules list`.")


def directions(rule: Rule) -> str:
    """Where a rule leads: ``voordeel``, or ``voordeel of nadeel``."""
    return listed(list(dict.fromkeys(str(said.richting) for said in rule.variants.values())), "of")


def _contents() -> Iterator[str]:
    rows = [
        (f"[{rule.rule_id}](#{_anchor(rule)})", rule.title, directions(rule), _routes(rule)) for rule in all_rules()
    ]
    yield from table(("regel", "", "richting", "vraagt om"), rows)


def _anchor(rule: Rule) -> str:
    plain = "".join(letter for letter in f"{rule.rule_id} {rule.title}".lower() if letter.isalnum() or letter in " -")
    return plain.replace(" ", "-")


def _routes(rule: Rule) -> str:
    if rule.doel is not Doel.ACTUALISEREN:
        return "niets: staat uit"
    return listed(list(dict.fromkeys(ROUTE_WOORDEN[said.route] for said in rule.variants.values())), "of")


def _summary(rule: Rule) -> Iterator[str]:
    until = f" tot en met {calendar_date(rule.valid_to)}" if rule.valid_to else ""
    off = "" if rule.doel is Doel.ACTUALISEREN else " **Staat uit**: voor dit doel is er nog geen grond in de wet."
    yield f"- Versie {rule.version}, geldt vanaf {calendar_date(rule.valid_from)}{until}."
    yield f"- Doel: {DOEL_WOORDEN[rule.doel]} (`{rule.doel}`).{off}"
    yield f"- Richting voor de inwoner: {directions(rule)}."
    yield f"- Vraagt om {_routes(rule)}."
    amount = any(said.effect for said in rule.variants.values())
    yield f"- {'Met' if amount else 'Zonder'} een bedrag per maand bij het signaal."
    yield f"- Hetzelfde signaal zolang gelijk blijft: {_columns(rule.told_once_per)}. Feitdatum: `{rule.feitdatum}`."


def _law(rule: Rule) -> Iterator[str]:
    for article in rule.grondslagen:
        yield f"- {article}, tekst van {calendar_date(article.tekst_van)} ({ZEKERHEID[article.status]})"
    for one in rule.uitzonderingen:
        yield f"- Uitzondering, {one.artikel}: {one.tekst}"


def _reads(rule: Rule) -> Iterator[str]:
    sources = [source_name(bron) for bron in rule.sources]
    extra = [source_name(bron) for bron in sorted(rule.every_source - set(rule.sources))]
    more = f", aangevuld met {listed(extra)}" if extra else ""
    yield from (f"Feitenbeeld `{rule.view}`, uit {listed(sources)}{more}.", "")
    columns = VIEWS[rule.view].columns()
    rows = [
        (f"`{name}`", columns[name].description or "", _columns(parameters_behind(columns[name])))
        for name in rule.tests
    ]
    yield from table(("kolom", "wat dat is", "getal of instelling erachter"), rows)


def _suppressors(rule: Rule) -> Iterator[str]:
    if not rule.suppressors:
        yield "Niets."
        return
    rows = [
        (SUPPRESSORS[name].code, REDEN_ZIN[SUPPRESSORS[name].reden], _consequence(rule, name))
        for name in rule.suppressors
    ]
    yield from table(("code", "als het zo is", "gevolg"), list(dict.fromkeys(rows)))


def _consequence(rule: Rule, suppressor: str) -> str:
    beleid = versions()[-1]
    asked = dict.fromkeys(beleid.vraag(said.route).kolom for said in rule.variants.values())
    return ", of ".join(dict.fromkeys(GEVOLG_WOORDEN[beleid.gevolg(suppressor, kolom)] for kolom in asked))


def _texts(rule: Rule) -> Iterator[str]:
    for name, said in rule.variants.items():
        if name:
            yield f"- Bij `{rule.varies_by}` = `{name}` (richting {said.richting}):"
        yield from (f"{'  ' if name else ''}- {line}" for line in _said(said))


def _said(said: Variant) -> Iterator[str]:
    yield f"Gezien: {said.seen}"
    yield f"Taak: {said.task}"
    if said.bericht is not None:
        yield f"Brief `{said.bericht}`: {load_template(said.bericht).titel}"


def _cases(rule: Rule) -> Iterator[str]:
    rows = [(case["naam"], "ja" if case["finding"] else "nee") for case in case_books()[rule.rule_id]["cases"]]
    yield from table(("geval", "signaal?"), rows)


def _columns(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
