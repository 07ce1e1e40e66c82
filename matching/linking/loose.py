"""A loose file linked to an extract of a register: two CSV files in, one CSV file out."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from contracts.errors import TijdigError
from matching.linking.linker import BANDS, link
from matching.linking.standard import COLUMNS
from matching.linking.weights import Weights

#: What a file may call a column besides the names of ``COLUMNS``.
_ALSO = {"bsn": "burgerservicenummer", "voornaam": "voornamen", "achternaam": "geslachtsnaam",
         "geslacht": "geslachtsaanduiding"}  # fmt: skip
_BITS = ("gewicht", "tweede_gewicht", "marge")


def read_records(path: Path) -> pl.DataFrame:
    """The records of a CSV file with a header (``;``, ``,`` or tab), numbered from 1 as ``id``; empty is null.

    Raises:
        TijdigError: it can't be read, holds a column that is not known, or none that is.
    """
    text = _text(path)
    header = text.split("\n", 1)[0]
    separator = max(";,\t", key=header.count)
    try:
        frame = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path, "is no table") from error
    named = frame.rename({column: _name(column) for column in frame.columns}, strict=False)
    _check(path, named.columns)
    tidy = named.select(pl.col(column).str.strip_chars() for column in named.columns)
    return tidy.select(pl.when(pl.all() != "").then(pl.all())).with_row_index("id", offset=1)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, "can't be opened") from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "is no text")


def _name(column: str) -> str:
    plain = column.strip().strip('"').lower()
    return _ALSO.get(plain, plain)


def _check(path: Path, columns: Sequence[str]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise TijdigError(
            f"Unknown columns: {', '.join(unknown[:5])}.", where=path.name,
            todo=f"Leave them out, or name them one of {', '.join([*COLUMNS, *_ALSO])}.",
        )  # fmt: skip


def _unreadable(path: Path, why: str) -> TijdigError:
    return TijdigError(f"The file {why}.", where=path.name, todo="Give a CSV file with a header, in UTF-8.")


def match(register: Path, rows: Path, out: Path, weights: Weights) -> dict[str, int]:
    """Link each row of a file to a register extract and write what is found.

    ``out`` gets, for each row: ``rij`` (its number), ``band``, ``register_rij``, ``gewicht``, ``tweede_rij``,
    ``tweede_gewicht``, ``marge`` (bits), ``kans`` and ``wacht``; no value of a person.

    Returns:
        How many rows are in each band.

    Raises:
        TijdigError: a file can't be read or written.
    """
    links = link(read_records(register), read_records(rows), weights)
    shown = links.select(
        "band", "gewicht", "tweede_gewicht", "marge", "kans", "wacht", rij="id", register_rij="register_id",
        tweede_rij="tweede_id",
    ).with_columns(pl.col(*_BITS) / 1000)  # fmt: skip
    order = ("rij", "band", "register_rij", "gewicht", "tweede_rij", "tweede_gewicht", "marge", "kans", "wacht")
    try:
        shown.select(order).write_csv(out, separator=";")
    except OSError as error:
        raise TijdigError("The result can't be written.", where=out.name, todo="Name a folder that exists.") from error
    counts = dict(links["band"].value_counts().iter_rows())
    return {band: counts.get(band, 0) for band in BANDS}
