"""Making the evaluation of a work folder: whose findings are counted is written down first."""

from datetime import UTC, datetime
from pathlib import Path

from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.evaluation.asked import period_of
from flows.evaluation.files import write
from flows.evaluation.make import evaluation
from flows.evaluation.page import period_name
from flows.logboek import in_dossiers, processing
from flows.present import today
from flows.productie import require_ready
from flows.settings import Workplace


def make_evaluation(work: Workplace, maand: str | None = None, tot: str | None = None) -> tuple[Path, str]:
    """Make the evaluation of a period; returns its page, and what the period is called.

    Raises:
        NotReadyError: this counts, and the dienst has not arranged what that needs.
        SettingsError, CasebookError: see ``period_of``.
    """
    require_ready(work, today())
    with kept_casebook(work) as casebook:
        period = period_of(casebook, today(), maand, tot)
        with processing(work, Activiteit.EVALUATIE, "evaluatie maken") as step:
            step.about(in_dossiers(casebook.dossiers_counted(period)))
            found = evaluation(casebook, work.settings, period, datetime.now(UTC))
    return write(found, work.maand(period.name)), period_name(period)
