"""The page of one task: what is seen, why it matters, what to ask, and what can be done."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from advice.gesprek import gidsen
from contracts.finding import Finding
from contracts.publish_words import BRON_NAAM, ZEKERHEID
from contracts.receipt import Receipt
from contracts.rechten import GEGEVENS, VERZOEK_ZIN
from contracts.toets import VRAAG_ZIN, Eigen, Feit, Toets
from contracts.work import Recht
from worklist import page
from worklist.desk import answerable, buttons
from worklist.guard import Somebody, opened
from worklist.history import endings, history, questions
from worklist.known import toets_of
from worklist.letter import preview
from worklist.services import Services
from worklist.sides import sides
from worklist.summary import card, head

router = APIRouter()
_SOURCE = {
    **{bron.value: naam for bron, naam in BRON_NAAM.items()},
    Eigen.CASEBOOK: "Tijdig", Eigen.REGEL: "de regel", Eigen.BEREKENING: "de berekening", Eigen.BELEID: "het beleid",
}  # fmt: skip
#: Facts of the toets that are for the command line.
_ELSEWHERE = "mkba"


class Asked(NamedTuple):
    """One of the three questions, and what is known for it: sentence, whether it is known, from where."""

    vraag: str
    feiten: list[tuple[str, bool, str]]


@router.get("/taken/{taak_id}")
def show_task(request: Request, user: Somebody, taak_id: str) -> HTMLResponse:
    """A task. Who looks is written down."""
    pages = page.of(request)
    services = pages.services
    found = opened(request, user, taak_id)
    finding, today, names = found.finding, services.today(), page.named(services)
    events = services.casebook.events_of(taak_id)
    services.casebook.note(user.gebruiker, "taak_bekeken", taak_id, services.now())
    services.look("taak bekijken", finding)
    known = toets_of(services.casebook, finding, today)
    return pages.show(
        request, "taak.html.j2", user=user, gedaan=page.confirmed(request), taak=head(found, services, names),
        finding=finding, kaart=card(found, services), kanten=sides(finding, services.regels.get(finding.regel)),
        bon=_receipt(services, finding), verloop=history(services.casebook, found.row, events, names),
        vragen=questions(events, names),
        eindes=endings(services.casebook.outcomes_of(finding.signaal_id), taak_id, names),
        terugmelding=services.casebook.feedback_of(finding.signaal_id), bronnaam=_SOURCE,
        oordelen=services.casebook.oordelen_of(finding.signaal_id) if found.may(Recht.DOEN) else [],
        drie=list(_asked(known)), gids=gidsen().onderwerpen[known.gids], knoppen=buttons(request, found, user, events),
        te_beantwoorden=answerable(request, found, user, events), brief=finding.bericht is not None,
        persoon=found.may(Recht.PERSOON_ZIEN),
        verzoeken=list(_requests(services, finding, words=found.may(Recht.DOEN))),
        elders_klaar=_closed_there(services, taak_id), tekst_van=ZEKERHEID,
    )  # fmt: skip


@router.get("/taken/{taak_id}/brief")
def show_letter(request: Request, user: Somebody, taak_id: str) -> HTMLResponse:
    """The letter about a task, to read; nothing is sent."""
    pages = page.of(request)
    services = pages.services
    found = opened(request, user, taak_id)
    kaart = card(found, services)
    notice = preview(found.finding, services.house, services.today(), kaart)
    if notice is None:
        raise HTTPException(404)
    services.casebook.note(user.gebruiker, "brief_bekeken", taak_id, services.now())
    services.look("brief bekijken", found.finding)
    return pages.show(request, "brief.html.j2", user=user, brief=notice, taak_id=taak_id, verzonnen=kaart is None)


class Claim(NamedTuple):
    """What the inwoner asked about the data of this finding."""

    nummer: str
    zin: str
    gegeven: str | None
    tekst: str
    uiterlijk: date | None


def _requests(services: Services, finding: Finding, *, words: bool) -> Iterator[Claim]:
    """What the inwoner asked; their own words are for who works on the task."""
    for one, text in services.casebook.requests_about(finding):
        about = GEGEVENS[one.gegeven].zin if one.gegeven else None
        yield Claim(
            one.verzoek_id,
            VERZOEK_ZIN[one.soort],
            about,
            text if words else "",
            one.uiterlijk if one.stand == "open" else None,
        )


def _closed_there(services: Services, taak_id: str) -> date | None:
    """The day on which the task was closed in Open Klant while it is open here."""
    there = services.casebook.internetaak_of(taak_id)
    return page.local(there.daar_afgehandeld_op).date() if there and there.daar_afgehandeld_op else None


def _asked(known: Toets) -> Iterator[Asked]:
    for vraag, feiten in known.per_vraag():
        yield Asked(VRAAG_ZIN[vraag], [_fact(feit) for feit in feiten if feit.soort != _ELSEWHERE])


def _fact(feit: Feit) -> tuple[str, bool, str]:
    return feit.zin, feit.bekend, ", ".join(_SOURCE[bron] for bron in feit.bronnen)


def _receipt(services: Services, finding: Finding) -> dict[str, Any] | None:
    rows = services.casebook.receipts_of(finding.signaal_id)
    if not rows:
        return None
    made = Receipt.model_validate(rows[-1].inhoud)
    return {"hash": rows[-1].hash, "nacht": rows[-1].nacht, "wet": made.gronden.grondslagen, "beleid": made.beleid}
