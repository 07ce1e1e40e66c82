"""How a gemeente's file differs from the contract: other column names, other code texts, columns that are not there."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contracts.tables import TABLES, TableContract, forbidden_words


class ColumnMapping(BaseModel):
    """One table's mapping, as the settings have it under ``[leveringen.<table>]``.

    Attributes:
        kolommen: column name in the file -> column of the contract.
        vast: column of the contract -> the value every row gets, for what the file does not say row by row.
        afwezig: columns of the contract that this file never has; they become unknown in every row.
        codes: column of the contract -> text in the file -> code of the contract.
        onbekend: texts that stand for an unknown date in this file, such as ``1900-01-01``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kolommen: dict[str, str] = Field(default_factory=dict)
    vast: dict[str, str] = Field(default_factory=dict)
    afwezig: tuple[str, ...] = ()
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    onbekend: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_column_once(self) -> Self:
        targets = [*self.kolommen.values(), *self.vast, *self.afwezig]
        double = sorted({name for name in targets if targets.count(name) > 1})
        if double:
            raise ValueError(f"these columns of the contract are given more than once: {double}")
        forbidden = sorted(name for name in self.kolommen if forbidden_words(name))
        if forbidden:
            raise ValueError(f"these columns may never be read: {forbidden}")
        return self

    def faults(self, table: TableContract) -> list[str]:
        """What does not fit the contract of ``table``; empty when all is well."""
        named = {*self.kolommen.values(), *self.vast, *self.afwezig, *self.codes}
        unknown = sorted(named - set(table.delivered))
        must = sorted(name for name in self.afwezig if name in table.columns and not table.facts(name).absent_ok)
        found = [f"{table.name} has no columns {unknown}"] if unknown else []
        return found + ([f"{table.name} can't do without {must}: empty there would mean something"] if must else [])


def check_mappings(mappings: dict[str, ColumnMapping]) -> dict[str, ColumnMapping]:
    """Hold every mapping against the contract of its table.

    Raises:
        ValueError: a table or column does not exist, or may not be absent.
    """
    unknown = sorted(set(mappings) - set(TABLES))
    faults = [f"no tables {unknown}; there are {', '.join(TABLES)}"] if unknown else []
    faults += [fault for name in sorted(set(mappings) - set(unknown)) for fault in mappings[name].faults(TABLES[name])]
    if faults:
        raise ValueError("; ".join(faults))
    return mappings
