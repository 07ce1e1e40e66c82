"""Dated values of the law: each with its article, its source and how sure we are of it.

Outside the days a value holds there is no value: an error, never yesterday's.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from contracts.errors import ParameterError


class Status(StrEnum):
    """Seen in the text, still to be confirmed, or from memory (refused in production)."""

    GEZIEN = "gezien"
    TE_BEVESTIGEN = "te_bevestigen"
    GEHEUGEN = "geheugen"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedValue(_Model):
    """One value and the days (both inclusive) on which it holds."""

    waarde: int
    geldig_van: date
    geldig_tot: date | None
    artikel: str
    bron: str
    status: Status

    def holds_on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.geldig_van <= day and (self.geldig_tot is None or day <= self.geldig_tot)


class Parameter(_Model):
    """A named value through time."""

    naam: str
    betekenis: str
    eenheid: str
    waarden: tuple[DatedValue, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, then in pairwise(self.waarden):
            if first.geldig_tot is None or first.geldig_tot >= then.geldig_van:
                raise ValueError(f"{self.naam}: values overlap or are out of order near {then.geldig_van}")
        return self

    def on(self, day: date) -> DatedValue:
        """The value that holds on ``day``.

        Raises:
            ParameterError: none does.
        """
        for value in self.waarden:
            if value.holds_on(day):
                return value
        raise ParameterError(
            f"Parameter {self.naam} has no value on {day}.", where=f"contracts/waarden/{self.naam}.yaml",
            todo="Add the value of that day with its article and source.",
        )  # fmt: skip


@cache
def parameter(naam: str) -> Parameter:
    """One parameter file, checked.

    Raises:
        ParameterError: there is no such file.
    """
    file = resources.files("contracts").joinpath("waarden", f"{naam}.yaml")
    if not file.is_file():
        raise ParameterError(
            f"No parameter is called {naam}.",
            where="contracts/waarden",
            todo="Add its YAML file or mend the name.",
        )
    return Parameter.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
