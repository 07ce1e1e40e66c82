"""A loose file linked to an extract of a register: two CSV files in, one CSV file out."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from contracts.errors import TijdigError
from matching.identify import Sides
from matching.linking.decide import GUARDS
from matching.linking.linker import BANDS, link
from matching.linking.parts import bsn
from matching.linking.standard import COLUMNS
from matching.linking.weights import Weights

if TYPE_CHECKING:
    from _csv import Reader

#: What a file may call a column besides the names of ``COLUMNS``.
_ALSO = {"bsn": "burgerservicenummer", "voornaam": "voornamen", "achternaam": "geslachtsnaam",
         "geslacht": "geslachtsaanduiding", "aanduiding_naamgebruik": "naamgebruik"}  # fmt: skip
#: What is read: ``naamgebruik`` links nothing, but the report tells the outcome per group.
_KNOWN = (*COLUMNS, "naamgebruik")
#: Columns of a record that can be held against each other.
_TOGETHER = (
    {"burgerservicenummer"}, {"geboortedatum"}, {"geslachtsaanduiding"}, {"postcode"}, {"huisnummer"},
    {"naam", "geslachtsnaam", "partner_geslachtsnaam"}, {"naam", "voornamen", "voorletters"},
)  # fmt: skip
_BITS = ("gewicht", "tweede_gewicht", "marge")
#: Rows that are read at a time.
_BATCH = 100_000
#: What the output says of a band; of a question, the guard says it where one spoke.
WORDS = {
    "exact": "Het BSN staat bij deze persoon, en naam en geboortedatum bevestigen het.",
    "automatisch": "Past duidelijk beter op deze persoon dan op ieder ander; niet op een geverifieerd BSN.",
    "controleren": "Lijkt op deze persoon, maar niet genoeg om zeker te zijn.",
    "geen": "Niemand in het register lijkt genoeg.",
}
UNPROVEN = "Het BSN staat in het register, maar naam en geboortedatum bevestigen niet dat het van deze persoon is."


def _quiet(_: str) -> None:
    """Say nothing."""


def read_records(path: Path, warn: Callable[[str], None] = _quiet) -> pl.DataFrame:
    """The records of a CSV file with a header (``;``, ``,`` or tab), numbered from 1 as ``id``; empty is null.

    A line without anything is a record too, except at the end: so the first line below the header is record 1.

    Args:
        path: the file, in UTF-8 or Windows-1252.
        warn: told in Dutch which columns are not used, if any.

    Raises:
        TijdigError: it can't be read, a line does not fit its header, or it holds no column that is known or one twice.
    """
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header = [_name(column) for column in next(_lines(path, reader), [])]
    wanted = _wanted(path, header)
    if unused := [column for column in header if column and column not in _KNOWN]:
        warn(f"Niet gebruikt uit {path.name}: {', '.join(unused)}.")
    batches = _batches(_lines(path, reader, len(header)), wanted)
    schema = dict.fromkeys(wanted, pl.String)
    tidy = pl.concat([pl.DataFrame(schema=schema), *batches]).select(pl.all().str.strip_chars())
    return tidy.select(pl.when(pl.all() != "").then(pl.all())).with_row_index("id", offset=1)


def read_both(
    register: Path, rows: Path, warn: Callable[[str], None] = _quiet
) -> tuple[pl.DataFrame, pl.DataFrame]:  # fmt: skip
    """Register and rows of two files, see ``read_records``.

    Raises:
        TijdigError: also where they have nothing that can be held against each other.
    """
    known, asked = read_records(register, warn), read_records(rows, warn)
    if not any(part & set(known.columns) and part & set(asked.columns) for part in _TOGETHER):
        raise TijdigError(
            "Register and rows share no column that can be compared.", where=f"{register.name}, {rows.name}",
            todo="Give both at least a name or a number, and a date of birth or an address.",
        )  # fmt: skip
    return known, asked


def sides_of_files(register: Path, rows: Path, warn: Callable[[str], None] = _quiet) -> Sides:
    """Register and rows of two files, see ``read_both``: each row may be anybody in the register."""
    known, asked = read_both(register, rows, warn)
    nobody = pl.DataFrame(schema={"id": pl.Int64, "register_id": pl.Int64})
    return Sides(known, asked.with_columns(op_adres=pl.lit(value=False)), nobody, nobody)


def match(
    register: Path, rows: Path, out: Path, weights: Weights, warn: Callable[[str], None] = _quiet
) -> dict[str, int]:
    """Link each row of a file to a register extract and write what is found.

    ``out`` gets, for each row: ``rij`` (its number), ``band``, ``register_rij``, ``gewicht``, ``tweede_rij``,
    ``tweede_gewicht``, ``marge`` (bits), ``kans``, ``wacht`` (the guard that spoke) and ``uitleg`` (a Dutch
    sentence); with ``;`` and a decimal comma, as a Dutch spreadsheet wants it. No value of a person.

    Returns:
        How many rows are in each band.

    Raises:
        TijdigError: a file can't be read or written.
    """
    if out.resolve() in (register.resolve(), rows.resolve()):
        raise TijdigError("The result would replace what it is made of.", where=out.name, todo="Name another file.")
    known, asked = read_both(register, rows, warn)
    links = link(known, asked, weights)
    try:
        shown(links, _held(known, asked)).write_csv(out, separator=";", decimal_comma=True)
    except OSError as error:
        raise TijdigError("The result can't be written.", where=out.name, todo="Name a folder that exists.") from error
    counts = dict(links["band"].value_counts().iter_rows())
    return {band: counts.get(band, 0) for band in BANDS}


def shown(links: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Links as a file shows them: weights in bits, and one or two sentences that explain the band.

    Args:
        links: of ``link``.
        held: ``id`` of the rows whose BSN stands in the register.
    """
    in_band = pl.col("band").replace_strict(WORDS, return_dtype=pl.String)
    guarded = pl.col("wacht").replace_strict(GUARDS, default=None, return_dtype=pl.String)
    unproven = pl.when(pl.col("id").is_in(held["id"].implode()), pl.col("band") != "exact").then(pl.lit(UNPROVEN))
    words = pl.concat_str(pl.coalesce(guarded, in_band), unproven, separator=" ", ignore_nulls=True)
    return links.select(
        "band", "kans", "wacht", *(pl.col(name) / 1000 for name in _BITS),
        rij="id", register_rij="register_id", tweede_rij="tweede_id", uitleg=words,
    ).select(
        "rij", "band", "register_rij", "gewicht", "tweede_rij", "tweede_gewicht", "marge", "kans", "wacht", "uitleg"
    )  # fmt: skip


def _held(register: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """``id`` of the rows whose BSN a person in the register has."""
    if not all("burgerservicenummer" in side.columns for side in (register, rows)):
        return pl.DataFrame(schema={"id": pl.Int64})
    known, asked = (pl.concat([side.select("id"), bsn(side)], how="horizontal") for side in (register, rows))
    return asked.drop_nulls().join(known, on="bsn", how="semi").select(pl.col("id").cast(pl.Int64))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, "can't be opened") from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "is no text")


def _delimiter(text: str) -> str:
    """The one that gives the most columns that are known, of the first line."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]

    def known(delimiter: str) -> int:
        return sum(_name(column) in _KNOWN for column in first.split(delimiter))

    return max(";,\t", key=lambda delimiter: (known(delimiter), first.count(delimiter)))


def _lines(path: Path, reader: "Reader", width: int = 0) -> Iterator[list[str]]:
    """The records of a file; of ``width`` fields, where it is given. The csv module knows which line does not fit."""
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Its message may quote the line.
            raise _unreadable(
                path, f"has a quote that does not close, or a field without end, on line {start}"
            ) from None
        if width and len(fields) not in (0, width):
            raise _unreadable(path, f"has {len(fields)} fields on line {start}, and {width} in its header")
        yield fields or [""] * width


def _wanted(path: Path, header: Sequence[str]) -> dict[str, int]:
    """Column that is known -> its place. What is not known is not said here: without a header it is a person's."""
    wanted = [name for name in header if name in _KNOWN]
    if not wanted:
        raise TijdigError(
            "No column has a name that is known.", where=path.name,
            todo=f"Give a CSV file whose first line names its columns: {', '.join([*COLUMNS, *_ALSO])}.",
        )  # fmt: skip
    if double := sorted({name for name in wanted if wanted.count(name) > 1}):
        raise TijdigError(
            f"More than one column for {', '.join(double)}.", where=path.name, todo="Leave one of them out."
        )
    return {name: header.index(name) for name in wanted}


def _batches(lines: Iterator[list[str]], wanted: dict[str, int]) -> Iterator[pl.DataFrame]:
    while batch := list(islice(lines, _BATCH)):
        columns = list(zip(*batch, strict=True))
        yield pl.DataFrame({name: columns[place] for name, place in wanted.items()})


def _name(column: str) -> str:
    plain = column.strip().strip('"').strip().lower()
    return _ALSO.get(plain, plain)


def _unreadable(path: Path, why: str) -> TijdigError:
    return TijdigError(f"The file {why}.", where=path.name, todo="Give a CSV file with a header, in UTF-8.")
