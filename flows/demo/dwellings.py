"""The dwellings of Voorbeeldstad (9901) and Voorbeelddorp (9902): streets, numbers, postcodes, BAG ids."""

import math

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.numbers import Ints

CITY, VILLAGE = "9901", "9902"
_VILLAGE_SHARE = 0.12
_BUILDINGS_PER_STREET = 110
#: Dwellings the BRP names without BAG ids. The RvIG test set has 160 of 601 residents without; a lot.
_WITHOUT_BAG = 0.05

#: Postcode numbers that, as far as is known, do not exist: a letter to this demo reaches nobody.
_POSTCODES = {CITY: range(1234, 1241), VILLAGE: range(1232, 1234)}
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_NO_LETTERS = ("SA", "SD", "SS")

_STEMS = """
Tulpen Rozen Lelie Iris Dahlia Anjer Klaproos Linde Eiken Beuken Kastanje Iepen Wilgen Populier Esdoorn
Berken Merel Lijster Spreeuw Zwaluw Reiger Ooievaar Kievit Leeuwerik Molen Kerk Markt Haven Dijk Kade School
Station Bakkers Smeden Wevers Kuipers Touwslagers Vissers Schippers Timmerlieden Wilhelmina Juliana Beatrix
Oranje Rembrandt Vermeer Vondel Huygens Erasmus Spinoza Noorder Zuider Ooster Wester Polder Weide Akker
Boomgaard Veer Sluis Brug Toren Raadhuis
"""
_KINDS = ("straat", "laan", "weg", "plein", "hof", "pad", "singel", "dreef")


def dwellings(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """``count`` dwellings with a street, number and suffix, ordered along the streets.

    Returns:
        One row a dwelling: ``woning`` (0 .. count - 1), ``gemeente``, and the address columns of
        ``brp_persoon`` under their names there. Postcode, number and suffix together occur once.
    """
    units = _units(count, rng)
    building = np.repeat(np.arange(len(units)), units)[:count]
    unit = (np.arange(count) - np.searchsorted(building, building)).astype(np.int64)
    return (
        pl.DataFrame({"woning": np.arange(count), "gebouw": building, "deel": unit, "delen": units[building]})
        .join(_buildings(len(units), rng), on="gebouw", maintain_order="left")
        .with_columns(*_suffix(), *_bag_ids(rng.random(count) >= _WITHOUT_BAG))
        .with_columns(aanduiding_bij_huisnummer=pl.lit(None, pl.String), locatiebeschrijving=pl.lit(None, pl.String))
        .drop("gebouw", "deel", "delen")
    )


def special_places(start: int, count: int, **columns: str) -> pl.DataFrame:
    """``count`` places without an ordinary address, numbered from ``start``: houseboats and puntadressen."""
    values = {"gemeente": CITY, **columns}
    return pl.DataFrame({"woning": np.arange(start, start + count)}).with_columns(
        pl.lit(value).alias(name) for name, value in values.items()
    )


def other_dwellings(
    start: int, count: int, gemeente: str, straatnaam: str, postcode: str, woonplaats: str
) -> pl.DataFrame:
    """``count`` dwellings along one street of their own, numbered from ``start``, without BAG ids."""
    return special_places(
        start, count, gemeente=gemeente, straatnaam=straatnaam, postcode=postcode, woonplaats=woonplaats
    ).with_columns(huisnummer=(pl.col("woning") - start + 1).cast(pl.String))


def _units(count: int, rng: np.random.Generator) -> Ints:
    """Dwellings per building: mostly one, now and then 12A to 12D or a small flat."""
    units = rng.choice([1, 2, 3, 4, 8], count, p=[0.88, 0.05, 0.03, 0.02, 0.02])
    return units[: int(np.searchsorted(units.cumsum(), count)) + 1]


def _buildings(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """Number the buildings along their streets and give each block of a street its postcode."""
    names = rng.permutation([stem + kind for stem in _STEMS.split() for kind in _KINDS])
    per_street = max(_BUILDINGS_PER_STREET, math.ceil(count / len(names)))
    number = np.arange(count)
    in_city = number // per_street * per_street < count * (1 - _VILLAGE_SHARE)
    gemeente = np.where(in_city, CITY, VILLAGE)
    postcode = np.concatenate(
        [_postcodes(CITY, number[in_city], per_street), _postcodes(VILLAGE, number[~in_city], per_street)]
    )
    return pl.DataFrame(
        {
            "gebouw": number,
            "gemeente": gemeente,
            "straatnaam": names[number // per_street],
            "huisnummer": (number % per_street + 1).astype(str),
            "postcode": postcode,
            "woonplaats": np.where(in_city, "Voorbeeldstad", "Voorbeelddorp"),
        }
    )


def _postcodes(gemeente: str, building: Ints, per_street: int) -> npt.NDArray[np.str_]:
    """A postcode for each building; a postcode never spans two streets."""
    pairs = [a + b for a in _LETTERS for b in _LETTERS if a + b not in _NO_LETTERS]
    codes = np.array([f"{number}{pair}" for number in _POSTCODES[gemeente] for pair in pairs])
    if not len(building):
        return codes[:0]
    streets = building // per_street - building[0] // per_street
    blocks = max(1, len(codes) // (int(streets[-1]) + 1))
    block_size = math.ceil(per_street / min(blocks, 5))
    block: Ints = streets * min(blocks, 5) + building % per_street // block_size
    code: npt.NDArray[np.str_] = codes[block]
    return code


def _suffix() -> list[pl.Expr]:
    """Letters for a building split in up to four, numbers for a flat."""
    split, flat = pl.col("delen").is_between(2, 4), pl.col("delen") > 4  # noqa: PLR2004
    letter = pl.col("deel").replace_strict(dict(enumerate("ABCD")), default=None, return_dtype=pl.String)
    return [
        pl.when(split).then(letter).alias("huisletter"),
        pl.when(flat).then((pl.col("deel") + 1).cast(pl.String)).alias("huisnummertoevoeging"),
    ]


def _bag_ids(known: npt.NDArray[np.bool_]) -> list[pl.Expr]:
    """BAG ids: gemeente, kind of object (01 or 20), and a number within the gemeente."""
    number = (pl.col("woning") + 1).cast(pl.String).str.zfill(6)
    return [
        pl.when(pl.Series(known)).then(pl.concat_str("gemeente", pl.lit(kind), number)).alias(name)
        for name, kind in (("adresseerbaar_object_id", "010000"), ("nummeraanduiding_id", "200000"))
    ]
