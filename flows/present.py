"""What the console shows: Dutch, calm, and the same numbers as the report."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Column, Table

from contracts.dutch import calendar_date, number
from contracts.errors import DeliveryError, TijdigError
from contracts.tables import TABLES, TableContract
from flows.report.check_verdict import check_verdict
from flows.report.expected import expected
from flows.report.model import NightReport, WaitLine
from flows.report.verdict import gate_reason
from flows.report.words import counted, listed, remark_meaning, shown, source_name
from matching.intake.check import CheckResult, CodeCount

#: Exit code of a night that ended well but with a source that could not be used.
GATE_CLOSED = 3
_CLOSED = "[bold yellow]Let op:[/] de poort van {} is dicht. {} Alleen wat hiermee gemaakt wordt, wacht."
_REFUSED = "[bold yellow]Let op:[/] een levering{} is geweigerd ({}): {} {}"
_TROUBLE = "[bold yellow]Let op:[/] niet elk bericht of elke taak kon gaan ({}): {} {}"
_FACT = {True: "ja", False: "nee", None: "onbekend"}
_ADVICE = {"nudge": "brief", "taak": "taak voor een consulent", "geen_actie": "geen actie"}


def today() -> date:
    """The day in Amsterdam."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def require_order(van: date, tot: date) -> None:
    """Refuse two days of which the first lies after the last.

    Raises:
        TijdigError: it does.
    """
    if van > tot:
        raise TijdigError("The first day lies after the last one.", where="--van, --tot", todo="Turn the two around.")


def starting(console: Console, peildatum: date, *, first: bool) -> None:
    """Announce a night; the first one waits for Prefect to set up its own database."""
    wait = " (de eerste keer maakt Prefect zijn database, dat duurt zo'n tien seconden)" if first else ""
    console.print(f"Nacht van [bold]{calendar_date(peildatum)}[/bold]{wait}", highlight=False)


def night(console: Console, report: NightReport, folder: Path) -> None:
    """The summary of a night."""
    for table in (_sources(report), _rules(report)):
        console.print()
        console.print(table)
    console.print()
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
    console.print("\n".join([*lines, *_left_lying(report), *_requests(report), *_warnings(report)]), highlight=False)
    console.print(f"\nLees het verslag: [bold]{folder / 'verslag.html'}[/bold]", highlight=False, soft_wrap=True)


def _left_lying(report: NightReport) -> Iterator[str]:
    """What waits, and what has been known for too long, where there is any."""
    if report.wachten:
        parts = [f"{line.reden} {number(line.aantal)}{_first_term(line)}" for line in report.wachten]
        yield f"{counted(report.wachtend, 'signaal wacht', 'signalen wachten')}: {listed(parts)}"
    if report.te_oud:
        parts = [f"{number(line.samen)} van {line.alarm}" for line in report.ouderdom if line.samen]
        yield f"{counted(report.te_oud, 'signaal ligt', 'signalen liggen')} te lang: {listed(parts)} (alarmen.jsonl)"


def _requests(report: NightReport) -> Iterator[str]:
    """Requests of inwoners that are near their last day, or past it."""
    if report.verzoeken_dringend:
        many = counted(report.verzoeken_dringend, "verzoek", "verzoeken")
        yield f"[bold yellow]Let op:[/] {many} van inwoners bijna of voorbij de termijn (tijdig rechten open)"


def _first_term(line: WaitLine) -> str:
    return f" (het eerste moet uiterlijk {calendar_date(line.uiterlijk)})" if line.uiterlijk else ""


def _warnings(report: NightReport) -> Iterator[str]:
    for line in report.dichte_poorten:
        yield _CLOSED.format(source_name(line.bron), _plain(gate_reason(report, line)))
    for refused in report.geweigerd:
        of = f" van {source_name(refused.bron)}" if refused.bron else ""
        yield _REFUSED.format(of, _plain(refused.waar), _plain(refused.wat), _plain(refused.doen))
    for trouble in report.storingen:
        yield _TROUBLE.format(_plain(trouble.waar), _plain(trouble.wat), _plain(trouble.doen))


def _sources(report: NightReport) -> Table:
    table = _table("Leveringen", Column("bron", overflow="fold"), Column("peildatum", no_wrap=True))
    for name in ("rijen", "afgekeurd", "bewaard", "weggelaten"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("poort")
    for line in report.bronnen:
        numbers = (line.rijen, line.afgekeurd, line.bewaard, line.geminimaliseerd)
        gate = "open" if line.open else "dicht"
        table.add_row(line.bron, line.peildatum.isoformat(), *(number(n) for n in numbers), gate)
    for missing in report.zonder_levering:
        if missing.waarschuwing:
            table.add_row(missing.bron, *("-",) * 5, "dicht")
    table.caption = "\n".join(_about_sources(report))
    return table


def _about_sources(report: NightReport) -> Iterator[str]:
    same = [source_name(line.bron) for line in report.bronnen if line.gelijk]
    if same:
        yield f"Zelfde bestanden als de vorige keer: {listed(same)}."
    loose = [source_name(line.bron) for line in report.zonder_levering if not line.waarschuwing]
    if loose:
        yield f"Niet aangesloten: {listed(loose)}."


def _table(title: str | None, *columns: str | Column) -> Table:
    """A table without lines between its columns, so that four sources fit a console of eighty signs."""
    return Table(
        *columns, title=title, title_justify="left", title_style="bold", caption_justify="left", box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0), show_edge=False,
    )  # fmt: skip


def _rules(report: NightReport) -> Table:
    table = _table("Nieuwe signalen", "regel", "", "richting")
    for name in ("nieuw", "brief", "taak", "geen actie"):
        table.add_column(name, justify="right")
    for line in report.regels:
        numbers = (line.nieuw, line.nudge, line.taak, line.geen_actie)
        table.add_row(line.regel, line.titel, line.richting, *(number(n) for n in numbers))
    return table


def checked(console: Console, results: Sequence[CheckResult]) -> None:
    """What a supplier can act on: counts by code with what was asked and the first lines; no values."""
    for result in results:
        if result.fout is None:
            _show_result(console, result)
        else:
            _show_unusable(console, result.bestand, result.fout)
    judged = check_verdict(results)
    colour = "green" if judged.goed else "yellow"
    console.print(f"[bold {colour}]{judged.zin}[/]", *judged.uitleg, sep="\n", highlight=False)


def _show_result(console: Console, result: CheckResult) -> None:
    good = result.rijen - result.afgekeurd
    console.print(
        f"[bold]{result.tabel}[/bold] ({_plain(result.bestand)}): {counted(result.rijen, 'rij', 'rijen')}, "
        f"{number(good)} goed, {number(result.afgekeurd)} afgekeurd",
        highlight=False,
    )
    if result.codes:
        console.print(_codes(TABLES[result.tabel], result.codes))
    for code, count in result.opmerkingen:
        console.print(f"Opmerking {code} ({number(count)}): {remark_meaning(code)}", highlight=False)
    console.print()


def _codes(contract: TableContract, codes: Sequence[CodeCount]) -> Table:
    """What is wrong and what was asked share a column: beside each other they would not fit eighty signs."""
    table = _table(None, Column("code, en wat verwacht is", overflow="fold", ratio=1), Column("gevolg", no_wrap=True))
    table.expand = True
    table.add_column("aantal", justify="right", no_wrap=True)
    table.add_column("regels", overflow="fold", max_width=22)
    for code in codes:
        kind = "waarde onbekend" if code.zacht else "rij afgekeurd"
        asked, lines = escape(expected(contract, code.code)), ", ".join(map(str, code.regels))
        table.add_row(f"{code.code}\n[dim]{asked}[/dim]", kind, number(code.aantal), lines)
    return table


def _show_unusable(console: Console, name: str, error: DeliveryError) -> None:
    console.print(f"[bold yellow]{_plain(name)}[/] is zo niet te gebruiken.", highlight=False)
    for title, text in (("Wat er mis is", error.what), ("Waar", error.where), ("Wat te doen", error.todo)):
        console.print(f"  [dim]{title}:[/] {_plain(text)}", highlight=False)
    console.print()


def _plain(text: str) -> str:
    """A text from outside as the console can show it: no markup, and no signs that steer a terminal."""
    return escape(shown(text))


def error(console: Console, failure: TijdigError) -> None:
    """What is wrong, where, and what to do."""
    console.print(
        Panel.fit(
            f"{escape(failure.what)}\n[dim]Where:[/dim] {escape(failure.where)}\n"
            f"[bold]What to do:[/bold] {escape(failure.todo)}",
            title="Tijdig stopped", title_align="left", border_style="red",
        )
    )  # fmt: skip
