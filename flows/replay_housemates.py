"""The housemates that the dienst knows on the first day of a replay."""

from datetime import date
from typing import Final

import polars as pl

from flows.replay_kin import is_younger, whole_date

_ADULT: Final = 18


def housemates_of(
    dossiers: pl.DataFrame, housed: pl.DataFrame, parents: pl.DataFrame, day: date, kostendelersleeftijd: int
) -> pl.DataFrame:
    """The known housemates: one row an uitkering and a resident, neither belanghebbende nor partner.

    Args:
        dossiers: ``uitkering_id``, ``anummer``, ``partner``, ``adres_sleutel``.
        housed: residents with their ``adres_sleutel``.
        parents: ``ouder``, ``kind``.
        day: since when they are known where the BRP has no whole date.
        kostendelersleeftijd: from which age somebody counts for the norm.

    Returns:
        The columns of ``bekende_medebewoner`` and some more, in the order of the A-nummers.
    """
    others = housed.select(
        "adres_sleutel",
        "geboortedatum",
        medebewoner="anummer",
        medebewoner_burgerservicenummer="burgerservicenummer",
        datum_aanvang=whole_date("datum_aanvang_adreshouding").fill_null(day.isoformat()),
    )
    own = pl.concat(
        dossiers.select("uitkering_id", ouder=who).join(parents, on="ouder") for who in ("anummer", "partner")
    )
    return (
        dossiers.select("uitkering_id", "anummer", "partner", "adres_sleutel")
        .join(others, on="adres_sleutel")
        .filter(pl.col("medebewoner") != pl.col("anummer"), pl.col("medebewoner").ne_missing(pl.col("partner")))
        .join(
            own.select("uitkering_id", medebewoner="kind", eigen=pl.lit(value=True)).unique(),
            on=["uitkering_id", "medebewoner"],
            how="left",
        )
        .with_columns(rol=_rol(day, kostendelersleeftijd), vastgesteld_op=pl.lit(day.isoformat()))
        .sort("anummer", "medebewoner")
    )


def _rol(day: date, kostendelersleeftijd: int) -> pl.Expr:
    """Who may be old enough counts: an unknown age is no reason to leave somebody out of the norm."""
    return (
        pl.when(pl.col("eigen") & is_younger(_ADULT, "geboortedatum", day))
        .then(pl.lit("KIND"))
        .when(is_younger(kostendelersleeftijd, "geboortedatum", day))
        .then(pl.lit("JONGER_DAN_27"))
        .otherwise(pl.lit("KOSTENDELER"))
    )
