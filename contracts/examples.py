"""Made-up example rows of every table: one story over all sources, for people who make a delivery."""

from functools import cache
from importlib import resources

import yaml
from pydantic import ConfigDict, TypeAdapter

from contracts.tables import TableContract

_ROWS = TypeAdapter(dict[str, list[dict[str, str]]], config=ConfigDict(strict=True))


def examples(table: TableContract) -> list[dict[str, str | None]]:
    """Rows of ``table`` as a supplier delivers them: each delivered column as text, None where it is empty."""
    return [{name: row.get(name) for name in table.delivered} for row in written()[table.name]]


def example_values(table: TableContract, column: str) -> list[str]:
    """The different values of ``column`` in the example rows, in their order."""
    return list(dict.fromkeys(value for row in examples(table) if (value := row.get(column)) is not None))


@cache
def written() -> dict[str, list[dict[str, str]]]:
    """The rows as ``voorbeelden.yaml`` has them: table -> rows, empty columns left out.

    Raises:
        pydantic.ValidationError: a value is not text; YAML reads ``0`` and ``2026-11-03`` as something else.
    """
    text = resources.files("contracts").joinpath("voorbeelden.yaml").read_text(encoding="utf-8")
    return _ROWS.validate_python(yaml.safe_load(text))
