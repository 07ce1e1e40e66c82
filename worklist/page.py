"""How a page is made: one environment for the templates, in which whatever comes from data is shown as text."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.dutch import calendar_date, euro, number
from contracts.work import User
from store.casebook.book import as_utc
from worklist import words
from worklist.services import Services
from worklist.style import Style

_LIST: Final = "lijst"
#: What a browser may say of the list it looked at; the list itself reads it as any address.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9_=&%.+-]{1,300}")
_ZONE: Final = ZoneInfo("Europe/Amsterdam")


class Pages:
    """The templates, with what every page shows."""

    def __init__(self, services: Services) -> None:
        """Read templates and style once."""
        self.services = services
        self.style = Style.load(services.stijl, services.thema)
        self._templates = _environment()

    def show(
        self, request: Request, template: str, *, status: int = 200, user: User | None = None, **values: object
    ) -> HTMLResponse:
        """A page. A browser does not keep it: what is on it may be about somebody."""
        shared = {
            "huis": self.services.house, "stijl": self.style, "user": user, "uitloggen": self.services.uitloggen,
            "csrf": self.services.csrf(request) if user else "", "pad": request.url.path, "lijst": _last_list(request),
        }  # fmt: skip
        html = self._templates.get_template(template).render({**shared, **values})
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def remember_list(request: Request, answer: HTMLResponse, address: str) -> None:
    """Let the way back from a task lead to the list that somebody looked at last."""
    answer.set_cookie(
        _LIST, address.removeprefix("/?"), path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def _last_list(request: Request) -> str:
    kept = request.cookies.get(_LIST, "")
    return f"/?{kept}" if _ADDRESS.fullmatch(kept) else "/"


def of(request: Request) -> Pages:
    """The pages of the application of this request."""
    pages: Pages = request.app.state.pages
    return pages


def confirmed(request: Request) -> str | None:
    """What was done just now, by the address."""
    return words.GEDAAN.get(request.query_params.get("gedaan", ""))


def named(services: Services) -> Mapping[str, str]:
    """How colleagues are called, by what the sign-on and the administration know them as."""
    names: dict[str, str] = {}
    for one in services.collegas():
        names[one.gebruiker] = one.naam
        if one.consulent_id is not None:
            names.setdefault(one.consulent_id, one.naam)
    return names


def local(moment: datetime) -> datetime:
    """A moment of the casebook as the clock here shows it."""
    return as_utc(moment).astimezone(_ZONE)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "dag": calendar_date, "getal": number, "euro": euro, "dagen": words.days, "taken": words.tasks,
        "tussen": _between,
    }  # fmt: skip
    return environment


def _between(ends: tuple[int, int]) -> str:
    low, high = ends
    return euro(low) if low == high else f"{euro(low)} tot {euro(high)}"


def age(since: date, today: date) -> int:
    """How many days ago something was; 0 where it is still to come."""
    return max((today - since).days, 0)
