"""On which line of a CSV file a record starts: empty lines and line ends inside quotes shift what comes after them."""

import csv
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Lines:
    """Where records are, as an editor counts lines: the header is line 1.

    Attributes:
        bad: number of an unreadable record, as DuckDB counts records -> its line.
        shifts: place among the readable records -> by how many lines it and what follows are further than
            place + 2, where that changes.
        unread: lines that are in no row: empty, or swallowed by a record that can't be read.
        records: how many records there are, readable or not, empty lines left out.
    """

    bad: dict[int, int] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)
    unread: int = 0
    records: int = 0


def plain_lines(bad: Collection[int]) -> Lines:
    """The lines of a file in which every record is one line and no line is empty."""
    shifts = {record - 2 - before: before + 1 for before, record in enumerate(sorted(bad))}
    return Lines({record: record for record in bad}, shifts)


def find_lines(path: Path, delimiter: str, bad: Collection[int]) -> Lines:
    """Read a CSV file once more, only to see where its records start; two million records a second.

    Args:
        path: the file; quotes are ``"``.
        delimiter: between its columns.
        bad: numbers of the records that could not be read; the header is 1, an empty line is a record too.
    """
    lines, good, extra = Lines({record: record for record in bad}), 0, 0
    for record, start, length, empty in _records(path, delimiter):
        if record in lines.bad:
            lines.bad[record] = start
            lines.unread += length - 1
        elif empty:
            lines.unread += 1
        else:
            if start - 2 - good != extra:
                extra = start - 2 - good
                lines.shifts[good] = extra
            good += 1
        lines.records += not empty
    return lines


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, int, int, bool]]:
    """Each record after the header: its number, its first line, how many lines it takes, whether it is empty."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream, _fields_of_any_length():
        reader = csv.reader(stream, delimiter=delimiter)
        end = 0
        for record, fields in enumerate(reader, start=1):
            if record > 1:
                yield record, end + 1, reader.line_num - end, not fields
            end = reader.line_num


@contextmanager
def _fields_of_any_length() -> Iterator[None]:
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
