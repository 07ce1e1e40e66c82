"""The list: which tasks lie where, the most pressing first. It names a dossier, and nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from contracts.finding import REDEN_ZIN, Reden, Richting
from contracts.work import BAK_NAAM, PER_PAGINA, Bak, Filter, Rol, User
from worklist import page, words
from worklist.forms import clean
from worklist.guard import Somebody

router = APIRouter()
_ADVISES: Final = (Rol.JURIST, Rol.HANDHAVER)


@dataclass(frozen=True)
class Line:
    """A task in the list.

    Attributes:
        titel: what it is about.
        soort: what kind of work it is.
        reden: why it is a task, where the rule does not say so.
        dagen: how long it lies.
        over: days until its term, below zero where that is past; None = it has none.
        wie: who has it in hand, or whose it is.
    """

    taak_id: str
    titel: str
    soort: str
    dossiernummer: str
    reden: str | None
    spoed: bool
    status: str
    sinds: date
    dagen: int
    uiterlijk: date | None
    over: int | None
    wie: str
    uitgesteld_tot: date | None
    afgeschermd: bool


@router.get("/")
def show_list(request: Request, user: Somebody) -> HTMLResponse:
    """A page of tasks."""
    pages = page.of(request)
    services, today = pages.services, pages.services.today()
    chosen, dropped = read_filter(request.query_params, first_bak(user))
    found = services.casebook.listed(user, chosen, today, too_long=services.te_lang_dagen)
    counts = services.casebook.work_counts(user, today, too_long=services.te_lang_dagen)
    names = page.named(services)
    answer = pages.show(
        request, "lijst.html.j2", user=user, gedaan=page.confirmed(request), gekozen=chosen, vergeten=dropped,
        bakken=[(bak, BAK_NAAM[bak], counts[bak], _address(chosen, bak=bak, pagina=1)) for bak in shown_baks(user)],
        baknaam=BAK_NAAM[chosen.bak], totaal=found.total,
        regels=[_line(row, request, today, names) for row in found.rows],
        leeg=words.LEEG_FILTER if _narrowed(chosen) else words.LEEG[chosen.bak], smal=_narrowed(chosen),
        bladen=_sheets(chosen, found.total), wissen=_address(Filter(bak=chosen.bak)), keuzes=_choices(request, user),
    )  # fmt: skip
    page.remember_list(request, answer, _address(chosen))
    return answer


def first_bak(user: User) -> Bak:
    """Where somebody begins: with their own tasks, with what they are asked, or with those of everybody they see."""
    if user.has(*_ADVISES) and not user.has(Rol.CONSULENT):
        return Bak.VRAGEN
    return Bak.MIJN if user.consulent_id is not None or user.has(Rol.CONSULENT) else Bak.TEAM


def shown_baks(user: User) -> list[Bak]:
    """The baks that mean something to somebody."""
    return [bak for bak in Bak if bak is not Bak.VRAGEN or user.has(*_ADVISES)]


def read_filter(asked: Mapping[str, str], bak: Bak) -> tuple[Filter, list[str]]:
    """The filter of an address, and the names of what in it fits nothing: that is left out."""
    values: dict[str, Any] = {"bak": bak}
    dropped = []
    for name in Filter.model_fields:
        given = clean(asked.get(name, "")).strip()
        if not given:
            continue
        try:
            values[name] = getattr(Filter.model_validate({name: given}), name)
        except ValidationError:
            dropped.append(name)
    if values.get("soort") not in {None, *words.SOORTEN}:
        dropped.append("soort")
        del values["soort"]
    return Filter(**values), dropped


def _line(row: sa.Row[Any], request: Request, today: date, names: Mapping[str, str]) -> Line:
    regel = page.of(request).services.regels.get(row.regel)
    who = row.behandelaar or row.consulent_id
    return Line(
        taak_id=row.taak_id, titel=regel.titel if regel else row.regel,
        soort=words.SOORT_NAAM.get(row.soort, row.soort),
        dossiernummer=row.dossiernummer, reden=REDEN_ZIN[Reden(row.reden)] if row.reden else None, spoed=row.spoed,
        status=row.status,
        sinds=row.nacht, dagen=page.age(row.nacht, today), uiterlijk=row.uiterlijk,
        over=(row.uiterlijk - today).days if row.uiterlijk and row.status == "open" else None,
        wie=_who(row, names.get(who, who) if who else None),
        uitgesteld_tot=row.uitgesteld_tot if row.uitgesteld_tot and row.uitgesteld_tot > today else None,
        afgeschermd=row.geheim or row.beperkt,
    )  # fmt: skip


def _who(row: sa.Row[Any], name: str | None) -> str:
    if row.behandelaar:
        return f"{name} heeft de taak"
    team = f"team {row.van_team}" if row.van_team else "nog geen team"
    return f"{name}, {team}" if name else team


def _choices(request: Request, user: User) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen; of what only the restricted group may know, others are offered nothing."""
    every = user.has(Rol.BEPERKT)
    regels = {rule: text for rule, text in page.of(request).services.regels.items() if every or not text.beperkt}
    return {
        "soort": [(soort, words.SOORT_NAAM[soort]) for soort in words.SOORTEN if every or soort != "beperkt"],
        "regel": sorted(((rule, text.titel) for rule, text in regels.items()), key=lambda pair: pair[1]),
        "richting": [(one.value, words.RICHTING_NAAM[one]) for one in Richting],
        "ouder_dan_dagen": [(str(days), said) for days, said in words.OUDERDOM.items()],
    }


def _narrowed(chosen: Filter) -> bool:
    return bool(chosen.model_dump(exclude={"bak", "pagina"}, exclude_defaults=True))


def _address(chosen: Filter, **other: object) -> str:
    asked = chosen.model_copy(update=other).model_dump(mode="json", exclude_none=True)
    kept = {name: value for name, value in asked.items() if value != "" and (name, value) != ("pagina", 1)}
    return f"/?{urlencode(kept)}"


def _sheets(chosen: Filter, total: int) -> dict[str, Any]:
    """Which page it is of how many, and the addresses around it."""
    last = max(-(-total // PER_PAGINA), 1)
    here = chosen.pagina
    return {
        "nu": here, "laatste": last, "eerste_taak": (here - 1) * PER_PAGINA + 1,
        "laatste_taak": min(here * PER_PAGINA, total),
        "vorige": _address(chosen, pagina=min(here - 1, last)) if here > 1 else None,
        "volgende": _address(chosen, pagina=here + 1) if here < last else None,
        "begin": _address(chosen, pagina=1),
    }  # fmt: skip
