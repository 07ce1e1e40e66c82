"""What happens between two days to people who have nothing to do with the dienst: moves, births, deaths.

About 9.5 % of people move in a year; of 17.8 million 164,000 were born and 169,000 died (2023; from memory).
"""

from datetime import timedelta

import numpy as np
import polars as pl

from flows.demo.births import bear
from flows.demo.numbers import Ints, stream
from flows.demo.town import Town

_MOVES, _BIRTHS, _DEATHS, _EMIGRATIONS = 0.095, 0.0092, 0.0095, 0.004
_PERSONS_PER_HOUSEHOLD = 2.1


def live_one_day(town: Town, seed: int) -> None:
    """Let a day pass; each thing happens at least once, also in a small town."""
    town.rng = stream(seed, f"leven {town.dag}")
    free = town.people(~pl.col("bezet").any().over("huishouden"), pl.col("woning").is_not_null())
    households = free["huishouden"].unique(maintain_order=True).to_numpy()
    # Every household has its own fate, so that nobody moves and dies on one day.
    fates = iter(np.array_split(town.rng.permutation(households), 4))
    _move(town, next(fates), _daily(town, _MOVES / _PERSONS_PER_HOUSEHOLD))
    _give_birth(town, next(fates), _daily(town, _BIRTHS), seed)
    _leave(town, next(fates), _daily(town, _EMIGRATIONS / _PERSONS_PER_HOUSEHOLD))
    old = free.filter(pl.col("huishouden").is_in(next(fates).tolist()), pl.col("leeftijd") > 70)  # noqa: PLR2004
    town.die(old["nr"][: _daily(town, _DEATHS)])


def _daily(town: Town, share: float) -> int:
    return max(1, round(len(town.persoon) * share / 365))


def _move(town: Town, households: Ints, count: int) -> None:
    town.move_household(pl.DataFrame({"huishouden": households[:count]}), town.empty_homes(count))


def _leave(town: Town, households: Ints, count: int) -> None:
    leaving = town.people(pl.col("huishouden").is_in(households[:count].tolist()))
    town.emigrate(leaving["nr"], "6037")


def _give_birth(town: Town, households: Ints, count: int, seed: int) -> None:
    """A child for ``count`` couples whose first person is 22 to 40."""
    parents = town.people(
        pl.col("huishouden").is_in(households.tolist()),
        pl.col("plaats") == "hoofd",
        pl.col("partner_nr").is_not_null(),
        pl.col("leeftijd").is_between(22, 40),
    ).head(count)
    born = town.dag - timedelta(days=2)
    bear(town, parents, [born] * len(parents), stream(seed, f"geboorten {town.dag}"))
