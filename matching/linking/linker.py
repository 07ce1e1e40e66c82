"""From records to links: standardise, exact key, candidates, compare, weigh, decide."""

import polars as pl

from matching.linking.candidates import candidates
from matching.linking.compare import compare
from matching.linking.decide import decide
from matching.linking.exact import exact
from matching.linking.standard import standardise
from matching.linking.weights import Weights
from store.scratch import scratch

#: What is said of every row.
SCHEMA = {
    "id": pl.Int64, "band": pl.String, "register_id": pl.Int64, "gewicht": pl.Int64, "tweede_id": pl.Int64,
    "tweede_gewicht": pl.Int64, "marge": pl.Int64, "kans": pl.Float64, "wacht": pl.String, "ronde": pl.String,
}  # fmt: skip


def link(
    register: pl.DataFrame,
    rows: pl.DataFrame,
    weights: Weights,
    *,
    threads: int = 2,
    memory: str = "2GB",
    proof: bool = True,
) -> pl.DataFrame:
    """Which register person each row is about.

    Args:
        register: records, see ``standardise``.
        rows: records.
        weights: a pinned version.
        threads: of the database that finds candidates; the result does not depend on it.
        memory: its limit.
        proof: whether a burgerservicenummer needs name and birth date beside it, see ``exact``.

    Returns:
        One row a row of ``rows``, by ``id``, with the columns of ``SCHEMA``. ``band`` is exact (verified key),
        automatisch, controleren (a question for a human) or geen; weights and lead are in millibits.

    Raises:
        TijdigError: a record does not fit.
    """
    known, asked = standardise(register), standardise(rows)
    keyed = exact(known, asked, proof=proof).with_columns(band=pl.lit("exact"))
    residual = asked.join(keyed, on="id", how="anti")
    decided = _weighed(known, residual, weights, threads, memory)
    nobody = residual.join(decided, on="id", how="anti").select("id", band=pl.lit("geen"))
    return pl.concat([_shaped(part) for part in (keyed, decided, nobody)]).sort("id")


def _weighed(known: pl.DataFrame, residual: pl.DataFrame, weights: Weights, threads: int, memory: str) -> pl.DataFrame:
    with scratch(threads=threads, memory=memory) as con:
        found = candidates(con, known, residual)
    levels = compare(known, residual, found.pairs)
    return decide(weights.weigh(levels, known.height), weights)


def _shaped(part: pl.DataFrame) -> pl.DataFrame:
    return part.select(
        pl.col(name).cast(kind) if name in part.columns else pl.lit(None, kind).alias(name)
        for name, kind in SCHEMA.items()
    )
