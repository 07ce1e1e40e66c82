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
    about: str | None = None
    """Where the loss of a row could let a letter go out: the column that says whom or what the row is about."""

    @property
    def protects(self) -> bool:
        """Whether a row of the dienst's own data that is lost could have held a letter back."""
        return self.about is not None and self.bron is Bron.UITKERINGSGEGEVENS

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
    contract: str, bron: Bron, schema: type[dy.Schema], *, key: tuple[str, ...], parent: str, about: str | None = None
) -> tuple[str, TableContract]:
    ground = _BRP_GROUND if bron is Bron.BRP else _OWN_GROUND
    return contract, TableContract(contract, bron, schema, key, parent, Doel.ACTUALISEREN, ground, about)


_BRP, _OWN = Bron.BRP, Bron.UITKERINGSGEGEVENS

TABLES: dict[str, TableContract] = dict(
    [
        _table("brp_persoon", _BRP, BrpPersoon, key=("anummer",), parent="anummer", about="anummer"),
        _table("brp_relatie", _BRP, BrpRelatie, key=(), parent="anummer"),
        _table("uitkering", _OWN, Uitkering, key=("uitkering_id",), parent="uitkering_id", about="uitkering_id"),
        _table(
            "uitkeringsperiode", _OWN, Uitkeringsperiode,
            key=("uitkering_id", "datum_aanvang_periode"), parent="uitkering_id",
        ),
        _table(
            "bekende_medebewoner", _OWN, BekendeMedebewoner, key=(), parent="uitkering_id", about="uitkering_id"
        ),
        _table("melding", _OWN, Melding, key=("melding_id",), parent="melding_id", about="burgerservicenummer"),
        _table(
            "klantvoorkeur", _OWN, Klantvoorkeur, key=("burgerservicenummer",),
            parent="burgerservicenummer", about="burgerservicenummer",
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


def forbidden_words(column: str) -> list[str]:
    """The words in a column's name that say it holds a trait that may not be read."""
    return [word for word in FORBIDDEN if word in column.lower()]
