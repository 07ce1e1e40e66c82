"""The verdict on a night: whether the beheerder can trust it, in one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.tables import Bron
from flows.report.model import NightReport
from flows.report.words import capital, counted, source_name


@dataclass(frozen=True)
class Verdict:
    """The night in one sentence, and what it means."""

    goed: bool
    zin: str
    uitleg: tuple[str, ...]


def verdict(report: NightReport) -> Verdict:
    """Whether the beheerder can trust this night: every source there, its gate open, its rows adding up."""
    closed = report.dichte_poorten
    delivered = {line.bron for line in report.bronnen}
    missing = [bron for bron in Bron if bron not in delivered]
    wrong = [line.bron for line in report.bronnen if line.rijen != line.geaccepteerd + line.afgekeurd]
    if not (closed or missing or wrong):
        return Verdict(goed=True, zin="Alles is goed gegaan.", uitleg=(*_harvest(report), *_urgent(report)))
    clauses = [_gates([line.bron for line in closed])] if closed else []
    clauses += [f"er is geen levering van {_names(missing)}"] if missing else []
    clauses += [f"de telling van {_names(wrong)} klopt niet"] if wrong else []
    why = [f"{capital(source_name(line.bron))}: {line.poort}" for line in closed]
    if len(closed) == len(clauses) == 1:
        clauses, why = [f"{clauses[0]}: {_follow_on(closed[0].poort)}"], []
    waits = _waiting(report) if closed or missing else ()
    zin = f"Let op: {_list(clauses).removesuffix('.')}."
    return Verdict(goed=False, zin=zin, uitleg=(*why, *waits, *_urgent(report)))


def _gates(bronnen: Sequence[str]) -> str:
    many = len(bronnen) > 1
    return f"de {'poorten' if many else 'poort'} van {_names(bronnen)} {'zijn' if many else 'is'} dicht"


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
    """What a closed gate holds back; only what the counts bear out."""
    stopped = ["Er gaan vannacht geen nieuwe berichten uit."] if report.brieven == report.taken == 0 else []
    kept = ["Er sluit ook geen signaal."] if stopped and report.gesloten == 0 else []
    advice = "Vraag om een goede levering. Tijdig haalt dan vanzelf in wat wachtte."
    return (" ".join([*stopped, *kept, advice]),)


def _follow_on(sentence: str) -> str:
    """A sentence as it follows a colon; a name such as BRP keeps its capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _names(bronnen: Sequence[str]) -> str:
    return _list([source_name(bron) for bron in bronnen])


def _list(parts: Sequence[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
