"""``verslag.html``: one page without script or reference, so that it opens anywhere and can be kept."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.dutch import calendar_date, number
from flows.outputs import replace_file
from flows.report import figures, words
from flows.report.charts import meter, swatch
from flows.report.model import NightReport, RejectLine
from flows.report.verdict import verdict

FILE_NAME = "verslag.html"
_ADVICE = {"nudge": "brief", "taak": "taak", "geen_actie": "geen actie"}
#: Number columns of the table of rules: field of ``RuleLine`` and its heading.
_COLUMNS = (("nieuw", "Nieuw"), ("nudge", "Brief"), ("taak", "Taak"), ("geen_actie", "Geen actie"))


def render(report: NightReport) -> str:
    """The page of a night as HTML; whatever comes from data is escaped."""
    return _environment().get_template("verslag.html.j2").render(
        verslag=report,
        oordeel=verdict(report),
        bronnen=[(line, figures.source_figure(line)) for line in report.bronnen],
        afkeur=_rejects(report),
        richtingen=figures.direction_figures(report),
        verhouding=figures.ratio_figure(report),
        advies=figures.advice_figure(report),
        stappen=figures.step_chart(report.stappen),
    )  # fmt: skip


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


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "getal": number, "stuks": words.counted, "moment": words.moment, "dag": calendar_date,
        "bron": words.source_name, "hoofdletter": words.capital, "betekenis": words.check_meaning,
        "duur": words.duration,
    }  # fmt: skip
    environment.globals |= {
        "deel": words.share, "staal": swatch, "meter": meter,
        "ADVIES": _ADVICE, "KOLOMMEN": _COLUMNS, "RICHTING": figures.DIRECTIONS,
    }  # fmt: skip
    return environment
