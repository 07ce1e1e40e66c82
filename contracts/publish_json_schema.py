"""A table contract as JSON Schema (draft 2020-12): one row as an object of texts or null.

It never refuses a row that the contract accepts. What it can't say (elfproef, calendar, what holds between columns or
rows) stands in ``$comment``, so a row that passes here can still be rejected by ``tijdig check``.
"""

from typing import Any, Final

from contracts.codelists import CodeList
from contracts.columns import ColumnFacts
from contracts.examples import example_values
from contracts.publish_words import CONTRACT_VERSION, checks, code_list, on_fault, portable, row_rules, shape
from contracts.tables import TableContract

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: Registers' dates as far as a regular expression can tell: the years that occur, a month and a day or zeros.
_DATE8: Final = r"(0000|1[89]\d\d|2[01]\d\d|9999)(0000|(0[1-9]|1[0-2])([0-2]\d|3[01]))"


def json_schema(table: TableContract) -> dict[str, Any]:
    """One row of ``table`` as a JSON Schema document; computed columns are not in it, as nobody delivers them."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:tijdig:contract:{table.name}:{CONTRACT_VERSION}",
        "title": table.name,
        "description": table.about_table,
        "$comment": " ".join(_between_columns_and_rows(table)),
        "type": "object",
        "properties": {name: _property(table, name) for name in table.delivered},
        "required": [name for name in table.delivered if table.facts(name).required],
        "additionalProperties": False,
    }


def _property(table: TableContract, column: str) -> dict[str, Any]:
    facts, codes = table.facts(column), code_list(table, column)
    return {
        "description": f"{table.meaning(column)} ({shape(table, column)})",
        "type": "string" if facts.required else ["string", "null"],
        **_limits(facts, codes),
        "examples": example_values(table, column),
        "$comment": _comment(table, column, codes),
    }


def _limits(facts: ColumnFacts, codes: CodeList | None) -> dict[str, Any]:
    if codes is not None:
        return {"enum": [*codes.codes, *([] if facts.required else [None])]} if codes.gesloten else {}
    limits: dict[str, Any] = {} if facts.max_length is None else {"maxLength": facts.max_length}
    if facts.pattern:
        limits["pattern"] = portable(_DATE8 if facts.kind == "datum8" else facts.pattern)
    return limits | ({"format": "date"} if facts.kind == "datum" else {})


def _comment(table: TableContract, column: str, codes: CodeList | None) -> str:
    said = [f"Bij een fout: {on_fault(table, column)}."]
    if codes is not None:
        meaning = "; ".join(f"{code} = {text}" for code, text in codes.codes.items())
        said.append(f"Codelijst {codes.naam}, {'gesloten' if codes.gesloten else 'open'} ({codes.bron}): {meaning}.")
    if "elfproef" in checks(table, column):
        said.append("De elfproef wordt pas bij de levering getoetst.")
    if "geen_datum" in checks(table, column):
        said.append("De kalender (31 februari) wordt pas bij de levering getoetst.")
    return " ".join(said)


def _between_columns_and_rows(table: TableContract) -> list[str]:
    said = ["Elke waarde is tekst; leeg is null. Wat een schema niet kan zeggen, toetst de levering zelf."]
    if table.key:
        said.append(f"Samen uniek: {', '.join(table.key)}.")
    if table.belongs_to is not None:
        said.append(f"Elke {table.parent} staat ook in tabel {table.belongs_to}.")
    return said + [f"{rule.zin}." for rule in row_rules(table)]
