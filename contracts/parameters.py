"""Dated values of the law: each with its article, its source and how sure we are of it.

Outside the days a value holds there is no value: an error, never yesterday's. A file of ``contracts/waarden`` is one
value through time; the norms of the Participatiewet, which change together, stand in ``bijstandsnormen`` with one file
per half year. Amounts are written in euro and read as whole cents.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.dutch import decimal, euro
from contracts.errors import ParameterError

_FOLDER = "contracts/waarden"
_NORMS = "bijstandsnormen"
#: How a unit begins in which amounts are whole cents.
EURO: Final = "euro"


class Status(StrEnum):
    """Seen in the text, still to be confirmed, or from memory (refused in production)."""

    GEZIEN = "gezien"
    TE_BEVESTIGEN = "te_bevestigen"
    GEHEUGEN = "geheugen"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(_Model):
    """What holds on some days, both ends inclusive, with where it was found and how sure that is."""

    geldig_van: date
    geldig_tot: date | None
    artikel: str
    bron: str
    status: Status

    def holds_on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.geldig_van <= day and (self.geldig_tot is None or day <= self.geldig_tot)


D = TypeVar("D", bound=Dated)


class DatedValue(Dated):
    """One value and the days on which it holds; ``exact`` is in cents where the unit is euro."""

    exact: Decimal = Field(alias="waarde")

    @property
    def waarde(self) -> int:
        """It as a whole number.

        Raises:
            ParameterError: it is none.
        """
        if self.exact != self.exact.to_integral_value():
            raise ParameterError(
                "A dated value is asked for as a whole number and is none.",
                where=self.artikel,
                todo="Ask for ``deel``.",
            )
        return int(self.exact)

    @property
    def deel(self) -> Fraction:
        """A percentage as a share, exactly: 12.5 is 1/8."""
        return Fraction(self.exact) / 100


class ThroughTime(_Model, Generic[D]):
    """A name, and what holds under it through time; ``plek`` is where it stands, if not in a file of its own."""

    #: The keys of a value that are amounts where the unit is euro.
    amounts: ClassVar[tuple[str, ...]]

    naam: str
    betekenis: str
    eenheid: str
    waarden: tuple[D, ...]
    plek: str = ""

    @model_validator(mode="before")
    @classmethod
    def _in_cents(cls, data: dict[str, Any]) -> dict[str, Any]:
        if not str(data["eenheid"]).startswith(EURO):
            return data
        return data | {
            "waarden": [value | {key: _cents(value[key]) for key in cls.amounts} for value in data["waarden"]]
        }

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, then in pairwise(self.waarden):
            if first.geldig_tot is None or first.geldig_tot >= then.geldig_van:
                raise ValueError(f"{self.naam}: values overlap or are out of order near {then.geldig_van}")
        return self

    def on(self, day: date) -> D:
        """The value that holds on ``day``.

        Raises:
            ParameterError: none does.
        """
        for value in self.waarden:
            if value.holds_on(day):
                return value
        raise ParameterError(
            f"Parameter {self.naam} has no value on {day}.", where=self.plek or f"{_FOLDER}/{self.naam}.yaml",
            todo="Add the value of that day with its article and source.",
        )  # fmt: skip


class Parameter(ThroughTime[DatedValue]):
    """A named value through time."""

    amounts: ClassVar = ("waarde",)

    def used(self, value: DatedValue) -> "Used":
        """One of its values, for a report or a receipt."""
        return Used(
            naam=self.naam, waarde=self.in_words(value), artikel=value.artikel, geldig_van=value.geldig_van,
            status=value.status,
        )  # fmt: skip

    def in_words(self, value: DatedValue) -> str:
        """One of its values in Dutch: ``27 jaar``, ``12,5 procent``, ``€ 1.419,46 per maand``."""
        if self.eenheid.startswith(EURO):
            return f"{euro(value.waarde)}{self.eenheid.removeprefix(EURO)}"
        return f"{decimal(value.exact)} {self.eenheid}"


class Used(_Model):
    """A dated value that was read, for a report or a receipt."""

    naam: str
    waarde: str
    artikel: str
    geldig_van: date
    status: Status


class Values:
    """The dated values of one day; it remembers which were asked for."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._used: dict[tuple[str, date], Used] = {}

    def value(self, naam: str, on: date | None = None) -> DatedValue:
        """The value of the day, or of ``on`` where a value goes by another date (a birth date).

        Raises:
            ParameterError: there is none.
        """
        found = parameter(naam)
        value = found.on(on or self.day)
        self._used[naam, value.geldig_van] = found.used(value)
        return value

    def whole(self, naam: str) -> int:
        """The value of the day as a whole number: cents, years, months."""
        return self.value(naam).waarde

    @property
    def used(self) -> tuple[Used, ...]:
        """What was asked for, by name."""
        return tuple(self._used[key] for key in sorted(self._used))


def together(*used: Iterable[Used]) -> tuple[Used, ...]:
    """What was used by several, each value once, by name."""
    found = {(one.naam, one.geldig_van): one for each in used for one in each}
    return tuple(found[key] for key in sorted(found))


def to_confirm(used: Iterable[Used]) -> tuple[str, ...]:
    """What a jurist must still lay beside the text of the law, in words: ``kostendelersleeftijd (27 jaar)``."""
    return tuple(f"{one.naam} ({one.waarde})" for one in used if one.status is not Status.GEZIEN)


def refuse_unseen(used: Iterable[Used]) -> None:
    """Refuse values from memory, for a run that counts.

    Raises:
        ParameterError: one of them is.
    """
    unseen = [one.naam for one in used if one.status is Status.GEHEUGEN]
    if unseen:
        raise ParameterError(
            f"Dated values from memory may not be used in production: {', '.join(unseen)}.", where=_FOLDER,
            todo="Look them up in the text of the law and set their status.",
        )  # fmt: skip


@cache
def parameter(naam: str) -> Parameter:
    """One parameter, checked; a norm is called ``norm_`` and its code, such as ``norm_a21a``.

    Raises:
        ParameterError: there is none by that name.
    """
    file = _folder() / f"{naam}.yaml"
    if file.is_file():
        return Parameter.model_validate(_read(file))
    norms = _norms()
    if naam not in norms:
        raise ParameterError(
            f"No parameter is called {naam}.", where=_FOLDER, todo="Add its YAML file or mend the name."
        )
    return norms[naam]


def all_parameters() -> tuple[Parameter, ...]:
    """Every parameter, by name; the norms last."""
    names = sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return (*map(parameter, names), *_norms().values())


class _Norm(_Model):
    artikel: str
    betekenis: str


class _HalfYear(_Model):
    """The amounts of one half year: code -> cents."""

    geldig_van: date
    geldig_tot: date
    bron: str
    status: Status
    bedragen: dict[str, Decimal]


@cache
def _norms() -> dict[str, Parameter]:
    """Each norm through the half years that name it."""
    folder = _folder() / _NORMS
    known = {code: _Norm.model_validate(norm) for code, norm in _read(folder / "normen.yaml").items()}
    files = sorted((file for file in folder.iterdir() if file.name[0].isdecimal()), key=lambda file: file.name)
    halves = [_HalfYear.model_validate(_read(file)) for file in files]
    strange = {code for half in halves for code in half.bedragen} - set(known)
    if strange:
        raise ParameterError(
            f"Norms without an article: {', '.join(sorted(strange))}.", where=f"{_FOLDER}/{_NORMS}",
            todo="Add them to normen.yaml or mend the code.",
        )  # fmt: skip
    return {f"norm_{code}": _norm(code, norm, halves) for code, norm in known.items()}


def _norm(code: str, norm: _Norm, halves: list[_HalfYear]) -> Parameter:
    values = [
        half.model_dump(exclude={"bedragen"}) | {"waarde": half.bedragen[code], "artikel": norm.artikel}
        for half in halves
        if code in half.bedragen
    ]
    return Parameter.model_validate({
        "naam": f"norm_{code}", "betekenis": norm.betekenis, "eenheid": "euro per maand", "waarden": values,
        "plek": f"{_FOLDER}/{_NORMS}",
    })  # fmt: skip


def _cents(amount: object) -> Decimal:
    """Euro as they are written (``1419.46``) in cents; the shortest text of a float is what was written."""
    cents = Decimal(str(amount)) * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} is no whole number of cents")
    return cents


def _folder() -> Traversable:
    return resources.files("contracts") / "waarden"


def _read(file: Traversable) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read
