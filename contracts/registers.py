"""What the dienst writes down by hand for its evaluation: signals from elsewhere, and complaints.

Where a signal came from is told of every handled one, also of what Tijdig found itself: so the count is whole.
No complaint names anybody: here it is counted, not dealt with.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints, model_validator
from stdnum.nl import bsn

from contracts.human import Mens, Woorden
from contracts.outcome import Uitkomst


class Herkomst(StrEnum):
    """Where a signal comes from; each has a Dutch name in ``HERKOMST_NAAM``."""

    BRP = "brp"
    IB = "ib"
    DUO = "duo"
    EIGEN_ORGANISATIE = "eigen_organisatie"
    NETWERKPARTNER = "netwerkpartner"
    SAMENLEVING = "samenleving"
    ONBEKEND = "onbekend"
    """Of a rule that is gone."""


HERKOMST_NAAM: Final[dict[Herkomst, str]] = {
    Herkomst.BRP: "Basisregistratie Personen",
    Herkomst.IB: "Inlichtingenbureau",
    Herkomst.DUO: "DUO",
    Herkomst.EIGEN_ORGANISATIE: "de eigen organisatie",
    Herkomst.NETWERKPARTNER: "een netwerkpartner",
    Herkomst.SAMENLEVING: "de samenleving",
    Herkomst.ONBEKEND: "onbekend",
}
#: Where a signal can come from that somebody writes down by hand.
BY_HAND: Final = (Herkomst.EIGEN_ORGANISATIE, Herkomst.NETWERKPARTNER, Herkomst.SAMENLEVING)


class Eldersoort(StrEnum):
    """What a signal from elsewhere is about; each has a Dutch name in ``ELDERSOORT_NAAM``."""

    WOONSITUATIE = "woonsituatie"
    RELATIE = "relatie"
    INKOMEN = "inkomen"
    VERMOGEN = "vermogen"
    VERBLIJF = "verblijf"
    HULPVRAAG = "hulpvraag"
    ANDERS = "anders"


ELDERSOORT_NAAM: Final[dict[Eldersoort, str]] = {
    Eldersoort.WOONSITUATIE: "wie er op een adres woont",
    Eldersoort.RELATIE: "een partner, huwelijk of kind",
    Eldersoort.INKOMEN: "werk of ander inkomen",
    Eldersoort.VERMOGEN: "spaargeld of bezit",
    Eldersoort.VERBLIJF: "waar iemand verblijft",
    Eldersoort.HULPVRAAG: "iemand heeft hulp nodig",
    Eldersoort.ANDERS: "iets anders",
}


class Klachtonderwerp(StrEnum):
    """What a complaint is about; each has a Dutch name in ``KLACHTONDERWERP_NAAM``."""

    TOON = "toon"
    ONJUIST = "onjuist"
    ONTERECHT_BENADERD = "onterecht_benaderd"
    PRIVACY = "privacy"
    BEJEGENING = "bejegening"
    BEREIKBAARHEID = "bereikbaarheid"
    WACHTTIJD = "wachttijd"
    ANDERS = "anders"


KLACHTONDERWERP_NAAM: Final[dict[Klachtonderwerp, str]] = {
    Klachtonderwerp.TOON: "de toon of de tekst van een bericht",
    Klachtonderwerp.ONJUIST: "wat in het bericht stond, klopte niet",
    Klachtonderwerp.ONTERECHT_BENADERD: "het bericht was niet nodig, of kwam te vaak",
    Klachtonderwerp.PRIVACY: "het gebruik van gegevens",
    Klachtonderwerp.BEJEGENING: "hoe een medewerker met iemand omging",
    Klachtonderwerp.BEREIKBAARHEID: "de dienst was niet te bereiken",
    Klachtonderwerp.WACHTTIJD: "het duurde te lang",
    Klachtonderwerp.ANDERS: "iets anders",
}


class Klachtuitkomst(StrEnum):
    """What came of a complaint; each has a Dutch sentence in ``KLACHTUITKOMST_ZIN``."""

    GEGROND = "gegrond"
    DEELS_GEGROND = "deels_gegrond"
    ONGEGROND = "ongegrond"
    OPGELOST = "opgelost"


KLACHTUITKOMST_ZIN: Final[dict[Klachtuitkomst, str]] = {
    Klachtuitkomst.GEGROND: "De klacht was gegrond.",
    Klachtuitkomst.DEELS_GEGROND: "De klacht was voor een deel gegrond.",
    Klachtuitkomst.ONGEGROND: "De klacht was niet gegrond.",
    Klachtuitkomst.OPGELOST: "De klacht is in een gesprek opgelost.",
}


def _is_no_bsn(text: str) -> str:
    if bsn.is_valid(text):
        raise ValueError("may be a BSN")
    return text


#: What the dienst's administration calls a dossier.
Dossiernummer = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]*$"),
    AfterValidator(_is_no_bsn),
]


def _day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()


class _Entry(BaseModel):
    """Something that came in on a day, written down by a human. What was typed is not repeated in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    ontvangen_op: date
    door: Mens
    moment: AwareDatetime
    toelichting: Woorden | None = None

    @model_validator(mode="after")
    def _has_come_in(self) -> Self:
        if self.ontvangen_op > _day_of(self.moment):
            raise ValueError("ontvangen_op: that day is still to come")
        return self


class Elders(_Entry):
    """A signal that did not come from a register: of a colleague, a partner, or anybody else.

    Attributes:
        herkomst: where it comes from; one of ``BY_HAND``.
        soort: what it is about.
        dossiernummer: the dossier, where there is one.
    """

    herkomst: Herkomst
    soort: Eldersoort
    dossiernummer: Dossiernummer | None = None

    @model_validator(mode="after")
    def _is_by_hand(self) -> Self:
        if self.herkomst not in BY_HAND:
            raise ValueError(f"herkomst: one of {', '.join(BY_HAND)}; what a register says, Tijdig counts itself")
        return self


class Klacht(_Entry):
    """A complaint; whose it is does not stand in it."""

    onderwerp: Klachtonderwerp


class _Handled(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    op: date
    door: Mens
    moment: AwareDatetime

    @model_validator(mode="after")
    def _has_come(self) -> Self:
        if self.op > _day_of(self.moment):
            raise ValueError("op: that day is still to come")
        return self


class EldersAfgehandeld(_Handled):
    """How a signal from elsewhere ended, in the same words as any other."""

    uitkomst: Uitkomst


class KlachtAfgehandeld(_Handled):
    """How a complaint ended."""

    uitkomst: Klachtuitkomst
