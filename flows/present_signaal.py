"""What the console shows of one finding: why it is there, and how it comes out when it is computed again."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from contracts.dutch import calendar_date, euro, number
from contracts.finding import REDEN_ZIN, EffectBereik, Finding, Reden
from contracts.message import STAND_ZIN, named
from contracts.publish_words import ZEKERHEID
from contracts.receipt import Difference, Receipt
from flows.present_toets import judged
from flows.report.words import counted, listed, source_name
from matching.rule import Rule, all_rules
from matching.views import VIEWS
from store.casebook import LINK, OPEN

if TYPE_CHECKING:
    from flows.recompute import Recomputed

_FACT = {True: "ja", False: "nee", None: "onbekend"}
_HOLDS = {True: "ja", False: "nee", None: "onbekend, telt als ja"}
_ADVICE = {"nudge": "brief", "taak": "taak voor een consulent", "geen_actie": "geen actie"}


def explanation(
    console: Console,
    row: sa.Row[Any],
    receipt: Receipt | None,
    tasks: Sequence[sa.Row[Any]],
    letters: Sequence[sa.Row[Any]],
    decisions: Sequence[sa.Row[Any]] = (),
) -> None:
    """Why a finding exists, by which law and numbers, what was tested, and what is done with it."""
    found = Finding.model_validate(row.inhoud)
    rule = next((rule for rule in all_rules() if rule.rule_id == found.regel), None)
    console.print(_headline(row, found, rule))
    _say(console, *_law(found, rule, receipt))
    console.print(_facts(found, rule))
    if found.onderdrukkers:
        console.print(_tested(found))
    if found.effect is not None:
        console.print(_effect(found.effect))
    if receipt is not None:
        if receipt.waarden or receipt.gronden.instellingen:
            console.print(_numbers(receipt))
        _say(console, *_rests_on(receipt))
    _say(console, *_done(found, tasks, letters, decisions), *_next(row, found, receipt))


def judgement(console: Console, signaal_id: str, tasks: Sequence[sa.Row[Any]], answers: Sequence[sa.Row[Any]]) -> None:
    """What a human answered to the three questions, and where they stand."""
    _say(console, *map(escape, judged(answers)))
    if tasks:
        _say(console, f"Drie vragen en het gesprek: tijdig signaal toets {signaal_id}")


def restricted(console: Console) -> None:
    """What is shown of a finding that only a restricted group may know."""
    console.print("Dit signaal is voor een beperkte groep medewerkers. Hoort u daarbij? Geef dan --beperkt.")


def recomputed(console: Console, results: Sequence["Recomputed"], *, each: bool, beperkt: bool) -> None:
    """How receipts come out when they are computed again: each, or those that differ and how many do not.

    Of what only a restricted group may know it says no more than whether it differs, without ``beperkt``.
    """
    for result in results:
        if each or not result.equal:
            _say(console, *_outcome(result, details=beperkt or not result.then.signaal.beperkt))
    if not each:
        equal = sum(result.equal for result in results)
        _say(console, f"{number(equal)} van {counted(len(results), 'bon', 'bonnen')} precies gelijk.")


def _headline(row: sa.Row[Any], found: Finding, rule: Rule | None) -> Panel:
    happened = "niet precies bekend" if found.feitdatum is None else calendar_date(found.feitdatum)
    why = f" {REDEN_ZIN[Reden(row.reden)]}" if row.reden else ""
    return Panel.fit(
        f"{found.gezien}\n\n"
        f"Dossier {found.dossiernummer}. Feitdatum: {happened}. Richting: {found.richting}.\n"
        f"Status: {row.status} (eerst gezien {row.eerste_nacht}, laatst {row.laatste_nacht}).\n"
        f"[bold]Wat gebeurt er? {_ADVICE[row.advies]}.[/bold]{why}",
        title=f"{found.regel} {rule.title if rule else ''} · {found.signaal_id}", title_align="left",
    )  # fmt: skip


def _law(found: Finding, rule: Rule | None, receipt: Receipt | None) -> Iterator[str]:
    if rule is not None:
        yield f"[bold]De regel.[/bold] {rule.uitleg}"
        yield f"Regel {found.regel} versie {found.regelversie}, doel {rule.doel}. Meer: tijdig rules show {found.regel}"
    for text in receipt.gronden.grondslagen if receipt else ():
        yield f"Wet: {text.artikel}, tekst van {calendar_date(text.tekst_van)} ({ZEKERHEID[text.status]})"
    for one in rule.uitzonderingen if rule else ():
        yield f"Uitzondering, {one.artikel}: {one.tekst}"


def _facts(found: Finding, rule: Rule | None) -> Table:
    columns = VIEWS[rule.view].columns() if rule else {}
    facts = _table("Wat de regel las", "kolom", "wat dat is", "waarde")
    for name, value in found.feiten.items():
        meaning = columns[name].description if name in columns else None
        facts.add_row(name, meaning or "", _FACT[value] if value is None or isinstance(value, bool) else str(value))
    return facts


def _tested(found: Finding) -> Table:
    tested = _table("Wat in de weg kan staan", "getoetst", "code", "als het zo is", "is het zo?")
    for item in found.onderdrukkers:
        tested.add_row(item.naam, item.code, REDEN_ZIN[item.reden], _HOLDS[item.geldt])
    return tested


def _numbers(receipt: Receipt) -> Table:
    numbers = _table("Getallen", "getal", "waarde", "waar het vandaan komt")
    for used in dict.fromkeys(receipt.waarden):
        since = f"{used.artikel}, sinds {calendar_date(used.geldig_van)} ({ZEKERHEID[used.status]})"
        numbers.add_row(used.naam, used.waarde, since)
    for name, value in receipt.gronden.instellingen.items():
        numbers.add_row(name, ", ".join(value) if isinstance(value, tuple) else str(value), "instelling van de dienst")
    return numbers


def _effect(effect: EffectBereik) -> Table:
    steps = _table("Wat het betekent, per maand", "stap", "uitkomst", "artikel")
    for step in effect.stappen:
        steps.add_row(step.wat, step.uitkomst, step.artikel)
    low, high = effect.tot_herziening
    total = euro(low) if low == high else f"{euro(low)} tot {euro(high)}"
    steps.caption = f"Tot de volgende herziening, als niemand iets doet: {total}."
    return steps


def _rests_on(receipt: Receipt) -> Iterator[str]:
    rows = [f"{counted(len(rows.rijen), 'rij', 'rijen')} {rows.tabel}" for rows in receipt.rijen]
    sources = [source_name(bron) for bron in dict.fromkeys(rows.bron for rows in receipt.rijen)]
    yield f"Rust op {listed(rows)}, van {listed(sources)}."
    yield f"Leveringen: {', '.join(receipt.signaal.bronnen)}"
    yield f"Beleid: {receipt.beleid}"


def _done(
    found: Finding, tasks: Sequence[sa.Row[Any]], letters: Sequence[sa.Row[Any]], decisions: Sequence[sa.Row[Any]]
) -> Iterator[str]:
    for task in tasks:
        yield f"Taak {task.taak_id} ({task.soort}, {task.status}): {found.taak}"
    for letter in letters:
        what = f"{named(letter.bericht)}. {STAND_ZIN[letter.status]}"
        yield f"Bericht {letter.kenmerk} van {calendar_date(letter.nacht)}: {what}"
    for decided in decisions:
        same = "dezelfde persoon" if decided.zelfde else "niet dezelfde persoon"
        yield f"Besluit na de nacht van {calendar_date(decided.na_nacht)}, {escape(decided.door)}: {same}."


def _next(row: sa.Row[Any], found: Finding, receipt: Receipt | None) -> Iterator[str]:
    if row.status in OPEN and all(found.feiten.get(name) for name in LINK):
        yield f"Waarom die twee: tijdig linking explain {row.signaal_id}"
        yield f"Het antwoord:    tijdig linking besluit {row.signaal_id} --zelfde (of --niet-zelfde) --door WIE"
    if receipt is not None:
        yield f"Bon {receipt.hash}, gemaakt door Tijdig {receipt.programma}."
        yield f"Narekenen: tijdig recompute {row.signaal_id}"


def _outcome(result: "Recomputed", *, details: bool) -> Iterator[str]:
    then, now = result.then.signaal, result.now
    of = f"[bold]{then.signaal_id}[/bold], nacht van {calendar_date(then.peildatum)}"
    if not result.intact:
        yield f"{of}: de bewaarde bon past niet bij zijn hash. Hij is na die nacht veranderd."
    if result.equal:
        yield f"{of}: gelijk. Bon {result.hash}"
    elif now is None:
        yield f"{of}: het signaal komt niet terug."
    elif now.hash == result.hash:
        yield f"{of}: herrekend komt de bon van die nacht eruit, {result.hash}"
    else:
        yield f"{of}: anders. Toen {result.hash}, nu {now.hash}"
    yield from map(_differs, result.differs) if details else ()
    if now is not None and now.programma != result.then.programma:
        yield f"  Gemaakt door Tijdig {result.then.programma}, herrekend door {now.programma}; dat telt niet mee."


def _differs(one: Difference) -> str:
    then, now = (escape(text) if text is not None else "(niet)" for text in (one.toen, one.nu))
    return f"  {one.deel} {one.naam}: toen {then}, nu {now}"


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", title_style="bold")


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True)
