"""Reading one file into staging, as text: where each column comes from and how its written form is made one.

What can be brought to the contract's form without a doubt is (a postcode in capitals, a date with dashes, a lost zero
of a BAG id); what can't is left as it is, and the contract rejects it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.columns import UNKNOWN_DATE, ColumnFacts
from contracts.tables import TableContract

_CHUNK = 1 << 22
_UNIT = "chr(31)"  # a separator that no register text holds


@dataclass(frozen=True)
class Source:
    """Where a column's text comes from: a column of the scan, or one text for every row, or (neither) nowhere.

    ``codes`` are texts of the file with the code they stand for; ``unknown`` are texts for an unknown date.
    """

    column: str | None = None
    constant: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileShape:
    """A file whose header fits its contract.

    Attributes:
        delimiter: of a CSV file; empty for Parquet.
        width: how many columns the file has.
        sources: contract column -> where it comes from.
        newlines: lines of a CSV file, header and all.
        windows: whether it is Windows-1252 and has to be made UTF-8 first.
        remarks: what a beheerder should know of the file as a whole: code -> count.
    """

    delimiter: str
    width: int
    sources: Mapping[str, Source]
    newlines: int
    windows: bool = False
    remarks: Mapping[str, int] = field(default_factory=dict)


def scan_sql(path: Path, shape: FileShape) -> str:
    """SQL that scans the file; its columns are ``c0``, ``c1`` ... in order, whatever they are called."""
    if shape.delimiter:
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(shape.width))
        return (
            f"read_csv({_quoted(str(path))}, auto_detect = false, header = true, delim = '{shape.delimiter}', "
            f"quote = '\"', escape = '\"', columns = {{{columns}}}, ignore_errors = true, store_rejects = true)"
        )
    names = ", ".join(f"c{place}" for place in range(shape.width))
    return f"read_parquet({_quoted(str(path))}) as bestand ({names})"


def select_sql(table: TableContract, scan: str, sources: Mapping[str, Source]) -> str:
    """SQL that gives the contract's columns as text out of a scan; computed columns are computed."""
    delivered = ", ".join(f"{_cleaned(table, name, sources[name])} as {name}" for name in table.delivered)
    derived = [name for name in table.columns if table.facts(name).derived_from]
    keys = "".join(f"{_key(table.facts(name))} as {name}, " for name in derived)
    inner = f"select {delivered} from {scan}"
    return f"select {keys}* from ({inner})" if keys else inner


def windows_to_utf8(path: Path, beside: Path) -> Path:
    """A UTF-8 copy of a Windows-1252 file at ``beside``."""
    with (
        path.open(encoding="cp1252", newline="") as old,
        beside.open("w", encoding="utf-8", newline="") as new,
    ):
        while text := old.read(_CHUNK):
            new.write(text)
    return beside


def _raw(source: Source) -> str:
    if source.constant is not None:
        return _quoted(source.constant)
    if source.column is None:
        return "null::varchar"
    column = f"{source.column}::varchar"
    if not source.codes:
        return column
    cases = " ".join(f"when {_quoted(theirs)} then {_quoted(ours)}" for theirs, ours in source.codes.items())
    return f"case {column} {cases} else {column} end"


def _cleaned(table: TableContract, name: str, source: Source) -> str:
    """SQL that brings one column to its written form; what it can't mend, the contract rejects."""
    value, kind = _raw(source), table.facts(name).kind
    if source.unknown and kind in ("datum8", "datum"):
        unknown = f"'{UNKNOWN_DATE}'" if kind == "datum8" else "null"
        value = f"case when {value} in ({', '.join(map(_quoted, source.unknown))}) then {unknown} else {value} end"
    if name in ("adresseerbaar_object_id", "nummeraanduiding_id"):
        return f"bag_id({value})"
    if name == "postcode":
        return f"upper(replace({value}, ' ', ''))"
    return f"{_FORMS[kind]}({value})" if kind in _FORMS else value


#: Kinds with more than one usual written form -> the macro that makes them one.
_FORMS = {"datum8": "als_datum8", "datum": "als_datum", "janee": "als_janee"}


def _key(facts: ColumnFacts) -> str:
    usable = f"is_bsn({facts.instead_of})" if facts.instead_of else ""
    parts = [
        f"case when {usable} then {name} end" if name == facts.instead_of else f"coalesce({name}, '')"
        for name in facts.derived_from
    ]
    parts += [f"case when not {usable} then coalesce({name}, '') end" for name in facts.instead]
    return f"sha256(concat({f', {_UNIT}, '.join(parts)}))"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
