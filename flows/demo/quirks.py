"""What occurs in every register and means nothing to the dienst: secrecy, partial dates, emigrants.

Only people outside the households of clients get one, apart from secrecy. Who has one is ``bezet``: they take
no part in plants or in what happens between the days.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from flows.demo.numbers import Ints, stream

#: Share of persons for each quirk; in the order in which they are handed out.
_SHARES = {
    "geheim": 0.02,
    "geboren_onbekend": 0.001,
    "geboren_jaar_bekend": 0.002,
    "geboren_maand_bekend": 0.001,
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
            pl.when(here).then(_literal(value)).otherwise(name).alias(name) for name, value in change.items()
        )
    clients = (pl.col("soort") == "bijstand") & pl.Series(rng.random(len(persons)) < _CLIENT_GEHEIM)
    return persons.with_columns(
        bezet=pl.col("bezet") | (pl.col("quirk").fill_null("") != ""),
        indicatie_geheim=pl.when(clients).then(pl.lit("5")).otherwise("indicatie_geheim"),
    ).drop("quirk")


def _literal(value: str | pl.Expr | None) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(value)


def gone_abroad(day: str, land: str) -> dict[str, str | None]:
    """Columns of a person who went to live in ``land`` (Landentabel) on ``day`` (8 characters)."""
    return {
        "woning": None,
        "functie_adres": None,
        "datum_aanvang_adreshouding": None,
        "land_adres_buitenland": land,
        "datum_aanvang_adres_buitenland": day,
        "datum_opschorting": day,
        "reden_opschorting": "E",
    }


def deceased(day: str) -> dict[str, str | None]:
    """Columns of a person who died on ``day`` (8 characters)."""
    return {"datum_overlijden": day, "datum_opschorting": day, "reden_opschorting": "O"}


def _born(ending: str) -> dict[str, pl.Expr]:
    kept = pl.col("geboortedatum").str.head(8 - len(ending))
    return {"geboortedatum": pl.concat_str(kept, pl.lit(ending))}


def _investigated(code: str) -> dict[str, str]:
    return {"vp_aanduiding_in_onderzoek": code, "vp_datum_ingang_onderzoek": "20250310"}


_CHANGES: Mapping[str, Mapping[str, str | pl.Expr | None]] = {
    "geheim": {"indicatie_geheim": "7"},
    "geboren_onbekend": _born("00000000"),
    "geboren_jaar_bekend": _born("0000"),
    "geboren_maand_bekend": _born("00"),
    "zonder_bsn": {"burgerservicenummer": None},
    "in_onderzoek": _investigated("080000"),
    "historisch_onderzoek": _investigated("581100"),
    "briefadres": {"functie_adres": "B"},
    "geemigreerd": gone_abroad("20251115", "5010"),
    "overleden": deceased("20251020"),
}
