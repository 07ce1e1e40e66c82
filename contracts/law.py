"""References to the law, in parts, so that each can be named, checked and printed the same way everywhere."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from contracts.errors import RuleError
from contracts.parameters import Status

#: Laws a rule may lean on: short name -> (title, BWB id).
LAWS: Final = {
    "Pw": ("Participatiewet", "BWBR0015703"),
    "Wet SUWI": ("Wet structuur uitvoeringsorganisatie werk en inkomen", "BWBR0013060"),
    "Wet BRP": ("Wet basisregistratie personen", "BWBR0033715"),
    "AOW": ("Algemene Ouderdomswet", "BWBR0002221"),
    "UAVG": ("Uitvoeringswet Algemene verordening gegevensbescherming", "BWBR0040940"),
    "Awb": ("Algemene wet bestuursrecht", "BWBR0005537"),
}


@dataclass(frozen=True)
class Artikel:
    """An article of a law, down to lid and onderdeel where that matters."""

    wet: str
    artikel: str
    lid: int | None = None
    onderdeel: str | None = None

    def __post_init__(self) -> None:
        """Refuse a law nobody knows."""
        if self.wet not in LAWS:
            raise ValueError(f"unknown law {self.wet!r}; add it to contracts/law.py with its title and BWB id")

    @property
    def tekst_van(self) -> date:
        """The day of the text in which it was read, or beside which it must still be laid: see ``status``.

        Raises:
            RuleError: nothing is known of the text of this law.
        """
        text = _text(self.wet)
        return text.gezien.get(self.artikel, text.tekst_van)

    @property
    def status(self) -> Status:
        """Whether it was read in that text."""
        return Status.GEZIEN if self.artikel in _text(self.wet).gezien else Status.TE_BEVESTIGEN

    def __str__(self) -> str:
        """As a Dutch jurist writes it: ``artikel 22a lid 1 Pw``."""
        parts = [f"artikel {self.artikel}"]
        if self.lid is not None:
            parts.append(f"lid {self.lid}")
        if self.onderdeel is not None:
            parts.append(f"onderdeel {self.onderdeel}")
        return " ".join([*parts, self.wet])


@dataclass(frozen=True)
class Uitzondering:
    """What the law leaves out of a rule, in Dutch: seen in the registers, or asked of the inwoner."""

    artikel: Artikel
    tekst: str


def pw(artikel: str, lid: int | None = None, onderdeel: str | None = None) -> Artikel:
    """An article of the Participatiewet."""
    return Artikel("Pw", artikel, lid, onderdeel)


#: Who shares no costs, and when sharing does not count.
GEEN_KOSTENDELER: Final = (
    Uitzondering(pw("19a", 1, "a"), "de echtgenoot telt niet als medebewoner"),
    Uitzondering(pw("19a", 1, "b"), "wie huurt of kostganger is tegen een commerciële prijs; nooit naaste familie"),
    Uitzondering(pw("19a", 1, "c"), "wie zelf van dezelfde verhuurder huurt, tegen een commerciële prijs"),
    Uitzondering(pw("19a", 1, "d"), "wie een opleiding volgt die recht kan geven op studiefinanciering, of een bbl"),
    Uitzondering(pw("22a", 4), "de inwoner woont tijdelijk elders om intensieve mantelzorg te geven"),
)


class _LawText(BaseModel):
    """The text of one law: the days of the articles that were read in it, and the day for all others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tekst_van: date
    gezien: dict[str, date] = {}


@cache
def _texts() -> dict[str, _LawText]:
    text = resources.files("contracts").joinpath("wetteksten.yaml").read_text(encoding="utf-8")
    return {wet: _LawText.model_validate(found) for wet, found in yaml.safe_load(text).items()}


def _text(wet: str) -> _LawText:
    if wet not in _texts():
        raise RuleError(
            f"The day of the text of {wet} is not known.", where="contracts/wetteksten.yaml",
            todo="Add the law there, with the day of the text that was read.",
        )  # fmt: skip
    return _texts()[wet]
