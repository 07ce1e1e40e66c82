"""What the dienst knows beside the uitkering itself: housemates, wishes about contact, meldingen.

A person is a ``nr`` here and dates are dates; ``tables_dienst`` turns them into what is delivered.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from flows.demo.numbers import stream

_KANALEN = {"POST": 0.55, "EMAIL": 0.20, "BELLEN": 0.15, "BERICHTENBOX": 0.10}
_WISH, _BEWIND, _DIENST_GEHEIM_UNKNOWN = 0.75, 0.08, 0.03
_MELDING_DONE, _MELDING_OPEN = 0.06, 0.03


def bekende_medebewoners(persons: pl.DataFrame, uitkering: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Every housemate of a client, with the rol the dienst knows: on the first day nobody is unknown."""
    minor = (pl.col("plaats") == "kind") & pl.col("rol").is_null()
    known = persons.with_columns(rol=pl.when(minor).then(pl.lit("KIND")).otherwise("rol"))
    known = known.filter(pl.col("rol").is_not_null())
    since = pl.col("datum_aanvang_adreshouding").str.to_date("%Y%m%d")
    start = pl.max_horizontal("datum_aanvang_uitkering", since)
    latest = pl.lit(peildatum - timedelta(days=2))
    return (
        uitkering.select("uitkering_id", "huishouden", "datum_aanvang_uitkering")
        .join(known, on="huishouden", maintain_order="left_right")
        .select(
            "uitkering_id", "nr", "rol",
            datum_aanvang=start,
            datum_einde=pl.lit(None, pl.Date),
            vastgesteld_op=pl.min_horizontal(start + timedelta(days=21), latest),
        )
    )  # fmt: skip


def klantvoorkeuren(persons: pl.DataFrame, uitkering: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Wishes about contact; not everybody has any."""
    rng = stream(seed, "klantvoorkeuren")
    clients = uitkering.filter(pl.Series(rng.random(len(uitkering)) < _WISH)).select("nr")
    count = len(clients)
    geheim = clients.join(persons.select("nr", "indicatie_geheim"), on="nr", maintain_order="left")
    unknown = pl.Series(rng.random(count) < _DIENST_GEHEIM_UNKNOWN)
    reference = pl.format("BW-{}", pl.Series(rng.integers(1000, 1040, count)))
    return clients.with_columns(
        pl.Series("kanaal", rng.choice(list(_KANALEN), count, p=list(_KANALEN.values()))),
        geheimhouding=pl.when(geheim["indicatie_geheim"] != "0")
        .then(pl.lit("1"))
        .when(unknown)
        .then(pl.lit("0"))
        .otherwise(pl.lit("2")),
        bewindvoerder_of_gemachtigde=pl.when(pl.Series(rng.random(count) < _BEWIND)).then(reference),
    )


def meldingen(uitkering: pl.DataFrame, peildatum: date, seed: int) -> pl.DataFrame:
    """What clients reported and has nothing to do with any plant: dealt with, or about income and study."""
    rng = stream(seed, "meldingen")
    chance = rng.random(len(uitkering))
    is_open = chance < _MELDING_OPEN
    done = (chance >= _MELDING_OPEN) & (chance < _MELDING_OPEN + _MELDING_DONE)
    subject = np.where(
        is_open,
        rng.choice(["INKOMEN", "STUDIE"], len(chance)),
        rng.choice(["INKOMEN", "VERHUIZING", "HUISGENOOT_IN", "HUISGENOOT_UIT", "KIND"], len(chance)),
    )
    days = np.where(is_open, rng.integers(2, 20, len(chance)), rng.integers(60, 900, len(chance)))
    received = pl.lit(peildatum) - pl.duration(days=pl.lit(pl.Series(days)))
    return (
        uitkering.select(
            "nr",
            pl.format("M{}", pl.col("dossiernummer").str.strip_prefix("D-")).alias("melding_id"),
            pl.Series("soort_wijziging", subject),
            received.alias("datum_ontvangst"),
            (received - pl.duration(days=5)).alias("ingangsdatum_wijziging"),
            pl.Series("status", np.where(is_open, "IN_BEHANDELING", "VERWERKT")),
        )
        .filter(pl.Series(is_open | done))
        .sort("melding_id")
    )
