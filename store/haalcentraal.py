"""A BRP delivery as JSON of the Haal Centraal BRP Personen bevragen API v2, as the tables of the contract.

Two shapes are read, also mixed: what the API answers (``{"type": ..., "personen": [...]}``, dates with a type) and a
plain list of persons with raw LO values under the same names. Values are not judged here; the contract does that.

The API answers what it was asked: ``aNummer``, every field of the address, ``overlijden`` and
``indicatieCurateleRegister`` have to be among the ``fields``, as a field that was not asked for can't be told from one
without a value, and only of a field that was asked it says whether it is in onderzoek. Geheim and opschorting it gives
unasked.
"""

import io
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final

import duckdb
import polars as pl

from contracts.errors import DeliveryError
from contracts.tables import Bron, tables_of
from store.sqltext import sql_text

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

_MEMORY: Final = "2GB"
_ENDS: Final = 1 << 16
_SCALAR = rb'(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)'
_FIELD = rb'"[^"\\]*"\s*:\s*' + _SCALAR
#: The head of an answer of the API, up to its list of persons, and its tail from the end of that list on.
_HEAD: Final = re.compile(rb'\s*\{\s*(?:(?!"personen")' + _FIELD + rb'\s*,\s*)*"personen"\s*:\s*(?=\[)')
_TAIL: Final = re.compile(rb"(?<=\])\s*(?:,\s*" + _FIELD + rb"\s*)*\}\s*\Z")
_BOM: Final = b"\xef\xbb\xbf"


def read_haalcentraal(path: Path, *, folder: Path | None = None) -> dict[str, pl.DataFrame]:
    """Read a file of persons.

    Args:
        path: JSON in UTF-8: a list of persons, or one answer of the API.
        folder: where what does not fit in memory stands while it is read; default the system's temporary folder.

    Returns:
        ``brp_persoon``: one row a record (one that is no object has no values), and ``brp_relatie``: one row a
        partner, kind or ouder. Columns as in their contract, all text, null where absent. Dates have 8 digits as in
        Logisch Ontwerp BRP: partial ``20140000``, unknown ``00000000``.

    Raises:
        DeliveryError: missing, empty, cut off, no JSON, not UTF-8, or without a list of persons.
    """
    with TemporaryDirectory(prefix="tijdig-", dir=folder) as beside:
        persons = _list_of(path, Path(beside) / "personen.json")
        with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": beside}) as con:
            con.execute(sql_text("haalcentraal_macros"))
            _load(con, persons, path)
            return {
                table.name: con.sql(sql_text(table.name.replace("brp", "haalcentraal"))).pl().select(table.columns)
                for table in tables_of(Bron.BRP)
            }


def _list_of(path: Path, beside: Path) -> Path:
    """A file that holds only the list of persons: ``path`` itself, or a copy of that part of it at ``beside``.

    DuckDB reads a list record by record, but an object as a whole: seven times its size in memory.
    """
    if not path.is_file():
        raise DeliveryError("File is missing.", where=path.name, todo="Ask the supplier to send it again.")
    with path.open("rb") as stream:
        head = stream.read(_ENDS)
        start = len(_BOM) if head.startswith(_BOM) else 0
        text = head[start:].lstrip()
        if not text:
            raise DeliveryError("File is empty.", where=path.name, todo="Ask the supplier to send it again.")
        if text.startswith(b"["):
            return path
        found, stop = _HEAD.match(head, start), _end_of_list(stream)
        if found is None or stop <= found.end():
            raise DeliveryError(
                "File holds no list of persons.", where=path.name,
                todo="Send a list of persons, or one whole answer of the API with its `personen`; it may be an error.",
            )  # fmt: skip
        stream.seek(found.end())
        with beside.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
            copy.truncate(stop - found.end())
    return beside


def _end_of_list(stream: BinaryIO) -> int:
    """Where the list of an answer ends, 0 for nowhere. That it does so there shows when the list is read."""
    start = max(0, stream.seek(0, io.SEEK_END) - _ENDS)
    stream.seek(start)
    found = _TAIL.search(stream.read())
    return start + found.start() if found else 0


def _load(con: "Connection", persons: Path, path: Path) -> None:
    try:
        con.execute(
            "create or replace temp table haalcentraal as with record as "
            "(select json as record from read_json_objects(?, format = 'array')) " + sql_text("haalcentraal_gelezen"),
            [str(persons)],
        )
    except duckdb.InvalidInputException:
        # DuckDB's own message can quote what it found, and with it a person.
        raise DeliveryError(
            "File is no JSON in UTF-8, or not all of it.", where=path.name,
            todo="It was cut off or changed on the way: ask for the delivery again.",
        ) from None  # fmt: skip
