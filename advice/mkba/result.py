"""What comes out: for each scenario and party what it costs, always as a band; and what makes the difference."""

from enum import StrEnum
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict

from advice.mkba.case import Geval
from contracts.parameters import Used


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scenario(StrEnum):
    """What is done about the difference."""

    GEEN = "geen_interventie"
    REPRESSIEF = "repressief_handhaven"
    SOCIAAL = "sociaal_handhaven"


class Kant(StrEnum):
    """Who bears it: a party, or all together."""

    INWONER = "inwoner"
    DIENST = "dienst"
    SAMENLEVING = "samenleving"
    SAMEN = "samen"


#: The parties between which money can move.
PARTIJEN = (Kant.INWONER, Kant.DIENST, Kant.SAMENLEVING)


class Soort(StrEnum):
    """Money that moves from one party to another, or something that is used up."""

    OVERDRACHT = "overdracht"
    KOSTEN = "kosten"


class Post(StrEnum):
    """What it is about."""

    TE_VEEL_BETAALD = "te_veel_betaald"
    TERUGBETAALD = "terugbetaald"
    BOETE = "boete"
    TE_WEINIG_BETAALD = "te_weinig_betaald"
    NABETAALD = "nabetaald"
    BRIEF = "brief"
    BELLEN = "bellen"
    VERWERKEN = "verwerken"
    ONDERZOEK = "onderzoek"
    TERUGVORDERING = "terugvordering"
    INVORDERING = "invordering"
    BOETEBESLUIT = "boetebesluit"
    BEZWAAR = "bezwaar_en_beroep"
    SCHULDHULP = "schuldhulp"
    TIJD = "tijd_van_de_inwoner"

    @property
    def soort(self) -> Soort:
        """Whether money moves, or something is used up."""
        return Soort.OVERDRACHT if self in _MOVES else Soort.KOSTEN


_MOVES = frozenset({Post.TE_VEEL_BETAALD, Post.TERUGBETAALD, Post.BOETE, Post.TE_WEINIG_BETAALD, Post.NABETAALD})


class Band(_Part):
    """An amount in cents between two ends; above zero is a cost to whom it is about, below zero a benefit."""

    laag: int
    basis: int
    hoog: int


class Regel(_Part):
    """One item for one party."""

    post: Post
    soort: Soort
    partij: Kant
    band: Band


class Uitkomst(_Part):
    """What one scenario costs."""

    scenario: Scenario
    posten: tuple[Regel, ...]
    totaal: dict[Kant, Band]


class Drijver(_Part):
    """How the difference moves when one parameter goes from one end of its band to the other, all else in the base.

    Attributes:
        naam: the parameter; ``bedrag_per_maand`` is that of the finding.
        laag: the lowest difference in cents.
        hoog: the highest.
    """

    naam: str
    laag: int
    hoog: int

    @property
    def zwaai(self) -> int:
        """How far it moves the difference, in cents."""
        return self.hoog - self.laag


class Verschil(_Part):
    """Sociaal handhaven less another scenario, for one side: below zero it is cheaper.

    The band is of the difference itself, with each parameter the same in both: it is narrower than the two bands apart.
    """

    met: Literal[Scenario.GEEN, Scenario.REPRESSIEF]
    kant: Kant
    band: Band
    drijvers: tuple[Drijver, ...]
    """From the largest swing to the smallest; what moves nothing is left out."""


class Kansen(_Part):
    """Chances from one to another, both included; exact."""

    van: Fraction
    tot: Fraction


class Omslag(_Part):
    """At which chance that the change would have gone unreported sociaal handhaven costs no more than doing nothing.

    Attributes:
        basis: the chances at which it is so in the base; None = at none.
        zeker: at which it is so wherever the other parameters stand in their bands; None = at none.
        zeker_niet: at which it costs at least as much wherever they stand; None = at none.
    """

    kant: Kant
    basis: Kansen | None
    zeker: Kansen | None
    zeker_niet: Kansen | None


class Berekend(_Part):
    """A case that could be worked out."""

    kan: Literal[True] = True
    geval: Geval
    uitkomsten: tuple[Uitkomst, ...]
    verschillen: tuple[Verschil, ...]
    omslagen: tuple[Omslag, ...]
    gebruikt: tuple[Used, ...]
    """Every parameter that was read, with its status."""

    def of(self, scenario: Scenario) -> Uitkomst:
        """What one scenario costs."""
        return next(one for one in self.uitkomsten if one.scenario is scenario)

    def verschil(self, met: Scenario, kant: Kant) -> Verschil:
        """Sociaal handhaven less another scenario, for one side."""
        return next(one for one in self.verschillen if (one.met, one.kant) == (met, kant))

    def omslag(self, kant: Kant) -> Omslag:
        """The break-even of one side."""
        return next(one for one in self.omslagen if one.kant is kant)


class NietBerekend(_Part):
    """A case that could not, and why in Dutch."""

    kan: Literal[False] = False
    geval: Geval
    waarom: str


Mkba = Berekend | NietBerekend
