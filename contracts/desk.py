"""The desk sample: what was looked at afterwards, at the desk and without contact, to see what Tijdig misses (E21)."""

from enum import StrEnum


class Steekproefsoort(StrEnum):
    """What a sample is of; each has a Dutch sentence in ``STEEKPROEF_ZIN``."""

    ONDERDRUKT = "onderdrukt"
    ZONDER_SIGNAAL = "zonder_signaal"


STEEKPROEF_ZIN: dict[Steekproefsoort, str] = {
    Steekproefsoort.ONDERDRUKT: "Er was een signaal waar niets mee gebeurt. Was dat terecht?",
    Steekproefsoort.ZONDER_SIGNAAL: "In dit dossier was geen signaal. Was er toch iets te vinden?",
}


class Bevinding(StrEnum):
    """What somebody saw at the desk; each has a Dutch sentence in ``BEVINDING_ZIN``."""

    TERECHT = "terecht"
    GEMIST = "gemist"
    NIET_TE_ZEGGEN = "niet_te_zeggen"


BEVINDING_ZIN: dict[Bevinding, str] = {
    Bevinding.TERECHT: "Het is terecht dat er niets kwam.",
    Bevinding.GEMIST: "Er had een brief of een taak moeten komen.",
    Bevinding.NIET_TE_ZEGGEN: "Aan het bureau is dit niet te zeggen.",
}
