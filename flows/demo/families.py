"""Who belongs to whom: partners, parents in the house, marriages, and the name that is used in them."""

from datetime import date

import numpy as np
import polars as pl

_MARRIED = 0.75
_NAMES_OF_MARRIED = {True: (0.45, 0.13, 0.40, 0.02), False: (0.96, 0.01, 0.02, 0.01)}


def family_links() -> list[pl.Expr]:
    """Who is whose partner, and whose parents live in the same house."""
    place = pl.col("plaats")
    head = pl.col("nr").filter(place == "hoofd").first().over("huishouden")
    partner = pl.col("nr").filter(place == "partner").first().over("huishouden")
    first = pl.col("nr").filter(place == "ouder").first().over("huishouden")
    last = pl.col("nr").filter(place == "ouder").last().over("huishouden")
    return [
        pl.when(place == "hoofd").then(partner).when(place == "partner").then(head).alias("partner_nr"),
        pl.when(place == "kind").then(head).when(place == "hoofd").then(first).alias("ouder1_nr"),
        pl.when(place == "kind").then(partner).when((place == "hoofd") & (last != first)).then(last).alias("ouder2_nr"),
    ]


def married_since(persons: pl.DataFrame, peildatum: date, rng: np.random.Generator) -> pl.Expr:
    """Date of the marriage or partnership, the same for both; null for who lives together without."""
    households = int(persons["huishouden"].max()) + 1  # type: ignore[arg-type]
    household = persons["huishouden"].to_numpy()
    married = pl.Series((rng.random(households) < _MARRIED)[household])
    days = pl.duration(days=pl.lit(pl.Series(rng.integers(20 * 365, 32 * 365, households)[household])))
    adult = pl.max_horizontal("geboren", pl.col("geboren").gather(pl.col("partner_nr").fill_null(0)))
    day = pl.min_horizontal(adult + days, pl.lit(peildatum) - pl.duration(days=90))
    return pl.when(pl.col("partner_nr").is_not_null() & married).then(day).alias("gehuwd_op")


def naamgebruik(persons: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """Whose surname somebody uses: E own, P partner's, V partner's-own, N own-partner's."""
    woman = (persons["geslachtsaanduiding"] == "V").to_numpy()
    married = persons["gehuwd_op"].is_not_null().to_numpy()
    used = np.full(len(persons), "E")
    for sex, shares in _NAMES_OF_MARRIED.items():
        here = married & (woman == sex)
        used[here] = rng.choice(list("EPVN"), int(here.sum()), p=shares)
    return pl.Series("aanduiding_naamgebruik", used)
