"""What occurs in every register and means nothing to the dienst: secrecy, partial dates, briefadressen, emigrants.

Only people outside the households of clients get one, apart from secrecy and curatele. Who has one is ``bezet``:
they take no part in plants or in what happens between the days.
"""

from collections.abc import Callable

import numpy as np
import polars as pl

from flows.demo.numbers import Ints, stream

#: Share of persons for each quirk; in the order in which they are handed out.
_SHARES = {
    "geheim": 0.02,
    "jaar_onbekend": 0.001,
    "dag_onbekend": 0.003,
    "zonder_bsn": 0.0005,
    "in_onderzoek": 0.003,
    "historisch_onderzoek": 0.002,
    "briefadres": 0.001,
    "geemigreerd": 0.002,
    "overleden": 0.001,
}
_CLIENT_GEHEIM = 0.02
_ADULT = 18


def with_quirks(persons: pl.DataFrame, seed: int) -> pl.DataFrame:
    """``persons`` with their quirks."""
    rng = stream(seed, "eigenaardigheden")
    kinds = list(_SHARES)
    shares = np.array(list(_SHARES.values()))
    drawn: Ints = np.searchsorted(shares.cumsum(), rng.random(len(persons)), side="right")
    free = (pl.col("soort") == "gewoon") & (pl.col("leeftijd") >= _ADULT)
    persons = persons.with_columns(quirk=pl.when(free).then(pl.Series(np.array([*kinds, ""])[drawn])))
    for kind, change in _CHANGES.items():
        here = pl.col("quirk") == kind
        persons = persons.with_columns(
            pl.when(here).then(value).otherwise(name).alias(name) for name, value in change().items()
        )
    clients = (pl.col("soort") == "bijstand") & pl.Series(rng.random(len(persons)) < _CLIENT_GEHEIM)
    return persons.with_columns(
        bezet=pl.col("bezet") | (pl.col("quirk").fill_null("") != ""),
        indicatie_geheim=pl.when(clients).then(pl.lit("5")).otherwise("indicatie_geheim"),
    ).drop("quirk")


def _born(ending: str) -> dict[str, pl.Expr]:
    kept = pl.col("geboortedatum").str.head(8 - len(ending))
    return {"geboortedatum": pl.concat_str(kept, pl.lit(ending))}


def _investigated(code: str) -> dict[str, pl.Expr]:
    return {"vp_aanduiding_in_onderzoek": pl.lit(code), "vp_datum_ingang_onderzoek": pl.lit("20250310")}


_CHANGES: dict[str, Callable[[], dict[str, pl.Expr]]] = {
    "geheim": lambda: {"indicatie_geheim": pl.lit("7")},
    "jaar_onbekend": lambda: _born("00000000"),
    "dag_onbekend": lambda: _born("0000"),
    "zonder_bsn": lambda: {"burgerservicenummer": pl.lit(None, pl.String)},
    "in_onderzoek": lambda: _investigated("080000"),
    "historisch_onderzoek": lambda: _investigated("581100"),
    "briefadres": lambda: {"functie_adres": pl.lit("B")},
    "geemigreerd": lambda: gone_abroad("20260115", "5010"),
    "overleden": lambda: deceased("20260220"),
}


def gone_abroad(day: str, land: str) -> dict[str, pl.Expr]:
    """Columns of a person who went to live in ``land`` (Landentabel) on ``day`` (8 characters)."""
    nothing = pl.lit(None, pl.String)
    return {
        "woning": pl.lit(None, pl.Int64),
        "functie_adres": nothing,
        "datum_aanvang_adreshouding": nothing,
        "land_adres_buitenland": pl.lit(land),
        "datum_aanvang_adres_buitenland": pl.lit(day),
        "datum_opschorting": pl.lit(day),
        "reden_opschorting": pl.lit("E"),
    }


def deceased(day: str) -> dict[str, pl.Expr]:
    """Columns of a person who died on ``day`` (8 characters)."""
    return {
        "datum_overlijden": pl.lit(day),
        "datum_opschorting": pl.lit(day),
        "reden_opschorting": pl.lit("O"),
    }
