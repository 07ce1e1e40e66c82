"""The GBA-V test set as a file: one column a rubriek (``08.10.30``), ``;`` between, UTF-8."""

import csv
import io
from pathlib import Path
from typing import Final

import polars as pl

from contracts.errors import DeliveryError
from matching.intake.gbav_elements import ELEMENTS, IDENTITY, REPEATED, is_read

_NEW_LIST: Final = ""


def read_rows(path: Path) -> pl.DataFrame:
    """Read the rubrieken that are needed, every value as text, empty as null.

    A persoonslijst is a row with a value in the first column and the rows after it without one.

    Returns:
        One row a line: ``lijst`` (running number of the persoonslijst) and the columns by their rubriek.

    Raises:
        DeliveryError: missing, empty, not UTF-8, not with these columns, or not in rows of one length.
    """
    text = _decoded(path)
    header = text.partition("\n")[0].rstrip("\r").split(";")
    _require_columns(header, path)
    _require_whole_end(text, len(header), path)
    try:
        rows = pl.read_csv(io.BytesIO(text.encode()), separator=";", infer_schema=False)
    except pl.exceptions.ComputeError:
        # The reader's own message can quote a line, and with it a person.
        raise _not_whole(path) from None
    # 06.88.10 stands there twice; dict.fromkeys keeps the first.
    kept = [name for name in dict.fromkeys(header) if name == _NEW_LIST or is_read(name)]
    rows = rows.select(pl.col(kept).replace("", None)).with_columns(lijst=pl.col(_NEW_LIST).is_not_null().cum_sum())
    if rows.is_empty() or rows.item(0, "lijst") == 0:
        raise DeliveryError(
            "The first row starts no persoonslijst.", where=path.name,
            todo="Get the file again: a list starts with a row that has a value in the first column.",
        )  # fmt: skip
    return rows.drop(_NEW_LIST)


def _decoded(path: Path) -> str:
    if not path.is_file():
        raise DeliveryError("Test set is missing.", where=path, todo="Name the CSV file that RvIG published.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DeliveryError(
            "File is not UTF-8.",
            where=path.name,
            todo="Use the file as published, not saved by a spreadsheet.",
        ) from None
    if not text.strip():
        raise DeliveryError("File is empty.", where=path.name, todo="Get the file again.")
    return text


def _require_columns(header: list[str], path: Path) -> None:
    """Only names of missing rubrieken go into the message: what stands there instead may be a person."""
    wanted = {f"{category}.{element}" for category, names in ELEMENTS.items() for element in (*names, "H")}
    wanted |= {f"{category}.{element}" for category in REPEATED for element in IDENTITY}
    missing = sorted(wanted.difference(header))
    if missing or header[0] != _NEW_LIST:
        raise DeliveryError(
            f"Header does not fit: missing {', '.join(missing) or 'the empty first column'}.",
            where=path.name,
            todo="The first line must name the rubrieken, after an empty first column.",
        )


def _require_whole_end(text: str, width: int, path: Path) -> None:
    """The reader fills up a short row with empty values, so a file that was cut off must be caught here."""
    last = text.rstrip("\r\n").rpartition("\n")[2]
    if len(next(csv.reader([last], delimiter=";"))) != width:
        raise _not_whole(path)


def _not_whole(path: Path) -> DeliveryError:
    return DeliveryError(
        "Rows do not fit the header.", where=path.name, todo="File was cut off or edited: get it again."
    )
