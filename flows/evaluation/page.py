"""``evaluatie.html``: one page without script or reference, for a manager and the council; it prints well."""

from contracts.dutch import month_name
from flows.evaluation.model import Evaluatie
from flows.report.template import fill
from store.casebook.evaluation import Period


def render(found: Evaluatie) -> str:
    """The page as HTML; whatever comes from data is escaped."""
    return fill("evaluatie.html.j2", evaluatie=found, periode=period_name(found.period))


def period_name(period: Period) -> str:
    """``november 2026``, or ``januari 2022 tot en met december 2026``."""
    first, last = month_name(period.first.first), month_name(period.last.first)
    return first if first == last else f"{first} tot en met {last}"
