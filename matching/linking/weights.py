"""The weights of the comparisons: a published parameter with a version, a date and the counts behind every number.

Weights are in millibits: whole numbers, so that a sum does not depend on the order in which it is made. A pair starts
with the chance that any register person is the right one; a value that few have weighs more than one that many have.
"""

import math
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from contracts.errors import ParameterError
from matching.linking.levels import COMPARISONS, Comparison

Ints = npt.NDArray[np.int64]
_FOLDER = resources.files("matching.linking").joinpath("gewichten")
#: The version that is used where none is named.
PINNED = "2026-1"
#: A threshold that no pair reaches, in millibits.
NEVER = 10**9


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(_Model):
    """One level of a comparison: how often the same person (m) and two persons (u) have it, and what it weighs."""

    naam: str
    m: float
    u: float
    paren_m: int
    paren_u: int
    gewicht: int
    opmerking: str = ""


class Thresholds(_Model):
    """In millibits: from which weight on a link is made or shown, and the lead that the best one must have."""

    automatisch: int
    controleren: int
    marge: int


class Calibration(_Model):
    """Of rows whose best candidate weighs ``vanaf`` or more, up to the next: how often it is the right one."""

    vanaf: int
    kans: float
    rijen: int


class Counts(_Model):
    """What the estimate was made of."""

    personen: int
    rijen: int
    geverifieerd: int
    willekeurige_paren: int


class Weights(_Model):
    """Everything that a night needs to weigh a pair; it learns nothing itself.

    Attributes:
        versie: how it is named; the file is ``<versie>.yaml``.
        datum: when it was estimated.
        herkomst: from what, and with which seed.
        aantallen: of how much.
        kleinste_register: a register smaller than this is taken to be this large, and says nothing about how common
            a value is.
        vergelijkingen: comparison -> its levels, from 0 on.
        drempels: the thresholds.
        ijking: weight -> chance, from low to high.
    """

    versie: str
    datum: date
    herkomst: str
    aantallen: Counts
    kleinste_register: int
    vergelijkingen: dict[str, tuple[Level, ...]]
    drempels: Thresholds
    ijking: tuple[Calibration, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for comparison in COMPARISONS:
            levels = tuple(level.naam for level in self.vergelijkingen.get(comparison.name, ()))
            if levels != comparison.levels:
                raise ValueError(f"{comparison.name}: its levels must be {', '.join(comparison.levels)}")
            weights = [self.vergelijkingen[comparison.name][level].gewicht for level in comparison.ordered]
            if weights != sorted(weights):
                raise ValueError(f"{comparison.name}: agreeing more must not weigh less")
        return self

    @classmethod
    def load(cls, path_or_version: Path | str = PINNED) -> Self:
        """The weights of a file, or of a version that comes with Tijdig.

        Raises:
            ParameterError: there is no such file, or it does not fit.
        """
        file = Path(path_or_version)
        known = _FOLDER.joinpath(f"{path_or_version}.yaml")
        try:
            text = known.read_text(encoding="utf-8") if known.is_file() else file.read_text(encoding="utf-8")
            return cls.model_validate(yaml.safe_load(text))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
            reason = _first(error) if isinstance(error, ValidationError) else type(error).__name__
            raise ParameterError(
                f"No usable linking weights: {reason}.", where=file.name,
                todo="Name a version in matching/linking/gewichten, or a file made by `tijdig linking estimate`.",
            ) from error  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the weights as YAML."""
        text = yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=120)
        path.write_text(text, encoding="utf-8")

    def weigh(self, levels: pl.DataFrame, register: int) -> pl.DataFrame:
        """``levels`` (of ``compare``) with ``<name>_gewicht`` for each comparison and ``gewicht``, in millibits.

        Args:
            levels: a row a pair.
            register: how many persons the register holds.
        """
        parts = {f"{c.name}_gewicht": self._weight(c, levels, register) for c in COMPARISONS}
        weighed = levels.with_columns(pl.Series(name, values) for name, values in parts.items())
        return weighed.with_columns(gewicht=pl.sum_horizontal(list(parts)) + self.start(register))

    def start(self, register: int) -> int:
        """What any pair starts with: the chance of one in the register's size."""
        return -millibits(max(register, self.kleinste_register))

    def _weight(self, comparison: Comparison, levels: pl.DataFrame, register: int) -> Ints:
        table = self.vergelijkingen[comparison.name]
        level = levels[comparison.name].fill_null(len(table)).to_numpy()
        weight: Ints = np.array([row.gewicht for row in table] + [0], dtype=np.int64)[level]
        if register < self.kleinste_register:
            return weight
        count = levels[f"{comparison.name}_aantal"].to_numpy()
        for place in comparison.by_value:
            # Agreeing on a value that everybody has still weighs no less than the level below.
            least = table[comparison.ordered[comparison.ordered.index(place) - 1]].gewicht
            here = (level == place) & (count > 0)
            rarer = 1000 * np.log2(table[place].u * register / count[here])
            weight[here] = np.maximum(table[place].gewicht + np.rint(rarer).astype(np.int64), least)
        return weight

    def chance(self, weight: pl.Expr) -> pl.Expr:
        """The calibrated chance that a best candidate of this weight is the right one; null without calibration."""
        chance = pl.lit(None, pl.Float64)
        for step in self.ijking:
            chance = pl.when(weight >= step.vanaf).then(step.kans).otherwise(chance)
        return pl.when(weight.is_not_null()).then(chance)


def _first(error: ValidationError) -> str:
    """What is wrong first, and of which part of the file."""
    found = error.errors(include_input=False)[0]
    return ": ".join([*map(str, found["loc"]), found["msg"]])


def millibits(ratio: float) -> int:
    """1000 times the binary logarithm, as a whole number."""
    return round(1000 * math.log2(ratio))
