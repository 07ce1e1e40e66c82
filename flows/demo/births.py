"""New inwoners: a child for parents who are in the register."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from flows.demo import names
from flows.demo.numbers import anummers, bsns
from flows.demo.town import Town

_FROM_PARENT = (
    "huishouden", "soort", "woning", "voorvoegsel", "geslachtsnaam", "functie_adres", "indicatie_geheim", "in_brp",
    "met_bag", "bezet",
)  # fmt: skip


def bear(town: Town, parents: pl.DataFrame, born: Sequence[date], rng: np.random.Generator) -> pl.Series:
    """Let each of ``parents`` (rows of ``persoon``) have had a child on the day in ``born``, living with them since.

    Returns:
        ``nr`` of the children.
    """
    nr = np.arange(len(town.persoon), len(town.persoon) + len(parents))
    girls = rng.random(len(nr)) < 0.5  # noqa: PLR2004
    dutch, years = np.zeros(len(nr), np.int64), np.array([day.year for day in born], dtype=np.int64)
    day = pl.Series(born, dtype=pl.Date)
    children = parents.select(
        *_FROM_PARENT, pl.col("nr").alias("ouder1_nr"), pl.col("partner_nr").alias("ouder2_nr")
    ).with_columns(
        pl.Series("nr", nr), anummers(nr).alias("anummer"), bsns(nr).alias("burgerservicenummer"),
        names.first_names(dutch, girls, years, rng).alias("voornamen"),
        pl.Series("geslachtsaanduiding", np.where(girls, "V", "M")),
        plaats=pl.lit("kind"), leeftijd=town.dag.year - day.dt.year(), aanduiding_naamgebruik=pl.lit("E"), geboren=day,
        geboortedatum=day.dt.strftime("%Y%m%d"), datum_aanvang_adreshouding=day.dt.strftime("%Y%m%d"),
    )  # fmt: skip
    town.append("persoon", children)
    return pl.Series(nr)
