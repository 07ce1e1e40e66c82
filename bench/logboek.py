"""What the log of processings adds to a night, and how long two million lines take.

    python -m bench.logboek [--scale 0.0625] [--persons 2000000]

A night (intake, views, rules) at a share of the country with its log, in a process of its own; of the log it is timed
who is in it and writing their lines until they are on disk. Then as many lines as a night of the whole country has.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

import duckdb

from bench.country import _alone, _room, prepare
from bench.data import DAY, Country
from bench.sides import intake
from contracts.logregel import Attributes, Logregel, Resource, Span, Status, now_ms
from contracts.verwerkingen import Activiteit, verwerking
from flows import steps
from flows.logboek import Step, logboek_of
from flows.settings import VOORBEELD_REGISTER, Workplace
from store.logboek import Logboek, Pseudonyms

DEFAULT_SCALE, PERSONS = 1 / 16, 2_000_000
P = ParamSpec("P")
R = TypeVar("R")


class Watch:
    """Adds up the seconds of some functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, owner: object, name: str) -> None:
        """Count this function too."""
        setattr(owner, name, self._timed(getattr(owner, name)))

    def _timed(self, real: Callable[P, R]) -> Callable[P, R]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            started = time.perf_counter()
            try:
                return real(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - started

        return timed


def night(country: Country) -> dict[str, float]:
    """Intake, views, rules and the record of what was found, with the log of all of it."""
    work, watch = Workplace(country.work("product")), Watch()
    for owner, name in ((steps, "keep_subjects"), (Step, "about_all"), (Step, "about"), (Step, "ended")):
        watch.over(owner, name)
    result = intake(country, DAY)
    started = time.perf_counter()
    found = steps.find(work, DAY)
    steps.decide_and_record(work, DAY, found)
    seconds = result["intake"] + time.perf_counter() - started
    book = logboek_of(work)
    return {
        "night": seconds, "log": watch.seconds, "findings": float(len(found.findings)),
        "lines": float(sum(path.read_bytes().count(b"\n") for path in book.files())),
        "MB": sum(path.stat().st_size for path in book.files()) / 1e6,
    }  # fmt: skip


def lines(persons: int) -> dict[str, float]:
    """So many lines, until they are on disk."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder, duckdb.connect() as con:
        con.execute(
            f"create temp table betrokkene as select md5(i::text)[1:16] as persoon_sleutel from range({persons}) t(i)"
        )
        book, span, now = Logboek(Path(folder), Pseudonyms(b"k" * 32)), Span.new().child(), now_ms()
        like = Logregel(
            **span._asdict(), name="gegevens vergelijken", status=Status.UNSET, start_time=now, end_time=now,
            resource=Resource(attributes={"service.name": "tijdig", "service.version": "0.1.0"}),
            attributes=Attributes(
                processing_activity_id=verwerking(Activiteit.REGISTERVERGELIJKING).uri(VOORBEELD_REGISTER)
            ),
        )  # fmt: skip
        started = time.perf_counter()
        count = book.write_all(con, "betrokkene", datetime.now(UTC).date(), like)
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in book.files())
    return {"lines": float(count), "seconds": seconds, "MB": size / 1e6}


def main() -> None:
    """Measure both, and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=DEFAULT_SCALE, help="share of the country (default a sixteenth)")
    parser.add_argument("--persons", type=int, default=PERSONS, help="lines to write by themselves")
    args = parser.parse_args()
    country = Country(args.scale)
    with _alone(country):
        prepare(country)
        with _room(country, "product") as work:
            country.hand_over(work, DAY)
            found = night(country)
    alone = lines(args.persons)
    json.dump({"night": found, "lines": alone}, sys.stderr)
    without = found["night"] - found["log"]
    print(f"\n{'night with its log':26}{found['night']:9.1f} s   {found['lines']:,.0f} lines, {found['MB']:,.0f} MB")
    print(
        f"{'of which the log':26}{found['log']:9.1f} s   ratio to the night without it {found['night'] / without:.2f}"
    )
    print(f"{'lines by themselves':26}{alone['seconds']:9.1f} s   {alone['lines']:,.0f} lines, {alone['MB']:,.0f} MB")


if __name__ == "__main__":
    main()
