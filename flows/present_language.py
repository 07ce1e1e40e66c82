"""What the console shows of the language gate: figures beside their limits, and each thing that stands in the way."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from notifications.language import Code, LanguageFinding, Verdict, lists
from notifications.language import figures as limits

_PASSES, _FAILS = Text("goed", style="green"), Text("niet goed", style="bold red")


class Judged(NamedTuple):
    """What was judged, and what came of it. ``versie`` is empty for a text that is no template."""

    naam: str
    vorm: str
    versie: str
    verdict: Verdict


def table(console: Console, judged: Sequence[Judged]) -> None:
    """Every message on a line, with its figures."""
    shown = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    shown.add_column("bericht", no_wrap=True)
    shown.add_column("vorm")
    for head in ("versie", "zin", "langste", "leesbaar", "zeldzaam", "lijdend"):
        shown.add_column(head, justify="right")
    shown.add_column("oordeel")
    for one in judged:
        shown.add_row(
            one.naam, one.vorm, one.versie, *(found for _, found, _, _ in _rows(one.verdict)), _word(one.verdict)
        )
    shown.add_section()
    shown.add_row("grens", "", "", *(limit for _, _, limit, _ in _rows(judged[0].verdict)), "", style="dim")
    console.print(shown)
    wrong = sum(not one.verdict.clear for one in judged)
    _say(console, "", f"{len(judged)} berichten, {wrong} niet goed.", _lists())


def one(console: Console, judged: Judged) -> None:
    """The figures of a text, and each thing that stands in its way with its sentence and what to write instead."""
    verdict = judged.verdict
    versie = f", versie {judged.versie}" if judged.versie else ""
    console.print(Text.assemble(f"{judged.naam} ({judged.vorm}{versie}): ", _word(verdict)))
    shown = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    shown.add_column("maat")
    shown.add_column("gevonden", justify="right")
    shown.add_column("grens", justify="right")
    shown.add_column("")
    for name, found, limit, code in _rows(verdict):
        shown.add_row(name, found, limit, _FAILS if code in verdict.codes else _PASSES)
    console.print(shown)
    for zin, findings in groupby(verdict.findings, lambda finding: finding.zin):
        _say(console, "", zin or "De hele tekst:")
        for finding in findings:
            console.print(Padding(_finding(finding), (0, 0, 0, 2)))
    _say(console, "", _lists())


def _rows(verdict: Verdict) -> Iterator[tuple[str, str, str, Code]]:
    """Each figure: what it is, what was found, its limit, and the code where it goes beyond it."""
    found = verdict.figures
    yield "woorden in een zin", _tenth(found.mean), f"max. {limits.MEAN_WORDS}", Code.ZIN_GEMIDDELD
    yield "langste zin", f"{found.longest}", f"max. {limits.MOST_WORDS}", Code.ZIN_LANG
    yield "leesbaarheid", _tenth(found.flesch_douma), f"min. {limits.LEAST_FLESCH_DOUMA}", Code.LEESBAARHEID
    share = f"max. {limits.MOST_RARE:.0%}"
    yield "zeldzame woorden", f"{_tenth(100 * found.rare_share)}%", share, Code.MOEILIJKE_WOORDEN
    yield "lijdende vorm", f"{found.passives}", f"max. {limits.MOST_PASSIVE}", Code.LIJDEND


def _finding(finding: LanguageFinding) -> Text:
    about = f'"{finding.fragment}": ' if finding.fragment else ""
    return Text.assemble("- ", (finding.code, "bold"), f": {about}{finding.wat} Liever: {finding.advies}.")


def _word(verdict: Verdict) -> Text:
    return _PASSES if verdict.clear else Text(", ".join(sorted(verdict.codes)), style="bold red")


def _tenth(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _lists() -> str:
    known = ", ".join(f"{name} {versie}" for name, versie in lists.versions().items())
    return f"Woordenlijsten en hun versie: {known}."


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False)
