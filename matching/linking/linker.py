"""From records to links: standardise, exact key, candidates, compare, weigh, decide."""

from dataclasses import dataclass

import polars as pl

from matching.linking.candidates import WATERFALL, candidates, given
from matching.linking.compare import compare
from matching.linking.decide import decide, one_to_one
from matching.linking.exact import exact
from matching.linking.standard import standardise
from matching.linking.weights import Weights
from store.scratch import scratch

#: What is said of every row.
SCHEMA = {
    "id": pl.Int64, "band": pl.String, "register_id": pl.Int64, "gewicht": pl.Int64, "tweede_id": pl.Int64,
    "tweede_gewicht": pl.Int64, "marge": pl.Int64, "kans": pl.Float64, "wacht": pl.String, "ronde": pl.String,
}  # fmt: skip
_PAIR = {"id": pl.Int64, "register_id": pl.Int64}
#: From sure to nothing.
BANDS = ("exact", "automatisch", "controleren", "geen")


@dataclass(frozen=True)
class Linked:
    """Links, and how they came about.

    Attributes:
        links: a row a row, see ``link``.
        near: ``id``, ``register_id``: for rows that are linked by weight or asked about, everybody who fits nearly as
            well as the best and well enough to be asked about; the best too.
        waterfall: what each blocking pass brought, see ``Candidates``.
    """

    links: pl.DataFrame
    near: pl.DataFrame
    waterfall: pl.DataFrame


def link(  # noqa: PLR0913 - three frames and the ways to use them
    register: pl.DataFrame,
    rows: pl.DataFrame,
    weights: Weights,
    *,
    threads: int = 2,
    memory: str = "2GB",
    once: bool = False,
    pairs: pl.DataFrame | None = None,
    apart: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Which register person each row is about.

    Args:
        register: records, see ``standardise``.
        rows: records.
        weights: a pinned version.
        threads: of the database that finds candidates; the result does not depend on it.
        memory: its limit.
        once: whether a register person may be linked to one row at most, see ``one_to_one``. Rows of income or study
            are many to a person, housemates are not.
        pairs: ``id``, ``register_id``: whom each row can be besides the holder of its key, where that is known, such
            as the residents of an address. Default: whoever shares a key of a blocking pass.
        apart: ``id``, ``register_id``: pairs of which a human said that they are two persons.

    Returns:
        One row a row of ``rows``, by ``id``, with the columns of ``SCHEMA``. ``band`` is exact (verified key),
        automatisch, controleren (a question for a human) or geen; weights and lead are in millibits.

    Raises:
        TijdigError: a record does not fit.
    """
    return linked(
        register, rows, weights, threads=threads, memory=memory, once=once, pairs=pairs, apart=apart
    ).links  # fmt: skip


def linked(  # noqa: PLR0913 - see link
    register: pl.DataFrame,
    rows: pl.DataFrame,
    weights: Weights,
    *,
    threads: int = 2,
    memory: str = "2GB",
    once: bool = False,
    pairs: pl.DataFrame | None = None,
    apart: pl.DataFrame | None = None,
) -> Linked:
    """``link`` with the blocking waterfall beside it (empty where the pairs were given)."""
    if rows.is_empty():
        return Linked(pl.DataFrame(schema=SCHEMA), pl.DataFrame(schema=_PAIR), pl.DataFrame(schema=WATERFALL))
    known, asked = standardise(register), standardise(rows)
    keyed = _without(exact(known, asked), apart)
    certain = keyed.filter(~pl.col("twijfel")).with_columns(band=pl.lit("exact"))
    residual = asked.join(certain, on="id", how="anti")
    if pairs is None:
        with scratch(threads=threads, memory=memory) as con:
            found = candidates(con, known, residual)
    else:
        found = given(pairs, residual)
    weighed = weights.weigh(compare(known, residual, _without(found.pairs, apart)), known.height)
    decided = _confirmed(decide(weighed, weights), keyed.filter("twijfel"), weights)
    taken = one_to_one(decided, certain, weights.drempels.marge) if once else decided
    nobody = residual.join(taken, on="id", how="anti").select("id", band=pl.lit("geen"))
    links = pl.concat([_shaped(part) for part in (certain, taken, nobody)]).sort("id")
    return Linked(links, _near(weighed, links, weights), found.waterfall)


def _near(weighed: pl.DataFrame, links: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    best = links.filter(pl.col("band").is_in(["automatisch", "controleren"])).select("id", best="gewicht")
    fits = pl.col("gewicht") >= pl.max_horizontal(pl.col("best") - weights.drempels.marge, weights.drempels.controleren)
    return weighed.join(best, on="id").filter(fits).select(*_PAIR).sort(*_PAIR)


def _without(pairs: pl.DataFrame, apart: pl.DataFrame | None) -> pl.DataFrame:
    return pairs if apart is None else pairs.join(apart, on=["id", "register_id"], how="anti", maintain_order="left")


def _confirmed(decided: pl.DataFrame, doubted: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    """A number in doubt links automatically where one thing contradicts and nobody else fits nearly as well."""
    keyed = decided.join(doubted, on=["id", "register_id"], how="left", maintain_order="left")
    ahead = pl.col("marge").is_null() | (pl.col("marge") >= weights.drempels.marge)
    heavy = (pl.col("gewicht") >= weights.drempels.automatisch) & (pl.col("tegen") <= 1)
    holds = pl.col("twijfel").is_not_null() & ahead & heavy
    return keyed.with_columns(
        band=pl.when(holds).then(pl.lit("automatisch")).otherwise("band"), wacht=pl.when(~holds).then("wacht")
    )


def _shaped(part: pl.DataFrame) -> pl.DataFrame:
    return part.select(
        pl.col(name).cast(kind) if name in part.columns else pl.lit(None, kind).alias(name)
        for name, kind in SCHEMA.items()
    )
