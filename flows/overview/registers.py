"""The rows of registers about one person, in Dutch words."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from contracts.codelists import code_lists
from contracts.dutch import calendar_date, euro, number
from contracts.partial_date import PartialDate
from contracts.publish_words import BRON_NAAM, DOEL_WOORDEN
from contracts.tables import TABLES, TableContract
from store.subject_rows import Held, Part


def tables_in_words(found: Iterable[tuple[str, Part, list[Held]]]) -> list[dict[str, Any]]:
    """Each table with its rows: what it is, on which ground it is there, and each value with what it means."""
    return [_table(TABLES[name], part, rows) for name, part, rows in found]


def _table(table: TableContract, part: Part, rows: list[Held]) -> dict[str, Any]:
    return {
        "tabel": table.name, "wat": table.about_table, "waarom": part.waarom, "bron": BRON_NAAM[table.bron],
        "doel": DOEL_WOORDEN[table.doel], "grondslag": table.ground,
        "rijen": [_row(table, part, row) for row in rows],
    }  # fmt: skip


def _row(table: TableContract, part: Part, row: Held) -> dict[str, Any]:
    return {
        "van": row.van.isoformat(), "tot": None if row.tot is None else row.tot.isoformat(),
        "geleverd_op": row.geleverd_op.isoformat(), "levering": row.levering_id,
        "gegevens": list(_values(table, part, row)),
    }  # fmt: skip


def _values(table: TableContract, part: Part, row: Held) -> Iterator[dict[str, str]]:
    """What is filled in; an empty column says nothing about anybody."""
    for column, value in row.waarden.items():
        if value is not None:
            yield {
                "naam": column, "betekenis": _meaning(table, part, column), "waarde": value,
                "in_woorden": in_words(table, column, value),
            }  # fmt: skip


def _meaning(table: TableContract, part: Part, column: str) -> str:
    """What a column means, to who reads it about themselves: without the number of an element of the LO."""
    meaning = re.sub(r" \(LO [^)]*\)", "", table.meaning(column).partition(";")[0])
    if part.de_ander:
        meaning = meaning.replace("wat de ander is", "wat u bent van de ander").replace("van de ander", "van u")
        meaning = meaning.replace("wat u bent van u", "wat u bent voor de ander")
    return meaning


def in_words(table: TableContract, column: str, value: str) -> str:
    """A value as Dutch text writes it; what is not understood stays as it is."""
    facts = table.facts(column)
    if facts.codelijst:
        return code_lists()[facts.codelijst].codes.get(value, value)
    if facts.kind == "datum8":
        return PartialDate(value).in_words().removeprefix("op ")
    if facts.kind == "datum":
        return calendar_date(date.fromisoformat(value))
    if facts.kind == "cent":
        return euro(int(value))
    return number(int(value)) if facts.eenheid else value
