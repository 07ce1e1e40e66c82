"""What the console shows: Dutch, calm, and the same numbers as the report."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from rich.console import Console
from rich.panel import Panel
from rich.table import Column, Table

from contracts.dutch import calendar_date, number
from contracts.errors import TijdigError
from contracts.finding import REDEN_ZIN, Finding, Reden
from flows.report.model import NightReport
from matching.intake.check import CheckResult
from matching.rule import all_rules

#: Exit code of a night that ended well but with a source that could not be used.
GATE_CLOSED = 3
_CLOSED = "[bold yellow]Let op[/bold yellow] {}: {} Op deze bron gaan geen berichten uit."
_REFUSED = "[bold yellow]Let op[/bold yellow] {} ({}) is geweigerd. {}"
_FACT = {True: "ja", False: "nee", None: "onbekend"}
_ADVICE = {"nudge": "brief", "taak": "taak voor een consulent", "geen_actie": "geen actie"}


def today() -> date:
    """The day in Amsterdam."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def starting(console: Console, peildatum: date, *, first: bool) -> None:
    """Announce a night; the first one waits for Prefect to set up its own database."""
    wait = " (de eerste keer maakt Prefect zijn database, dat duurt zo'n tien seconden)" if first else ""
    console.print(f"Nacht van [bold]{calendar_date(peildatum)}[/bold]{wait}", highlight=False)


def night(console: Console, report: NightReport, folder: Path) -> None:
    """The summary of a night."""
    console.print()
    console.print(_sources(report))
    console.print(_rules(report))
    made = f"[bold]{report.brieven} brieven[/bold] en [bold]{report.taken} taken[/bold] ({report.spoed} met spoed)"
    again = []
    if report.bijgekomen is not None:
        added = "niets" if report.bijgekomen == 0 else f"{number(report.bijgekomen)} signalen"
        again = [f"Deze nacht was al gedraaid: er kwam nu [bold]{added}[/bold] bij. De stand van deze nacht:"]
    lines = [
        *again,
        f"{report.nieuw} nieuwe signalen, {report.lopend} liepen al, {report.gesloten} gesloten",
        f"{made}, {report.ingetrokken} brieven ingetrokken",
        f"voordeel : nadeel voor de inwoner = {report.voordeel} : {report.nadeel}",
        f"{sum(step.seconden for step in report.stappen):.1f} seconden",
    ]
    lines += [_CLOSED.format(source.bron, source.poort) for source in report.dichte_poorten]
    lines += [_REFUSED.format(line.bron or "levering", line.waar, line.doen) for line in report.geweigerd]
    console.print("\n".join(lines), highlight=False)
    console.print(f"\nLees het verslag: [bold]{folder / 'verslag.html'}[/bold]", highlight=False, soft_wrap=True)


def _sources(report: NightReport) -> Table:
    table = Table("bron", "peildatum", title="Leveringen", title_justify="left", title_style="bold")
    for name in ("rijen", "afgekeurd", "bewaard", "weggelaten"):
        table.add_column(name, justify="right")
    table.add_column("poort")
    for line in report.bronnen:
        numbers = (line.rijen, line.afgekeurd, line.bewaard, line.geminimaliseerd)
        gate = "open" if line.open else "dicht"
        table.add_row(line.bron, line.peildatum.isoformat(), *(number(n) for n in numbers), gate)
    for missing in report.zonder_levering:
        gate = "dicht" if missing.waarschuwing else "niet aangesloten"
        table.add_row(missing.bron, "-", *("-",) * 4, gate)
    return table


def _rules(report: NightReport) -> Table:
    table = Table("regel", "", "richting", title="Nieuwe signalen", title_justify="left", title_style="bold")
    for name in ("nieuw", "brief", "taak", "geen actie"):
        table.add_column(name, justify="right")
    for line in report.regels:
        numbers = (line.nieuw, line.nudge, line.taak, line.geen_actie)
        table.add_row(line.regel, line.titel, line.richting, *(number(n) for n in numbers))
    return table


def checked(console: Console, results: Sequence[CheckResult]) -> None:
    """What a supplier can act on: counts by code with the first lines; no values."""
    for result in results:
        console.print(
            f"[bold]{result.tabel}[/bold] ({result.bestand}): {number(result.rijen)} rijen, "
            f"{number(result.rijen - result.afgekeurd)} goed, {number(result.afgekeurd)} afgekeurd",
            highlight=False,
        )
        if result.codes:
            table = Table(Column("code", overflow="fold"), "soort", "aantal", "eerste regels")
            for code in result.codes:
                kind = "waarde onbekend" if code.zacht else "rij afgekeurd"
                table.add_row(code.code, kind, number(code.aantal), ", ".join(map(str, code.regels)))
            console.print(table)


def explanation(
    console: Console, row: sa.Row[Any], tasks: Sequence[sa.Row[Any]], letters: Sequence[sa.Row[Any]]
) -> None:
    """Why a finding exists and what is done with it."""
    found = Finding.model_validate(row.inhoud)
    rule = next(rule for rule in all_rules() if rule.rule_id == found.regel)
    happened = "niet precies bekend" if found.feitdatum is None else calendar_date(found.feitdatum)
    articles = ", ".join(map(str, rule.grondslagen))
    why = f" {REDEN_ZIN[Reden(row.reden)]}" if row.reden else ""
    console.print(Panel.fit(
        f"{found.gezien}\n\n"
        f"Dossier {found.dossiernummer}. Feitdatum: {happened}. Richting: {found.richting}.\n"
        f"Status: {row.status} (eerst gezien {row.eerste_nacht}, laatst {row.laatste_nacht}).\n"
        f"[bold]Wat gebeurt er? {_ADVICE[row.advies]}.[/bold]{why}",
        title=f"{found.regel} {rule.title} · {found.signaal_id}", title_align="left",
    ))  # fmt: skip
    console.print(f"Wet: {articles}. Regelversie {found.regelversie}, doel {rule.doel}.", highlight=False)
    _facts(console, found)
    for task in tasks:
        console.print(f"Taak {task.taak_id} ({task.soort}, {task.status}): {found.taak}", highlight=False)
    for letter in letters:
        console.print(f"Brief {letter.kenmerk} ({letter.bericht}, {letter.status}).", highlight=False)


def _facts(console: Console, found: Finding) -> None:
    facts = Table("feit", "waarde", title="Wat de regel las", title_justify="left")
    for name, value in found.feiten.items():
        facts.add_row(name, _FACT[value] if value is None or isinstance(value, bool) else str(value))
    console.print(facts)
    if found.onderdrukkers:
        tested = Table("getoetst", "code", "geldt", title="Wat in de weg kan staan", title_justify="left")
        for item in found.onderdrukkers:
            holds = "onbekend (telt als ja)" if item.geldt is None else _FACT[item.geldt]
            tested.add_row(item.naam, item.code, holds)
        console.print(tested)
    console.print(f"Bronnen: {', '.join(found.bronnen)}", highlight=False, soft_wrap=True)


def error(console: Console, failure: TijdigError) -> None:
    """What is wrong, where, and what to do."""
    console.print(
        Panel.fit(
            f"{failure.what}\n[dim]Where:[/dim] {failure.where}\n[bold]What to do:[/bold] {failure.todo}",
            title="Tijdig stopped", title_align="left", border_style="red",
        )
    )  # fmt: skip
