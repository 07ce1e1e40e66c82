"""Every parameter of a simulation as it is told: what it is, low, base and high, and how sure anybody is."""

from collections.abc import Iterator
from dataclasses import dataclass

from advice.simulation import Simulatie
from contracts.bands import SIMULATIE, band_parameters
from contracts.parameters import parameter
from contracts.publish_words import ZEKERHEID


@dataclass(frozen=True)
class Told:
    """One parameter; ``waarde`` is its base with its ends, or what the law says."""

    naam: str
    betekenis: str
    waarde: str
    bron: str
    zekerheid: str


def told(found: Simulatie) -> list[Told]:
    """The parameters of a simulation, in the order of their files, those of the law last."""
    return list(_told(found))


def _told(found: Simulatie) -> Iterator[Told]:
    bands = {**band_parameters(), **band_parameters(SIMULATIE)}
    for one in found.gebruikt:
        known = bands.get(one.naam) or parameter(one.naam)
        value = known.on(found.plan.peildatum)
        source = f"{value.artikel}; {value.bron}" if value.artikel else value.bron
        yield Told(one.naam, known.betekenis, one.waarde, source, ZEKERHEID[one.status])
