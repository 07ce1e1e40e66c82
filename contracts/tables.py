"""The register of table contracts: what each table is for, its key, its ground, and what it never may hold."""

from dataclasses import dataclass
from enum import StrEnum

import dataframely as dy

from contracts.brp import BrpPersoon, BrpRelatie
from contracts.uitkeringsgegevens import (
    BekendeMedebewoner,
    Klantvoorkeur,
    Melding,
    Uitkering,
    Uitkeringsperiode,
)


class Bron(StrEnum):
    """Where a delivery comes from."""

    BRP = "brp"
    UITKERINGSGEGEVENS = "uitkeringsgegevens"


class Doel(StrEnum):
    """Why data may be used (doelbinding). ``NIET_GEBRUIK`` is off until its law is in force."""

    ACTUALISEREN = "actualiseren"
    NIET_GEBRUIK = "niet_gebruik"


@dataclass(frozen=True)
class TableContract:
    """One table of a delivery: its columns and checks, its key, and the ground it is read on."""

    name: str
    bron: Bron
    schema: type[dy.Schema]
    key: tuple[str, ...]
    """Columns that together occur once in a delivery; empty where rows have no key of their own."""
    parent: str
    """The column whose rows belong together: a mutation of it replaces them all."""
    doel: Doel
    ground: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in the order of the contract."""
        return tuple(self.schema.column_names())

    def kind(self, column: str) -> str:
        """How the text of ``column`` becomes a value: one of ``columns.KINDS``."""
        return str((self.schema.columns()[column].metadata or {})["kind"])

    def is_soft(self, column: str) -> bool:
        """Whether a bad value in ``column`` becomes unknown instead of rejecting the row."""
        return bool((self.schema.columns()[column].metadata or {})["soft"])


_BRP_GROUND = "Pw 53a lid 1; Wet SUWI 62-63; Wet BRP 3.2"
_OWN_GROUND = "Pw 53a lid 6; Pw 64"


def _table(
    name: str, bron: Bron, schema: type[dy.Schema], key: tuple[str, ...], parent: str, ground: str
) -> tuple[str, TableContract]:
    return name, TableContract(name, bron, schema, key, parent, Doel.ACTUALISEREN, ground)


_BRP, _OWN = Bron.BRP, Bron.UITKERINGSGEGEVENS

TABLES: dict[str, TableContract] = dict(
    [
        _table("brp_persoon", _BRP, BrpPersoon, ("anummer",), "anummer", _BRP_GROUND),
        _table("brp_relatie", _BRP, BrpRelatie, (), "anummer", _BRP_GROUND),
        _table("uitkering", _OWN, Uitkering, ("uitkering_id",), "uitkering_id", _OWN_GROUND),
        _table(
            "uitkeringsperiode", _OWN, Uitkeringsperiode,
            ("uitkering_id", "datum_aanvang_periode"), "uitkering_id", _OWN_GROUND,
        ),
        _table("bekende_medebewoner", _OWN, BekendeMedebewoner, (), "uitkering_id", _OWN_GROUND),
        _table("melding", _OWN, Melding, ("melding_id",), "melding_id", _OWN_GROUND),
        _table(
            "klantvoorkeur", _OWN, Klantvoorkeur,
            ("burgerservicenummer",), "burgerservicenummer", _OWN_GROUND,
        ),
    ]
)  # fmt: skip

#: Words that mark a column no delivery may hold (E02 and domain rule "forbidden traits"): such a column is
#: refused by its name, before any of its values is read.
FORBIDDEN = (
    "nationaliteit", "geboorteland", "geboorteplaats", "verblijfstitel", "reisdocument", "kiesrecht",
    "land_van_herkomst", "herkomst", "religie", "geloof", "etniciteit", "taalniveau", "wijk", "buurt",
)  # fmt: skip


def tables_of(bron: Bron) -> tuple[TableContract, ...]:
    """The tables that one delivery of ``bron`` consists of."""
    return tuple(table for table in TABLES.values() if table.bron is bron)


def is_forbidden(column: str) -> bool:
    """Whether a column's name says it holds a trait that may not be read."""
    return any(word in column.lower() for word in FORBIDDEN)
