"""Time and peak memory of intake + views + rules at the size of the country, beside a bare DuckDB.

    python -m bench.country [--scale 1.0] [--runs 1]

Both read the same CSV files, each in a process of its own. The reference loads them as text into a DuckDB file
and joins households; it checks nothing, keeps everything and finds nothing else. What counts is the ratio.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import duckdb

from contracts.delivery import DeliveryKind, Manifest, describe_file, read_manifest, write_manifest
from contracts.tables import Bron, tables_of
from flows.settings import Workplace
from flows.steps import find, open_warehouse
from matching.intake.take_in import take_in

DATA = Path(__file__).parent / "data"
DAY = date(2026, 11, 3)
PERSONS, ADDRESSES, UITKERINGEN = 18_000_000, 8_000_000, 400_000


def generate(scale: float) -> Path:
    """Write the deliveries of a made-up country in random row order; reuse them when they are there."""
    folder = DATA / f"scale-{scale:g}"
    done = folder / "klaar"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for bron in Bron:
        (folder / DAY.isoformat() / bron).mkdir(parents=True)
    con = duckdb.connect(str(folder / "make.duckdb"), config={"memory_limit": "8GB"})
    con.execute("set preserve_insertion_order = true")
    for step in (Path(__file__).parent / "country.sql").read_text(encoding="utf-8").split(";"):
        if step.strip():
            params = {
                "persons": int(PERSONS * scale), "addresses": int(ADDRESSES * scale),
                "uitkeringen": int(UITKERINGEN * scale),
            }  # fmt: skip
            con.execute(step, {k: v for k, v in params.items() if f"${k}" in step})
    for bron in Bron:
        _write(con, folder / DAY.isoformat() / bron, bron)
    con.close()
    (folder / "make.duckdb").unlink()
    done.touch()
    return folder


def _write(con: duckdb.DuckDBPyConnection, folder: Path, bron: Bron) -> None:
    files = []
    for table in tables_of(bron):
        path = folder / f"{table.name}.csv"
        columns = ", ".join(table.columns)
        con.execute(f"copy (select {columns} from {table.name}) to '{path}' (header, delimiter ';')")
        rows = con.execute(f"select count(*) from {table.name}").fetchall()[0][0]
        files.append(describe_file(table.name, path, rows))
    made = datetime(DAY.year, DAY.month, DAY.day, 2, tzinfo=timezone(timedelta(hours=1)))
    manifest = Manifest(bron=bron, peildatum=DAY, geleverd_op=made, soort=DeliveryKind.VOLLEDIG, bestanden=tuple(files))
    write_manifest(folder, manifest)


def reference(folder: Path) -> dict[str, float]:
    """A bare DuckDB: load every file as text, then join each uitkering to the residents of its address."""
    started = time.perf_counter()
    work = folder / "reference"
    work.mkdir()
    con = duckdb.connect(str(work / "bare.duckdb"))
    for bron in Bron:
        for table in tables_of(bron):
            path = folder / DAY.isoformat() / bron / f"{table.name}.csv"
            con.execute(
                f"create table {table.name} as "
                f"select * from read_csv('{path}', all_varchar = true, header = true, delim = ';')"
            )
    loaded = time.perf_counter()
    found = con.execute(
        "select count(*) from uitkering u join brp_persoon b on b.burgerservicenummer = u.burgerservicenummer "
        "join brp_persoon p on p.adresseerbaar_object_id = b.adresseerbaar_object_id and p.anummer <> b.anummer "
        "left join bekende_medebewoner k on k.uitkering_id = u.uitkering_id "
        "and k.medebewoner_burgerservicenummer = p.burgerservicenummer "
        "where k.uitkering_id is null and p.geboortedatum < '19991103'"
    ).fetchall()[0][0]
    return {"load": loaded - started, "join": time.perf_counter() - loaded, "found": found}


def product(folder: Path) -> dict[str, float]:
    """Tijdig: intake with all checks and minimisation, then views and rules."""
    work = Workplace(folder / "product")
    times: dict[str, float] = {}
    kept: dict[str, float] = {}
    for bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP):
        before = time.perf_counter()
        with open_warehouse(work) as warehouse:
            (taken,) = take_in(warehouse, [read_manifest(folder / DAY.isoformat() / bron)], now=datetime.now(UTC))
        times[f"intake {bron}"] = time.perf_counter() - before
        kept[f"kept {bron}"] = taken.bewaard
    before = time.perf_counter()
    found = find(work, DAY)
    times["views and rules"] = time.perf_counter() - before
    return times | kept | {"found": len(found.findings)}


@dataclass(frozen=True)
class Measured:
    """One run: wall seconds, peak memory in MiB, and what it says of its own steps."""

    seconds: float
    peak: float
    steps: dict[str, float]


def measure(what: str, folder: Path) -> Measured:
    """Run one side in a process of its own."""
    shutil.rmtree(folder / what, ignore_errors=True)
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.country", f"--{what}", str(folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{what} failed with status {status}")
    shutil.rmtree(folder / what, ignore_errors=True)
    return Measured(time.perf_counter() - started, usage.ru_maxrss / 1024, json.loads(printed))


def main() -> None:
    """Generate, run both sides in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the country (default 1.0)")
    parser.add_argument("--runs", type=int, default=1, help="runs of each side, in turn (default 1)")
    parser.add_argument("--generate", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--reference", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--product", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.generate:
        generate(args.generate)
        return
    if args.reference or args.product:
        print(json.dumps(reference(args.reference) if args.reference else product(args.product)))
        return
    started = time.perf_counter()
    # In a process of its own: the peak of a child starts at the size of the process that made it.
    subprocess.run([sys.executable, "-m", "bench.country", "--generate", str(args.scale)], check=True)
    folder = generate(args.scale)
    size = sum(path.stat().st_size for path in folder.rglob("*.csv")) / 1e9
    print(f"{PERSONS * args.scale:,.0f} persons, {UITKERINGEN * args.scale:,.0f} uitkeringen, {size:.2f} GB of CSV")
    print(f"(generated or found in {time.perf_counter() - started:.0f} s; {os.cpu_count()} cores)")
    for _ in range(args.runs):
        bare, tijdig = measure("reference", folder), measure("product", folder)
        for name, side in (("bare DuckDB", bare), ("Tijdig", tijdig)):
            steps = ", ".join(f"{step} {value:,.1f}" for step, value in side.steps.items())
            print(f"{name:12} {side.seconds:7.1f} s  {side.peak:6.0f} MiB peak   {steps}")
        print(f"ratio        {tijdig.seconds / bare.seconds:7.2f}    {tijdig.peak / bare.peak:6.2f}")


if __name__ == "__main__":
    main()
