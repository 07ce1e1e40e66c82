"""Thresholds and chances: what happens to rows whose person is known when their BSN is hidden.

Each is linked twice: with its person in the register, and as if its person were not there. The second says how heavy
a wrong best candidate gets; such rows count for the share of persons that a register usually lacks.
"""

import polars as pl

from matching.linking.decide import decide
from matching.linking.weights import Calibration, Thresholds, Weights

#: Share of rows without a key whose person is not in the register.
ABSENT = 0.1
#: Wanted: of automatic links at least this share is right, and a question is asked from this chance on.
PRECISION, WORTH_ASKING = 0.9995, 0.25
#: Width of a step of the calibration, in millibits.
_STEP = 2_000


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
        automatisch=_automatic(tried), controleren=_review(steps), marge=weights.drempels.marge
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
            pl.col("goed").fill_null(0), telt=pl.lit(share)
        )
        for pairs, share in ((weighed, 1 - ABSENT), (without, ABSENT))
    ]  # fmt: skip
    return pl.concat(tried).select("gewicht", "wacht", "goed", "telt")


_LOWEST = -(10**9)


def _steps(tried: pl.DataFrame) -> tuple[Calibration, ...]:
    """The chance per step of weight, never falling as weight rises."""
    bins = (
        tried.group_by(vanaf=pl.col("gewicht") // _STEP * _STEP)
        .agg(pl.len().alias("rijen"), telt=pl.col("telt").sum(), goed=(pl.col("goed") * pl.col("telt")).sum())
        .sort("vanaf")
    )
    pooled: list[list[float]] = []
    for row in bins.iter_rows(named=True):
        pooled.append([row["vanaf"], row["rijen"], row["telt"], row["goed"]])
        while len(pooled) > 1 and pooled[-2][3] * pooled[-1][2] >= pooled[-1][3] * pooled[-2][2]:
            last = pooled.pop()
            pooled[-1] = [pooled[-1][0], *(one + other for one, other in zip(pooled[-1][1:], last[1:], strict=True))]
    return tuple(
        Calibration(vanaf=int(start), rijen=int(rows), kans=round(min(good / counted, 0.9999), 4))
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


def _review(steps: tuple[Calibration, ...]) -> int:
    worth = [step.vanaf for step in steps if step.kans >= WORTH_ASKING]
    return worth[0] if worth else 0
