"""The verdict on a delivery that was held against its contract: whether it fits, in one sentence."""

from collections.abc import Sequence

from contracts.dutch import number
from flows.report.verdict import Verdict
from flows.report.words import counted
from matching.intake.check import CheckResult

_WHOLE = "Een levering wordt in haar geheel gebruikt of niet: zolang dit zo is, neemt Tijdig er niets van over."


def check_verdict(results: Sequence[CheckResult]) -> Verdict:
    """Whether a supplier can hand this delivery over as it is; values that become unknown do not stand in the way."""
    broken = sum(result.fout is not None for result in results)
    rows, rejected = sum(r.rijen for r in results), sum(r.afgekeurd for r in results)
    notes = (*_rejected(rejected), *_soft(results), *_remarks(results))
    if not results:
        return Verdict(False, "Er is niets om te toetsen.", ())
    if broken:
        return Verdict(False, _unusable(broken, len(results)), (_WHOLE, *notes))
    if rejected:
        return Verdict(False, f"Deze levering past op {number(rows - rejected)} van de {_rows(rows)}.", notes)
    return Verdict(True, _fits(rows), notes)


def _unusable(broken: int, of: int) -> str:
    what = "het bestand is" if of == 1 else counted(broken, "bestand is", "bestanden zijn")
    return f"Deze levering past niet: {what} zo niet te gebruiken."


def _fits(rows: int) -> str:
    if rows == 0:
        return "Deze levering past, maar er staat geen enkele rij in."
    return f"Deze levering past: {'de ene rij is' if rows == 1 else f'alle {_rows(rows)} zijn'} goed."


def _rejected(count: int) -> tuple[str, ...]:
    ends = counted(count, "rij wordt afgekeurd en doet", "rijen worden afgekeurd en doen")
    return (f"{ends} niet mee.",) if count else ()


def _soft(results: Sequence[CheckResult]) -> tuple[str, ...]:
    count = sum(code.aantal for result in results for code in result.codes if code.zacht)
    lost = counted(count, "waarde klopt niet en wordt onbekend", "waarden kloppen niet en worden onbekend")
    return (f"{lost}; de rest van die rijen doet gewoon mee.",) if count else ()


def _remarks(results: Sequence[CheckResult]) -> tuple[str, ...]:
    count = sum(len(result.opmerkingen) for result in results)
    there = f"Er {'is' if count == 1 else 'zijn'} {counted(count, 'opmerking', 'opmerkingen')}"
    return (f"{there}; daarvoor wordt niets afgekeurd.",) if count else ()


def _rows(count: int) -> str:
    return counted(count, "rij", "rijen")
