"""One file of a delivery, held against its manifest line and its contract's header, before any value is looked at."""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from contracts.delivery import DeliveredFile
from contracts.errors import DeliveryError
from contracts.mapping import ColumnMapping
from contracts.tables import TableContract, forbidden_words
from store.reading import FileShape, Source

_CHUNK = 1 << 22
_MAX_HEADER = 65_536
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_MAPPING = ColumnMapping()
#: Name and type of a column as the file has it.
_Column = tuple[str, pa.DataType]


@dataclass
class _Scan:
    """What one pass over the bytes of a file tells."""

    sha256: str = ""
    newlines: int = 0
    head: bytes = b""
    utf8: bool = True
    binary: bool = False


@dataclass(frozen=True)
class Header:
    """Where each column of the contract comes from, and how many columns are left unread."""

    sources: dict[str, Source]
    forbidden: tuple[str, ...] = ()
    unknown: int = 0
    missing: tuple[str, ...] = ()
    double: tuple[str, ...] = field(default=())

    @property
    def remarks(self) -> dict[str, int]:
        """What a beheerder should know of the header: code -> how many columns."""
        counts = {f"kolom:verboden_{word}": 1 for word in self.forbidden}
        return counts | ({"kolom:onbekend": self.unknown} if self.unknown else {})


def check_file(
    table: TableContract, path: Path, line: DeliveredFile | None, mapping: ColumnMapping = _NO_MAPPING
) -> FileShape:
    """Hold one CSV or Parquet file against its contract's header and its manifest line.

    Args:
        table: the contract.
        path: the file; ``.parquet`` is Parquet, anything else CSV.
        line: its line in the manifest; None for a loose file.
        mapping: how this gemeente's columns differ from the contract's.

    Raises:
        DeliveryError: missing, empty, another hash than the manifest says, no text, a column that is missing or
            double.
    """
    scan = scan_file(path, line)
    if path.suffix == ".parquet":
        delimiter, columns = "", _parquet_columns(path)
    else:
        delimiter, columns = _csv_columns(path, scan)
    names = [name for name, _ in columns]
    header = read_header(table, names, mapping)
    if header.missing or header.double:
        raise DeliveryError(
            f"Columns do not fit contract {table.name}: missing {list(header.missing) or 'none'}; "
            f"double {list(header.double) or 'none'}; {header.unknown} unknown.",
            where=path.name,
            todo="Ask for the columns of the contract with their names on the first line, or say under "
            f"[leveringen.{table.name}] in the settings what they are called here.",
        )  # fmt: skip
    _require_types(table, path, header, [given for _, given in columns])
    remarks = header.remarks
    windows = bool(delimiter) and not scan.utf8 and _is_windows_1252(path)
    if windows:
        remarks["codering:windows_1252"] = 1
    return FileShape(delimiter, len(names), header.sources, scan.newlines, windows, remarks)


def scan_file(path: Path, line: DeliveredFile | None) -> _Scan:
    """Read the bytes once: hash, newlines, encoding.

    Raises:
        DeliveryError: missing, empty, not the file the manifest describes.
    """
    if not path.is_file():
        raise DeliveryError("File is missing.", where=path.name, todo="Ask the supplier to send it again.")
    scan = _scan(path)
    if not scan.head.strip():
        raise DeliveryError(
            "File is empty: not even a header.", where=path.name, todo="Ask the supplier to send it again."
        )
    if line is not None and scan.sha256 != line.sha256:
        raise DeliveryError(
            "File is not the one the manifest describes (sha256 differs).", where=path.name,
            todo="It was cut off or changed on the way: ask for the delivery again.",
        )  # fmt: skip
    return scan


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Around the check of a file and its reading: what is read is what was checked.

    Raises:
        DeliveryError: somebody wrote to it meanwhile, put another in its place, or took it away.
    """
    before = _mark(path)
    try:
        yield
    except DeliveryError:
        _require_same(path, before)
        raise
    _require_same(path, before)


def _require_same(path: Path, before: tuple[int, ...] | None) -> None:
    if _mark(path) != before:
        raise DeliveryError(
            "File was changed or taken away while it was read.", where=path.name,
            todo="Deliver under another name and rename when it is whole; then run again.",
        )  # fmt: skip


def _mark(path: Path) -> tuple[int, ...] | None:
    """What differs once a file is written to or replaced; None = it is not there."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _scan(path: Path) -> _Scan:
    digest, scan = hashlib.sha256(), _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")()
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            scan.newlines += chunk.count(b"\n")
            last = chunk[-1:]
            scan.head = scan.head or chunk[:_MAX_HEADER]
            scan.binary = scan.binary or b"\0" in chunk
            scan.utf8 = scan.utf8 and _decodes(decoder, chunk)
    scan.newlines += bool(scan.head) and last != b"\n"
    scan.utf8 = scan.utf8 and not decoder.getstate()[0]
    scan.sha256 = digest.hexdigest()
    return scan


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        if not chunk.isascii() or decoder.getstate()[0]:
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _is_windows_1252(path: Path) -> bool:
    """Whether a file that is not UTF-8 is Windows-1252 throughout.

    Where some lines are good UTF-8 beyond ASCII the file is mixed: it is read as UTF-8, and each line that is not
    becomes a rejected row. The five bytes that Windows-1252 does not have say the same.
    """
    with path.open("rb") as stream:
        for line in stream:
            if line.isascii():
                continue
            if _is_text(line, "utf-8") or not _is_text(line, "cp1252"):
                return False
    return True


def _is_text(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _csv_columns(path: Path, scan: _Scan) -> tuple[str, list[_Column]]:
    """Delimiter, and the columns on the first line."""
    if scan.binary or scan.head.startswith(_BOMS):
        raise DeliveryError(
            "File is no text: it holds NUL bytes, as UTF-16 and spreadsheets do.", where=path.name,
            todo="Ask for CSV in UTF-8, or Parquet with the extension .parquet.",
        )  # fmt: skip
    text = scan.head.splitlines()[0].decode("utf-8-sig", errors="replace")
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    try:
        return delimiter, [(name, pa.string()) for name in next(csv.reader(io.StringIO(text), delimiter=delimiter), [])]
    except csv.Error:
        raise DeliveryError(
            "The first line is no CSV header.", where=path.name,
            todo="Ask for a file whose first line holds the column names.",
        ) from None  # fmt: skip


def _parquet_columns(path: Path) -> list[_Column]:
    try:
        schema = pq.read_schema(path)
        return list(zip(schema.names, schema.types, strict=True))
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise DeliveryError(
            "File can't be read as Parquet.", where=path.name, todo="Ask the supplier to send it again."
        ) from None


def _require_types(table: TableContract, path: Path, header: Header, types: Sequence[pa.DataType]) -> None:
    """A number has lost its leading zeros, and nobody can say how many; a list or a fraction is no value at all."""
    given = {name: types[int(source.column[1:])] for name, source in header.sources.items() if source.column}
    wrong = sorted(name for name, kind in given.items() if not _fits(table.facts(name).kind, kind))
    if wrong:
        raise DeliveryError(
            f"These columns have a type that loses or hides what was written: {wrong}.", where=path.name,
            todo="Ask for text columns; only amounts and other counts may be whole numbers.",
        )  # fmt: skip


def _fits(kind: str, given: pa.DataType) -> bool:
    if pa.types.is_integer(given):
        return kind in ("getal", "cent", "janee")
    unfit = (pa.types.is_floating, pa.types.is_decimal, pa.types.is_nested, _is_bytes)
    return not any(test(given) for test in unfit)


def _is_bytes(given: pa.DataType) -> bool:
    return bool(pa.types.is_binary(given) or pa.types.is_large_binary(given) or pa.types.is_fixed_size_binary(given))


def read_header(table: TableContract, names: Sequence[str], mapping: ColumnMapping = _NO_MAPPING) -> Header:
    """Where each column of the contract comes from; forbidden and unknown columns are left unread.

    Args:
        table: the contract.
        names: the columns of the file in order; capitals and spaces around them do not matter.
        mapping: how this gemeente's columns differ.
    """
    given = {_plain(theirs): ours for theirs, ours in mapping.kolommen.items()}
    places: dict[str, list[int]] = {}
    forbidden: set[str] = set()
    unknown = 0
    for place, name in enumerate(map(_plain, names)):
        target = given.get(name, name if name in table.delivered else None)
        words = forbidden_words(name)
        # Only our own words are quoted: a first line without header may hold a person.
        forbidden.update(words)
        if target is not None and not words:
            places.setdefault(target, []).append(place)
        elif not words:
            unknown += 1
    sources = {name: Source(f"c{found[0]}") for name, found in places.items()}
    sources |= {name: Source(constant=value) for name, value in mapping.vast.items()}
    left_out = (*mapping.afwezig, *(name for name in table.delivered if table.facts(name).free))
    sources |= {name: Source() for name in left_out if name not in sources}
    sources = {name: _told(source, name, mapping) for name, source in sources.items()}
    return Header(
        sources=sources,
        forbidden=tuple(sorted(forbidden)),
        unknown=unknown,
        missing=tuple(name for name in table.delivered if name not in sources),
        double=tuple(sorted(name for name, found in places.items() if len(found) > 1)),
    )


def _told(source: Source, name: str, mapping: ColumnMapping) -> Source:
    return Source(source.column, source.constant, mapping.codes.get(name, {}), mapping.onbekend)


def _plain(name: str) -> str:
    return name.strip().lower()
