"""What the night of one gemeente came to, as the shared service may know it: counts, and what went wrong."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from contracts.errors import TijdigError, UnforeseenError, kind_of
from flows.alone import NightRunsError
from flows.report.model import NightReport
from flows.trouble import Trouble


class Stand(StrEnum):
    """How the night of a gemeente ended."""

    GELUKT = "gelukt"
    LET_OP = "let_op"
    BEZIG = "bezig"
    MISLUKT = "mislukt"


STAND_ZIN: dict[Stand, str] = {
    Stand.GELUKT: "De nacht is klaar.",
    Stand.LET_OP: "De nacht is klaar, maar een bron kon niet meedoen of niet elk bericht kon gaan.",
    Stand.BEZIG: "Er draaide al een nacht voor deze gemeente. Deze is niet nog eens begonnen.",
    Stand.MISLUKT: "De nacht is niet klaar. De andere gemeenten gingen door.",
}


class Uitslag(BaseModel):
    """One gemeente in one night.

    Totals only: by rule one finding in a small gemeente could be somebody, and some rules only few may know.
    """

    model_config = ConfigDict(frozen=True)

    naam: str
    stand: Stand
    fout: Trouble | None = None
    uitkeringen: int = 0
    nieuw: int = 0
    lopend: int = 0
    gesloten: int = 0
    brieven: int = 0
    taken: int = 0
    spoed: int = 0
    dichte_poorten: int = 0
    storingen: int = 0
    seconden: float = 0.0
    geheugen_mib: int = 0
    """The most that its worker used so far, with what it did before."""

    @classmethod
    def of(cls, naam: str, report: NightReport, *, seconden: float, geheugen_mib: int) -> Self:
        """A night that came to its end."""
        return cls(
            naam=naam, stand=Stand.LET_OP if report.waarschuwing else Stand.GELUKT,
            uitkeringen=report.uitkeringen, nieuw=report.nieuw, lopend=report.lopend, gesloten=report.gesloten,
            brieven=report.brieven, taken=report.taken, spoed=report.spoed,
            dichte_poorten=len(report.dichte_poorten), storingen=len(report.storingen),
            seconden=seconden, geheugen_mib=geheugen_mib,
        )  # fmt: skip

    @classmethod
    def failed(cls, naam: str, error: BaseException, werkmap: str, *, seconden: float = 0.0) -> Self:
        """A night that did not."""
        stand = Stand.BEZIG if isinstance(error, NightRunsError) else Stand.MISLUKT
        return cls(naam=naam, stand=stand, fout=_trouble(error, werkmap), seconden=seconden)


class SomeFailedError(TijdigError):
    """The run came to its end, and not each gemeente has its night: whoever started it must hear so."""

    def __init__(self, outcomes: list[Uitslag], page: Path) -> None:
        """Name those that have none."""
        names = ", ".join(sorted(one.naam for one in outcomes if one.stand is Stand.MISLUKT))
        super().__init__(
            f"Some gemeenten have no night: {names}.", where=page,
            todo="See there what is the matter, and run them again: tijdig gemeenten run --alleen NAAM.",
        )  # fmt: skip
        self.outcomes = outcomes


def _trouble(error: BaseException, werkmap: str) -> Trouble:
    """What an error says; of one that nobody foresaw only its kind, for its text may hold anything."""
    if isinstance(error, TijdigError) and not isinstance(error, UnforeseenError):
        return Trouble(wat=error.what, waar=error.where, doen=error.todo)
    return Trouble(
        wat=f"Onverwachte fout: {kind_of(error)}.", waar=werkmap,
        doen=f"Draai `tijdig run --map {werkmap}`; blijft het zo, meld het dan met de logregels.",
    )  # fmt: skip
