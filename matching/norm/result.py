"""What the norm engine answers: an amount or a range, with every step and its article."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from pydantic import BaseModel, ConfigDict

from contracts.dutch import decimal, euro
from contracts.finding import Stap
from contracts.law import Artikel
from contracts.parameters import Used

_PLACES = Decimal("0.0001")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Uitkomst(_Model):
    """A norm in cents per month, with and without the holiday allowance in it, and how it came about."""

    bedrag: int
    vakantietoeslag: int
    zonder_vakantietoeslag: int
    stappen: tuple[Stap, ...]


class Norm(_Model):
    """The lowest and the highest norm that the facts allow on a day.

    Attributes:
        redenen: the facts that are unknown and make a difference, in Dutch; empty where the norm is certain.
        opmerkingen: what the amount does not hold, in Dutch.
        gebruikt: every dated value that was read.
    """

    peildatum: date
    laagste: Uitkomst
    hoogste: Uitkomst
    redenen: tuple[str, ...]
    opmerkingen: tuple[str, ...]
    gebruikt: tuple[Used, ...]

    @property
    def zeker(self) -> bool:
        """Whether the facts settle it."""
        return self.laagste.bedrag == self.hoogste.bedrag

    @property
    def bereik(self) -> tuple[int, int]:
        """Lowest and highest in cents per month."""
        return self.laagste.bedrag, self.hoogste.bedrag


def step(what: str, outcome: str | Fraction, article: Artikel | None) -> Stap:
    """A step; a fraction is an amount in cents."""
    return Stap(
        wat=what, uitkomst=outcome if isinstance(outcome, str) else in_euro(outcome), artikel=str(article or "")
    )


def half_up(cents: Fraction) -> int:
    """Whole cents; half a cent goes up."""
    return floor(cents + Fraction(1, 2))


def in_euro(cents: int | Fraction) -> str:
    """``€ 1.013,90``, or ``€ 1.013,895`` for what is not rounded yet; ``ongeveer`` where four decimals do not do."""
    amount = Fraction(cents)
    if amount.denominator == 1:
        return euro(int(amount))
    exact = Decimal(amount.numerator) / Decimal(amount.denominator * 100)
    shown = exact.quantize(_PLACES)
    about = "" if Fraction(shown) * 100 == amount else "ongeveer "
    return f"{about}€ {decimal(shown)}"
