"""From weighed pairs to one decision a row: the best candidate, its lead over the runner-up, and the guards.

A false link puts one inwoner's life in another's file, so a high weight is not enough: it is linked automatically only
when no guard speaks. What is left over is a question for a human, or nothing.
"""

import polars as pl

from matching.linking.levels import COMPARISONS, SAME, TWO_PARTS
from matching.linking.weights import Weights

#: Guards in the order in which they speak: the first says why a heavy pair is not linked automatically.
GUARDS = {
    "marge": "De op één na beste kandidaat past bijna even goed.",
    "voornaam": "De voornaam of de eerste voorletter spreekt tegen.",
    "voorletters": "De voorletters spreken tegen.",
    "geboortedatum": "De geboortedatum spreekt tegen.",
    "geslacht": "Het geslacht spreekt tegen.",
    "weinig": "Er is te weinig te vergelijken: geen naam, of geen voornaam en geen geboortedatum.",
    "bezet": "Een andere rij past beter op deze persoon.",
}


def decide(weighed: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """The decision about each row that has a candidate.

    Args:
        weighed: pairs with the levels of ``compare`` and the weights of ``Weights.weigh``.
        weights: the thresholds and the calibration.

    Returns:
        ``id``, ``band`` (automatisch, controleren, geen), ``register_id`` (null in band geen), ``gewicht``,
        ``tweede_id``, ``tweede_gewicht``, ``marge``, ``kans``, ``wacht`` (the guard that spoke), ``ronde`` and
        ``tegen`` (how many comparisons contradict); by id.
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
        tegen=pl.sum_horizontal(list(_contradictions().values())),
    )  # fmt: skip


def _guard(margin: int) -> pl.Expr:
    """The first guard that speaks; null where none does."""
    close = pl.when(pl.col("marge") < margin).then(pl.lit("marge"))
    against = [pl.when(said).then(pl.lit(name)) for name, said in _contradictions().items()]
    without = [
        pl.all_horizontal(pl.col("voornaam", other).is_null()) for other in ("geboortedatum", "geslachtsnaam")
    ]  # fmt: skip
    thin = pl.when(pl.any_horizontal(without)).then(pl.lit("weinig"))
    return pl.coalesce(close, *against, thin)


def _contradictions() -> dict[str, pl.Expr]:
    """Comparison -> whether it speaks against the pair; null where it is missing."""
    return {c.name: (pl.col(c.name) <= c.contradiction) & ~_slip(c.name) for c in COMPARISONS if c.contradiction >= 0}


def _slip(comparison: str) -> pl.Expr:
    """Whether it is a birth date with one wrong part beside the same BSN: a slip, where twins share all parts."""
    if comparison != "geboortedatum":
        return pl.lit(value=False)
    return ((pl.col("geboortedatum") == TWO_PARTS) & (pl.col("bsn") == SAME)).fill_null(value=False)


def one_to_one(decided: pl.DataFrame, certain: pl.DataFrame, margin: int) -> pl.DataFrame:
    """Decisions in which no register person is linked automatically to two rows.

    The heaviest row keeps its person when it leads by ``margin``; the others, and all where none leads or where an
    exact key already took the person, become a question. Rows that are linked exactly stay as they are.

    Args:
        decided: of ``decide``.
        certain: rows linked by their key: ``register_id``.
        margin: the lead wanted, in millibits.
    """
    claims = decided.filter(band="automatisch").sort(["register_id", "gewicht", "id"], descending=[False, True, False])
    lead = (pl.col("gewicht") - pl.col("gewicht").shift(-1)).over("register_id")
    place = pl.int_range(pl.len()).over("register_id")
    beaten = claims.filter((place > 0) | (lead < margin).fill_null(value=False))
    lost = pl.concat([beaten.select("id"), claims.join(certain, on="register_id", how="semi").select("id")])
    loses = pl.col("id").is_in(lost["id"].implode())
    return decided.with_columns(
        band=pl.when(loses).then(pl.lit("controleren")).otherwise("band"),
        wacht=pl.when(loses).then(pl.lit("bezet")).otherwise("wacht"),
    )
