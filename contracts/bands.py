"""Dated values that nobody knows exactly: low, base and high, each with its source and how sure we are of it.

They stand in ``contracts/waarden/mkba`` and ``contracts/waarden/simulatie``, a few files by kind. Outside the days a
band holds there is none: an error, never that of yesterday. Amounts are written in euro and read as whole cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import ClassVar, Final, Self

import yaml
from pydantic import model_validator

from contracts.dutch import decimal, euro
from contracts.errors import ParameterError
from contracts.parameters import EURO, Dated, ThroughTime, Used

_WAARDEN: Final = "contracts/waarden"
MKBA, SIMULATIE = "mkba", "simulatie"
FOLDER: Final = f"{_WAARDEN}/{MKBA}"
#: The unit of a chance or a share.
PROCENT: Final = "procent"
_WHOLE: Final = 100


class DatedBand(Dated):
    """Low, base and high of what can't be known exactly; in cents where the unit is euro."""

    laag: Decimal
    basis: Decimal
    hoog: Decimal
    artikel: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.laag <= self.basis <= self.hoog:
            raise ValueError(f"{self.laag}, {self.basis}, {self.hoog}: not from low to high, or below zero")
        return self


class BandParameter(ThroughTime[DatedBand]):
    """A named band through time."""

    amounts: ClassVar = ("laag", "basis", "hoog")

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Self:
        if self.eenheid == PROCENT and any(value.hoog > _WHOLE for value in self.waarden):
            raise ValueError(f"{self.naam}: more than {_WHOLE} procent")
        return self

    def used(self, value: DatedBand) -> Used:
        """One of its bands, for a report."""
        unit = self.eenheid.removeprefix(EURO).strip()
        base, low, high = (self.end(one) for one in (value.basis, value.laag, value.hoog))
        return Used(
            naam=self.naam, waarde=f"{base} ({low} tot {high}) {unit}".rstrip(), artikel=value.artikel,
            geldig_van=value.geldig_van, status=value.status,
        )  # fmt: skip

    def end(self, value: Decimal) -> str:
        """One end of a band without its unit, but for the sign of the euro."""
        return euro(int(value)) if self.eenheid.startswith(EURO) else decimal(value)


@dataclass(frozen=True)
class Bands:
    """The bands of one day, by name.

    Attributes:
        day: that day.
        values: what holds on it.
        used: the same in words, for a report.
    """

    day: date
    values: Mapping[str, DatedBand]
    used: tuple[Used, ...]


@cache
def band_parameters(folder: str = MKBA) -> Mapping[str, BandParameter]:
    """Every band of a folder through time, by name, in the order of its files.

    Raises:
        ParameterError: two have the same name.
    """
    found: dict[str, BandParameter] = {}
    files = (resources.files("contracts") / "waarden" / folder).iterdir()
    for file in sorted(files, key=lambda file: file.name):
        for read in yaml.safe_load(file.read_text(encoding="utf-8")):
            one = BandParameter.model_validate(read | {"plek": f"{_WAARDEN}/{folder}/{file.name}"})
            if one.naam in found:
                raise ParameterError(
                    f"Two bands are called {one.naam}.", where=one.plek, todo="Give one of them another name."
                )
            found[one.naam] = one
    return found


def bands_on(day: date, folder: str = MKBA) -> Bands:
    """What holds on a day of the bands of a folder.

    Raises:
        ParameterError: one of them has no value then.
    """
    every = band_parameters(folder)
    values = {naam: one.on(day) for naam, one in every.items()}
    return Bands(day, values, tuple(every[naam].used(value) for naam, value in values.items()))
