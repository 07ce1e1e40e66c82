"""The case: what a finding says that its costs depend on, and why they can't always be worked out.

Nothing of a person is in it: an amount, days, and the way it goes.
"""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.finding import Finding, Richting, Route

#: Months before the peildatum that count at most, and the longest horizon.
MOST_BEFORE: Final = 60
MOST_AHEAD: Final = 36

_NO_AMOUNT: Final = (
    "Van dit signaal is niet bekend wat het per maand scheelt. Zonder bedrag valt er niets te vergelijken."
)
_NO_DAY: Final = "De dag van de wijziging is niet precies bekend, en dus ook niet over hoeveel maanden het gaat."
_BOTH_WAYS: Final = (
    "Het kan meer of minder worden voor de inwoner. Zolang dat niet vaststaat, zijn de kosten van het een de baten van "
    "het ander."
)
_NOTHING: Final = "Volgens het signaal verandert het bedrag niet."
_CONTRADICTS: Final = "De richting van het signaal en het teken van het bedrag spreken elkaar tegen."


class Geval(BaseModel):
    """One case.

    Attributes:
        richting: what the change means for the inwoner.
        route: what the rule asks for; sociaal handhaven follows it.
        per_maand: the change per month in cents, lowest and highest; minus is less for the inwoner. None = unknown.
        feitdatum: since when, or from when; None = not exactly known.
        peildatum: the day from which it is looked at.
        herziening_maanden: months until the dienst looks at the uitkering again by itself.
        horizon_maanden: how many months ahead are counted.
        hoogstens_maanden: how long the change lasts at most, where the law limits that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    richting: Richting
    route: Route
    per_maand: tuple[int, int] | None
    feitdatum: date | None
    peildatum: date
    herziening_maanden: Annotated[int, Field(ge=1)] = 12
    horizon_maanden: Annotated[int, Field(ge=1, le=MOST_AHEAD)] = 24
    hoogstens_maanden: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _from_low_to_high(self) -> Self:
        if self.per_maand is not None and self.per_maand[0] > self.per_maand[1]:
            raise ValueError("per_maand: the lowest comes first")
        return self

    @classmethod
    def of(cls, finding: Finding, *, herziening_maanden: int, horizon_maanden: int) -> Self:
        """The case of a finding, with the months until the next regular review and those to count."""
        effect = finding.effect
        return cls(
            richting=finding.richting, route=finding.route, feitdatum=finding.feitdatum, peildatum=finding.peildatum,
            per_maand=None if effect is None else (effect.laagste, effect.hoogste),
            herziening_maanden=herziening_maanden, horizon_maanden=horizon_maanden,
            hoogstens_maanden=_lasts(finding, herziening_maanden),
        )  # fmt: skip

    @property
    def te_veel(self) -> bool:
        """Whether too much is paid as long as nothing happens; otherwise too little."""
        return self.per_maand is not None and self.per_maand[1] <= 0

    @property
    def bedrag(self) -> tuple[int, int]:
        """What it is about per month in cents, whichever way it goes: lowest and highest.

        Raises:
            ValueError: the amount is unknown.
        """
        if self.per_maand is None:
            raise ValueError("no amount")
        low, high = sorted(map(abs, self.per_maand))
        return low, high

    @property
    def voorbij(self) -> int:
        """Whole months that it already lasts on the peildatum, as far as they count."""
        assert self.feitdatum is not None  # ``waarom_niet``
        return min(max(0, _months(self.feitdatum, self.peildatum)), MOST_BEFORE)

    @property
    def komt_over(self) -> int:
        """Whole months until it begins."""
        assert self.feitdatum is not None  # ``waarom_niet``
        return max(0, _months(self.peildatum, self.feitdatum))

    @property
    def dagen(self) -> int:
        """Days since the change; below zero where it is still to come."""
        assert self.feitdatum is not None  # ``waarom_niet``
        return (self.peildatum - self.feitdatum).days

    def waarom_niet(self) -> str | None:
        """Why nothing can be worked out, in Dutch; None where it can."""
        if self.per_maand is None:
            return _NO_AMOUNT
        low, high = self.per_maand
        if low < 0 < high:
            return _BOTH_WAYS
        if low == high == 0:
            return _NOTHING
        if self.richting is (Richting.VOORDEEL if self.te_veel else Richting.NADEEL):
            return _CONTRADICTS
        return _NO_DAY if self.feitdatum is None else None


def _months(since: date, until: date) -> int:
    """Whole months from one day to another; below zero where the other is before it."""
    months = 12 * (until.year - since.year) + until.month - since.month
    return months - (until.day < since.day)


def _lasts(finding: Finding, herziening_maanden: int) -> int | None:
    """The months over which an effect was added up, where they are less than those until the review."""
    effect = finding.effect
    if effect is None:
        return None
    ends = zip((effect.laagste, effect.hoogste), effect.tot_herziening, strict=True)
    months = next((total // end for end, total in ends if end), None)
    return months if months is not None and months < herziening_maanden else None
