"""What is known of the country beside what the model makes of the world without anything extra: does it make sense?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from advice.simulation import Maat, Simulatie, Wereld
from contracts.dutch import number
from flows.simulation.words import amount, rounded

_SOURCE: Final = "Divosa, factsheet inlichtingenplicht (ca. 2017-2020)"


@dataclass(frozen=True)
class Known:
    """A figure of the country, and the same of the model."""

    wat: str
    land: str
    model: str
    bron: str


def beside(found: Simulatie) -> Iterator[Known]:
    """Claims and boetes."""
    claims, claimed, fines, fined = (
        found.uitkomst(Wereld.NIETS, maat).midden
        for maat in (Maat.VORDERINGEN, Maat.GEVORDERD, Maat.BOETES, Maat.BOETEBEDRAG)
    )
    yield Known(
        "nieuwe vorderingen in een jaar, op 100", "ongeveer 8", number(rounded(100 * claims / found.plan.huishoudens)),
        f"{_SOURCE}: 2 procent van de personen per kwartaal",
    )  # fmt: skip
    if claims:
        yield Known("gemiddelde vordering", "€ 2.000 tot € 2.500", amount(Maat.GEVORDERD, claimed / claims), _SOURCE)
        share = f"{rounded(100 * fines / claims)} procent"
        yield Known("vorderingen met een boete", "ongeveer 50 procent", share, _SOURCE)
    if fines:
        yield Known("gemiddelde boete", "€ 683", amount(Maat.BOETEBEDRAG, fined / fines), _SOURCE)
