"""Who works with contact tasks, what each may see, and what is done with a task.

Who may see what is decided here and nowhere else: pages and queries both ask ``may_see`` or ``Scope``.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contracts.finding import Richting
from contracts.outcome import Uitkomst


class Rol(StrEnum):
    """What somebody is at the dienst; each has a Dutch name in ``ROL_NAAM``."""

    CONSULENT = "consulent"
    TEAMLEIDER = "teamleider"
    BEHEERDER = "beheerder"
    JURIST = "jurist"
    HANDHAVER = "handhaver"
    BEPERKT = "beperkt"


ROL_NAAM: Final[dict[Rol, str]] = {
    Rol.CONSULENT: "consulent",
    Rol.TEAMLEIDER: "teamleider",
    Rol.BEHEERDER: "beheerder",
    Rol.JURIST: "jurist en privacy",
    Rol.HANDHAVER: "handhaver",
    Rol.BEPERKT: "beperkte groep",
}
#: Who can be asked for advice on a task.
Adviseur = Literal["jurist", "handhaver"]


class User(BaseModel):
    """Somebody who is logged in.

    Attributes:
        gebruiker: how they are known to the sign-on; it stands in what they do.
        naam: how they are called on the page.
        rollen: what they are.
        team: the team they work in.
        consulent_id: how the dienst's administration knows them; None = they have no tasks of their own.
    """

    model_config = ConfigDict(frozen=True)

    gebruiker: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    naam: str
    rollen: frozenset[Rol]
    team: str | None = None
    consulent_id: str | None = None

    def has(self, *rollen: Rol) -> bool:
        """Whether they have one of these roles."""
        return bool(self.rollen & set(rollen))


class Taak(BaseModel):
    """What of a task decides who may see it.

    Attributes:
        team: the team it belongs to; None = it is nobody's yet.
        beperkt: it is about what only a restricted group may know.
        geheim: the address of the inwoner is secret.
        gevraagd_aan: the advisers who were asked something on it.
        open: whether it is still to do.
    """

    model_config = ConfigDict(frozen=True)

    team: str | None
    beperkt: bool
    geheim: bool
    gevraagd_aan: frozenset[Adviseur] = frozenset()
    open: bool = True

    @property
    def afgeschermd(self) -> bool:
        """Whether it is for the restricted group alone."""
        return self.beperkt or self.geheim


class Recht(StrEnum):
    """What somebody can do with a task."""

    ZIEN = "zien"
    PERSOON_ZIEN = "persoon_zien"
    """Name, address and telephone number of the inwoner."""
    DOEN = "doen"
    """Pick up, hand over, postpone, ask, finish."""
    ANTWOORDEN = "antwoorden"
    HEROPENEN = "heropenen"


def rights(user: User, taak: Taak) -> frozenset[Recht]:
    """What a user may do with a task.

    A consulent and a teamleider work on the tasks of their own team; one without a team is the teamleiders' to give
    out. What is shielded is for the restricted group, whatever other role somebody has. A jurist reads everything that
    is not shielded, to judge rules and not people: without who it is about. An adviser who was asked sees the task and
    answers. A beheerder sees that a task is there and opens a closed one again; the person is not shown. A closed one
    that is shielded is opened again by a beheerder who is in the restricted group too.
    """
    found: set[Recht] = set()
    if taak.afgeschermd:
        if user.has(Rol.BEPERKT):
            found |= {Recht.ZIEN, Recht.PERSOON_ZIEN, Recht.DOEN}
            if user.has(Rol.BEHEERDER) and not taak.open:
                found.add(Recht.HEROPENEN)
        return frozenset(found)
    own = taak.team is not None and taak.team == user.team
    if own and user.has(Rol.CONSULENT, Rol.TEAMLEIDER):
        found |= {Recht.ZIEN, Recht.PERSOON_ZIEN, Recht.DOEN}
    if taak.team is None and user.has(Rol.TEAMLEIDER):
        found |= {Recht.ZIEN, Recht.DOEN}
    if user.has(Rol.JURIST, Rol.BEHEERDER):
        found.add(Recht.ZIEN)
    asked = [rol for rol in (Rol.JURIST, Rol.HANDHAVER) if user.has(rol) and rol.value in taak.gevraagd_aan]
    if asked:
        found |= {Recht.ZIEN, Recht.ANTWOORDEN}
    if user.has(Rol.BEHEERDER) and not taak.open:
        found.add(Recht.HEROPENEN)
    return frozenset(found)


class Bak(StrEnum):
    """Which tasks are listed; each has a Dutch name in ``BAK_NAAM``."""

    MIJN = "mijn"
    TEAM = "team"
    TE_LANG = "te_lang"
    UITGESTELD = "uitgesteld"
    VRAGEN = "vragen"
    KLAAR = "klaar"


BAK_NAAM: Final[dict[Bak, str]] = {
    Bak.MIJN: "Mijn taken",
    Bak.TEAM: "Taken van mijn team",
    Bak.TE_LANG: "Ligt te lang",
    Bak.UITGESTELD: "Uitgesteld",
    Bak.VRAGEN: "Vragen van collega's",
    Bak.KLAAR: "Klaar",
}


class Filter(BaseModel):
    """What of the tasks is listed; a filter only ever makes a list shorter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bak: Bak = Bak.MIJN
    soort: str | None = None
    richting: Richting | None = None
    regel: Annotated[str, StringConstraints(pattern=r"^R\d{2}$")] | None = None
    ouder_dan_dagen: Annotated[int, Field(ge=0, le=3650)] | None = None
    dossier: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    """The beginning of a dossiernummer."""
    pagina: Annotated[int, Field(ge=1, le=100_000)] = 1


#: How many tasks stand on one page.
PER_PAGINA: Final = 25


class Daad(StrEnum):
    """What is done with a task; each has a Dutch sentence in ``DAAD_ZIN``."""

    OPGEPAKT = "opgepakt"
    TERUGGELEGD = "teruggelegd"
    OVERGEDRAGEN = "overgedragen"
    GEVRAAGD = "gevraagd"
    GEANTWOORD = "geantwoord"
    UITGESTELD = "uitgesteld"
    CONTACT = "contact"
    AFGEROND = "afgerond"
    HEROPEND = "heropend"
    BEZWAAR = "bezwaar"
    TERUGGEMELD = "teruggemeld"


DAAD_ZIN: Final[dict[Daad, str]] = {
    Daad.OPGEPAKT: "pakte de taak op",
    Daad.TERUGGELEGD: "legde de taak terug",
    Daad.OVERGEDRAGEN: "droeg de taak over",
    Daad.GEVRAAGD: "vroeg een collega om raad",
    Daad.GEANTWOORD: "gaf antwoord op een vraag",
    Daad.UITGESTELD: "stelde de taak uit",
    Daad.CONTACT: "had contact met de inwoner",
    Daad.AFGEROND: "rondde de taak af",
    Daad.HEROPEND: "opende de taak weer",
    Daad.BEZWAAR: "noteerde de uitkomst van een bezwaar",
    Daad.TERUGGEMELD: "gaf de terugmelding door",
}

#: Words that somebody types beside what they do.
Tekst = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]
#: The number of a form: the same form sent twice counts once.
FormulierId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Afronding(BaseModel):
    """How a task ended, as the consulent says it. Nothing in it can say a sanction.

    Attributes:
        uitkomst: how it ended.
        feitdatum: the day on which the change really happened, where it is known now.
        effect_cent: what it changed per month in cents, minus is less for the inwoner; None = not known.
        toelichting: in words.
        tot: the day from which it may speak again where it still holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    uitkomst: Uitkomst
    feitdatum: date | None = None
    effect_cent: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    toelichting: Tekst = ""
    tot: date | None = None


class Bezwaar(StrEnum):
    """What came of a bezwaar against a decision that followed."""

    GEGROND = "gegrond"
    ONGEGROND = "ongegrond"
