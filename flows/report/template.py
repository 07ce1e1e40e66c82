"""How the pages are made: one environment for their templates, in which whatever comes from data is escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.dutch import calendar_date, euro, number
from flows.report import figures, words
from flows.report.charts import meter, swatch

_ADVICE = {"nudge": "brief", "taak": "taak", "geen_actie": "geen actie"}
#: Number columns of the table of rules: field of ``RuleLine`` and its heading.
_COLUMNS = (("nieuw", "Nieuw"), ("nudge", "Brief"), ("taak", "Taak"), ("geen_actie", "Geen actie"))
#: The same of the table of ages: field of ``AgeLine``.
_AGES = (("samen", "Samen"), ("brief", "Brief"), ("taak", "Taak"), ("wacht", "Wacht"))
#: And of the table of the desk sample: field of ``SampleLine``.
_SAMPLES = (
    ("bekeken", "Bekeken"), ("gemist", "Gemist"), ("terecht", "Terecht"), ("niet_te_zeggen", "Onzeker"),
)  # fmt: skip


def fill(name: str, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    """The template ``name`` with these values, as HTML."""
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parent, Path(__file__).parents[1] / "evaluation"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "getal": number, "stuks": words.counted, "moment": words.moment, "dag": calendar_date,
        "bronnaam": words.source_title, "hoofdletter": words.capital,
        "duur": words.duration, "euro": euro, "toonbaar": words.shown, "opsomming": words.listed,
    }  # fmt: skip
    environment.globals |= {
        "deel": words.share, "staal": swatch, "meter": meter,
        "BETEKENIS": words.check_meaning, "OPMERKING": words.remark_meaning, "ADVIES": _ADVICE,
        "KOLOMMEN": _COLUMNS, "OUDERDOM": _AGES, "STEEKPROEF": _SAMPLES, "RICHTING": figures.DIRECTIONS,
    }  # fmt: skip
    return environment
