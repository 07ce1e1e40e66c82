"""A casebook with a few made-up tasks, and the pages over it as each colleague sees them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from contracts.finding import (
    ContactTask,
    EffectBereik,
    Finding,
    Reden,
    Richting,
    Route,
    Stap,
    Verdict,
)
from contracts.outcome import Uitkomst
from contracts.work import Rol, User
from store.casebook import Casebook
from worklist.app import create_app
from worklist.services import RuleText, Services

NIGHT = date(2026, 11, 20)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
#: What a browser is told by whoever guards the pages: nothing from elsewhere, nothing inline.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def user(
    name: str, *rollen: Rol, team: str | None = None, consulent: str | None = None, naam: str | None = None
) -> User:
    return User(
        gebruiker=name, naam=naam or name.capitalize(), rollen=frozenset(rollen), team=team, consulent_id=consulent
    )


ANNA = user("anna", Rol.CONSULENT, team="Noord", consulent="C-01", naam="Anna Jansen")
BRAM = user("bram", Rol.CONSULENT, team="Noord", consulent="C-02", naam="Bram Bakker")
ZOE = user("zoe", Rol.CONSULENT, team="Zuid", consulent="C-09", naam="Zoë Zwart")
LEA = user("lea", Rol.TEAMLEIDER, team="Noord", naam="Lea de Leeuw")
JOOST = user("joost", Rol.JURIST, naam="Joost Recht")
HANNE = user("hanne", Rol.HANDHAVER, naam="Hanne Veld")
BEA = user("bea", Rol.BEHEERDER, naam="Bea Beheer")
BO = user("bo", Rol.CONSULENT, Rol.BEPERKT, team="Noord", consulent="C-03", naam="Bo Stil")
PEOPLE = (ANNA, BRAM, ZOE, LEA, JOOST, HANNE, BEA, BO)

R01 = RuleText(
    "Kostendeler erbij", "Er staat iemand ingeschreven die de dienst niet kent.",
    {
        "bewoner_sinds": "begin van het verblijf op dit adres; leeg = geen hele datum",
        "woont_op_adres": "staat ingeschreven op het adres van de inwoner",
        "bekende_rol": "als wie de dienst deze persoon kent; leeg = niet bekend",
        "norm_bedrag_cent": "de norm die de dienst gebruikt, in centen",
    },
    frozenset({"bekende_rol", "norm_bedrag_cent"}),
)  # fmt: skip
RULES = {"R01": R01, "R21": RuleText("Detentie", "Dit mogen maar enkelen weten.", {}, beperkt=True)}
CARD = {
    "naam": "Mevrouw J.M. van Dijk", "aanhef": "Beste mevrouw Van Dijk",
    "adres": ["Lindelaan 12 B", "1234 AB  Voorbeeldstad"], "telefoon": "06 - 12 34 56 78",
}  # fmt: skip
EFFECT = EffectBereik(
    laagste=-28_389, hoogste=0, tot_herziening=(-85_167, 0),
    stappen=(
        Stap(wat="Norm alleenstaande", uitkomst="€ 1.419,46", artikel="Participatiewet art. 21"),
        Stap(wat="Norm met één kostendeler", uitkomst="€ 1.135,57", artikel="Participatiewet art. 22a"),
    ),
)  # fmt: skip


def finding(name: str, dossier: str, consulent: str | None = "C-01", **more) -> Finding:
    values = {
        "signaal_id": f"S-R01-{name}", "regel": "R01", "regelversie": "4", "dossiernummer": dossier,
        "consulent_id": consulent, "richting": Richting.NADEEL, "route": Route.TASK, "bericht": "kostendeler_erbij",
        "feitdatum": date(2026, 11, 3), "gezien": "Er staat sinds 3 november 2026 iemand extra op het adres ingeschreven.",
        "taak": "Ga na of de bewoner meetelt: huur, studie, zorg of partner.",
        "feiten": {
            "bewoner_sinds": "2026-11-03", "woont_op_adres": True, "bekende_rol": None, "norm_bedrag_cent": 141_946,
            "bewoner_sleutel": "0123456789abcdef", "dossiernummer": dossier,
        },
        "onderdrukkers": (Verdict(naam="melding", code="O02", reden=Reden.AL_GEMELD, geldt=False),),
        "bronnen": ("brp-2026-11-19", "uitkeringsgegevens-2026-11-19"), "effect": EFFECT, "peildatum": NIGHT, "stand": 1,
    }  # fmt: skip
    return Finding.model_validate(values | more)


def secret(f: Finding) -> Finding:
    """The same where the address is secret."""
    return f.model_copy(update={"onderdrukkers": (Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True),)})


def tasks() -> list[tuple[Finding, ContactTask]]:
    """The tasks of the desk: of Noord (Anna has two), of Zuid, of nobody, and one that is shielded."""
    return [
        (finding("anna", "D-100"), ContactTask(soort="contact", uiterlijk=TODAY + timedelta(days=11))),
        (finding("laat", "D-101"), ContactTask(soort="contact", spoed=True, reden=Reden.WIL_GEBELD, uiterlijk=TODAY - timedelta(days=2))),
        (finding("bram", "D-200", "C-02"), ContactTask(soort="hulp", reden=Reden.HULP)),
        (finding("zuid", "D-300", "C-09"), ContactTask(soort="contact")),
        (finding("los", "D-400", None), ContactTask(soort="contact")),
        (secret(finding("geheim", "D-500", "C-03")), ContactTask(soort="contact", reden=Reden.GEHEIM)),
    ]  # fmt: skip


class Desk:
    """The pages over one casebook, and who sits at them.

    ``user`` is who is logged in, or nobody; ``token`` is what their session gives to each form.
    """

    def __init__(self, casebook: Casebook, **more) -> None:
        self.looks: list[tuple[str, str]] = []
        self.casebook, self.token, self.moment, self.user = casebook, "sessie-1", NOW, ANNA
        services = Services(
            casebook=casebook, today=lambda: TODAY, now=self.now, identify=self.identify, csrf=lambda _: self.token,
            csrf_ok=lambda _, token: token == self.token, collegas=lambda: PEOPLE, regels=RULES, geldt_tot=until,
            look=lambda naam, found: self.looks.append((naam, found.signaal_id)),
        )  # fmt: skip
        self.services = replace(services, **more)
        self.app = guarded(create_app(self.services))
        self.client = TestClient(self.app, follow_redirects=False)

    def identify(self, request: Request) -> User | None:
        """Whoever the browser says, else who sits here."""
        chosen = request.cookies.get("wie")
        return next((one for one in PEOPLE if one.gebruiker == chosen), self.user)

    def now(self) -> datetime:
        """A moment later each time."""
        self.moment += timedelta(seconds=1)
        return self.moment

    def task(self, name: str) -> str:
        """The id of the task of a finding."""
        rows, _ = self.casebook.about(f"S-R01-{name}")
        return rows[0].taak_id

    def row(self, name: str):
        return self.casebook.task(self.task(name))

    def at(self, who: User | None) -> "Desk":
        self.user = who
        return self

    def get(self, path: str, **more):
        return self.client.get(path, **more)

    def send(self, name: str, deed: str, number: str = "0" * 32, **typed):
        """A form as the page gives it, with what is typed."""
        row = self.row(name)
        fields = {"csrf": self.token, "versie": str(row.versie), "formulier": number, **typed}
        return self.client.post(f"/taken/{row.taak_id}/{deed}", data=fields)


def until(uitkomst: Uitkomst, last: date) -> date | None:
    return None if uitkomst is Uitkomst.BRON_KLOPT_NIET else last + timedelta(days=90)


def guarded(app: FastAPI) -> FastAPI:
    """The pages with the header that whoever guards them sends."""

    @app.middleware("http")
    async def strict(request, call_next):
        answer = await call_next(request)
        answer.headers["Content-Security-Policy"] = CSP
        return answer

    return app


def fill(casebook: Casebook, pairs=None) -> None:
    """One night, the teams, and a card."""
    pairs = tasks() if pairs is None else pairs
    casebook.record(NIGHT, [f for f, _ in pairs], {f.signaal_id: task for f, task in pairs}, unusable=())
    casebook.set_teams({"Noord": ["C-01", "C-02", "C-03"], "Zuid": ["C-09"]})
    casebook.keep_cards({"D-100": CARD, "D-101": CARD}, NIGHT)


def opened(folder: Path) -> Casebook:
    casebook = Casebook.at(folder / "casebook.sqlite")
    fill(casebook)
    return casebook
