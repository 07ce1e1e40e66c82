"""Which households there are: how large, how old, and which of them have bijstand.

Shares of bijstand: CBS StatLine 82015NED, 2017-01 (leefvorm); CBS, end 2024 (41,000 of 406,000 are under 27).
Shares of all households are rounded figures for the Netherlands.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from contracts.errors import SettingsError
from flows.demo.housemates import housemates
from flows.demo.numbers import Ints

_PAAR, _EENOUDER = 0.145, 0.206
_YOUNG, _FEWEST_YOUNG = 0.012, 12
_FORMER = 0.04
#: Ages of a belanghebbende: (from, up to and including, share). AOW begins at 67.
_CLIENT_AGES = ((21, 26, 0.09), (27, 34, 0.17), (35, 44, 0.22), (45, 54, 0.23), (55, 66, 0.29))
_ADULT_AGES = ((20, 27, 0.10), (28, 39, 0.18), (40, 54, 0.14), (55, 66, 0.20), (67, 92, 0.38))
_PARENT_AGES = ((27, 39, 0.42), (40, 54, 0.58))
_HOUSEMATE_SHARE = 0.03
CARE_HOME, HOSTEL = "zorg", "pension"


def households(inwoners: int, clients: int, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All households, in the order bijstand, formerly bijstand, care home, hostel, the others.

    Args:
        inwoners: persons to share out over the households.
        clients: households with bijstand.
        rng: where chance comes from.

    Returns:
        The households: ``huishouden`` (0, 1, ...), ``soort`` (bijstand, gewezen, zorg, pension, gewoon),
        ``vorm`` (alleen, eenouder, paar), ``leeftijd`` of the first person, ``kinderen`` and ``huisgenoten``
        (numbers). And the housemates of the households with bijstand, as ``housemates`` gives them.

    Raises:
        SettingsError: there are too few inwoners for so many clients.
    """
    first = _clients(clients, rng)
    mates = housemates(first, rng)
    parts = [first, _former(max(3, round(_FORMER * clients)), rng), *_mass(inwoners, rng)]
    room = inwoners - sum(int(_size(part).sum()) for part in parts) - len(mates)
    if room < clients * 2:
        raise SettingsError(
            f"Too few inwoners for {clients} households with bijstand.",
            where="inwoners",
            todo=f"Ask for at least {inwoners + clients * 2 - room} inwoners, or for fewer huishoudens.",
        )
    parts.append(_others(room, rng))
    return pl.concat(parts).with_row_index("huishouden").cast({"huishouden": pl.Int64}), mates


def _clients(count: int, rng: np.random.Generator) -> pl.DataFrame:
    couples, parents = round(_PAAR * count), round(_EENOUDER * count)
    young = max(_FEWEST_YOUNG, round(_YOUNG * count))
    vorm = np.repeat(["alleen", "eenouder", "paar"], [count - couples - parents, parents, couples])
    age = _ages(_CLIENT_AGES, count, rng)
    age[:young] = rng.integers(18, 21, young)
    # Who has children or a partner here is at least 23: the norms for the youngest are left out of the demo.
    age = np.where((vorm != "alleen") & (age < 23), age + 4, age)  # noqa: PLR2004
    children = np.select(
        [vorm == "eenouder", vorm == "paar"], [rng.choice([1, 2, 3, 4], count, p=[0.5, 0.33, 0.12, 0.05]),
        rng.choice([0, 1, 2, 3, 4], count, p=[0.42, 0.18, 0.22, 0.12, 0.06])], 0,
    )  # fmt: skip
    # Minor children of a belanghebbende of 60 are rare.
    age = np.where((children > 0) & (age > 56), age - 18, age)  # noqa: PLR2004
    return _frame("bijstand", vorm, age, children)


def _former(count: int, rng: np.random.Generator) -> pl.DataFrame:
    return _frame("gewezen", np.full(count, "alleen"), _ages(_CLIENT_AGES, count, rng), np.zeros(count, np.int64))


def _mass(inwoners: int, rng: np.random.Generator) -> list[pl.DataFrame]:
    """A care home and a hostel: everybody there is a household of one, all at one address."""
    care, hostel = max(20, min(250, inwoners // 480)), max(14, min(31, inwoners // 400))
    return [
        _frame(CARE_HOME, np.full(care, "alleen"), rng.integers(70, 98, care), np.zeros(care, np.int64)),
        _frame(HOSTEL, np.full(hostel, "alleen"), rng.integers(28, 62, hostel), np.zeros(hostel, np.int64)),
    ]


def _others(persons: int, rng: np.random.Generator) -> pl.DataFrame:
    """Draw households until exactly ``persons`` people have a place; the last ones live alone."""
    kind = rng.choice(["alleen", "eenouder", "paar", "gezin"], persons, p=[0.39, 0.07, 0.28, 0.26])
    parent = np.isin(kind, ["eenouder", "gezin"])
    age = np.where(parent, _ages(_PARENT_AGES, persons, rng), _ages(_ADULT_AGES, persons, rng))
    children = np.where(parent, rng.choice([1, 2, 3, 4], persons, p=[0.36, 0.44, 0.15, 0.05]), 0)
    mates = np.where((kind == "alleen") & (rng.random(persons) < _HOUSEMATE_SHARE), rng.integers(1, 4, persons), 0)
    drawn = _frame("gewoon", np.where(kind == "gezin", "paar", kind), age, children, mates)
    fitting = drawn.filter(_size(drawn).cum_sum() <= persons)
    rest = persons - int(_size(fitting).sum())
    alone = _frame("gewoon", np.full(rest, "alleen"), rng.integers(30, 60, rest), np.zeros(rest, np.int64))
    return pl.concat([fitting, alone])


def _ages(bands: tuple[tuple[int, int, float], ...], count: int, rng: np.random.Generator) -> Ints:
    first, last, share = (np.array(column) for column in zip(*bands, strict=True))
    band = rng.choice(len(bands), count, p=share / share.sum())
    return rng.integers(first[band], last[band] + 1)


def _frame(
    soort: str, vorm: npt.NDArray[np.str_], age: Ints, children: Ints, mates: Ints | None = None
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "vorm": vorm,
            "leeftijd": age.astype(np.int64),
            "kinderen": children.astype(np.int64),
            "huisgenoten": np.zeros(len(vorm), np.int64) if mates is None else mates.astype(np.int64),
        }
    ).select(pl.lit(soort).alias("soort"), pl.all())


def _size(frame: pl.DataFrame) -> pl.Series:
    return 1 + (frame["vorm"] == "paar").cast(pl.Int64) + frame["kinderen"] + frame["huisgenoten"]
