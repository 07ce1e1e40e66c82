"""From weighed pairs to one decision a row: the best candidate, its lead over the runner-up, and the guards.

A false link puts one inwoner's life in another's file, so a high weight is not enough: it is linked automatically only
when no guard speaks. What is left over is a question for a human, or nothing.
"""

import polars as pl

from matching.linking.levels import COMPARISONS
from matching.linking.weights import Weights

#: Guards in the order in which they speak. The first of these says why a heavy pair is not linked automatically.
GUARDS = {
    "marge": "De op één na beste kandidaat past bijna even goed.",
    "voornaam": "De voornaam of de eerste voorletter spreekt tegen.",
    "voorletters": "De voorletters spreken tegen.",
    "geboortedatum": "De geboortedatum spreekt tegen.",
    "geslacht": "Het geslacht spreekt tegen.",
    "bezet": "Een andere rij past beter op deze persoon.",
}


def decide(weighed: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """The decision about each row that has a candidate.

    Args:
        weighed: pairs with the levels of ``compare`` and the weights of ``Weights.weigh``.
        weights: the thresholds and the calibration.

    Returns:
        ``id``, ``band`` (automatisch, controleren, geen), ``register_id`` (null in band geen), ``gewicht``,
        ``tweede_id``, ``tweede_gewicht``, ``marge``, ``kans``, ``wacht`` (the guard that spoke), ``ronde``; by id.
    """
    ranked = weighed.sort(["id", "gewicht", "register_id"], descending=[False, True, False])
    best = ranked.unique("id", keep="first", maintain_order=True)
    second = ranked.filter(pl.int_range(pl.len()).over("id") == 1)
    both = best.join(
        second.select("id", tweede_id="register_id", tweede_gewicht="gewicht"), on="id", how="left",
        maintain_order="left",
    ).with_columns(marge=pl.col("gewicht") - pl.col("tweede_gewicht"))  # fmt: skip
    limits = weights.drempels
    heavy = pl.col("gewicht") >= limits.automatisch
    guarded = both.with_columns(wacht=pl.when(heavy).then(_guard(limits.marge)))
    band = (
        pl.when(heavy & pl.col("wacht").is_null()).then(pl.lit("automatisch"))
        .when(pl.col("gewicht") >= limits.controleren).then(pl.lit("controleren"))
        .otherwise(pl.lit("geen"))
    )  # fmt: skip
    shown = guarded.with_columns(band=band, kans=weights.chance(pl.col("gewicht")))
    linked = pl.when(pl.col("band") != "geen")
    return shown.select(
        "id", "band", linked.then("register_id").alias("register_id"), "gewicht",
        linked.then("tweede_id").alias("tweede_id"), "tweede_gewicht", "marge", "kans", "wacht", "ronde",
    )  # fmt: skip


def _guard(margin: int) -> pl.Expr:
    """The first guard that speaks; null where none does."""
    contradicted = [
        pl.when(pl.col(c.name) <= c.contradiction).then(pl.lit(c.name)) for c in COMPARISONS if c.contradiction >= 0
    ]
    close = pl.when(pl.col("marge") < margin).then(pl.lit("marge"))
    return pl.coalesce(close, *contradicted)
