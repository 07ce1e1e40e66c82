"""The life of a finding: the states it can be in, what moved it there, and how a human closed it.

No outcome says why somebody did not report a change, or what should follow from it.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from contracts.finding import Finding


class Levensfase(StrEnum):
    """Where a finding is in its life."""

    NIEUW = "nieuw"
    LOPEND = "lopend"
    AANGEKONDIGD = "aangekondigd"
    BEANTWOORD = "beantwoord"
    AFGESLOTEN = "afgesloten"
    VERVALLEN = "vervallen"
    HEROPEND = "heropend"


class Waarom(StrEnum):
    """What moved a finding from one state to another; each has a Dutch sentence in ``WAAROM_ZIN``."""

    GEVONDEN = "gevonden"
    NOG_STEEDS = "nog_steeds"
    DAG_KOMT = "dag_komt"
    WEG = "weg"
    TERUG = "terug"
    NOG_AFGEDAAN = "nog_afgedaan"
    TERMIJN_VOORBIJ = "termijn_voorbij"
    CONTACT = "contact"
    AFGEROND = "afgerond"
    OP_VERZOEK = "op_verzoek"


WAAROM_ZIN: dict[Waarom, str] = {
    Waarom.GEVONDEN: "Register en administratie verschillen.",
    Waarom.NOG_STEEDS: "Het verschil is er nog.",
    Waarom.DAG_KOMT: "Er is verteld over een dag die nog komt.",
    Waarom.WEG: "Het verschil is er niet meer.",
    Waarom.TERUG: "Het verschil is er weer.",
    Waarom.NOG_AFGEDAAN: "Het verschil is er weer, en is afgedaan.",
    Waarom.TERMIJN_VOORBIJ: "Het was afgedaan, maar de termijn is voorbij of het feit heeft een andere datum.",
    Waarom.CONTACT: "De inwoner heeft geantwoord, of er is contact geweest.",
    Waarom.AFGEROND: "Een medewerker heeft het afgerond.",
    Waarom.OP_VERZOEK: "Een medewerker heeft het heropend.",
}


class Uitkomst(StrEnum):
    """How it ended, in the words of a consulent; each has a Dutch sentence in ``UITKOMST_ZIN``."""

    AANGEPAST = "aangepast"
    AL_BEKEND = "al_bekend"
    GEEN_GEVOLG = "geen_gevolg"
    BRON_KLOPT_NIET = "bron_klopt_niet"
    GEEFT_ZELF_DOOR = "inwoner_geeft_zelf_door"
    GEEN_CONTACT = "geen_contact_gekregen"
    ANDERS = "anders"


UITKOMST_ZIN: dict[Uitkomst, str] = {
    Uitkomst.AANGEPAST: "De administratie is aangepast.",
    Uitkomst.AL_BEKEND: "De dienst wist dit al.",
    Uitkomst.GEEN_GEVOLG: "Het heeft geen gevolg voor de uitkering.",
    Uitkomst.BRON_KLOPT_NIET: "De bron klopt niet; wat de inwoner zegt, gaat voor.",
    Uitkomst.GEEFT_ZELF_DOOR: "De inwoner geeft het zelf door.",
    Uitkomst.GEEN_CONTACT: "Er is geen contact gekregen.",
    Uitkomst.ANDERS: "Het is anders geëindigd.",
}


class Closing(BaseModel):
    """The last thing a human said of a finding: closed it, or opened it again.

    Attributes:
        uitkomst: how it ended; None = opened again.
        tot: the day from which it may speak again; None = not before a human opens it.
        feitdatum: the day of the fact it was said of.
    """

    model_config = ConfigDict(frozen=True)

    uitkomst: Uitkomst | None
    tot: date | None
    feitdatum: date | None

    def covers(self, found: Finding) -> bool:
        """Whether this very fact is still done with on the night on which it was found."""
        in_term = self.tot is None or found.peildatum < self.tot
        return self.uitkomst is not None and in_term and self.feitdatum == found.feitdatum
