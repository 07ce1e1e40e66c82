"""Deliberately bad rows, among people who have nothing to do with the dienst.

What a night must do with them: a bad or double A-nummer rejects the row; any other bad value becomes unknown
and the row stays.
"""

from dataclasses import dataclass
from itertools import islice

import polars as pl

from contracts.errors import SettingsError
from flows.demo.numbers import stream
from flows.demo.town import Town

_ANUMMERS = ("0123456789", "912345678", "12345A7890")
_DATES = ("05", "2015", "19660013", "29190401")
_BSNS = ("999999999", "987654321", "912345678")
_SHORT_BAG = ("990101000001234", "990101000002345", "990101000003456")
_DOUBLES = 2
#: Two pairs of persons with one BSN: no bad value, the register simply is so.
_SHARED = 2
_PERSONS = len(_ANUMMERS) + len(_DATES) + len(_BSNS) + len(_SHORT_BAG) + 2 * _DOUBLES + 2 * _SHARED


@dataclass(frozen=True)
class Dirt:
    """How many rows of ``brp_persoon`` are bad, and how."""

    anummer_fout: int = len(_ANUMMERS)
    anummer_dubbel: int = 2 * _DOUBLES
    geboortedatum_fout: int = len(_DATES)
    bsn_fout: int = len(_BSNS)
    bag_fout: int = len(_SHORT_BAG)
    bsn_gedeeld: int = 2 * _SHARED


def spoil(town: Town, seed: int) -> Dirt:
    """Put the bad rows into the register of ``town``."""
    town.rng = stream(seed, "vuil")
    # Without relations in the house, so that nobody else's row turns bad as well.
    free = town.people(
        ~pl.col("bezet"), pl.col("woning").is_not_null(), pl.col("leeftijd") > 66,  # noqa: PLR2004
        pl.len().over("huishouden") == 1,
    )  # fmt: skip
    chosen = free[town.rng.permutation(len(free))[:_PERSONS]]
    if len(chosen) < _PERSONS:
        raise SettingsError(
            "Too few inwoners for the bad rows of the demo.", where="inwoners", todo="Ask for more inwoners."
        )
    town.change("persoon", chosen["nr"], bezet=True)
    rest = iter(chosen["nr"].to_list())
    for column, values in (("anummer", _ANUMMERS), ("geboortedatum", _DATES), ("burgerservicenummer", _BSNS)):
        town.change("persoon", list(islice(rest, len(values))), **{column: list(values)})
    for column, pairs in (("anummer", _DOUBLES), ("burgerservicenummer", _SHARED)):
        givers, takers = list(islice(rest, pairs)), list(islice(rest, pairs))
        town.change("persoon", takers, **{column: town.people(pl.col("nr").is_in(givers))[column]})
    homes = town.people(pl.col("nr").is_in(list(rest)))["woning"]
    town.change("woningen", homes, adresseerbaar_object_id=list(_SHORT_BAG))
    return Dirt()
