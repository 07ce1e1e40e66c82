"""Contact tasks in a casebook, and what puts them in an Open Klant."""

from datetime import timedelta

from contracts.finding import ContactTask, Finding, Reden, Route, Verdict
from notifications.delivery import Patience
from store.casebook import Casebook
from tests.notifications.sending import NIGHT, Clock, found
from tests.worklist.openklant_server import TOKEN
from worklist.openklant import Client, OpenKlant, Sender

WORKLIST = "https://werklijst.voorbeeld.example"


def fill(casebook: Casebook, number: int, *, beperkt=(), geheim=()) -> list[str]:
    """A night with so many tasks; their ids. Some are for a few people only, by their place."""
    findings = [_shielded(found(place), place in beperkt, place in geheim) for place in range(number)]
    casebook.record(NIGHT, findings, {f.signaal_id: ContactTask(soort="contact") for f in findings})
    return sorted(row.taak_id for row in casebook.tasks_of(NIGHT))


def _shielded(finding: Finding, beperkt: bool, geheim: bool) -> Finding:
    update = {"route": Route.RESTRICTED_TASK} if beperkt else {}
    if geheim:
        update["onderdrukkers"] = (Verdict(naam="geheim", code="geheim", reden=Reden.GEHEIM, geldt=True),)
    return finding.model_copy(update=update)


def options(klant, **more) -> OpenKlant:
    return OpenKlant(
        **{
            "adres": klant.url, "werklijst_adres": WORKLIST, "wacht_seconden": 1.0,
            "eenheid": {"identificator": "sdd", "naam": "Sociale Dienst"},
        } | more
    )  # fmt: skip


def sender(casebook: Casebook, klant, clock: Clock | None = None, *, client=Client, patience=None, **more) -> Sender:
    clock, settings = clock or Clock(), options(klant, **more)
    return Sender(
        casebook, client(settings, TOKEN, clock.sleep), settings, patience or Patience(), now=clock.now,
        sleep=clock.sleep,
    )  # fmt: skip


def states(casebook: Casebook) -> list[str]:
    return [casebook.internetaak_of(row.taak_id).status for row in casebook.tasks_of(NIGHT)]


def log(casebook: Casebook, taak_id: str) -> list[tuple[str, str]]:
    return [(row.wat, row.uitslag) for row in casebook.pogingen_of(taak_id)]


AT_ONCE = Patience(settle=timedelta(0))

__all__ = ["AT_ONCE", "NIGHT", "WORKLIST", "Clock", "fill", "log", "options", "sender", "states"]
