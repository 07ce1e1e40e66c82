"""What the page draws: the counts of a night as charts with their legends."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from contracts.dutch import number
from contracts.finding import Richting
from flows.report.charts import Bar, bar_chart, stacked_bar
from flows.report.model import NightReport, RuleLine, SourceLine, StepLine
from flows.report.words import duration, share
from matching.intake.check import CheckResult

#: Direction -> its mark (colour never stands alone) and what it means to the inwoner.
DIRECTIONS = {
    Richting.VOORDEEL: ("▲", "voordeel voor de inwoner"),
    Richting.NADEEL: ("▼", "nadeel voor de inwoner"),
    Richting.NEUTRAAL: ("●", "neutraal"),
    Richting.GEMENGD: ("◆", "gemengd: voordeel of nadeel"),
}


@dataclass(frozen=True)
class Figure:
    """A chart, its parts for the legend, and what they add up to."""

    chart: Markup
    parts: tuple[Bar, ...]
    total: int


def source_figure(line: SourceLine) -> Figure:
    """What became of the rows of a delivery."""
    return _stacked(
        f"rijen-{line.bron}",
        "Wat er met de rijen gebeurde",
        (
            ("bewaard", line.bewaard, "vol"),
            ("weggelaten", line.geminimaliseerd, "licht"),
            ("afgekeurd", line.afgekeurd, "oker"),
        ),
    )


def check_figure(place: int, result: CheckResult) -> Figure:
    """How many rows of a table fit; ``place`` tells the charts of a page apart."""
    parts = (("goed", result.rijen - result.afgekeurd, "vol"), ("afgekeurd", result.afgekeurd, "oker"))
    return _stacked(f"toets-{place}", "Hoeveel rijen passen", parts)


def advice_figure(report: NightReport) -> Figure:
    """What is done with the new findings."""
    return _stacked(
        "advies",
        "Wat er met de nieuwe signalen gebeurt",
        (
            ("brief", sum(line.nudge for line in report.regels), "vol"),
            ("taak voor een consulent", sum(line.taak for line in report.regels), "licht"),
            ("geen actie", sum(line.geen_actie for line in report.regels), "grijs"),
        ),
    )


def ratio_figure(report: NightReport) -> Figure:
    """Advantage beside disadvantage."""
    parts = (("voordeel", report.voordeel, "voordeel"), ("nadeel", report.nadeel, "nadeel"))
    return _stacked("verhouding", "Verhouding voordeel en nadeel", parts)


def direction_figures(report: NightReport) -> list[tuple[Richting, Figure]]:
    """New findings by rule, a chart for each direction that has rules; one scale for all."""
    largest = max((line.nieuw for line in report.regels), default=0)
    figures = []
    for richting, (_, meaning) in DIRECTIONS.items():
        lines = [line for line in report.regels if line.richting == richting]
        if lines:
            bars = tuple(_rule_bar(line) for line in lines)
            chart = bar_chart(f"regels-{richting}", f"Nieuwe signalen: {meaning}", bars, largest=largest)
            figures.append((richting, Figure(chart, bars, sum(line.nieuw for line in lines))))
    return figures


def _rule_bar(line: RuleLine) -> Bar:
    return Bar(f"{line.regel} {line.titel}", line.nieuw, number(line.nieuw), line.richting)


def step_chart(steps: Sequence[StepLine]) -> Markup:
    """How long each step took."""
    bars = [Bar(step.stap, step.seconden, duration(step.seconden), "vol") for step in steps]
    return bar_chart("stappen", "Hoe lang elke stap duurde", bars)


def _stacked(name: str, title: str, parts: Sequence[tuple[str, int, str]]) -> Figure:
    total = sum(count for _, count, _ in parts)
    bars = tuple(Bar(label, count, _of(count, total), fill) for label, count, fill in parts)
    return Figure(stacked_bar(name, title, bars), bars, total)


def _of(count: int, total: int) -> str:
    return f"{number(count)} ({share(count, total)})" if total else "0"
