"""The norm of whole tables: each distinct situation is worked out once, and its amounts are joined back.

Tens of thousands of dossiers have some hundreds of situations, for ages count only as far as another norm begins.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

import polars as pl

from contracts.errors import NormError, ParameterError
from contracts.parameters import Used, parameter, together
from contracts.partial_date import last_birth
from matching.norm.ages import Leeftijd, last_aow_birth
from matching.norm.facts import Huishouden
from matching.norm.norm import norm
from matching.norm.result import Norm, Uitkomst

#: Half-yearly: any of the norms says since when the amounts of a day hold.
_A_NORM: Final = "norm_a21a"
_MOST_HOUSEMATES: Final = 100
_SHARING_AGE: Final = "kostendelersleeftijd"
_YES_NO: Final = (False, True)
#: What each fact may be.
_ANSWERS: Final[dict[str, tuple[Any, ...]]] = {
    "leeftijd": tuple(Leeftijd), "leeftijd_partner": tuple(Leeftijd), "partner_recht": _YES_NO, "kinderen": _YES_NO,
    "geen_beroep_op_ouders": _YES_NO, "in_inrichting": _YES_NO,
}  # fmt: skip
_AMOUNTS: Final[dict[str, pl.DataType]] = {
    "laagste_cent": pl.Int64(), "hoogste_cent": pl.Int64(), "gelijk": pl.List(pl.Int64), "vorige": pl.List(pl.Int64),
}  # fmt: skip


@dataclass(frozen=True)
class Leefsituatie:
    """What the norm of a household depends on, as far as a table of dossiers holds it; None is unknown.

    Attributes:
        leeftijd: a ``Leeftijd`` of the belanghebbende, where the birth date settles it.
        partner: whether there is one.
        leeftijd_partner: the same of the partner.
        partner_recht: whether the partner has a right to bijstand.
        kinderen: whether there are ten laste komende kinderen.
        geen_beroep_op_ouders: as in ``matching.norm.facts``.
        in_inrichting: the same.
        kostendelers: housemates who share costs.
        misschien: housemates who may.
    """

    leeftijd: int | None = Leeftijd.VOLWASSEN
    partner: bool = False
    leeftijd_partner: int | None = None
    partner_recht: bool | None = True
    kinderen: bool | None = None
    geen_beroep_op_ouders: bool | None = None
    in_inrichting: bool | None = False
    kostendelers: int = 0
    misschien: int = 0

    def on(self, day: date) -> Huishouden:
        """A household in this situation on a day: whoever is of an age has just reached it."""
        perhaps = {"geboortedatum": _born(_sharing_age(day), day)}
        return Huishouden.model_validate({
            "belanghebbende": self._person(self.leeftijd, day) | {"in_inrichting": self.in_inrichting},
            "partner": self._partner(day),
            "ten_laste_komende_kinderen": self.kinderen,
            "medebewoners": (perhaps,) * self.misschien,
            "kostendelers": self.kostendelers,
        })  # fmt: skip

    def settled(self) -> tuple["Leefsituatie", ...]:
        """Every way in which what is unknown may turn out; of who may share costs none or all."""
        asked = [name for name in self._open() if getattr(self, name) is None]
        ways = product(*(_ANSWERS[name] for name in asked), dict.fromkeys((0, self.misschien)))
        return tuple(self._settled(dict(zip(asked, answers, strict=True)), more) for *answers, more in ways)

    def _open(self) -> tuple[str, ...]:
        """The facts that count: without a partner those of the partner do not."""
        return tuple(name for name in _ANSWERS if self.partner or not name.endswith("partner"))

    def _settled(self, answers: dict[str, Any], more: int) -> "Leefsituatie":
        return replace(self, **answers, kostendelers=self.kostendelers + more, misschien=0)

    def _person(self, age: int | None, day: date) -> dict[str, Any]:
        born = "onbekend" if age is None else _born(age, day)
        return {"geboortedatum": born, "geen_beroep_op_ouders": self.geen_beroep_op_ouders}

    def _partner(self, day: date) -> dict[str, Any] | None:
        if not self.partner:
            return None
        return self._person(self.leeftijd_partner, day) | {"recht_op_bijstand": self.partner_recht}


#: The columns of a situation in a table.
SITUATION: Final = tuple(field.name for field in fields(Leefsituatie))


class Norms:
    """The norms of a day, by situation; each is worked out once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._found: dict[Leefsituatie, Norm | None] = {}

    def of(self, situation: Leefsituatie) -> Norm | None:
        """The norm in a situation; None where the law names none, or its values of the day are not known."""
        if situation not in self._found:
            self._found[situation] = self._work_out(situation)
        return self._found[situation]

    def _work_out(self, situation: Leefsituatie) -> Norm | None:
        if max(situation.kostendelers, situation.misschien) > _MOST_HOUSEMATES:
            return None
        try:
            return norm(situation.on(self.day), self.day)
        except (NormError, ParameterError):
            return None

    @property
    def used(self) -> tuple[Used, ...]:
        """Every dated value that was read, by name."""
        return together(*(found.gebruikt for found in self._found.values() if found))


def norms_since(day: date) -> date | None:
    """The first day of the half year whose norms hold on a day; None where they are not known."""
    found = (value.geldig_van for value in parameter(_A_NORM).waarden if value.holds_on(day))
    return next(found, None)


def norm_table(situations: pl.DataFrame, norms: Norms) -> pl.DataFrame:
    """The norm of each row of a table.

    Args:
        situations: the columns of ``SITUATION``, and others.
        norms: those of the day.

    Returns:
        The other columns, with ``laagste_cent`` and ``hoogste_cent`` (the ends of the norm), ``gelijk`` (the amounts
        that are the same norm: either end, with or without holiday allowance) and ``vorige`` (the same for the half
        year before). Null where the law names no norm.
    """
    distinct = situations.select(SITUATION).unique(maintain_order=True)
    since = norms_since(norms.day)
    before = Norms(norms.day if since is None else since - timedelta(days=1))
    amounts = [_amounts(Leefsituatie(**row), norms, before) for row in distinct.iter_rows(named=True)]
    found = pl.concat([distinct, pl.DataFrame(amounts, schema=_AMOUNTS)], how="horizontal")
    return situations.join(found, on=SITUATION, how="left", nulls_equal=True, maintain_order="left").drop(SITUATION)


def _amounts(situation: Leefsituatie, norms: Norms, before: Norms) -> dict[str, int | list[int] | None]:
    now, then = norms.of(situation), before.of(situation)
    return {
        "laagste_cent": now.laagste.bedrag if now else None, "hoogste_cent": now.hoogste.bedrag if now else None,
        "gelijk": _written(now) if now else None, "vorige": _written(then) if then else None,
    }  # fmt: skip


def _written(found: Norm) -> list[int]:
    ends: tuple[Uitkomst, ...] = (found.laagste, found.hoogste)
    return sorted({amount for end in ends for amount in (end.bedrag, end.zonder_vakantietoeslag)})


def _sharing_age(day: date) -> int:
    return parameter(_SHARING_AGE).on(day).waarde


def _born(age: int, day: date) -> str:
    """The birth date of who has just reached an age, in years or as a ``Leeftijd``."""
    born = last_aow_birth(day) if age == Leeftijd.AOW else last_birth(day, age * 12)
    return born.isoformat()
