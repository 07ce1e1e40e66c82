"""Tijdig's own sides of the linking bench: weights from the labels, links by the weights, levels also in SQL."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from bench.linking_prepared import MEMORY, Watch, prepare
from matching.linking import Weights, candidates, compare, estimate, linker
from matching.linking.levels import NAMES
from store.scratch import scratch

_STEPS = {
    "standaardiseren": "standardise", "sleutel": "exact", "kandidaten": "candidates", "vergelijken": "compare",
    "kiezen": "decide",
}  # fmt: skip


def estimate_weights(folder: Path) -> dict[str, float]:
    """Estimate weights on the labels and keep them in the folder."""
    watch = Watch()
    register, rows = _read(folder, "labels", watch)
    with watch.step("schatten"):
        weights = estimate(register, rows, version="bench", day=date(2026, 11, 1), source="made-up register")
    weights.save(folder / "gewichten.yaml")
    return watch.seconds


def link(folder: Path, delivery: str, threads: int, *, shuffled: bool = False) -> tuple[pl.DataFrame, dict[str, float]]:
    """``matching.linking.linked`` as a night calls it, perhaps on the same rows in another order."""
    watch = Watch()
    register, rows = _read(folder, delivery, watch)
    if shuffled:
        register, rows = (frame.sample(fraction=1.0, shuffle=True, seed=3) for frame in (register, rows))
    for step, name in _STEPS.items():
        setattr(linker, name, _timed(watch, step, getattr(linker, name)))
    before, whole = sum(watch.seconds.values()), Watch()
    with whole.step("alles"):
        found = linker.linked(register, rows, Weights.load(folder / "gewichten.yaml"), threads=threads, memory=MEMORY)
    watch.seconds["wegen en rest"] = whole.seconds["alles"] - (sum(watch.seconds.values()) - before)
    return found.links, watch.seconds | {"paren": float(found.waterfall["nieuw"].sum())}


def levels_in_sql(folder: Path, delivery: str) -> dict[str, float]:
    """For each comparison, in how many candidate pairs recordlinkage and SQL do not find the same level."""
    found = prepare(folder, delivery, Watch())
    sql = (Path(__file__).parent / "linking_levels.sql").read_text(encoding="utf-8")
    with scratch(memory=MEMORY) as con:
        pairs = candidates(con, found.register, found.residual).pairs
        for name, frame in (("paren", pairs), ("rijen", found.residual), ("register", found.register)):
            con.register(name, frame)
        other = con.sql(sql).pl()
    ours = compare(found.register, found.residual, pairs).sort("id", "register_id")
    if not ours.select("id", "register_id").equals(other.select("id", "register_id")):
        raise SystemExit("The pairs are not the same.")
    differing = {name: int((ours[name].cast(pl.Int32).ne_missing(other[name].cast(pl.Int32))).sum()) for name in NAMES}
    return {"paren": float(pairs.height)} | differing


def _read(folder: Path, delivery: str, watch: Watch) -> tuple[pl.DataFrame, pl.DataFrame]:
    with watch.step("lezen"):
        return pl.read_parquet(folder / "register.parquet"), pl.read_parquet(folder / f"{delivery}.parquet")


def _timed(watch: Watch, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
        with watch.step(step):
            return function(*args, **options)

    return run
