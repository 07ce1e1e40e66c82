"""Time and peak memory of intake + views + rules at the size of the country, beside a bare DuckDB.

    python -m bench.country [--scale 0.25] [--runs 3]   one size
    python -m bench.country --table                     one sixteenth, a quarter and the whole, as a Markdown table

Both sides read the same CSV files, each in a process of its own. The reference loads them as text into a DuckDB file
and joins households; it checks nothing, keeps everything and finds nothing else. What counts is the ratio. Then the
same files come again about the next day, and the same rows in another order about the day after.
"""

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.data import DATA, DAY, PERSONS, UITKERINGEN, Country

SCALES = (1 / 16, 1 / 4, 1.0)
RATIO, PEAK_GIB, REPEAT = 4.0, 6.0, 0.5
_HEADER = (
    "rows", "reference (s)", "intake (s)", "views and rules (s)", "Tijdig (s)", f"ratio (<= {RATIO:g})",
    "s per million rows", "peak reference (GiB)", f"peak Tijdig (GiB, <= {PEAK_GIB:g})",
    f"same files again (<= {REPEAT:g})", "same rows in another order",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One process: wall and processor seconds from start to exit, its peak memory in GiB, and what it says."""

    seconds: float
    processor: float
    peak: float
    said: dict[str, float]

    def line(self, name: str) -> str:
        """A line to read."""
        steps = ", ".join(f"{step} {value:,.1f}".removesuffix(".0") for step, value in self.said.items())
        return f"{name:24} {self.seconds:7.1f} s  {self.processor:7.1f} s of processor  {self.peak:5.2f} GiB   {steps}"


@dataclass(frozen=True)
class Run:
    """One run of everything at one size."""

    rows: int
    reference: Measured
    product: Measured
    again: Measured
    shuffled: Measured | None

    @property
    def ratio(self) -> float:
        """Tijdig against the reference, both as whole processes."""
        return self.product.seconds / self.reference.seconds

    def against_first(self, later: Measured) -> float:
        """A later intake against the first."""
        return later.said["intake"] / self.product.said["intake"]

    def cells(self) -> list[str]:
        """Its row of the table, in the order of the header."""
        return [
            f"{self.rows:,}", f"{self.reference.seconds:.1f}", f"{self.product.said['intake']:.1f}",
            f"{self.product.said['views and rules']:.1f}", f"{self.product.seconds:.1f}", f"{self.ratio:.2f}",
            f"{self.product.seconds / self.rows * 1e6:.2f}", f"{self.reference.peak:.2f}", f"{self.product.peak:.2f}",
            f"{self.against_first(self.again):.2f}",
            f"{self.against_first(self.shuffled):.2f}" if self.shuffled else "",
        ]  # fmt: skip


def measure(what: str, country: Country, *, profile: bool = False) -> Measured:
    """Run one side in a process of its own.

    Raises:
        SystemExit: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.sides", what, str(country.scale), *(["--profile"] if profile else [])],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{what} failed with status {status}")
    # A child's peak starts at the size of the process that made it: this one stays small.
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, json.loads(printed))


def run(country: Country, *, shuffle: bool, profile: bool) -> Run:
    """Reference, Tijdig, and the two later deliveries in the same work folder; nothing of it stays."""
    with _room(country, "reference"):
        bare = measure("reference", country)
    with _room(country, "product") as work:
        country.hand_over(work, DAY)
        first = measure("product", country, profile=profile)
        country.hand_over(work, DAY + timedelta(days=1))
        again, other = measure("again", country, profile=profile), None
        if shuffle:
            _in_own_process("shuffle", country)
            other = measure("shuffled", country, profile=profile)
    return Run(country.rows, bare, first, again, other)


@contextmanager
def _room(country: Country, side: str) -> Iterator[Path]:
    """An empty folder for one side, gone afterwards."""
    folder = country.work(side)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_own_process(what: str, country: Country) -> None:
    subprocess.run([sys.executable, "-m", "bench.data", what, str(country.scale)], check=True)


@contextmanager
def _alone(country: Country) -> Iterator[None]:
    """Hold this size for one run at a time: two would work in the same folders and slow each other down."""
    DATA.mkdir(exist_ok=True)
    with (DATA / f"{country.folder.name}.slot").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"Another run works on {country.folder.name}: wait for it.") from None
        yield


def prepare(country: Country) -> None:
    """See that the files are there, and read them once: neither side then pays for a cold disk."""
    started = time.perf_counter()
    country.require_room()
    _in_own_process("generate", country)
    country.warm()
    persons, uitkeringen = PERSONS * country.scale, UITKERINGEN * country.scale
    print(
        f"\n{persons:,.0f} persons, {uitkeringen:,.0f} uitkeringen; {country.rows:,} rows, {country.size / 1e9:.2f} GB "
        f"of CSV (generated or found in {time.perf_counter() - started:.0f} s); {os.cpu_count()} cores",
        flush=True,
    )


def typical(runs: Sequence[Run]) -> Run:
    """The run in the middle, by its ratio."""
    return sorted(runs, key=lambda one: one.ratio)[len(runs) // 2]


def show(one: Run) -> None:
    """Print a run step by step."""
    for name, side in (
        ("bare DuckDB", one.reference), ("Tijdig", one.product), ("same files again", one.again),
        ("rows in another order", one.shuffled),
    ):  # fmt: skip
        if side is not None:
            print(side.line(name))
    print(f"{'ratio':24} {one.ratio:7.2f}", flush=True)


def markdown(runs: Sequence[Run]) -> str:
    """The runs as a Markdown table."""
    lines = [_HEADER, ["---:"] * len(_HEADER), *(one.cells() for one in runs)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Generate what is not there, run everything, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--scale", type=float, default=1.0, help="share of the country (default 1.0)")
    size.add_argument("--table", action="store_true", help="one sixteenth, a quarter and the whole, as a table")
    parser.add_argument("--runs", type=int, default=1, help="runs of everything; the table shows the middle one")
    parser.add_argument("--no-shuffle", action="store_true", help="leave out the same rows in another order")
    parser.add_argument("--profile", action="store_true", help="say on stderr where Tijdig's time goes")
    args = parser.parse_args()
    shown: list[Run] = []
    for scale in SCALES if args.table else (args.scale,):
        country = Country(scale)
        with _alone(country):
            prepare(country)
            runs = []
            for _ in range(args.runs):
                runs.append(run(country, shuffle=not args.no_shuffle, profile=args.profile))
                show(runs[-1])
        shown.append(typical(runs))
    print(f"\n{markdown(shown)}")


if __name__ == "__main__":
    main()
