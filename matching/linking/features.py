"""Features for ``recordlinkage.Compare`` on columns of numbers: a value is compared once, however many pairs have it.

Each feature returns the level of every pair, and how many register persons have the value agreed on (0: not said).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist
from recordlinkage.base import BaseCompareFeature

from matching.linking.levels import ALIKE, MISSING, NEAR, NEAR_FIRST

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Pair = tuple[Ints, Ints]


class Feature(BaseCompareFeature):  # type: ignore[misc]
    """A comparison of the same columns of both sides; ``label`` names its level and its count."""

    def __init__(
        self, name: str, columns: Sequence[str], values: Sequence[str] = (), counts: Ints | None = None
    ) -> None:
        super().__init__(list(columns), list(columns), label=[name, f"{name}_aantal"])
        self._values = np.array(values, dtype=object)
        self._counts = np.append(np.zeros(0, np.int64) if counts is None else counts, 0)  # the last is for MISSING

    def _compute_vectorized(self, *columns: Any) -> tuple[Ints, Ints]:  # noqa: ANN401 - recordlinkage hands any series
        half = len(columns) // 2
        arrays = [column.to_numpy() for column in columns]
        return self.levels(arrays[:half], arrays[half:])

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """Level and count of each pair, from the numbers of the left and of the right columns."""
        raise NotImplementedError

    def _alike(self, left: Ints, right: Ints, where: Bools) -> npt.NDArray[np.float64]:
        """Jaro-Winkler similarity of the values with these numbers; 0 outside ``where`` and where one is missing."""
        found = np.zeros(len(left))
        wanted = np.flatnonzero(where & (left >= 0) & (right >= 0))
        pair, place = np.unique(left[wanted] * len(self._values) + right[wanted], return_inverse=True)
        one, other = self._values[pair // len(self._values)], self._values[pair % len(self._values)]
        similar = cpdist(one, other, scorer=JaroWinkler.normalized_similarity, dtype=np.float64, workers=1)
        # Rounded, for a similarity of 0.92 may come out as 0.9199999999999999.
        found[wanted] = similar.round(9)[place]
        return found

    def _crossed(self, left: Pair, right: Pair) -> Bools:
        """Whether each side's surname is nearly the other's first name, and not its surname."""
        (stem, name), (other_stem, other_name) = left, right
        possible = (stem != other_stem) & (name != other_name)
        once = self._alike(stem, other_name, possible) >= NEAR
        return once & (self._alike(name, other_stem, once) >= NEAR)


class Surname(Feature):
    """The best of own and partner's surname against own and partner's surname; or first name and surname exchanged."""

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        combined = [(one, other) for one in left[:2] for other in right[:2]]
        same = [(one == other) & (one >= 0) for one, other in combined]
        any_same = np.logical_or.reduce(same)
        both = (same[0] & same[3]) | (same[1] & same[2])
        alike = np.maximum.reduce([self._alike(one, other, ~any_same) for one, other in combined])
        crossed = self._crossed((left[0], left[2]), (right[0], right[2]))
        level = np.select([both, any_same, crossed, alike >= NEAR, alike >= ALIKE], [5, 4, 3, 2, 1], 0)
        most = np.iinfo(np.int64).max
        counts = [np.where(equal, self._counts[one], most) for equal, (one, _) in zip(same, combined, strict=True)]
        known = (left[0] >= 0) & (right[0] >= 0)
        return np.where(known, level, MISSING), np.where(any_same, np.minimum.reduce(counts), 0)


class FirstName(Feature):
    """The first of the first names, or the first initial where one side has no more.

    Where first name and surname have changed places that is said of the surname, and nothing is said here.
    """

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        (name, letter, stem), (other_name, other_letter, other_stem) = left, right
        named = (name >= 0) & (other_name >= 0)
        same, same_letter = named & (name == other_name), letter == other_letter
        near = self._alike(name, other_name, named & ~same) >= NEAR_FIRST
        level = np.select([same, near, ~same_letter, named], [4, 3, 0, 1], 2)
        known = (letter >= 0) & (other_letter >= 0) & ~self._crossed((stem, name), (other_stem, other_name))
        return np.where(known, level, MISSING), np.where(same, self._counts[name], 0)


class Initials(Feature):
    """The initials behind the first: the same, the one the beginning of the other, or others."""

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        (rest,), (other,) = left, right
        known = (rest >= 0) & (other >= 0)
        pair, place = np.unique(rest[known] * len(self._values) + other[known], return_inverse=True)
        one, two = (self._values[part].astype(str) for part in (pair // len(self._values), pair % len(self._values)))
        begins = np.char.startswith(one, two) | np.char.startswith(two, one)
        level = np.full(len(rest), MISSING)
        level[known] = np.select([one == two, begins], [2, 1], 0)[place]
        return level, np.zeros(len(rest), np.int64)


class BirthDate(Feature):
    """Year, month and day; what is unknown on a side is not held against a pair that agrees on the rest."""

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        (date, year, month, day), (_, other_year, other_month, other_day) = left, right
        same_year, same_month, same_day = year == other_year, month == other_month, day == other_day
        months, days = (month >= 0) & (other_month >= 0), (day >= 0) & (other_day >= 0)
        same = days & same_year & same_month & same_day
        swapped = days & same_year & (month == other_day) & (day == other_month)
        two = days & (same_year.astype(int) + same_month + same_day == 2)  # noqa: PLR2004 - two of three
        level = np.select(
            [
                same, swapped, two, same_year & ~months, same_year & months & ~days & same_month,
                same_year & (days | months),
            ],
            [6, 3, 2, 4, 5, 1], 0,
        )  # fmt: skip
        known = (year >= 0) & (other_year >= 0)
        return np.where(known, level, MISSING), np.where(same, self._counts[date], 0)


class Address(Feature):
    """Postcode, number and addition; the counts are of the smallest part agreed on."""

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        area, code, building, dwelling = (
            (one >= 0) & (one == other) for one, other in zip(left, right, strict=True)
        )  # fmt: skip
        level = np.select([dwelling, building, code, area], [4, 3, 2, 1], 0)
        known = (left[0] >= 0) & (right[0] >= 0)
        count = np.select([dwelling, building, code], [self._counts[left[place]] for place in (3, 2, 1)], 0)
        return np.where(known, level, MISSING), count


class Same(Feature):
    """The same or not."""

    def levels(self, left: Sequence[Ints], right: Sequence[Ints]) -> tuple[Ints, Ints]:
        """See ``Feature``."""
        (one,), (other,) = left, right
        known = (one >= 0) & (other >= 0)
        return np.where(known, one == other, MISSING).astype(np.int64), np.zeros(len(one), np.int64)
