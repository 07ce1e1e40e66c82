"""The log of processings on disk: lines of JSON in files by day and run, each on disk before the run goes on.

A set of lines is written beside its place and put there as a whole, so a killed run leaves whole lines only. Looks of
the worklist are too many for a file each: they are added to one file a day, under a lock; what a power cut left of a
line is cut off by who writes next, and nobody reads it.

Of a whole table the lines are made by DuckDB. A person is in them by a keyed hash (HMAC-SHA256, 16 bytes): who has the
key can find somebody's lines again, and nobody else can tell whose they are.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from contracts.logregel import Betrokkene, Logregel, Soort
from store import disk
from store.locked import locked

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

#: What stands in the place of the two values that differ from line to line, in the line that DuckDB fills in.
_SPAN, _WHO = "f" * 16, "f" * 32
_DIGITS: Final = 32
_BLOCK: Final = 64
_SENT: Final = ".verzonden"


@dataclass(frozen=True)
class Pseudonyms:
    """Turns persons into what a line says of them, with a secret of its own."""

    key: bytes

    def of(self, who: Betrokkene) -> str:
        """The pseudonym of one person."""
        return hmac.digest(self.key, f"{who.soort}|{who.waarde}".encode(), hashlib.sha256).hex()[:_DIGITS]

    @property
    def pads(self) -> tuple[bytes, bytes]:
        """The two keys of HMAC (RFC 2104): inner and outer."""
        block = self.key if len(self.key) <= _BLOCK else hashlib.sha256(self.key).digest()
        block = block.ljust(_BLOCK, b"\0")
        return bytes(one ^ 0x36 for one in block), bytes(one ^ 0x5C for one in block)


class Logboek:
    """The files of one work folder: ``<folder>/<day>/<trace_id>/<nr>.jsonl``."""

    def __init__(self, folder: Path, pseudonyms: Pseudonyms) -> None:
        """With the folder, made when something is written, and the secret."""
        self.folder = folder
        self._pseudonyms = pseudonyms

    def pseudonym(self, who: Betrokkene) -> str:
        """How a line names somebody."""
        return self._pseudonyms.of(who)

    def write(self, day: date, trace_id: str, lines: Sequence[str]) -> Path:
        """Write lines of a run, and wait until they are on disk; a day is that of their beginning."""
        with self._new(day, trace_id) as beside:
            beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return self._last(day, trace_id)

    def add(self, day: date, name: str, lines: Sequence[str]) -> Path:
        """Add lines to one file of a day, and wait until they are on disk; several processes may."""
        path = self.folder / day.isoformat() / f"{name}.jsonl"
        fresh = not path.exists()
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file, locked(file):
            _cut_off(path, file)
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            disk.settle(path.parent)
        return path

    def write_all(self, con: "Connection", relation: str, day: date, like: Logregel) -> int:
        """Write a line for each ``persoon_sleutel`` of a relation, and wait until they are on disk.

        Args:
            con: the DuckDB connection that knows the relation.
            relation: its name; one row a person.
            day: the day the run began.
            like: a line as they all are, but for span and person.

        Returns:
            How many.
        """
        inner, outer = self._pseudonyms.pads
        con.execute(
            f"create or replace temp table logboek_wie as select persoon_sleutel, "
            "substr(sha256($outer || unhex(sha256($inner || encode($soort || '|' || persoon_sleutel)))), 1, "
            f"{_DIGITS}) as wie from {relation} where persoon_sleutel is not null",
            {"inner": inner, "outer": outer, "soort": Soort.PERSOON.value},
        )
        with self._new(day, like.trace_id) as beside:
            _copy(con, like, beside)
        rows = con.execute("select count(*) from logboek_wie").fetchall()
        con.execute("drop table logboek_wie")
        return int(rows[0][0])

    def files(self) -> list[Path]:
        """Every file with lines, the oldest day first."""
        return files(self.folder)

    def lines(self) -> Iterator[str]:
        """Every whole line, file by file."""
        for path in self.files():
            yield from _whole_lines(path)

    def about(self, who: Iterable[Betrokkene]) -> list[str]:
        """The lines about somebody, by every key they are known by."""
        wanted = {self.pseudonym(one) for one in who}
        return [line for line in self.lines() if any(one in line for one in wanted)]

    # -- what was sent on -----------------------------------------------------------------------------------

    def acknowledged(self, path: Path, size: int) -> None:
        """Note that so many bytes of a file were."""
        mark = path.with_name(path.name + _SENT)
        disk.put(mark, str(size))

    def unsent(self) -> list[tuple[Path, int]]:
        """The files with lines that were not acknowledged, and how many bytes of each were."""
        return unsent(self.folder)

    # -- places ---------------------------------------------------------------------------------------------

    def _run(self, day: date, trace_id: str) -> Path:
        return self.folder / day.isoformat() / trace_id

    def _last(self, day: date, trace_id: str) -> Path:
        return max(self._run(day, trace_id).glob("*.jsonl"))

    @contextmanager
    def _new(self, day: date, trace_id: str) -> Iterator[Path]:
        """A file to fill beside its place; put there, on disk, when it is filled."""
        folder = self._run(day, trace_id)
        known = folder.exists()
        if not known:
            folder.mkdir(parents=True)
        place = folder / f"{len(list(folder.glob('*.jsonl'))) + 1:04}.jsonl"
        with disk.filled(place) as beside:
            yield beside
        for one in () if known else (folder.parent, self.folder):
            disk.settle(one)


def subject_lines(book: Logboek, like: Logregel, betrokkenen: Iterable[Betrokkene]) -> list[str]:
    """A line for each person, each as ``like`` is but for span and person."""
    frames = {soort: _frame(like, soort) for soort in Soort}
    lines = []
    for who in betrokkenen:
        head, middle, tail = frames[who.soort]
        lines.append(f"{head}{secrets.token_hex(8)}{middle}{book.pseudonym(who)}{tail}")
    return lines


def _frame(like: Logregel, soort: Soort) -> tuple[str, str, str]:
    """A line about a person, in the three parts around its span and its pseudonym."""
    attributes = like.attributes.model_copy(update={"data_subject_id": _WHO, "data_subject_id_type": soort})
    text = like.model_copy(update={"span_id": _SPAN, "attributes": attributes}).line()
    head, rest = text.split(f'"{_SPAN}"')
    middle, tail = rest.split(f'"{_WHO}"')
    return f'{head}"', f'"{middle}"', f'"{tail}'


def files(folder: Path) -> list[Path]:
    """Every file with lines in a folder of a log, the oldest day first."""
    return sorted(folder.glob("*/**/*.jsonl"))


def unsent(folder: Path) -> list[tuple[Path, int]]:
    """The files with lines that were not acknowledged, and how many bytes of each were."""
    known = [(path, _sent(path)) for path in files(folder)]
    return [(path, sent) for path, sent in known if sent < whole_size(path)]


def _sent(path: Path) -> int:
    """So many bytes of a file were acknowledged by who it is sent to."""
    mark = path.with_name(path.name + _SENT)
    return int(mark.read_text(encoding="ascii")) if mark.exists() else 0


def whole_size(path: Path) -> int:
    """How many bytes of a file are whole lines."""
    with path.open("rb") as file:
        return _whole(file)


def _copy(con: "Connection", like: Logregel, path: Path) -> None:
    """Let DuckDB write a line for each row of ``logboek_wie``; a span is a hash of trace, parent and person."""
    head, middle, tail = _frame(like, Soort.PERSOON)
    con.execute(
        "create or replace temp table logboek_regel as "
        "select $head as head, $middle as middle, $tail as tail, $trace as trace",
        {"head": head, "middle": middle, "tail": tail, "trace": f"{like.trace_id}{like.parent_span_id}"},
    )
    # CSV without a separator or quotes that can occur: text as it is, a row a line.
    con.execute(
        "copy (select head || substr(md5(trace || wie), 1, 16) || middle || wie || tail "
        f"from logboek_wie cross join logboek_regel) to '{str(path).replace(chr(39), chr(39) * 2)}' "
        "(format csv, header false, quote '', escape '', delimiter '\x01')"
    )
    con.execute("drop table logboek_regel")


def _whole_lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from (line[:-1] for line in file if line.endswith("\n"))


def _cut_off(path: Path, file: IO[bytes]) -> None:
    """Cut off what is left of a line that was never acknowledged."""
    with path.open("rb") as reader:
        size = _whole(reader)
    if size < os.fstat(file.fileno()).st_size:
        file.truncate(size)


def _whole(file: IO[bytes]) -> int:
    """Up to and with the last line end."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - 4096)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
