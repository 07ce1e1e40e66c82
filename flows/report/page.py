"""``verslag.html``: one page without script or reference, so that it opens anywhere and can be kept."""

from functools import partial
from pathlib import Path

from flows.outputs import replace_file
from flows.report import figures
from flows.report.model import NightReport, RejectLine
from flows.report.template import fill
from flows.report.verdict import adds_up, gate_reason, verdict

FILE_NAME = "verslag.html"


def render(report: NightReport) -> str:
    """The page of a night as HTML; whatever comes from data is escaped."""
    return fill(
        "verslag.html.j2",
        verslag=report,
        oordeel=verdict(report),
        bronnen=[(line, figures.source_figure(line), adds_up(line)) for line in report.bronnen],
        poort=partial(gate_reason, report),
        afkeur=_rejects(report),
        richtingen=figures.direction_figures(report),
        verhouding=figures.ratio_figure(report),
        advies=figures.advice_figure(report),
        stappen=figures.step_chart(report.stappen),
    )


def write(report: NightReport, folder: Path) -> Path:
    """Write the page into ``folder``; a reader sees the old page or the new one, never half of either."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    replace_file(path, render(report))
    return path


def _rejects(report: NightReport) -> dict[str, tuple[RejectLine, ...]]:
    """Rejections that cost a whole row (``hard``) and those that cost one value (``zacht``)."""
    return {
        "hard": tuple(line for line in report.afkeur if not line.zacht),
        "zacht": tuple(line for line in report.afkeur if line.zacht),
    }
