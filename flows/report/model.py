"""What the report of a night says: counts only, so it can be kept and shown anywhere."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceLine(_Model):
    """One source tonight. Rows: ``rijen`` = ``geaccepteerd`` + ``afgekeurd``; ``bewaard`` concern somebody with
    an uitkering, the rest was accepted and not kept.
    """  # noqa: D205

    bron: str
    levering_id: str
    peildatum: date
    geleverd_op: datetime
    soort: str
    rijen: int
    geaccepteerd: int
    afgekeurd: int
    bewaard: int
    geminimaliseerd: int
    """Accepted, and not kept: about nobody with an uitkering."""
    waarden_afgekeurd: int
    gelijk: bool = False
    """Whether the files are those of the delivery before, so that nothing was read again."""
    open: bool
    poort: str
    """Dutch sentence: why the gate is open or closed."""


class ClosedLine(_Model):
    """A source without any delivery."""

    bron: str
    poort: str
    waarschuwing: bool
    """False for a source that nobody expects."""


class RefusedLine(_Model):
    """A delivery that could not be taken in; ``bron`` is empty where nobody can tell."""

    bron: str | None
    wat: str
    waar: str
    doen: str


class TroubleLine(_Model):
    """Something that keeps notices from going."""

    wat: str
    waar: str
    doen: str


class RemarkLine(_Model):
    """Something in a delivery that rejects nothing and should be known."""

    tabel: str
    code: str
    aantal: int


class RejectLine(_Model):
    """Rejected rows (or single values, ``zacht``) of one table by code."""

    tabel: str
    code: str
    zacht: bool
    aantal: int


class RuleLine(_Model):
    """New findings of one rule tonight, by what is done with them."""

    regel: str
    titel: str
    richting: str
    grondslag: str
    nieuw: int
    nudge: int
    taak: int
    geen_actie: int


class EffectLine(_Model):
    """What the new findings of one direction mean per month together, in cents; ``aantal`` of them say so."""

    richting: str
    aantal: int
    laagste: int
    hoogste: int


class ReasonLine(_Model):
    """New findings that went another way than their rule asks, by reason."""

    reden: str
    zin: str
    advies: str
    aantal: int


class AgeLine(_Model):
    """Open findings that passed an alarm and no later one, by what is done with them."""

    alarm: str
    waarom: str
    brief: int
    taak: int
    wacht: int

    @property
    def samen(self) -> int:
        """All of them."""
        return self.brief + self.taak + self.wacht


class WaitLine(_Model):
    """Open findings that wait, by reason; ``uiterlijk`` is the first term among those that had no place."""

    reden: str
    zin: str
    aantal: int
    uiterlijk: date | None


class SampleLine(_Model):
    """The desk samples of one kind over a year: how many tonight, and what came of those that were looked at."""

    soort: str
    zin: str
    vannacht: int
    te_bekijken: int
    terecht: int
    gemist: int
    niet_te_zeggen: int

    @property
    def bekeken(self) -> int:
        """How many were looked at."""
        return self.terecht + self.gemist + self.niet_te_zeggen


class RequestLine(_Model):
    """Open requests of inwoners about their own data, of one kind: how many, and how many near or past their last day.

    ``uiterlijk`` is the first of those last days.
    """

    soort: str
    zin: str
    aantal: int
    nabij: int
    te_laat: int
    uiterlijk: date


class StepLine(_Model):
    """How long a step took, in seconds."""

    stap: str
    seconden: float


class NightReport(_Model):
    """Everything on the page."""

    gemeente: str
    peildatum: date
    gemaakt_op: datetime
    versie: str
    bronnen: tuple[SourceLine, ...]
    zonder_levering: tuple[ClosedLine, ...] = ()
    geweigerd: tuple[RefusedLine, ...] = ()
    opmerkingen: tuple[RemarkLine, ...] = ()
    storingen: tuple[TroubleLine, ...] = ()
    """What kept notices from going."""
    afkeur: tuple[RejectLine, ...]
    regels: tuple[RuleLine, ...]
    redenen: tuple[ReasonLine, ...]
    uitkeringen: int
    niet_in_brp: int
    """Running uitkeringen whose belanghebbende can't be found in the BRP by an exact key."""
    nieuw: int
    heropend: int
    gesloten: int
    lopend: int
    brieven: int
    """Notices of the night that were not taken back and not handed to a human, whatever their form."""
    anders: int = 0
    """So many of them go by another channel than the print folder."""
    taken: int
    spoed: int
    ingetrokken: int
    bijgekomen: int | None = None
    """Where this night was run before: how many of the new findings this run added. Empty = the first run."""
    effecten: tuple[EffectLine, ...] = ()
    te_doen: int = 0
    """Open findings that somebody must do something about: a letter, a task, or one of them later."""
    ouderdom: tuple[AgeLine, ...] = ()
    wachten: tuple[WaitLine, ...] = ()
    steekproeven: tuple[SampleLine, ...] = ()
    verzoeken: tuple[RequestLine, ...] = ()
    zonder_normen: bool = False
    """Whether the norms of the day are not known: then some rules could not see, and nothing has an amount."""
    te_bevestigen: tuple[str, ...]
    """Parameters that were used and still have to be confirmed."""
    stappen: tuple[StepLine, ...]

    @property
    def voordeel(self) -> int:
        """New findings that are advantage to the inwoner."""
        return sum(line.nieuw for line in self.regels if line.richting == "voordeel")

    @property
    def nadeel(self) -> int:
        """New findings that are disadvantage to the inwoner."""
        return sum(line.nieuw for line in self.regels if line.richting == "nadeel")

    @property
    def te_oud(self) -> int:
        """Open findings that passed an alarm."""
        return sum(line.samen for line in self.ouderdom)

    @property
    def wachtend(self) -> int:
        """Open findings that wait."""
        return sum(line.aantal for line in self.wachten)

    @property
    def verzoeken_dringend(self) -> int:
        """Open requests of inwoners that are near their last day, or past it."""
        return sum(line.nabij + line.te_laat for line in self.verzoeken)

    @property
    def dichte_poorten(self) -> tuple[SourceLine | ClosedLine, ...]:
        """Sources that could not be used tonight and should have been."""
        missing = tuple(line for line in self.zonder_levering if line.waarschuwing)
        return (*(line for line in self.bronnen if not line.open), *missing)

    @property
    def waarschuwing(self) -> bool:
        """Whether the night ended with something for the beheerder to do."""
        return bool(self.dichte_poorten or self.geweigerd or self.storingen)
