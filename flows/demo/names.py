"""Draws names: a surname with its voorvoegsel, and one to three first names that fit sex and generation."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.name_lists import DUTCH_FIRST_NAMES, OTHER_FIRST_NAMES, SHARES, SURNAMES
from flows.demo.numbers import Ints

_LISTS = tuple(SURNAMES)
_SECOND_NAME, _THIRD_NAME = 0.42, 0.14


def _parse(text: str) -> list[tuple[str, str]]:
    """Split ``van den/Berg Bakker`` into ``("van den", "Berg"), ("", "Bakker")``."""
    names, prefix = [], ""
    for word in text.split():
        if "/" in word:
            last, surname = word.split("/")
            names.append((f"{prefix} {last}".strip(), surname))
            prefix = ""
        elif word[0].islower() or word[0] == "'":
            prefix = f"{prefix} {word}".strip()
        else:
            names.append(("", word))
    return names


def _surname_table() -> pl.DataFrame:
    return pl.DataFrame(
        [(name_list, *name) for name_list, text in SURNAMES.items() for name in _parse(text)],
        schema=["lijst", "voorvoegsel", "geslachtsnaam"],
        orient="row",
    ).with_columns(pl.col("voorvoegsel").replace("", None))


#: Every surname: ``lijst``, ``voorvoegsel`` (null = none), ``geslachtsnaam``; a list's most frequent first.
SURNAME_TABLE = _surname_table()


def _by_rank(count: int) -> npt.NDArray[np.float64]:
    """Weights that fall with the rank, as name frequencies do (Zipf, flattened at the top)."""
    weights: npt.NDArray[np.float64] = 1 / (np.arange(count) + 4.0)
    shares: npt.NDArray[np.float64] = weights / weights.sum()
    return shares


def name_lists(count: int, rng: np.random.Generator) -> Ints:
    """For each of ``count`` households the index of the list its names come from."""
    return rng.choice(len(_LISTS), count, p=list(SHARES.values()))


def surnames(lists: Ints, rng: np.random.Generator) -> Ints:
    """A row of ``SURNAME_TABLE`` for each entry of ``lists``."""
    drawn = np.zeros(len(lists), dtype=np.int64)
    for number, name_list in enumerate(_LISTS):
        here = lists == number
        rows = SURNAME_TABLE.with_row_index().filter(pl.col("lijst") == name_list)["index"].to_numpy()
        drawn[here] = rng.choice(rows, int(here.sum()), p=_by_rank(len(rows)))
    return drawn


def first_names(lists: Ints, women: npt.NDArray[np.bool_], years: Ints, rng: np.random.Generator) -> pl.Series:
    """First names, separated by spaces, for persons with these lists, sexes and years of birth."""
    drawn = np.full(len(lists), "", dtype=object)
    for name_list, from_year, to_year, woman, names in _name_sets():
        here = (lists == _LISTS.index(name_list)) & (women == woman) & (years >= from_year) & (years < to_year)
        drawn[here] = _given(names.split(), int(here.sum()), rng)
    return pl.Series(drawn.tolist(), dtype=pl.String)


def _name_sets() -> Iterator[tuple[str, int, int, bool, str]]:
    ends = [year for year, _, _ in DUTCH_FIRST_NAMES[1:]] + [9999]
    for (start, men, women), end in zip(DUTCH_FIRST_NAMES, ends, strict=True):
        yield "nederlands", start, end, False, men
        yield "nederlands", start, end, True, women
    for name_list, (men, women) in OTHER_FIRST_NAMES.items():
        yield name_list, 0, 9999, False, men
        yield name_list, 0, 9999, True, women


def _given(names: list[str], count: int, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """One to three different names each: the later ones follow the first in the list."""
    pool = np.array(names, dtype=object)
    first = rng.choice(len(names), count, p=_by_rank(len(names)))
    second = (first + rng.integers(1, len(names) - 1, count)) % len(names)
    third = (second + 1) % len(names)
    more = rng.random(count)
    full = pool[first]
    full = np.where(more < _SECOND_NAME, full + " " + pool[second], full)
    return np.where((more < _THIRD_NAME) & (third != first), full + " " + pool[third], full)
