"""References to the law, in parts, so that each can be named, checked and printed the same way everywhere."""

from dataclasses import dataclass
from typing import Final

#: Laws a rule may lean on: short name -> (title, BWB id).
LAWS: Final = {
    "Pw": ("Participatiewet", "BWBR0015703"),
    "Wet SUWI": ("Wet structuur uitvoeringsorganisatie werk en inkomen", "BWBR0013060"),
    "Wet BRP": ("Wet basisregistratie personen", "BWBR0033715"),
    "AOW": ("Algemene Ouderdomswet", "BWBR0002221"),
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

    def __str__(self) -> str:
        """As a Dutch jurist writes it: ``artikel 22a lid 1 Pw``."""
        parts = [f"artikel {self.artikel}"]
        if self.lid is not None:
            parts.append(f"lid {self.lid}")
        if self.onderdeel is not None:
            parts.append(f"onderdeel {self.onderdeel}")
        return " ".join([*parts, self.wet])


def pw(artikel: str, lid: int | None = None, onderdeel: str | None = None) -> Artikel:
    """An article of the Participatiewet."""
    return Artikel("Pw", artikel, lid, onderdeel)
