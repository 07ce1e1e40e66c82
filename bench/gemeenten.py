"""The nights of 342 gemeenten: by Dask on a number of workers, beside one process that does the same one by one.

    python -m bench.gemeenten [--schaal 1] [--gemeenten 342] [--workers 1 2] [--maten FILE]

Each gemeente has a work folder, deliveries and a whole night of its own, letters included, as `tijdig gemeenten run`
does it. Both sides begin with empty databases and the same files, each in a process of its own with a Prefect server.

How large gemeenten are is made up by a rank-size rule that adds up to 18 million (``sizes``): no real gemeente is
meant. With ``--maten`` a file with the real figures, one a line, takes its place. Sizes are rounded to two digits, and
gemeenten of the same size have the same rows: it is the work that is measured. ``--schaal`` makes each of them so much
smaller. What more workers would do than were run is worked out from the seconds each gemeente took by itself.
"""

import argparse
import heapq
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.data import DATA, DAY, PERSONS, Country
from flows.gemeenten.outcome import Uitslag
from flows.gemeenten.settings import GEMEENTEN_FILE
from flows.prefect_here import prepare_prefect_in

GEMEENTEN = 342
#: The exponent of the rank-size rule: with it the largest of 342 has a twentieth of all, and the tenth a fifth of that.
EXPONENT = 0.7
#: Smaller than this the made-up country has too few uitkeringen to be one.
FEWEST = 1_000
CURVE = (1, 2, 4, 8, 16, 32, 64)
ONE = "een"


def sizes(count: int = GEMEENTEN, total: int = PERSONS, exponent: float = EXPONENT) -> list[int]:
    """Made-up populations, the largest first: that of rank r is in proportion to 1 / r ** exponent."""
    weights = [rank**-exponent for rank in range(1, count + 1)]
    return [round(total * weight / sum(weights)) for weight in weights]


def two_digits(size: float) -> int:
    """Rounded, so that many gemeenten can have the same rows; never below ``FEWEST``."""
    whole = round(size)
    unit = 10 ** max(0, len(str(whole)) - 2)
    return max(FEWEST, round(whole / unit) * unit)


def makespan(seconds: Sequence[float], workers: int) -> float:
    """How long these take, in this order, each by whichever of the workers is free first."""
    free = [0.0] * workers
    for one in seconds:
        heapq.heapreplace(free, free[0] + one)
    return max(free)


@dataclass(frozen=True)
class Side:
    """One side, from the start of its process to its exit."""

    naam: str
    workers: int
    seconds: float
    processor: float
    outcomes: tuple[Uitslag, ...]

    @property
    def peak_mib(self) -> int:
        """The most that one worker had in memory."""
        return max(one.geheugen_mib for one in self.outcomes)


def prepare(folder: Path, persons: Sequence[int]) -> None:
    """Work folders with deliveries for gemeenten of these sizes, and the list."""
    shutil.rmtree(folder, ignore_errors=True)
    lines = [f"workers = {os.cpu_count()}"]
    for number, size in enumerate(persons, start=1):
        naam, work = f"g{number:03}", folder / f"g{number:03}"
        country = Country(size / PERSONS)
        if not country.ready:
            country.generate()
        work.mkdir(parents=True)
        country.hand_over(work, DAY)
        # The made-up country has codes of its own; each gemeente here gets another one, so nobody moved away.
        (work / "tijdig.toml").write_text(f'gemeente = "{naam}"\nwerkgebied = ["{number:04}"]\n', encoding="utf-8")
        lines.append(f'[gemeente.{naam}]\ncodes = ["{number:04}"]')
    (folder / GEMEENTEN_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(naam: str, workers: int, folder: Path, persons: Sequence[int]) -> Side:
    """Run one side in a process of its own, on new work folders.

    Raises:
        SystemExit: it failed, or a gemeente did: then nothing sensible was measured.
    """
    prepare(folder, persons)
    said = folder / "gezegd.json"
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bench.gemeenten", "--kant", naam, str(workers), str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{naam} failed with status {status}")
    outcomes = tuple(map(Uitslag.model_validate, json.loads(said.read_text(encoding="utf-8"))))
    if wrong := [one for one in outcomes if one.fout]:
        raise SystemExit(f"{len(wrong)} gemeenten failed, the first: {wrong[0].fout}")
    return Side(naam, workers, seconds, usage.ru_utime + usage.ru_stime, outcomes)


def run_side(naam: str, workers: int, folder: Path) -> None:
    """In that process: the nights, and what came of them to a file."""
    prepare_prefect_in(folder / "prefect")
    from flows.gemeenten.flow import gemeenten, night_of  # noqa: PLC0415 - Prefect reads its settings when imported
    from flows.gemeenten.server import one_api  # noqa: PLC0415

    with one_api():
        if naam == ONE:
            names = sorted(path.parent.name for path in folder.glob("*/tijdig.toml"))
            outcomes = [night_of.fn(folder / GEMEENTEN_FILE, one, DAY) for one in names]
        else:
            outcomes = gemeenten(folder, DAY, workers=workers)
    done = [one.model_dump(mode="json") for one in outcomes]
    (folder / "gezegd.json").write_text(json.dumps(done), encoding="utf-8")


def markdown(sides: Sequence[Side], one: Side) -> str:
    """What was run, as a Markdown table."""
    rows = [
        f"| {side.naam} | {side.workers} | {side.seconds:.0f} | {side.processor:.0f} | "
        f"{one.seconds / side.seconds:.2f} | {side.peak_mib:,} |"
        for side in sides
    ]
    head = "| side | workers | seconds | processor seconds | times as fast | most MiB in a worker |"
    return "\n".join([head, "| --- | ---: | ---: | ---: | ---: | ---: |", *rows])


def curve(one: Side) -> str:
    """What more workers would do, from the seconds each gemeente took one by one."""
    seconds = [outcome.seconden for outcome in sorted(one.outcomes, key=lambda outcome: outcome.naam)]
    rows = [
        f"| {workers} | {makespan(seconds, workers):.0f} | {sum(seconds) / makespan(seconds, workers):.1f} |"
        for workers in CURVE
    ]
    head = ["| workers | seconds | times as fast |", "| ---: | ---: | ---: |"]
    return "\n".join([*head, *rows, f"\nNever less than the largest gemeente by itself: {max(seconds):.0f} s."])


def main() -> None:
    """Both sides, and what follows from them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schaal", type=float, default=1.0, help="how large each gemeente is, of its real size")
    parser.add_argument("--gemeenten", type=int, default=GEMEENTEN, help="only so many, the largest first")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="workers that Dask runs")
    parser.add_argument("--maten", type=Path, help="a file with the real populations, one a line")
    parser.add_argument("--kant", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.kant:
        run_side(args.kant[0], int(args.kant[1]), Path(args.kant[2]))
        return
    given = sorted(map(int, args.maten.read_text().split()), reverse=True) if args.maten else sizes()
    persons = [two_digits(size * args.schaal) for size in given[: args.gemeenten]]
    where = f"of {args.maten.name}" if args.maten else "made up by a rank-size rule, not those of real gemeenten"
    print(
        f"{len(persons)} gemeenten with {sum(persons):,} persons, from {persons[-1]:,} to {persons[0]:,}; sizes {where}"
        f", times {args.schaal:g}; {os.cpu_count()} cores, {sum(os.getloadavg()[:1]):.1f} busy before",
        flush=True,
    )
    folder = DATA / "gemeenten"
    one = measure(ONE, 1, folder, persons)
    sides = [one, *(measure("dask", workers, folder, persons) for workers in args.workers)]
    shutil.rmtree(folder)
    print(f"\n{markdown(sides, one)}\n\nWorked out, with a core for each worker:\n\n{curve(one)}")


if __name__ == "__main__":
    main()
