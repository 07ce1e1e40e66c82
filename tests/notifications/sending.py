"""An outbox with messages for a channel, and a clock that can be moved."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from contracts.finding import Finding, Nudge, Richting, Route
from contracts.message import Email, Letter, Sms
from contracts.notice import NoticeError
from notifications.delivery import Lot, Patience, Sender
from store.casebook import Casebook, Way

NIGHT = date(2026, 11, 3)
START = datetime(2026, 11, 3, 3, tzinfo=UTC)


def found(number: int) -> Finding:
    return Finding(
        signaal_id=f"S-R01-{number}", regel="R01", regelversie="1", dossiernummer=f"D-{number}", consulent_id="C-01",
        richting=Richting.NADEEL, route=Route.NUDGE_THEN_TASK, bericht="kostendeler_erbij",
        feitdatum=date(2026, 10, 20), gezien="Er staat iemand extra.", taak="Kijk.", feiten={}, onderdrukkers=(),
        bronnen=("brp-1",), peildatum=NIGHT, stand=1,
    )  # fmt: skip


@dataclass
class Clock:
    moment: datetime = START
    waited: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def later(self, **period: int) -> None:
        self.moment += timedelta(**period)


def fill(casebook: Casebook, number: int, way: Way) -> list[str]:
    """A night with so many notices by one channel; their kenmerken."""
    findings = [found(place) for place in range(number)]
    advice = {f.signaal_id: Nudge(bericht="kostendeler_erbij", brief=f.signaal_id) for f in findings}
    casebook.record(NIGHT, findings, advice, way=lambda *_: way)
    return [row.kenmerk for row in casebook.letters_made_on(NIGHT)]


def written(row):
    """A message for a row, without any person in it."""
    same = {"kenmerk": row.kenmerk, "bericht": row.bericht, "versie": "1.1"}
    match row.vorm:
        case "brief":
            return Letter(**same, pdf=b"%PDF-1.7 " + row.kenmerk.encode(), postcode="1234AB")
        case "email":
            return Email(
                **same,
                aan="an.ander@voorbeeld.example",
                onderwerp="Een vraag",
                tekst="Bel ons.",
                html="<p>Bel ons.</p>",
            )
        case _:
            return Sms(**same, aan="0600000001", tekst="Sociale Dienst: bel ons.")


def unwritable(row):
    raise NoticeError("It does not fit.", where=row.kenmerk, todo="Call.")


def sender(casebook: Casebook, channel, clock: Clock, write=written, **patience) -> Sender:
    return Sender(casebook, channel, write, NIGHT, Patience(**patience), now=clock.now, sleep=clock.sleep)


def states(casebook: Casebook) -> list[str]:
    return [row.status for row in casebook.letters_made_on(NIGHT)]


def calls(casebook: Casebook) -> list[str]:
    return sorted(row.reden for row in casebook.tasks_of(NIGHT))


def log(casebook: Casebook, kenmerk: str) -> list[tuple[str, str]]:
    return [(row.wat, row.uitslag) for row in casebook.attempts_of(kenmerk)]


__all__ = [
    "NIGHT",
    "START",
    "Clock",
    "Lot",
    "calls",
    "fill",
    "found",
    "log",
    "sender",
    "states",
    "unwritable",
    "written",
]
