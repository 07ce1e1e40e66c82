"""Who else lives with a household with bijstand, and as what the dienst knows them."""

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.numbers import Ints

#: Share of uitkeringen with kostendelers (10-15 % from memory, not confirmed) and how many there are then.
KOSTENDELERS = 0.12
_HOW_MANY = ((1, 0.70), (2, 0.22), (3, 0.08))
#: One housemate who does not count: (rol, place in the household, youngest, oldest, share of the households).
_EXEMPT = (
    ("JONGER_DAN_27", "kind", 18, 24, 0.06),
    ("STUDENT", "kind", 18, 24, 0.015),
    ("STUDENT", "huisgenoot", 27, 31, 0.008),
    ("COMMERCIELE_RELATIE", "huisgenoot", 27, 60, 0.03),
    ("BBL", "huisgenoot", 27, 33, 0.004),
    ("TIJDELIJK_VERBLIJF", "huisgenoot", 27, 60, 0.005),
    ("OVERIG_UITGEZONDERD", "huisgenoot", 30, 70, 0.004),
)
_PARENT_UNTIL, _CHILD_FROM, _ADULT_CHILD_FROM = 38, 48, 43


def housemates(clients: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Housemates of ``clients`` (one row a household, in order of ``huishouden``).

    Returns:
        One row a housemate: ``huishouden``, ``plaats`` (kind, ouder or huisgenoot), ``leeftijd``, and ``rol``
        as in bekende_medebewoner.
    """
    age = clients["leeftijd"].to_numpy()
    order = rng.permutation(np.flatnonzero(age > 20))  # noqa: PLR2004
    sharing, others = np.split(order, [round(KOSTENDELERS * len(clients))])
    return pl.concat([_kostendelers(sharing, age, rng), *_exempt(others, age, len(clients), rng)])


def _kostendelers(households: Ints, age: Ints, rng: np.random.Generator) -> pl.DataFrame:
    """Parents of the young, grown-up children of the old, other adults of those between."""
    shares = np.array([share for _, share in _HOW_MANY])
    bounds = np.round(shares.cumsum() * len(households)).astype(int)
    count = np.searchsorted(bounds, np.arange(len(households)), side="right") + 1
    household = np.repeat(households, count)
    nth = np.arange(len(household)) - np.repeat(count.cumsum() - count, count)
    head = age[household]
    place = np.select(
        [(head < _PARENT_UNTIL) & (nth < 2), head >= _CHILD_FROM],  # noqa: PLR2004
        ["ouder", "kind"],
        "huisgenoot",
    )
    years = np.select(
        [place == "ouder", place == "kind"],
        [head + rng.integers(20, 34, len(head)), rng.integers(27, np.maximum(28, head - 18))],
        rng.integers(28, 65, len(head)),
    )
    return _frame(household, place, years, "KOSTENDELER")


def _exempt(households: Ints, age: Ints, clients: int, rng: np.random.Generator) -> list[pl.DataFrame]:
    frames = []
    for rol, place, youngest, oldest, share in _EXEMPT:
        old_enough = age[households] >= (_ADULT_CHILD_FROM if place == "kind" else 0)
        chosen = households[old_enough][: round(share * clients)]
        households = np.setdiff1d(households, chosen, assume_unique=True)
        households = rng.permutation(households)
        years = rng.integers(youngest, oldest + 1, len(chosen))
        frames.append(_frame(chosen, np.full(len(chosen), place), years, rol))
    return frames


def _frame(household: Ints, place: npt.NDArray[np.str_], years: Ints, rol: str) -> pl.DataFrame:
    return pl.DataFrame({"huishouden": household, "plaats": place, "leeftijd": years}).with_columns(
        pl.col("huishouden", "leeftijd").cast(pl.Int64), rol=pl.lit(rol)
    )
