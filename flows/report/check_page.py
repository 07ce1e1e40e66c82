"""The page for a supplier: what of a delivery fits its contract, what does not, and what was asked instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.publish_words import CONTRACT_VERSION
from contracts.tables import TABLES, TableContract
from flows.outputs import replace_file
from flows.report.check_verdict import check_verdict
from flows.report.expected import expected
from flows.report.figures import Figure, check_figure
from flows.report.model import RemarkLine
from flows.report.template import fill
from matching.intake.check import CheckResult, CodeCount


@dataclass(frozen=True)
class Part:
    """One table of the delivery: its result, its contract where it is known, and each code with what was asked."""

    uitkomst: CheckResult
    contract: TableContract | None
    figuur: Figure
    codes: tuple[tuple[CodeCount, str], ...]
    opmerkingen: tuple[RemarkLine, ...]


def render_check(results: Sequence[CheckResult], *, titel: str) -> str:
    """The page as HTML; whatever comes from a file name is escaped, and no value is in it.

    Args:
        results: one for each table, and one for each file that can't be taken in.
        titel: what was checked, such as the name of the file or folder.
    """
    return fill(
        "toets.html.j2",
        titel=titel,
        oordeel=check_verdict(results),
        delen=[_part(place, result) for place, result in enumerate(results, start=1)],
        contractversie=CONTRACT_VERSION,
    )


def write_check(results: Sequence[CheckResult], path: Path, *, titel: str) -> None:
    """Write the page to ``path``; a reader sees the old page or the new one, never half of either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, render_check(results, titel=titel))


def _part(place: int, result: CheckResult) -> Part:
    table = TABLES.get(result.tabel)
    asked = tuple((code, expected(table, code.code) if table else "") for code in result.codes)
    remarks = tuple(RemarkLine(tabel="", code=code, aantal=count) for code, count in result.opmerkingen)
    return Part(result, table, check_figure(place, result), asked, remarks)
