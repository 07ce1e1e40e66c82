"""What is measured, each in a process of its own: a bare DuckDB, Tijdig, and Tijdig on a delivery that came again.

    python -m bench.sides <what> <scale> [--profile]

Each prints one line of JSON: what it did and how long that took.
"""

import argparse
import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import duckdb

from bench.data import DAY, Country
from contracts.delivery import Delivery
from contracts.tables import TABLES, Bron
from flows.settings import Workplace
from flows.steps import find, find_deliveries, open_warehouse
from matching.gate import judge_all
from matching.intake.take_in import take_in

Result = dict[str, float]

_JOIN = """
select count(*) from uitkering as u
join brp_persoon as b on b.burgerservicenummer = u.burgerservicenummer
join brp_persoon as p on p.adresseerbaar_object_id = b.adresseerbaar_object_id and p.anummer <> b.anummer
left join bekende_medebewoner as k
    on k.uitkering_id = u.uitkering_id and k.medebewoner_burgerservicenummer = p.burgerservicenummer
where
    k.uitkering_id is null and p.geboortedatum < '19991103'
    and p.burgerservicenummer is distinct from u.partner_burgerservicenummer
"""


class Watch:
    """Seconds per source and per kind of work, told step by step: ``<table> <day> <what>``."""

    def __init__(self) -> None:
        """Start the clock."""
        self.seconds: Result = {}
        self._now, self._since = "", time.perf_counter()

    def __call__(self, step: str) -> None:
        """A step starts, and the one before is over."""
        self.stop()
        table, _, what = step.split(" ")
        self._now = f"{TABLES[table].bron} {what}"

    def stop(self) -> None:
        """The last step is over."""
        now = time.perf_counter()
        if self._now:
            self.seconds[self._now] = self.seconds.get(self._now, 0) + now - self._since
        self._now, self._since = "", now


def reference(country: Country) -> Result:
    """A bare DuckDB: load every file as text, then join each uitkering to the residents of its address."""
    started = time.perf_counter()
    with duckdb.connect(str(country.work("reference") / "bare.duckdb")) as con:
        for name, path in country.files():
            con.execute(f"create table {name} as select * from read_csv('{path}', all_varchar = true, delim = ';')")
        loaded = time.perf_counter()
        found = con.execute(_JOIN).fetchall()[0][0]
        joined = time.perf_counter()
    return {"load": loaded - started, "join": joined - loaded, "found": found}


def product(country: Country) -> Result:
    """Tijdig: intake with all checks and minimisation, gates, then views and rules."""
    result = intake(country, DAY)
    before = time.perf_counter()
    found = find(_workplace(country), DAY)
    return result | {"views and rules": time.perf_counter() - before, "found": len(found.findings)}


def again(country: Country) -> Result:
    """The same files, a day later."""
    return intake(country, DAY + timedelta(days=1))


def shuffled(country: Country) -> Result:
    """The same rows in another order, two days later."""
    return intake(country, DAY + timedelta(days=2))


def intake(country: Country, day: date) -> Result:
    """Take in what lies there about ``day`` and judge every source.

    Raises:
        SystemExit: a delivery was refused or a gate is closed: then nothing sensible was measured.
    """
    work, watch, started = _workplace(country), Watch(), time.perf_counter()
    deliveries, unread = find_deliveries(work, day)
    with open_warehouse(work) as warehouse:
        came = take_in(warehouse, deliveries, now=datetime.now(UTC), progress=watch)
        watch.stop()
        refused = (*unread, *came.refused)
        gates = judge_all(warehouse.deliveries(), refused, day, work.settings.gate_limits)
    seconds = time.perf_counter() - started
    _require(deliveries, [str(one.error) for one in refused], [g.reden for g in gates if not g.open])
    kept = {f"kept {taken.bron}": float(taken.bewaard) for taken in came.taken}
    rejected = {"rejected": float(sum(taken.afgekeurd for taken in came.taken))}
    return {"intake": seconds} | watch.seconds | kept | rejected


def _require(deliveries: list[Delivery], *faults: list[str]) -> None:
    if len(deliveries) != len(Bron) or any(faults):
        raise SystemExit(f"{len(deliveries)} deliveries; {faults}")


def _workplace(country: Country) -> Workplace:
    return Workplace(country.work("product"))


SIDES: dict[str, Callable[[Country], Result]] = {side.__name__: side for side in (reference, product, again, shuffled)}


def main() -> None:
    """Run one side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=SIDES)
    parser.add_argument("scale", type=float)
    parser.add_argument("--profile", action="store_true", help="say on stderr where the time goes")
    args = parser.parse_args()
    profile = cProfile.Profile()
    if args.profile:
        profile.enable()
    result = SIDES[args.what](Country(args.scale))
    print(json.dumps(result))
    if args.profile:
        profile.disable()
        pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
