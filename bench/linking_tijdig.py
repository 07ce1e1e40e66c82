"""Tijdig's own side of the linking bench: weights from the labels, links by the weights, seconds per step."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from bench.linking_prepared import MEMORY, Watch
from matching.linking import Weights, estimate, linker

_STEPS = {
    "standaardiseren": "standardise", "sleutel": "exact", "kandidaten": "candidates", "vergelijken": "compare",
    "kiezen": "decide",
}  # fmt: skip


def estimate_weights(folder: Path, _threads: int) -> dict[str, float]:
    """Estimate weights on the labels and keep them in the folder."""
    watch = Watch()
    with watch.step("lezen"):
        register, rows = (pl.read_parquet(folder / f"{name}.parquet") for name in ("register", "labels"))
    with watch.step("schatten"):
        weights = estimate(register, rows, version="bench", day=date(2026, 11, 1), source="made-up register")
    weights.save(folder / "gewichten.yaml")
    return watch.seconds


def link(folder: Path, delivery: str, threads: int) -> tuple[pl.DataFrame, dict[str, float]]:
    """``matching.linking.link`` as a night calls it; what of its time is in no step is weighing and the rest."""
    watch = Watch()
    with watch.step("lezen"):
        register, rows = (pl.read_parquet(folder / f"{name}.parquet") for name in ("register", delivery))
    for step, name in _STEPS.items():
        setattr(linker, name, _timed(watch, step, getattr(linker, name)))
    before = dict(watch.seconds)
    with watch.step("alles"):
        links = linker.link(register, rows, Weights.load(folder / "gewichten.yaml"), threads=threads, memory=MEMORY)
    inside = sum(seconds for step, seconds in watch.seconds.items() if step != "alles" and step not in before)
    watch.seconds["wegen en rest"] = watch.seconds.pop("alles") - inside
    return links, watch.seconds


def _timed(watch: Watch, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        with watch.step(step):
            return function(*args, **options)

    return run
