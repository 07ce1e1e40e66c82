"""Numbers of invented persons, and the streams of chance everything is drawn from.

Numbers are a function of an index, so that no list of used numbers has to be kept: a step that shares no
factor with the modulus visits every number once.
"""

import zlib
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]

#: Most persons a demo gemeente can have; ``bsns`` has room for twice as many again, outside the gemeente.
MOST_PERSONS = 1_200_000
_OUTSIDE = 2_500_000
_PREFIXES = 1_000_000
_PRIME = 2_147_483_647


def stream(seed: int, purpose: str) -> np.random.Generator:
    """A stream of chance of its own for each purpose: adding a plant does not change who lives next door."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def bsns(index: Ints, *, outside: bool = False) -> pl.Series:
    """Burgerservicenummers that pass the elfproef, one for each index of 0 or more; no two are the same.

    All begin with a 9: that range was chosen because, as far as is known, no inwoner has a number in it (the
    published test sets of RvIG use it too). They are made up and stand for nobody.

    Args:
        index: the person's number in the demo.
        outside: take them from the part kept for people who are named in a relation but live elsewhere.
    """
    index = index + _OUTSIDE if outside else index
    prefix = 9_000_000 + (index * 654_321 + 271_828) % _PREFIXES
    eighth = 2 * (index // _PREFIXES)
    seven = sum(prefix // 10 ** (6 - place) % 10 * (9 - place) for place in range(7))
    # A check digit of 10 does not exist; one more in the eighth place turns it into 12 mod 11 = 1.
    eighth = eighth + ((seven + 2 * eighth) % 11 == 10)  # noqa: PLR2004
    check = (seven + 2 * eighth) % 11
    return pl.Series(prefix * 100 + eighth * 10 + check).cast(pl.String)


def anummers(index: Ints) -> pl.Series:
    """A-nummers: 10 digits that do not begin with 0, one for each index; no two are the same."""
    return pl.Series(1_000_000_000 + (index * 7_368_787_901 + 4_567_890_123) % 9_000_000_000).cast(pl.String)


def spread(number: pl.Expr, salt: int) -> pl.Expr:
    """A value in 0..1 that depends on a whole ``number`` only: chance that needs no column to remember it."""
    mixed = (number * 48_271 + salt * 69_621_001) % _PRIME
    # The square makes two salts independent; without it one is the other, shifted.
    return (mixed * mixed + mixed) % _PRIME / _PRIME


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
