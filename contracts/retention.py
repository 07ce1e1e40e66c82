"""How long each kind is kept: one dated policy in ``contracts/bewaartermijnen``, for a privacy officer to read."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import PolicyError
from contracts.parameters import Status
from contracts.partial_date import last_birth

FOLDER = "contracts/bewaartermijnen"


class Soort(StrEnum):
    """What has a term of its own."""

    REGISTER = "register"
    REGISTER_GESCHIEDENIS = "register_geschiedenis"
    SIGNAAL = "signaal"
    CIJFERS = "cijfers"
    STEEKPROEF = "steekproef"
    VERZOEK = "verzoek"
    ELDERS = "elders"
    KLACHT = "klacht"
    BRIEF = "brief"
    UITVOER = "uitvoer"
    POSTBEWIJS = "postbewijs"
    INZAGE = "inzage"
    LEVERING = "levering"
    AUDIT = "audit"
    LOGBOEK = "logboek"
    LOGS = "logs"
    SESSIE = "sessie"
    ACCOUNT = "account"
    HERINNERING = "herinnering"
    KOPIE = "kopie"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bewaartermijn(_Part):
    """How long one kind is kept.

    Attributes:
        soort: the kind.
        wat: what it is, in Dutch.
        begint: from when the term counts, in Dutch.
        maanden: so many months; or
        dagen: so many days.
        grond: article or list.
        status: how sure the ground is.
        waarom: why so long.
    """

    soort: Soort
    wat: str
    begint: str
    maanden: Annotated[int, Field(ge=1)] | None = None
    dagen: Annotated[int, Field(ge=1)] | None = None
    grond: str
    status: Status
    waarom: str

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.maanden is None) is (self.dagen is None):
            raise ValueError(f"{self.soort}: give maanden or dagen")
        return self

    def before(self, today: date) -> date:
        """What began before this day is over."""
        if self.dagen is not None:
            return today - timedelta(days=self.dagen)
        assert self.maanden is not None
        return last_birth(today, self.maanden)

    @property
    def in_words(self) -> str:
        """``24 maanden`` or ``90 dagen``."""
        count, one, more = (
            (self.maanden, "maand", "maanden") if self.maanden is not None else (self.dagen, "dag", "dagen")
        )
        return f"{count} {one if count == 1 else more}"


class Bewaarbeleid(_Part):
    """One version of the policy."""

    versie: str
    geldig_vanaf: date
    status: Status
    termijnen: tuple[Bewaartermijn, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [one.soort for one in self.termijnen]
        if sorted(named) != sorted(Soort):
            raise ValueError(f"each kind once: {sorted(set(Soort) ^ set(named)) or 'one stands there twice'}")
        return self

    def of(self, soort: Soort) -> Bewaartermijn:
        """The term of a kind."""
        return next(one for one in self.termijnen if one.soort is soort)


@cache
def retention_versions() -> tuple[Bewaarbeleid, ...]:
    """Every version, the oldest first.

    Raises:
        PolicyError: a file does not fit.
    """
    files = resources.files("contracts").joinpath("bewaartermijnen").iterdir()
    found = (read_retention(one.read_text(encoding="utf-8"), one.name) for one in files if one.name.endswith(".yaml"))
    return tuple(sorted(found, key=lambda one: one.geldig_vanaf))


def read_retention(text: str, name: str) -> Bewaarbeleid:
    """A version from its YAML.

    Raises:
        PolicyError: it is no YAML, does not fit, or begins on another day than its name says.
    """
    try:
        found = Bewaarbeleid.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise PolicyError(f"Terms do not fit: {error}.", where=f"{FOLDER}/{name}", todo="Correct the file.") from None
    if name != f"{found.geldig_vanaf}.yaml":
        raise PolicyError(
            "The file begins on another day than its name says.", where=f"{FOLDER}/{name}", todo="Rename one of them."
        )
    return found


def retention_on(day: date) -> Bewaarbeleid:
    """The version that holds on a day.

    Raises:
        PolicyError: none does.
    """
    holds = [one for one in retention_versions() if one.geldig_vanaf <= day]
    if not holds:
        raise PolicyError(f"No terms on {day}.", where=FOLDER, todo="Add those of that day.")
    return holds[-1]
