"""The facts of a household that its norm depends on. None is unknown, and in a file ``onbekend`` says the same.

A default is either unknown, or what holds for nearly every household (somebody lives where they are registered, has a
right to bijstand, is in no inrichting); where that is in doubt, say so.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from contracts.partial_date import PartialDate

T = TypeVar("T")
_UNKNOWN = "onbekend"
_ANSWERS = {"ja": True, "nee": False}


def _answer(value: object) -> object:
    """``ja``, ``nee`` and ``onbekend`` as YAML hands them over: as text."""
    if value == _UNKNOWN:
        return None
    return _ANSWERS.get(value, value) if isinstance(value, str) else value


def _partial(value: object) -> object:
    """A day, month or year as people write it: ``1990-05-01``, ``1990-05``, ``1990``, ``onbekend``."""
    if isinstance(value, date):
        return PartialDate.parse(f"{value:%Y%m%d}")
    if value == _UNKNOWN:
        return PartialDate.parse("0" * 8)
    if isinstance(value, str | int):
        return PartialDate.parse(str(value).replace("-", "").ljust(8, "0"))
    return value


Geboortedatum = Annotated[PartialDate, BeforeValidator(_partial)]
Weet = Annotated[T | None, BeforeValidator(_answer)]


class Opleiding(StrEnum):
    """What somebody studies, as far as 19a lid 1 onderdeel d asks.

    ``STUDIEFINANCIERING`` and ``WTOS``: education that can give a right to it, at an age at which they could have it
    at some time during it; ``BUITENLAND``: the like of these or of BBL abroad, begun before 30; ``ANDERS``: other.
    """

    GEEN = "geen"
    STUDIEFINANCIERING = "studiefinanciering"
    WTOS = "wtos"
    BBL = "bbl"
    BUITENLAND = "buitenland"
    ANDERS = "anders"


class Verwantschap(StrEnum):
    """How somebody is related to the belanghebbende, as far as 3 lid 2 and 19a lid 1 onderdeel b ask."""

    GEEN = "geen"
    EERSTE_GRAAD = "eerste_graad"
    BLOED_TWEEDE_GRAAD = "bloed_tweede_graad"
    AANVERWANT_TWEEDE_GRAAD = "aanverwant_tweede_graad"


class Band(StrEnum):
    """What makes somebody a partner: a marriage or registered partnership, or a shared household (3 lid 3)."""

    GEHUWD = "gehuwd"
    GEZAMENLIJKE_HUISHOUDING = "gezamenlijke_huishouding"


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Belanghebbende(_Facts):
    """Whom the norm is for.

    Attributes:
        geboortedatum: whole or partial.
        in_inrichting: whether they stay in an inrichting (1 onderdeel f).
        geen_beroep_op_ouders: from 18 to 21, whether the college found that the parents can't be turned to (20 lid 3).
    """

    geboortedatum: Geboortedatum
    in_inrichting: Weet[bool] = False
    geen_beroep_op_ouders: Weet[bool] = None


class Medebewoner(_Facts):
    """Somebody at the address, with what decides whether they share costs (19a).

    Attributes:
        hoofdverblijf: whether they mainly live there.
        zakelijk: a written contract at a commercial price with the belanghebbende (onderdeel b).
        verwantschap: in the first or second degree such a contract does not count.
        zelfde_verhuurder: such a contract with the same third person as the belanghebbende has (onderdeel c).
        opleiding: see there (onderdeel d).
        uitzondering_tot: the last day on which the gemeente does not count them.
    """

    geboortedatum: Geboortedatum
    hoofdverblijf: Weet[bool] = True
    zakelijk: Weet[bool] = None
    verwantschap: Weet[Verwantschap] = None
    zelfde_verhuurder: Weet[bool] = None
    opleiding: Weet[Opleiding] = None
    uitzondering_tot: date | None = None


class Partner(Belanghebbende, Medebewoner):
    """Husband, wife, registered partner or who shares the household; a housemate where the law says it is no partner.

    Attributes:
        band: what makes them a partner.
        duurzaam_gescheiden: live apart for good (3 lid 2 onderdeel b).
        zorgbehoefte: live together because one of them needs care (3 lid 2 onderdeel a).
        recht_op_bijstand: whether they have a right to algemene bijstand of their own (24).
    """

    band: Band = Band.GEHUWD
    duurzaam_gescheiden: Weet[bool] = False
    zorgbehoefte: Weet[bool] = False
    recht_op_bijstand: Weet[bool] = True


class Huishouden(_Facts):
    """A household and who else lives at the address.

    Attributes:
        ten_laste_komende_kinderen: whether there are children for whom kinderbijslag is or would be paid (4).
        medebewoners: everybody else of the address whom it is not yet settled of.
        kostendelers: housemates of whom it is settled that they share costs, besides ``medebewoners``.
        mantelzorg_elders: for a time main residence elsewhere, to give intensive care (22a lid 4).
    """

    belanghebbende: Belanghebbende
    partner: Partner | None = None
    ten_laste_komende_kinderen: Weet[bool] = None
    medebewoners: tuple[Medebewoner, ...] = Field(default=(), max_length=100)
    kostendelers: int = Field(default=0, ge=0, le=100)
    mantelzorg_elders: Weet[bool] = False

    @classmethod
    def read(cls, facts: dict[str, Any]) -> "Huishouden":
        """From what stands in a file.

        Raises:
            pydantic.ValidationError: it does not fit; the error holds no value.
        """
        return cls.model_validate(facts)
