"""Chance, drawn once: what may happen to which household, and a lot between 0 and 1 wherever it can go two ways.

Every world and every setting of the parameters reads the same draw (common random numbers), so that what differs
between two of them is never luck. What may happen is drawn at the highest rates; ``lot_gebeurt`` says at which rate a
change is one that happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from advice.simulation.kinds import SOORTEN

DAYS_A_YEAR: Final = 365
_HUNDRED: Final = 100
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Draw:
    """What may happen; each array has one value for each change, in no order.

    Attributes:
        dagen: how many days are simulated.
        huishoudens: how many households with bijstand there are.
        tempo: the rate per 100 households a year at which each kind was drawn.
        soort: place of its kind in ``SOORTEN``.
        dag: the day of the change, from 0.
        lot_paar: whether the household is a couple; the same for all changes of one household, as ``lot_rooster``.
        lot_rooster: when its periodic reviews are.
        lot_gebeurt: whether it happens.
        lot_meldt: whether it is reported in time, late or never.
        lot_laat: how late.
        lot_duur: how long it lasts.
        lot_uitstroom: how long the household still has bijstand.
        lot_register: whether it comes to stand in a register.
        lot_herziening: at which review it is found.
        lot_vergelijking: at which yearly comparison.
        lot_antwoord: whether a letter is answered.
        lot_bereikt: whether a call gets through.
        lot_boete: whether there is a boete.
        lot_verwijt: at which degree of blame.
    """

    dagen: int
    huishoudens: int
    tempo: Floats
    soort: NDArray[np.intp]
    dag: Ints
    lot_paar: Floats
    lot_rooster: Floats
    lot_gebeurt: Floats
    lot_meldt: Floats
    lot_laat: Floats
    lot_duur: Floats
    lot_uitstroom: Floats
    lot_register: Floats
    lot_herziening: Floats
    lot_vergelijking: Floats
    lot_antwoord: Floats
    lot_bereikt: Floats
    lot_boete: Floats
    lot_verwijt: Floats


#: The lots of a change by itself, in the order in which they are drawn.
_OWN_LOTS: Final = tuple(
    field.name
    for field in fields(Draw)
    if field.name.startswith("lot_") and field.name not in {"lot_paar", "lot_rooster"}
)


def draw(huishoudens: int, jaren: int, rates: Mapping[str, float], seed: tuple[int, int]) -> Draw:
    """One draw.

    Args:
        huishoudens: households with bijstand.
        jaren: years.
        rates: kind -> the highest number per 100 households a year that any setting asks for.
        seed: of the run and of this draw.
    """
    chance = np.random.default_rng(seed)
    tempo = np.array([rates[soort.naam] for soort in SOORTEN])
    counts = chance.poisson(tempo / _HUNDRED * huishoudens * jaren)
    total = int(counts.sum())
    home = chance.integers(0, huishoudens, total)
    paar, rooster = chance.random(huishoudens), chance.random(huishoudens)
    dagen = jaren * DAYS_A_YEAR
    return Draw(
        dagen=dagen, huishoudens=huishoudens, tempo=tempo,
        soort=np.repeat(np.arange(len(SOORTEN)), counts), dag=chance.integers(0, dagen, total),
        lot_paar=paar[home], lot_rooster=rooster[home], **{name: chance.random(total) for name in _OWN_LOTS},
    )  # fmt: skip
