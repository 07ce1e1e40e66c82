"""What a simulation says: three worlds and their differences, always with a band, and how sensitive they are."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.parameters import Used


class Wereld(StrEnum):
    """The three worlds."""

    NIETS = "niets"
    REPRESSIEF = "repressief"
    TIJDIG = "tijdig"


class Maat(StrEnum):
    """What is counted in a world."""

    DAGEN_TE_VEEL = "dagen_te_veel"
    EURO_TE_VEEL = "euro_te_veel"
    VORDERINGEN = "vorderingen"
    GEVORDERD = "gevorderd"
    BOETES = "boetes"
    BOETEBEDRAG = "boetebedrag"
    DAGEN_TE_WEINIG = "dagen_te_weinig"
    EURO_TE_WEINIG = "euro_te_weinig"
    NIET_HERSTELD = "niet_hersteld"
    BRIEVEN = "brieven"
    GESPREKKEN = "gesprekken"
    ONDERZOEKEN = "onderzoeken"
    UREN = "uren"
    KOSTEN = "kosten"


#: Measured in cents; days, numbers and hours are the others.
IN_EURO = frozenset({
    Maat.EURO_TE_VEEL, Maat.GEVORDERD, Maat.BOETEBEDRAG, Maat.EURO_TE_WEINIG, Maat.NIET_HERSTELD, Maat.KOSTEN,
})  # fmt: skip
#: What the question is about: for these the sensitivity is told and the corners are sought.
HOOFD = (Maat.EURO_TE_VEEL, Maat.GEVORDERD, Maat.BOETEBEDRAG, Maat.NIET_HERSTELD, Maat.KOSTEN)
#: Tijdig is laid beside each of these.
Tegen = Literal[Wereld.NIETS, Wereld.REPRESSIEF]
ANDERE: tuple[Tegen, ...] = (Wereld.NIETS, Wereld.REPRESSIEF)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Plan(_Part):
    """What is simulated.

    Attributes:
        jaren: how many years.
        huishoudens: how many households with bijstand; their number does not change.
        trekkingen: how often it is done with other chance.
        zaad: where chance begins; the same seed gives the same outcome.
        peildatum: the day of the norms and of the parameters.
    """

    jaren: Annotated[int, Field(ge=1, le=20)] = 5
    huishoudens: Annotated[int, Field(ge=1, le=500_000)] = 6_300
    trekkingen: Annotated[int, Field(ge=1, le=1_000)] = 30
    zaad: Annotated[int, Field(ge=0)] = 2026
    peildatum: date


class Band(_Part):
    """The 5th, 50th and 95th percentile over the draws: chance alone, with every parameter in its base."""

    laag: float
    midden: float
    hoog: float


class Uitkomst(_Part):
    """One measure in one world, for the whole gemeente in an average year; cents where it is money."""

    wereld: Wereld
    maat: Maat
    band: Band


class Verschil(_Part):
    """Tijdig less another world; below zero there is less of it with Tijdig."""

    tegen: Tegen
    maat: Maat
    band: Band


class Gevoeligheid(_Part):
    """What a difference becomes when one parameter stands at its low or high end and all others in their base.

    Attributes:
        basis: the difference on the same draws with all of them in their base.
    """

    tegen: Tegen
    maat: Maat
    parameter: str
    laag: float
    basis: float
    hoog: float

    @property
    def zwaai(self) -> float:
        """How far apart the outcomes are."""
        return max(self.laag, self.basis, self.hoog) - min(self.laag, self.basis, self.hoog)

    @property
    def keert_om(self) -> bool:
        """Whether this parameter by itself can make more of what is less."""
        return min(self.laag, self.basis, self.hoog) < 0 < max(self.laag, self.basis, self.hoog)


class Hoek(_Part):
    """A difference with every parameter at the end that makes it lowest, and at the end that makes it highest.

    Found one parameter at a time, so it is no bound.
    """

    tegen: Tegen
    maat: Maat
    laag: float
    hoog: float


class Simulatie(_Part):
    """The whole outcome.

    Attributes:
        gevoelig_trekkingen: on how many of the draws the sensitivity was worked out.
        wijzigingen: changes in an average year and draw.
    """

    plan: Plan
    gevoelig_trekkingen: int
    wijzigingen: float
    uitkomsten: tuple[Uitkomst, ...]
    verschillen: tuple[Verschil, ...]
    gevoeligheid: tuple[Gevoeligheid, ...]
    hoeken: tuple[Hoek, ...]
    gebruikt: tuple[Used, ...]

    def uitkomst(self, wereld: Wereld, maat: Maat) -> Band:
        """One measure in one world."""
        return next(one.band for one in self.uitkomsten if (one.wereld, one.maat) == (wereld, maat))

    def verschil(self, tegen: Tegen, maat: Maat) -> Band:
        """Tijdig less another world."""
        return next(one.band for one in self.verschillen if (one.tegen, one.maat) == (tegen, maat))

    def drijvers(self, tegen: Tegen, maat: Maat) -> tuple[Gevoeligheid, ...]:
        """What moves a difference, most first."""
        found = (one for one in self.gevoeligheid if (one.tegen, one.maat) == (tegen, maat) and one.zwaai)
        return tuple(sorted(found, key=lambda one: (-one.zwaai, one.parameter)))

    def hoek(self, tegen: Tegen, maat: Maat) -> Hoek:
        """The corners of a difference."""
        return next(one for one in self.hoeken if (one.tegen, one.maat) == (tegen, maat))
