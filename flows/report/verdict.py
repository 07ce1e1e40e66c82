"""The verdict on a night: whether the beheerder can trust it, in one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.dutch import number
from contracts.tables import Bron
from flows.report.model import ClosedLine, NightReport, SourceLine
from flows.report.words import capital, counted, listed, source_name

#: A letter needs these: the dienst says whom it is for, the BRP how they are called and where they live.
_LETTERS_NEED = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


@dataclass(frozen=True)
class Verdict:
    """The night in one sentence, and what it means."""

    goed: bool
    zin: str
    uitleg: tuple[str, ...]


def verdict(report: NightReport) -> Verdict:
    """Whether the beheerder can trust this night: every gate open, nothing refused, all rows adding up."""
    closed = report.dichte_poorten
    wrong = [line.bron for line in report.bronnen if not adds_up(line)]
    clauses = [_gates(closed)] if closed else []
    clauses += [refused] if (refused := _refused(report)) else []
    clauses += ["niet elk bericht of elke taak kon gaan"] if report.storingen else []
    clauses += [f"de telling van {_names(wrong)} klopt niet"] if wrong else []
    if not clauses:
        return Verdict(goed=True, zin="Alles is goed gegaan.", uitleg=(*_harvest(report), *_urgent(report)))
    why = [f"{capital(source_name(line.bron))}: {gate_reason(report, line)}" for line in closed]
    if len(closed) == len(clauses) == 1:
        clauses, why = [f"{clauses[0]}: {_follow_on(gate_reason(report, closed[0]))}"], []
    zin = f"Let op: {listed(clauses).removesuffix('.')}."
    made = _harvest(report) if report.brieven or report.taken else ()
    return Verdict(False, zin, (*why, *_waiting(report), *_look_below(report), *made, *_urgent(report)))


def adds_up(line: SourceLine) -> bool:
    """Whether every row that was delivered is accounted for."""
    accepted = line.geaccepteerd == line.bewaard + line.geminimaliseerd
    return accepted and line.rijen == line.geaccepteerd + line.afgekeurd


def gate_reason(report: NightReport, line: SourceLine | ClosedLine) -> str:
    """Why a gate is open or closed, without the English of an error: that stands with the refused delivery."""
    reason = line.poort
    for refused in report.geweigerd:
        reason = reason.replace(f" ({refused.wat})", "")
    return reason


def _gates(closed: Iterable[SourceLine | ClosedLine]) -> str:
    names = [line.bron for line in closed]
    many = len(names) > 1
    return f"de {'poorten' if many else 'poort'} van {_names(names)} {'zijn' if many else 'is'} dicht"


def _refused(report: NightReport) -> str:
    """Refused deliveries that no closed gate tells of already."""
    told = {line.bron for line in report.dichte_poorten}
    bronnen = [line.bron for line in report.geweigerd if line.bron not in told]
    other = "andere " if len(bronnen) < len(report.geweigerd) else ""
    if len(bronnen) > 1:
        return f"{number(len(bronnen))} {other}leveringen zijn geweigerd"
    return "".join(f"een {other}levering{f' van {source_name(bron)}' if bron else ''} is geweigerd" for bron in bronnen)


def _harvest(report: NightReport) -> tuple[str, ...]:
    if not (report.brieven or report.taken):
        return ("Er zijn vannacht geen brieven en geen taken gemaakt.",)
    made = f"{counted(report.brieven, 'brief', 'brieven')} en {counted(report.taken, 'taak', 'taken')}"
    return (f"Tijdig maakte {made}.",)


def _urgent(report: NightReport) -> tuple[str, ...]:
    if not report.spoed:
        return ()
    return (f"{counted(report.spoed, 'taak heeft', 'taken hebben')} spoed: laat vandaag nog bellen.",)


def _waiting(report: NightReport) -> tuple[str, ...]:
    """What a closed gate holds back, and that it holds nothing else; only what the counts bear out."""
    closed = [line.bron for line in report.dichte_poorten]
    if not closed:
        return ()
    rest = " De rest is gewoon gedaan." if any(line.open for line in report.bronnen) else ""
    waits = f"Alleen wat Tijdig met {_names(closed)} maakt, wacht.{rest}{_no_letters(report, closed)}"
    return (waits, "Vraag om een goede levering. Tijdig haalt dan vanzelf in wat wachtte.")


def _no_letters(report: NightReport, closed: list[str]) -> str:
    if not set(closed) & set(_LETTERS_NEED) or report.brieven:
        return ""
    needed = _names(_LETTERS_NEED)
    kept = " Er is ook geen signaal gesloten." if report.gesloten == 0 else ""
    return f" Een brief heeft {needed} nodig, dus er zijn vannacht geen brieven.{kept}"


def _look_below(report: NightReport) -> tuple[str, ...]:
    where = ["de geweigerde leveringen"] if report.geweigerd else []
    where += ["de berichten die wachten"] if report.storingen else []
    return (f"Lees bij {listed(where)} wat er mis is en wat er te doen is.",) if where else ()


def _follow_on(sentence: str) -> str:
    """A sentence as it follows a colon; a name such as BRP keeps its capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _names(bronnen: Iterable[str]) -> str:
    return listed([source_name(bron) for bron in bronnen])
