"""What other organisations know of a belanghebbende: a detention, an uitkering of another gemeente.

The dienst knows all of it and has dealt with it: each detention is over and was reported, and each uitkering of
another gemeente ended in the weeks in which this one began.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from flows.demo.numbers import stream
from flows.demo.town import Town

DETENTIE, ANDERE_GEMEENTE, VERMOGEN = "DETENTIE", "UITKERING_ANDERE_GEMEENTE", "VERMOGEN"
_DETAINED, _MOVED_HERE = 6 / 6_300, 8 / 6_300
_COLUMNS = {
    "uitkering_id": pl.String, "nr": pl.Int64, "signaalsoort": pl.String, "bron": pl.String,
    "bronkenmerk": pl.String, "aanvang": pl.Date, "einde": pl.Date, "bekend_op": pl.Date,
    "bedrag_cent": pl.Int64, "bedragsoort": pl.String, "belastingjaar": pl.String,
}  # fmt: skip


def known_elsewhere(town: Town, taken: pl.Series, vandaag: date, seed: int) -> pl.DataFrame:
    """A few facts about dossiers (``uitkering_id``) that are not ``taken`` by a plant, none twice.

    Writes into ``town`` that the detentions were reported and dealt with.
    """
    rng = stream(seed, "elders")
    free = town.uitkering.filter(
        pl.col("datum_einde_uitkering").is_null(),
        pl.col("wetcode") == "PW",
        ~pl.col("uitkering_id").is_in(taken.implode()),
    )
    free = free[rng.permutation(len(free))]
    began = pl.col("datum_aanvang_uitkering")
    here = free.filter(began > vandaag - timedelta(days=90)).head(_amount(town, _MOVED_HERE))
    inside = free.filter(began < vandaag - timedelta(days=200)).head(_amount(town, _DETAINED))
    rows = pl.concat([_moved_here(here, rng), _detained(inside, vandaag, rng)])
    _report(town, inside.join(rows.select("uitkering_id", "aanvang"), on="uitkering_id", maintain_order="left"))
    return rows


def _amount(town: Town, share: float) -> int:
    running = int(town.uitkering["datum_einde_uitkering"].is_null().sum())
    return max(1, round(share * running))


def _moved_here(dossiers: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The uitkering elsewhere ended up to four weeks after this one began: two administrations and one removal."""
    began = pl.col("datum_aanvang_uitkering")
    over, before = (_days(rng, len(dossiers), low, high) for low, high in ((0, 25), (300, 2_000)))
    return _facts(
        dossiers, ANDERE_GEMEENTE, "GEMEENTE", "9911",
        aanvang=began - before, einde=began + over,
    )  # fmt: skip


def _detained(dossiers: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """A short detention, one to three months ago."""
    ago, days = (_days(rng, len(dossiers), low, high) for low, high in ((35, 95), (3, 21)))
    aanvang = pl.lit(vandaag) - ago
    return _facts(dossiers, DETENTIE, "DJI_JUSTID", None, aanvang=aanvang, einde=aanvang + days)


def _days(rng: np.random.Generator, count: int, low: int, high: int) -> pl.Expr:
    return pl.duration(days=pl.lit(pl.Series(rng.integers(low, high, count))))


def _facts(
    dossiers: pl.DataFrame, soort: str, bron: str, kenmerk: str | None, *, aanvang: pl.Expr, einde: pl.Expr
) -> pl.DataFrame:
    return facts(dossiers, signaalsoort=soort, bron=bron, bronkenmerk=kenmerk, aanvang=aanvang, einde=einde)


def facts(dossiers: pl.DataFrame, **columns: pl.Expr | str | date | int | None) -> pl.DataFrame:
    """A fact elsewhere about the belanghebbende of each dossier, as rows of ``elders``.

    ``aanvang`` and ``einde`` are the days of the fact; ``bekend_op`` is when the Inlichtingenbureau heard of it, where
    that is not when the overlap began.
    """
    values = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in columns.items()}
    rows = dossiers.with_columns(**values)
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in _COLUMNS.items() if name not in rows.columns]
    return rows.with_columns(empty).select(pl.col(name).cast(dtype) for name, dtype in _COLUMNS.items())


def _report(town: Town, detained: pl.DataFrame) -> None:
    """The belanghebbende told the dienst of the detention, and the dienst has dealt with it."""
    rows = detained.select(
        pl.format("M{}-3", pl.col("dossiernummer").str.strip_prefix("D-")).alias("melding_id"),
        "nr",
        soort_wijziging=pl.lit(DETENTIE),
        ingangsdatum_wijziging="aanvang",
        datum_ontvangst=pl.col("aanvang") + timedelta(days=4),
        status=pl.lit("VERWERKT"),
    )
    town.append("melding", rows)
