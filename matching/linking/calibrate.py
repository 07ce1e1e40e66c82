"""Thresholds and chances: what happens to rows whose person is known when their BSN is hidden.

Each is linked twice: with its person in the register, and as if its person were not there. The second says how heavy
a wrong best candidate gets; such rows count for the share of persons that a register usually lacks.
"""

import polars as pl

from matching.linking.decide import decide
from matching.linking.weights import NEVER, Calibration, Thresholds, Weights

#: Of ten rows without a key, so many have their person in the register and so many do not: whole numbers, whose sum
#: does not depend on its order.
PRESENT, ABSENT = 9, 1
#: Wanted: of automatic links together at least this share is right, each has at least this chance, and a question is
#: asked from this chance on.
PRECISION, EACH, WORTH_ASKING = 0.9995, 0.95, 0.25
#: Width of a step of the calibration, in millibits.
_STEP = 2_000
_LOWEST = -NEVER


def calibrated(weights: Weights, weighed: pl.DataFrame, truth: pl.DataFrame) -> Weights:
    """``weights`` with thresholds and calibration.

    Args:
        weights: with levels; its thresholds are replaced, its margin is kept.
        weighed: pairs of rows with a known person, weighed.
        truth: ``id``, ``register_id``.
    """
    tried = _tried(weights, weighed, truth)
    steps = _steps(tried)
    limits = Thresholds(
        automatisch=max(_automatic(tried), _from(steps, EACH)),
        controleren=_from(steps, WORTH_ASKING),
        marge=weights.drempels.marge,
    )  # fmt: skip
    return weights.model_copy(update={"drempels": limits, "ijking": steps})


def _tried(weights: Weights, weighed: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Best candidates: ``gewicht``, ``wacht``, ``goed`` (0 or 1) and ``telt`` (for how many rows it counts)."""
    open_ = weights.model_copy(
        update={"drempels": Thresholds(automatisch=_LOWEST, controleren=_LOWEST, marge=weights.drempels.marge)}
    )
    right = truth.with_columns(goed=pl.lit(1))
    without = weighed.join(truth, on=["id", "register_id"], how="anti")
    tried = [
        decide(pairs, open_).join(right, on=["id", "register_id"], how="left").with_columns(
            pl.col("goed").fill_null(0), telt=pl.lit(share, pl.Int64)
        )
        for pairs, share in ((weighed, PRESENT), (without, ABSENT))
    ]  # fmt: skip
    return pl.concat(tried).select("gewicht", "wacht", "goed", "telt")


def _steps(tried: pl.DataFrame) -> tuple[Calibration, ...]:
    """The chance per step of weight, never falling as weight rises."""
    bins = (
        tried.group_by(vanaf=pl.col("gewicht") // _STEP * _STEP)
        .agg(pl.len().alias("rijen"), telt=pl.col("telt").sum(), goed=(pl.col("goed") * pl.col("telt")).sum())
        .sort("vanaf")
    )
    pooled: list[list[int]] = []
    for row in bins.select("vanaf", "rijen", "telt", "goed").iter_rows():
        pooled.append(list(row))
        while len(pooled) > 1 and pooled[-2][3] * pooled[-1][2] >= pooled[-1][3] * pooled[-2][2]:
            last, before = pooled.pop(), pooled.pop()
            pooled.append([before[0], *map(sum, zip(before[1:], last[1:], strict=True))])
    return tuple(
        Calibration(vanaf=start, rijen=rows, kans=round(min(good / counted, 0.9999), 4))
        for start, rows, counted, good in pooled
    )


def _automatic(tried: pl.DataFrame) -> int:
    """The lowest whole bit from which on links that no guard holds back are right often enough."""
    free = tried.filter(pl.col("wacht").is_null()).with_columns(bit=pl.col("gewicht") // 1000 * 1000)
    by_bit = (
        free.group_by("bit")
        .agg(telt=pl.col("telt").sum(), goed=(pl.col("goed") * pl.col("telt")).sum())
        .sort("bit", descending=True)
        .with_columns(pl.col("telt", "goed").cum_sum())
    )
    enough = by_bit.filter(pl.col("goed") >= PRECISION * pl.col("telt"))
    low: int = enough["bit"].min() if enough.height else _LOWEST  # type: ignore[assignment]
    return low


def _from(steps: tuple[Calibration, ...], chance: float) -> int:
    """The weight from which on a best candidate has this chance; ``NEVER`` where none has."""
    return next((step.vanaf for step in steps if step.kans >= chance), NEVER)
