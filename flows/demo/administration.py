"""What the dienst knows beside the uitkering itself: housemates, wishes about contact, meldingen, vorderingen.

A person is a ``nr`` here and dates are dates; ``tables_dienst`` turns them into what is delivered.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from flows.demo.numbers import stream

_KANALEN = {"POST": 0.63, "EMAIL": 0.22, "BELLEN": 0.02, "BERICHTENBOX": 0.13}
_WISH, _BEWIND, _DIENST_GEHEIM_UNKNOWN = 0.75, 0.08, 0.03
#: Who asked for help with reading, or for an interpreter.
_HULP_BIJ_LEZEN = 0.01
_MELDING_DONE, _MELDING_OPEN = 0.06, 0.03
#: New vorderingen in a quarter, as a share of the persons, and their amount: 2,250 euro on average (Divosa factsheet
#: inlichtingenplicht: 2 % a quarter, 2,000 to 2,500 euro).
_CLAIMS, _QUARTERS = 0.02, 8
_CLAIM_CENTS, _CLAIM_SPREAD, _CLAIM_BOUNDS, _PAID_BACK = 150_000, 0.9, (15_000, 1_500_000), 4_500


def bekende_medebewoners(persons: pl.DataFrame, uitkering: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Every housemate of a client, with rol and number as the dienst knows them: on the first day nobody is unknown."""
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
            zonder_bsn=pl.lit(value=False),
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
        hulp_bij_lezen=pl.when(pl.Series(rng.random(count) < _HULP_BIJ_LEZEN)).then(pl.lit("1")).otherwise(pl.lit("2")),
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
    # What is open came in within two weeks, the last of the nights too: no backlog but the planted one.
    days = np.where(is_open, rng.integers(2, 12, len(chance)), rng.integers(60, 900, len(chance)))
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


def vorderingen(uitkering: pl.DataFrame, peildatum: date, seed: int) -> pl.DataFrame:
    """Vorderingen of the past two years, also of dossiers that ended; a part is paid back each month."""
    rng = stream(seed, "vorderingen")
    persons = 1 + uitkering["partner_nr"].is_not_null().cast(pl.Int64).to_numpy()
    dossier, quarter = np.nonzero(rng.random((len(uitkering), _QUARTERS)) < _CLAIMS * persons[:, None])
    days = quarter * 91 + rng.integers(1, 92, len(quarter))
    amount = np.clip(_CLAIM_CENTS * rng.lognormal(0, _CLAIM_SPREAD, len(quarter)), *_CLAIM_BOUNDS).astype(np.int64)
    left = np.maximum(0, amount - days // 30 * _PAID_BACK)
    rows = uitkering[dossier].with_columns(
        datum_besluit=pl.lit(peildatum) - pl.duration(days=pl.lit(pl.Series(days))),
        reden=pl.Series(rng.choice(["01", "02", "03"], len(quarter))),
        bedrag_aanvang_cent=pl.Series(amount),
        bedrag_saldo_cent=pl.Series(left),
        status=pl.Series(np.where(left > 0, "1", "2")),
    )
    return (
        rows.filter(pl.col("datum_besluit") > pl.col("datum_aanvang_uitkering") + timedelta(days=60))
        .sort("datum_besluit", "dossiernummer")
        .with_columns(identificatienummer_vordering=pl.format("V{}", pl.int_range(1_000_001, pl.len() + 1_000_001)))
        .select("identificatienummer_vordering", "dossiernummer", "datum_besluit", "reden", "bedrag_aanvang_cent",
                "bedrag_saldo_cent", "status")
    )  # fmt: skip
