"""What an inwoner can ask of the dienst about their own data (AVG 15 to 21), and what follows while it is open.

A request is a fact about a night like any other: what it holds back is tested, and kept, with each finding.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from contracts.finding import Finding
from contracts.tables import Bron

#: Within so many months of receiving it the dienst must answer, and so many more where it says why (AVG 12 lid 3).
TERM_MONTHS: Final = 1
EXTRA_MONTHS: Final = 2
#: So many days before its last day a request stands in the report of a night.
ALARM_DAYS: Final = 7


class Verzoeksoort(StrEnum):
    """What somebody asks; each has a Dutch sentence in ``VERZOEK_ZIN``."""

    INZAGE = "inzage"
    BEWERING = "bewering"
    BEZWAAR = "bezwaar"
    BEPERKING = "beperking"
    GEEN_BERICHTEN = "geen_berichten"


VERZOEK_ZIN: Final[dict[Verzoeksoort, str]] = {
    Verzoeksoort.INZAGE: "De inwoner wil zien wat Tijdig van hem of haar heeft (AVG 15).",
    Verzoeksoort.BEWERING: "De inwoner zegt dat een gegeven niet klopt (AVG 16).",
    Verzoeksoort.BEZWAAR: "De inwoner maakt bezwaar tegen het gebruik van de gegevens (AVG 21).",
    Verzoeksoort.BEPERKING: "De gegevens blijven bewaard, maar niemand gebruikt ze (AVG 18).",
    Verzoeksoort.GEEN_BERICHTEN: "De inwoner wil geen berichten van Tijdig.",
}


class Verzoekstand(StrEnum):
    """How far a request is; each has a Dutch sentence in ``VERZOEKSTAND_ZIN``."""

    OPEN = "open"
    GEGROND = "gegrond"
    ONGEGROND = "ongegrond"
    INGETROKKEN = "ingetrokken"
    OPGEHEVEN = "opgeheven"


VERZOEKSTAND_ZIN: Final[dict[Verzoekstand, str]] = {
    Verzoekstand.OPEN: "Er is nog geen antwoord.",
    Verzoekstand.GEGROND: "De inwoner kreeg wat werd gevraagd.",
    Verzoekstand.ONGEGROND: "De dienst wees het af, en vertelde waarom.",
    Verzoekstand.INGETROKKEN: "De inwoner vraagt dit niet meer.",
    Verzoekstand.OPGEHEVEN: "Het was toegekend en geldt niet meer.",
}


class Verzoekdaad(StrEnum):
    """What is done with a request; each has a Dutch word in ``VERZOEKDAAD_ZIN``."""

    ONTVANGEN = "ontvangen"
    VERLENGD = "verlengd"
    AFGEROND = "afgerond"
    INGETROKKEN = "ingetrokken"
    OPGEHEVEN = "opgeheven"
    VERSTREKT = "verstrekt"


VERZOEKDAAD_ZIN: Final[dict[Verzoekdaad, str]] = {
    Verzoekdaad.ONTVANGEN: "De dienst ontving het verzoek.",
    Verzoekdaad.VERLENGD: "De dienst heeft meer tijd nodig, en vertelde waarom.",
    Verzoekdaad.AFGEROND: "De dienst gaf antwoord.",
    Verzoekdaad.INGETROKKEN: "De inwoner trok het verzoek in.",
    Verzoekdaad.OPGEHEVEN: "Het geldt niet meer.",
    Verzoekdaad.VERSTREKT: "Het overzicht is gemaakt.",
}


@dataclass(frozen=True)
class Gegeven:
    """Something an inwoner can say is wrong.

    Attributes:
        bron: the source that says it.
        zin: what it is, as within a Dutch sentence.
        regels: the rules that rest on it; empty = every rule.
    """

    bron: Bron
    zin: str
    regels: frozenset[str] = frozenset()

    def touches(self, regel: str) -> bool:
        """Whether a finding of this rule rests on it."""
        return not self.regels or regel in self.regels


def _brp(zin: str, *regels: str) -> Gegeven:
    return Gegeven(Bron.BRP, zin, frozenset(regels))


def _own(zin: str, *regels: str) -> Gegeven:
    return Gegeven(Bron.UITKERINGSGEGEVENS, zin, frozenset(regels))


def _ib(zin: str, *regels: str) -> Gegeven:
    return Gegeven(Bron.IB, zin, frozenset(regels))


#: What can be said to be wrong, by code. A test holds that each rule is reached by each of its sources.
GEGEVENS: Final[dict[str, Gegeven]] = {
    "brp_adres": _brp(
        "het adres waar de inwoner staat ingeschreven, of sinds wanneer",
        "R01", "R02", "R03", "R04", "R07", "R08", "R09", "R11", "R12", "R14", "R15", "R16", "R17", "R26", "R27",
        "R28", "R29", "R30",
    ),
    "brp_bewoner": _brp(
        "wie er nog meer op het adres staan ingeschreven", "R01", "R02", "R03", "R04", "R12", "R26", "R29",
    ),
    "brp_geboortedatum": _brp("een geboortedatum", "R01", "R03", "R05", "R06", "R07", "R08", "R25", "R26"),
    "brp_kind": _brp("een kind", "R07", "R08", "R09", "R26", "R30"),
    "brp_partner": _brp("een huwelijk, partnerschap of partner", "R10", "R11", "R12", "R26", "R30"),
    "brp_overlijden": _brp("een overlijden", "R13"),
    "brp_alles": _brp("iets anders in de BRP"),
    "dienst_medebewoner": _own("wie de dienst als huisgenoot kent", "R01", "R02", "R03", "R04", "R12", "R26"),
    "dienst_adres": _own("het adres dat de dienst kent", "R14", "R15", "R27"),
    "dienst_gezin": _own("de partner of het kind dat de dienst kent", "R07", "R08", "R09", "R10", "R11", "R30"),
    "dienst_norm": _own("de norm, of een bedrag", "R05", "R18", "R19", "R24", "R26", "R27", "R30"),
    "dienst_gesprek": _own("wanneer de dienst met de inwoner sprak", "R29"),
    "dienst_melding": _own("een melding van de inwoner", "R31"),
    "dienst_alles": _own("iets anders in de administratie van de dienst"),
    "ib_inkomen": _ib("werk, inkomen of een andere uitkering", "R18", "R19"),
    "ib_bijstand_elders": _ib("bijstand van een andere gemeente", "R20"),
    "ib_detentie": _ib("een verblijf waar enkelen van weten", "R21"),
    "ib_vermogen": _ib("spaargeld of ander vermogen", "R22"),
    "ib_medebewoner": _ib("wat over een huisgenoot is gemeld", "R01", "R02", "R03"),
    "duo_opleiding": Gegeven(Bron.DUO, "een opleiding", frozenset({"R01", "R03", "R04", "R23", "R24"})),
}  # fmt: skip


class Verzoek(BaseModel):
    """A request as nights and pages know it.

    Attributes:
        verzoek_id: an opaque number, to name it by.
        soort: what is asked.
        stand: how far it is.
        dossiernummer: the dossier of who asks, where they receive bijstand or are the partner.
        persoon_sleutel: the key of who asks, where the BRP knows them.
        gegeven: what is said to be wrong.
        ontvangen: the day on which it came.
        uiterlijk: the last day to answer.
        verlengd_op: the day on which more time was taken.
    """

    model_config = ConfigDict(frozen=True, from_attributes=True, hide_input_in_errors=True)

    verzoek_id: str
    soort: Verzoeksoort
    stand: Verzoekstand
    dossiernummer: str | None
    persoon_sleutel: str | None
    gegeven: str | None
    ontvangen: date
    uiterlijk: date
    verlengd_op: date | None = None

    @property
    def geldt(self) -> bool:
        """Whether it holds something back: from the day it came, and for as long as it is not turned down or over."""
        return self.stand in (Verzoekstand.OPEN, Verzoekstand.GEGROND)

    def concerns(self, found: Finding) -> bool:
        """Whether a finding is about who asks, and rests on what they say is wrong."""
        if self.gegeven is not None and not GEGEVENS[self.gegeven].touches(found.regel):
            return False
        return self.dossiernummer == found.dossiernummer or self.persoon_sleutel in keys_in(found)

    def days_left(self, today: date) -> int:
        """How many days there are until the last one; less than 0 = it is past."""
        return (self.uiterlijk - today).days


#: What holds a finding back: nothing of it lapses by what a source says meanwhile.
HOLDS: Final = (Verzoeksoort.BEWERING, Verzoeksoort.BEZWAAR, Verzoeksoort.BEPERKING)


def keys_in(found: Finding) -> frozenset[str]:
    """The person keys that the facts of a finding name."""
    return frozenset(
        value for name, value in found.feiten.items() if name.endswith("_sleutel") and isinstance(value, str)
    )


def held(verzoeken: Iterable[Verzoek], found: Finding) -> bool:
    """Whether one of these requests holds a finding back."""
    return any(one.geldt and one.soort in HOLDS and one.concerns(found) for one in verzoeken)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day (Vo. 1182/71, 3 lid 2 c)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
