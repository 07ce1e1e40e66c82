"""The words of the page: numbers, moments, what a code means, and the verdict on a night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.dutch import calendar_date
from contracts.tables import Bron
from flows.report.model import NightReport

_ZONE = ZoneInfo("Europe/Amsterdam")
_MINUTE = 60
#: What a check is about; a code is ``column:check``, or a check alone for a line that can't be read.
_CHECKS = {
    "nullability": "verplicht, maar leeg",
    "elfproef": "geen geldig burgerservicenummer (elfproef)",
    "vorm": "niet in de afgesproken vorm",
    "code": "staat niet in de codelijst",
    "te_lang": "langer dan afgesproken",
    "geen_datum": "geen bestaande datum",
    "geen_getal": "geen geheel getal",
    "geen_bedrag": "geen bedrag in hele centen",
    "dubbel": "komt vaker dan één keer voor",
    "te_weinig_kolommen": "de regel heeft te weinig kolommen",
    "te_veel_kolommen": "de regel heeft te veel kolommen",
    "aanhalingsteken": "een aanhalingsteken staat verkeerd",
    "regel_te_lang": "de regel is te lang",
    "tekencodering": "de tekens zijn niet te lezen (geen UTF-8)",
    "onleesbaar": "de regel is niet te lezen",
}


def number(value: int) -> str:
    """``1.234``."""
    return f"{value:,}".replace(",", ".")


def counted(value: int, one: str, more: str) -> str:
    """``1 brief``, ``1.234 brieven``."""
    return f"{number(value)} {one if value == 1 else more}"


def share(part: int, whole: int) -> str:
    """``12,5%``; what is there never reads as 0% and what is not all never as 100%."""
    percent = 100 * part / whole if whole else 0.0
    if 0 < percent < 0.1:  # noqa: PLR2004
        return "minder dan 0,1%"
    if 99.9 < percent < 100:  # noqa: PLR2004
        return "meer dan 99,9%"
    return f"{percent:.1f}".removesuffix(".0").replace(".", ",") + "%"


def duration(seconds: float) -> str:
    """``0,4 s`` or ``2 min 5 s``."""
    if seconds < _MINUTE:
        return f"{seconds:.1f} s".replace(".", ",")
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{number(minutes)} min {rest} s"


def moment(at: datetime) -> str:
    """``3 november 2026, 02.00 uur`` in Amsterdam; a moment without a zone is taken as it stands."""
    local = at.astimezone(_ZONE) if at.tzinfo else at
    return f"{calendar_date(local.date())}, {local:%H.%M} uur"


def source_name(bron: str) -> str:
    """A source as people call it."""
    return "BRP" if bron == Bron.BRP else bron


def capital(text: str) -> str:
    """The same text with a capital to begin with."""
    return text[:1].upper() + text[1:]


def check_meaning(code: str) -> str:
    """What a rejection code means: ``postcode: niet in de afgesproken vorm``; empty for an unknown check."""
    column, _, check = code.rpartition(":")
    meaning = _CHECKS.get(check, "")
    return f"{column}: {meaning}" if column and meaning else meaning


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
    return Verdict(
        goed=False, zin=f"Let op: {_list(clauses).removesuffix('.')}.", uitleg=(*why, *waits, *_urgent(report))
    )


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
    return (*stopped, *kept, "Vraag om een goede levering. Tijdig haalt dan vanzelf in wat wachtte.")


def _follow_on(sentence: str) -> str:
    """A sentence as it follows a colon; a name such as BRP keeps its capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def _names(bronnen: Sequence[str]) -> str:
    return _list([source_name(bron) for bron in bronnen])


def _list(parts: Sequence[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
