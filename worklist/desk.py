"""The forms about a task: shown, read, done.

A form that does not fit, comes from an earlier session or was overtaken by somebody is shown again with all that was
typed. The same form sent twice counts once.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import quote

import sqlalchemy as sa
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from contracts.work import Recht, User
from store.casebook import Deed, NotOpenError, OvertakenError
from worklist import outcome, page, words
from worklist.deed_form import PLAIN, Asking, Form, new_number
from worklist.deeds import FORMS as DEEDS
from worklist.deeds import waiting
from worklist.forms import Invoer
from worklist.guard import Opened, Somebody, Typed, opened
from worklist.history import last_deed
from worklist.summary import head

router = APIRouter()
FORMS: Final[dict[str, Form]] = {**DEEDS, "afronden": outcome.FORM}
_NUMBER: Final = re.compile(r"[0-9a-f]{32}")
_OLD_SESSION: Final = (
    "U bent intussen opnieuw ingelogd. Wat u typte staat er nog. Kijk het na en verstuur het nog een keer."
)
_TEAM_ONLY: Final = "Dit kan alleen iemand van het team dat de taak heeft."
_NOT_YOURS: Final = "Dit kunt u bij deze taak niet doen."
_UNSENT: Final = "Dit formulier kwam niet goed aan. Kijk het na en verstuur het nog een keer."


class Button(NamedTuple):
    """A deed on the page of a task; ``direct`` asks nothing more. ``formulier`` is its number then."""

    pad: str
    knop: str
    uitleg: str
    direct: bool
    formulier: str


def buttons(request: Request, found: Opened, user: User, events: list[sa.Row[Any]]) -> list[Button]:
    """What a user can do with a task now."""
    asking = Asking(page.of(request).services, user, found, events)
    return [
        Button(path, form.knop, form.uitleg, form.template == PLAIN, new_number())
        for path, form in FORMS.items() if form.listed and form.open_to(asking)
    ]  # fmt: skip


def answerable(request: Request, found: Opened, user: User, events: list[sa.Row[Any]]) -> frozenset[int]:
    """The numbers of the questions that a user can answer now."""
    asking = Asking(page.of(request).services, user, found, events)
    form = FORMS["antwoorden"]
    return frozenset(one.volgnr for one in waiting(asking)) if form.open_to(asking) else frozenset()


@router.get("/taken/{taak_id}/{pad}")
def show_form(request: Request, user: Somebody, taak_id: str, pad: str) -> Response:
    """A form about a task."""
    form = _form(pad)
    asking = _asking(request, user, taak_id)
    begun = form.begins(asking, request.query_params)
    hitch = Hitch(HTTPStatus.OK) if form.open_to(asking) else Hitch(HTTPStatus.CONFLICT, _why_not(asking, form))
    return _page(request, asking, form, {**begun, "formulier": new_number()}, hitch)


@router.post("/taken/{taak_id}/{pad}")
def send_form(request: Request, typed: Typed, user: Somebody, taak_id: str, pad: str) -> Response:
    """Do what a form says, once; else the form again, with what is to be mended."""
    form = _form(pad)
    if _was_sent(request, user, taak_id, typed.get("formulier", "")):
        return _done(request, user, taak_id, words.AL_OPGESLAGEN)
    asking = _asking(request, user, taak_id)
    done = _do(request, asking, form, typed)
    if isinstance(done, str):
        return _done(request, user, taak_id, done)
    sound = _NUMBER.fullmatch(typed.get("formulier", ""))
    again = typed if sound else {**typed, "formulier": new_number()}
    return _page(request, _asking(request, user, taak_id), form, again, done)


class Hitch(NamedTuple):
    """Why a form is shown again: the status of the answer, what stands above it, and what beside its fields."""

    status: int
    melding: str | None = None
    fouten: Mapping[str, str] = MappingProxyType({})


def _do(request: Request, asking: Asking, form: Form, typed: Mapping[str, str]) -> str | Hitch:
    """Do it: what is confirmed then, or what is in the way."""
    services, taak_id = asking.services, asking.found.row.taak_id
    hitch = _stale(request, asking, form, typed)
    if hitch is not None:
        return hitch
    reader = Invoer(typed)
    act = form.read(reader, asking)
    if act is None:
        return Hitch(HTTPStatus.UNPROCESSABLE_ENTITY, None, reader.fouten)
    try:
        new = act(Deed(taak_id, asking.found.row.versie, asking.user.gebruiker, typed["formulier"], services.now()))
    except (OvertakenError, NotOpenError):
        return Hitch(HTTPStatus.CONFLICT, _overtaken(_asking(request, asking.user, taak_id)))
    return form.daad if new else words.AL_OPGESLAGEN


def _stale(request: Request, asking: Asking, form: Form, typed: Mapping[str, str]) -> Hitch | None:
    """What is in the way whatever was typed: the task, the session, or the form itself."""
    if not form.open_to(asking):
        return Hitch(HTTPStatus.CONFLICT, _why_not(asking, form))
    if not asking.services.csrf_ok(request, typed.get("csrf", "")):
        return Hitch(HTTPStatus.FORBIDDEN, _OLD_SESSION)
    version = Invoer(typed).number("versie")
    if version is None or not _NUMBER.fullmatch(typed.get("formulier", "")):
        return Hitch(HTTPStatus.UNPROCESSABLE_ENTITY, _UNSENT)
    if version != asking.found.row.versie:
        return Hitch(HTTPStatus.CONFLICT, _overtaken(asking))
    return None


def _form(path: str) -> Form:
    if path not in FORMS:
        raise HTTPException(404)
    return FORMS[path]


def _asking(request: Request, user: User, taak_id: str) -> Asking:
    services = page.of(request).services
    found = opened(request, user, taak_id)
    services.look("taak behandelen", found.finding)
    return Asking(services, user, found, services.casebook.events_of(taak_id))


def _page(request: Request, asking: Asking, form: Form, typed: Mapping[str, str], hitch: Hitch) -> HTMLResponse:
    """The form with what was typed; where it can't be done any more: what was typed, to read and copy."""
    pages = page.of(request)
    return pages.show(
        request, form.template, status=hitch.status, user=asking.user, form=form, kan=form.open_to(asking),
        taak=head(asking.found, pages.services, page.named(pages.services)), getypt=typed, melding=hitch.melding,
        formulier=typed["formulier"], fouten=hitch.fouten, **form.shows(asking, typed),
    )  # fmt: skip


def _was_sent(request: Request, user: User, taak_id: str, number: str) -> bool:
    """Whether this user sent this very form before: also where they may no longer see the task."""
    if not _NUMBER.fullmatch(number):
        return False
    events = page.of(request).services.casebook.events_of(taak_id)
    return any(one.formulier == number and one.door == user.gebruiker for one in events)


def _done(request: Request, user: User, taak_id: str, what: str) -> RedirectResponse:
    """To the task, or to the list where it is no longer for this user."""
    try:
        opened(request, user, taak_id)
    except HTTPException:
        return RedirectResponse(f"/?gedaan={quote(what)}", 303)
    return RedirectResponse(f"/taken/{quote(taak_id)}?gedaan={quote(what)}", 303)


def _overtaken(asking: Asking) -> str:
    """Who was first, and that nothing is lost."""
    names = page.named(asking.services)
    last = last_deed(asking.events, names)
    who = f"Iemand was u voor. {last.zin}" if last else "De taak is intussen veranderd."
    return f"{who} Er is niets van u opgeslagen; wat u typte staat er nog. Kijk of het nog past."


def _why_not(asking: Asking, form: Form) -> str:
    """Why a form can't be used on a task that can be seen."""
    status = asking.found.row.status
    if status not in form.status:
        if status == "open":
            return "Deze taak is open. Dit kan pas als de taak is afgerond."
        last = last_deed(asking.events, page.named(asking.services))
        return f"Deze taak is niet meer open. {f'{last.zin} ' if last else ''}U kunt de taak alleen nog lezen."
    if not asking.found.may(form.recht):
        return _TEAM_ONLY if form.recht is Recht.DOEN else _NOT_YOURS
    return "Dit past nu niet bij deze taak."
