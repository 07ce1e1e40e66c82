"""``tijdig worklist``: the page of the consulenten, and the accounts of the demo."""

import hmac
from collections.abc import Callable
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer
from fastapi import FastAPI, HTTPException, Request, Response
from rich.console import Console
from rich.table import Table

from contracts.errors import SettingsError
from contracts.outcome import Uitkomst
from contracts.work import ROL_NAAM, Rol, User
from flows import present
from flows.bewaking.metrics import metrics_text
from flows.casebook import kept_casebook
from flows.demo.accounts import new_password
from flows.logboek import looks
from flows.productie import require_ready
from flows.rule_texts import rule_texts
from flows.secret import made_once, secret
from flows.settings import Settings, Workplace
from flows.signaal import closed_until
from store.casebook import Casebook
from worklist.app import create_app
from worklist.auth import Entrance, guard
from worklist.auth.claims import Claims
from worklist.auth.oidc import Oidc
from worklist.auth.passwords import hash_password
from worklist.auth.sessions import Times
from worklist.services import Services

app = typer.Typer(help="De werklijst van de consulenten.", invoke_without_command=True)
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
_HERE: Final = ("127.0.0.1", "localhost", "::1")
_LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
_KEY_LENGTH: Final = 32
#: What a proxy adds.
_FORWARDED: Final = {"forwarded", "x-forwarded-for", "x-real-ip"}


@app.callback()
def worklist(
    context: typer.Context,
    map_: Map = Path(),
    adres: Annotated[str, typer.Option(help="Op welk netwerkadres de werklijst luistert.")] = "127.0.0.1",
    poort: Annotated[int, typer.Option(help="Op welke poort.", min=1, max=65535)] = 8080,
) -> None:
    """Start de werklijst. Stop met Ctrl-C.

    Voorbeeld: [bold]tijdig worklist --map /srv/tijdig/voorbeeldstad[/bold]
    """
    if context.invoked_subcommand is not None:
        return
    work = Workplace(map_)
    require_safe(work.settings, adres)
    require_ready(work, present.today())
    with kept_casebook(work) as casebook:
        application = application_of(work, casebook)
        where = work.settings.werklijst.adres or f"http://localhost:{poort}"
        console.print(f"De werklijst draait op [bold]{where}[/bold]. Stop met Ctrl-C.", highlight=False)
        import uvicorn  # noqa: PLC0415 - only here

        # No access log: its lines would say who looked at which task, without a term after which they go.
        uvicorn.run(
            application, host=adres, port=poort, access_log=False, server_header=False, log_level="warning",
            timeout_graceful_shutdown=5,
        )  # fmt: skip


@app.command()
def accounts(
    map_: Map = Path(),
    nieuw: Annotated[str | None, typer.Option(help="Maak of vervang dit account.")] = None,
    naam: Annotated[str | None, typer.Option(help="Hoe iemand heet.")] = None,
    rol: Annotated[list[Rol] | None, typer.Option(help="Een rol; mag vaker.")] = None,
    team: Annotated[str | None, typer.Option(help="In welk team.")] = None,
    consulent_id: Annotated[str | None, typer.Option(help="Het consulentnummer.")] = None,
) -> None:
    """Toon de accounts van het voorbeeld, of maak er een. In productie gaat inloggen via de dienst zelf.

    Voorbeeld: [bold]tijdig worklist accounts --nieuw anna --naam "Anna Smit" --rol consulent --team Noord[/bold]
    """
    work = Workplace(map_)
    with kept_casebook(work) as casebook:
        if nieuw is not None:
            _require_demo(work.settings)
            rollen = frozenset(rol or [Rol.CONSULENT])
            user = User(gebruiker=nieuw, naam=naam or nieuw, rollen=rollen, team=team, consulent_id=consulent_id)
            password = new_password()
            casebook.keep_account(user, hash_password(password))
            console.print(f"Wachtwoord van {nieuw}: {password}", highlight=False, markup=False)
        console.print(_table(casebook.accounts()))


def _table(users: list[User]) -> Table:
    table = Table("gebruiker", "naam", "rollen", "team", "consulent", box=None)
    for user in users:
        rollen = ", ".join(sorted(ROL_NAAM[one] for one in user.rollen))
        table.add_row(user.gebruiker, user.naam, rollen, user.team or "", user.consulent_id or "")
    return table


def require_safe(settings: Settings, adres: str) -> None:
    """Refuse to start where people could come in who may not.

    Raises:
        SettingsError: accounts of the demo, in production or where others than this machine can call it.
    """
    if settings.werklijst.oidc is not None:
        return
    _require_demo(settings)
    if settings.werklijst.adres is not None or adres not in _HERE:
        raise SettingsError(
            "Accounts of the demo work on this machine only.", where="[werklijst] adres, --adres",
            todo="Leave both out, or let people log in by the sign-on of the dienst: [werklijst.oidc].",
        )  # fmt: skip


def _require_demo(settings: Settings) -> None:
    if settings.productie:
        raise SettingsError(
            "In production nobody logs in with an account of the demo.", where="[werklijst.oidc]",
            todo="Give adres, client_id and rollen of the sign-on of the dienst there: see docs/werklijst.md.",
        )  # fmt: skip


def application_of(work: Workplace, casebook: Casebook) -> FastAPI:
    """The pages with the way in around them.

    Raises:
        SettingsError: a secret is missing.
    """
    settings = work.settings
    casebook.set_teams(settings.teams)
    entrance = _entrance(work, casebook)
    browsers = entrance.browsers
    services = Services(
        casebook=casebook, today=present.today, now=_now, identify=browsers.identify, csrf=browsers.csrf,
        csrf_ok=browsers.csrf_ok, collegas=casebook.accounts, regels=rule_texts(), geldt_tot=_until(settings),
        look=looks(work),
        house=settings.huis, te_lang_dagen=settings.werklijst.te_lang_dagen,
        uitstel_dagen=settings.werklijst.uitstel_dagen, thema=settings.werklijst.thema,
    )  # fmt: skip
    application = create_app(services)
    application.add_api_route("/metrics", _metrics(work), methods=["GET"], response_model=None)
    return guard(application, entrance)


def _metrics(work: Workplace) -> Callable[[Request], Response]:
    """The measures for a monitor: with a token, or on this machine where nobody else can call.

    Where others call through a proxy, each of them seems to come from this machine: then only the token counts.
    """

    def answer(request: Request) -> Response:
        token, given = secret("metingen_toegang"), request.headers.get("authorization", "")
        here = request.client is not None and request.client.host in _HERE
        local = here and work.settings.werklijst.adres is None and not _FORWARDED & set(request.headers)
        fits = token is not None and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
        if not (fits if token is not None else local):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(metrics_text(work, _now()), media_type="text/plain; version=0.0.4; charset=utf-8")

    return answer


def _until(settings: Settings) -> Callable[[Uitkomst, date], date | None]:
    def until(uitkomst: Uitkomst, last: date) -> date | None:
        return closed_until(uitkomst, settings, last)

    return until


def _now() -> datetime:
    return datetime.now(UTC)


def _entrance(work: Workplace, casebook: Casebook) -> Entrance:
    chosen = work.settings.werklijst
    key = _key(work)
    local = chosen.adres is None
    hosts = _LOCAL_HOSTS if chosen.adres is None else (str(urlsplit(chosen.adres).hostname),)
    return Entrance(
        casebook=casebook, key=key, now=_now, hosts=hosts, local=local,
        oidc=_oidc(work.settings, key),
        times=Times(longest=chosen.sessie_uren * 3600, idle=chosen.inactief_minuten * 60),
    )  # fmt: skip


def _key(work: Workplace) -> str:
    """The secret of the worklist; for the demo one is made once, readable by its owner only.

    Raises:
        SettingsError: it is missing where others can log in, or too short to be one.
    """
    key = secret("werklijst_sleutel")
    path = work.folder / "gegevens" / "werklijst_sleutel"
    if key is None and work.settings.werklijst.adres is None and not work.settings.productie:
        key = made_once(path, 32)
    if key is None or len(key) < _KEY_LENGTH:
        raise SettingsError(
            "The secret of the worklist is missing or too short.", where="werklijst_sleutel",
            todo=f"Set TIJDIG_WERKLIJST_SLEUTEL to at least {_KEY_LENGTH} characters from `openssl rand -hex 32`.",
        )  # fmt: skip
    return key


def _oidc(settings: Settings, key: str) -> Oidc | None:
    chosen = settings.werklijst.oidc
    if chosen is None:
        return None
    given = secret("werklijst_oidc_geheim")
    if given is None:
        raise SettingsError(
            "The secret of the sign-on is missing.", where="werklijst_oidc_geheim",
            todo="Set TIJDIG_WERKLIJST_OIDC_GEHEIM to what the sign-on gave.",
        )  # fmt: skip
    claims = Claims(
        gebruiker=chosen.claim_gebruiker, naam=chosen.claim_naam, rollen=chosen.claim_rollen, team=chosen.claim_team,
        consulent_id=chosen.claim_consulent, vertaling=chosen.rollen,
    )  # fmt: skip
    back = f"{settings.werklijst.adres}/inloggen/terug"
    return Oidc(discovery=chosen.adres, client_id=chosen.client_id, secret=given, back=back, claims=claims, key=key)
