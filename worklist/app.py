"""The worklist as a web application: pages that work without any script."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from contracts.errors import TijdigError
from worklist import desk, listing, page, task_page
from worklist.forms import HIDDEN
from worklist.guard import LoginNeededError
from worklist.services import Services

#: Status -> heading and what to do.
_SAID: Final[dict[int, tuple[str, str]]] = {
    400: ("Dit formulier kunnen wij niet lezen", "Ga terug en probeer het nog een keer."),
    403: ("Dit mag u niet doen", "Vraag uw teamleider als u denkt dat dit niet klopt."),
    404: ("Deze pagina is er niet", "Misschien klopt het adres niet, of is de taak niet (meer) van uw team."),
    405: ("Dit kan hier niet", "Ga naar de werklijst en begin daar."),
    413: ("Dit is te veel tekst", "Ga terug en maak de tekst korter."),
    500: ("Er ging iets mis", "Dat ligt aan ons. Wat u typte is er nog: probeer het nog een keer."),
    503: ("Het is nu even te druk", "Er is niets opgeslagen. Probeer het zo nog een keer."),
}
_EXPIRED: Final = (
    "U bent niet meer ingelogd",
    "U was een tijd niet bezig, of u logde ergens anders uit. Er is niets opgeslagen, en wat u typte is er nog.",
)


def create_app(services: Services) -> FastAPI:
    """The pages of the consulenten; who may come in is decided by what ``services`` says of a request."""
    app = FastAPI(title="Tijdig", docs_url=None, redoc_url=None, openapi_url=None)
    pages = page.Pages(services)
    app.state.services, app.state.pages = services, pages

    @app.get("/stijl/{versie}/{naam:path}")
    def style(request: Request, versie: str, naam: str) -> Response:
        return pages.style.answer(request, versie, naam)

    for part in (listing, task_page, desk):
        app.include_router(part.router)
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        LoginNeededError: _login_first, HTTPException: _refused, RequestValidationError: _not_there,
        TijdigError: _busy, Exception: _failed,
    }  # fmt: skip
    for error, handler in handlers.items():
        app.add_exception_handler(error, handler)
    return app


def _login_first(request: Request, _: Exception) -> Response:
    """To the page where somebody logs in; with what was typed in this page, to send again after that."""
    to = page.of(request).services.inloggen
    if request.method == "POST":
        return _problem(request, HTTPStatus.UNAUTHORIZED, _EXPIRED, login=f"{to}?naar=/")
    asked = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    address = f"{to}?naar={quote(asked)}"
    if request.headers.get("hx-request"):
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
    return _problem(request, status, _SAID.get(status, _SAID[404]))


def _not_there(request: Request, _: Exception) -> Response:
    return _problem(request, HTTPStatus.NOT_FOUND, _SAID[404])


def _busy(request: Request, _: Exception) -> Response:
    return _problem(request, HTTPStatus.SERVICE_UNAVAILABLE, _SAID[503])


def _failed(request: Request, _: Exception) -> Response:
    return _problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, _SAID[500])


def _problem(request: Request, status: int, said: tuple[str, str], login: str | None = None) -> Response:
    """A page that says what is the matter; what was typed stands in it, to send again or to copy."""
    typed: dict[str, str] = getattr(request.state, "getypt", {})
    again = bool(login) or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    to_copy = {name: text for name, text in typed.items() if text and name not in HIDDEN}
    return page.of(request).show(
        request, "probleem.html.j2", status=status, user=getattr(request.state, "user", None), kop=said[0],
        tekst=said[1], alles=typed if again else {}, over={} if again else to_copy, inloggen=login,
    )  # fmt: skip
