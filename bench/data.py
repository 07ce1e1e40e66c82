"""The deliveries of a made-up country: generated once per size, reused as long as what makes them is the same."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb

from contracts.delivery import DeliveredFile, DeliveryKind, Manifest, describe_file, read_manifest, write_manifest
from contracts.tables import TABLES, Bron, tables_of

DATA = Path(__file__).parent / "data"
DAY = date(2026, 11, 3)
PERSONS, ADDRESSES, UITKERINGEN = 18_000_000, 8_000_000, 400_000
#: Disk at full size: the files, a copy of them in another order, and the database of the side that runs.
GIGABYTES = 20
_STEPS = ("country.sql", "country_monthly.sql")
_MEMORY = "8GB"
_CHUNK = 1 << 24


@dataclass(frozen=True)
class Country:
    """A share of the country: its files in ``leveringen/<day>/<bron>/``, as suppliers hand them over."""

    scale: float

    @property
    def folder(self) -> Path:
        """Where its files are, and where either side works."""
        return DATA / f"scale-{self.scale:g}"

    def work(self, side: str) -> Path:
        """The folder in which one side works."""
        return self.folder / side

    def delivery(self, bron: Bron) -> Path:
        """The folder of one delivery."""
        return self.folder / "leveringen" / DAY.isoformat() / bron

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each table with its CSV file."""
        for table in TABLES.values():
            yield table.name, self.delivery(table.bron) / f"{table.name}.csv"

    @property
    def rows(self) -> int:
        """Rows of all files, by their manifests."""
        return sum(read_manifest(self.delivery(bron)).manifest.rijen for bron in Bron)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for _, path in self.files())

    @property
    def ready(self) -> bool:
        """Whether the files are there, and what made them has not changed since."""
        mark = self._mark
        return mark.exists() and mark.read_text(encoding="utf-8") == _fingerprint()

    @property
    def _mark(self) -> Path:
        return self.folder / "klaar"

    def require_room(self) -> None:
        """Stop where the disk is too small.

        Raises:
            SystemExit: it is.
        """
        DATA.mkdir(exist_ok=True)
        need, free = GIGABYTES * self.scale + 1, shutil.disk_usage(DATA).free / 1e9
        there = self.size / 1e9 if self.ready else 0
        if free + there < need:
            raise SystemExit(f"Needs {need:.0f} GB of disk, {free:.0f} GB is free.")

    def generate(self) -> None:
        """Write every file, its rows in random order, and the manifests."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        made = self.folder / "make.duckdb"
        with duckdb.connect(str(made), config={"memory_limit": _MEMORY}) as con:
            _people(con, self.scale)
            for bron in Bron:
                sources = {table.name: f"{table.name} order by volgorde" for table in tables_of(bron)}
                _deliver(con, self.delivery(bron), bron, DAY, sources)
        made.unlink()
        self._mark.write_text(_fingerprint(), encoding="utf-8")

    def hand_over(self, work: Path, day: date) -> None:
        """Put the very same files in a work folder (as links) as deliveries about ``day``, instead of any before."""
        shutil.rmtree(work / "leveringen", ignore_errors=True)
        for bron in Bron:
            folder = _new(work, day, bron)
            files = read_manifest(self.delivery(bron)).manifest.bestanden
            for file in files:
                os.link(self.delivery(bron) / file.bestand, folder / file.bestand)
            write_manifest(folder, _manifest(bron, day, files))

    def hand_over_shuffled(self, work: Path, day: date) -> None:
        """Put the same rows in another order in a work folder as deliveries about ``day``, instead of any before."""
        shutil.rmtree(work / "leveringen", ignore_errors=True)
        made = self.folder / "make.duckdb"
        with duckdb.connect(str(made), config={"memory_limit": _MEMORY}) as con:
            for bron in Bron:
                sources = {
                    name: f"read_csv('{path}', all_varchar = true, header = true, delim = ';') order by random()"
                    for name, path in self.files()
                    if TABLES[name].bron is bron
                }
                _deliver(con, _new(work, day, bron), bron, day, sources)
        made.unlink()

    def warm(self) -> None:
        """Read every file once, so that neither side pays for a cold disk."""
        for _, path in self.files():
            with path.open("rb") as stream:
                while stream.read(_CHUNK):
                    pass


def _people(con: duckdb.DuckDBPyConnection, scale: float) -> None:
    sizes = {"persons": PERSONS, "addresses": ADDRESSES, "uitkeringen": UITKERINGEN}
    for name in _STEPS:
        for statement in con.extract_statements((Path(__file__).parent / name).read_text(encoding="utf-8")):
            # DuckDB refuses parameters that a statement does not name.
            con.execute(statement, {name: int(sizes[name] * scale) for name in statement.named_parameters})


def _deliver(con: duckdb.DuckDBPyConnection, folder: Path, bron: Bron, day: date, sources: dict[str, str]) -> None:
    """Write each table of ``bron`` from a relation with its columns, and the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, source in sources.items():
        path = folder / f"{name}.csv"
        columns = ", ".join(TABLES[name].delivered)
        rows = con.execute(f"copy (select {columns} from {source}) to '{path}' (header, delimiter ';')").fetchall()
        files.append(describe_file(name, path, int(rows[0][0])))
    write_manifest(folder, _manifest(bron, day, files))


def _manifest(bron: Bron, day: date, files: Sequence[DeliveredFile]) -> Manifest:
    made = datetime(day.year, day.month, day.day, 2, tzinfo=timezone(timedelta(hours=1)))
    return Manifest(bron=bron, peildatum=day, geleverd_op=made, soort=DeliveryKind.VOLLEDIG, bestanden=tuple(files))


def _new(work: Path, day: date, bron: Bron) -> Path:
    folder = work / "leveringen" / day.isoformat() / bron
    folder.mkdir(parents=True)
    return folder


def _fingerprint() -> str:
    """A hash of everything that decides what is in the files: this program's text and the contracts' columns."""
    texts = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in (*_STEPS, Path(__file__).name)]
    columns = [f"{table.name}({','.join(table.delivered)})" for table in TABLES.values()]
    return hashlib.sha256("\n".join([*texts, *columns]).encode()).hexdigest()


def main() -> None:
    """Make files: this takes memory, and a process that starts others to be measured has to stay small."""
    what, country = sys.argv[1], Country(float(sys.argv[2]))
    if what == "shuffle":
        country.hand_over_shuffled(country.work("product"), DAY + timedelta(days=2))
    elif not country.ready:
        country.generate()


if __name__ == "__main__":
    main()
