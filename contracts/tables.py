"""The register of table contracts: what each table is for, its key, its ground, and what it never may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import dataframely as dy

from contracts.brp import BrpPersoon, BrpRelatie
from contracts.columns import ColumnFacts, facts
from contracts.duo import DuoInschrijving, DuoStudiefinanciering
from contracts.ib import IbSamenloopsignaal, InkomstenUwv
from contracts.uitkeringsgegevens import (
    BekendeMedebewoner,
    Klantvoorkeur,
    Melding,
    Uitkering,
    Uitkeringsperiode,
    Vertegenwoordiger,
    Vordering,
)


class Bron(StrEnum):
    """Where a delivery comes from, in the order in which deliveries of one day are taken in.

    Each says whom the next may keep: the dienst's own data whom the BRP may keep, and those two whom DUO may.
    """

    UITKERINGSGEGEVENS = "uitkeringsgegevens"
    BRP = "brp"
    IB = "ib"
    DUO = "duo"

    @property
    def leans_on(self) -> tuple["Bron", ...]:
        """The sources that say which rows of this one are kept."""
        return {
            Bron.UITKERINGSGEGEVENS: (),
            Bron.BRP: (Bron.UITKERINGSGEGEVENS,),
            Bron.IB: (Bron.UITKERINGSGEGEVENS, Bron.BRP),
            Bron.DUO: (Bron.UITKERINGSGEGEVENS, Bron.BRP),
        }[self]


class Doel(StrEnum):
    """Why data may be used (doelbinding). ``NIET_GEBRUIK`` is off until its law is in force."""

    ACTUALISEREN = "actualiseren"
    NIET_GEBRUIK = "niet_gebruik"


@dataclass(frozen=True)
class TableContract:
    """One table of a delivery: its columns and checks, its key, and the ground it is read on.

    Attributes:
        name: the table's name, in a manifest and in the warehouse.
        bron: whose delivery it is part of.
        schema: its columns with their checks, and the rules over one row.
        parent: the column whose rows belong together: a mutation of it replaces them all.
        key: columns that together occur once in a delivery; empty where rows have no key of their own.
        about: where the loss of a row could let a letter go out: the column that says whom or what it is about.
        newest: of rows with one key the one with the highest values here replaces the others.
        belongs_to: the table whose rows it belongs to, by its ``parent`` column.
        optional: whether a delivery may leave the table out; then what is known of it stays as it is.
    """

    name: str
    bron: Bron
    schema: type[dy.Schema]
    parent: str
    key: tuple[str, ...] = ()
    about: str | None = None
    newest: tuple[str, ...] = ()
    belongs_to: str | None = None
    optional: bool = False
    doel: Doel = Doel.ACTUALISEREN

    @property
    def protects(self) -> bool:
        """Whether a row of the dienst's own data that is lost could have held a letter back."""
        return self.about is not None and self.bron is Bron.UITKERINGSGEGEVENS

    @property
    def ground(self) -> str:
        """The articles it is read on."""
        return GROUND[self.bron]

    @cached_property
    def _facts(self) -> dict[str, ColumnFacts]:
        # The schema makes its columns anew for whoever asks, and the intake asks often.
        return {name: facts(column) for name, column in self.schema.columns().items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in the order of the contract."""
        return tuple(self._facts)

    @property
    def delivered(self) -> tuple[str, ...]:
        """The columns that a delivery holds: all but the computed ones."""
        return tuple(name for name, said in self._facts.items() if not said.derived_from)

    def facts(self, column: str) -> ColumnFacts:
        """What the contract says about ``column`` besides its check."""
        return self._facts[column]

    def meaning(self, column: str) -> str:
        """What ``column`` means, in Dutch."""
        return self.schema.columns()[column].description or ""

    @property
    def about_table(self) -> str:
        """What one row of it is, in Dutch."""
        return " ".join((self.schema.__doc__ or "").split())


GROUND = {
    Bron.UITKERINGSGEGEVENS: "Pw 53a lid 6; Pw 64",
    Bron.BRP: "Pw 53a lid 1; Wet SUWI 62-63; Wet BRP 3.2",
    Bron.IB: "Pw 53a lid 1; Pw 64 lid 1; Wet SUWI 62-63",
    Bron.DUO: "Pw 53a lid 1; Pw 64 lid 1 onder i; Wet SUWI 62-63",
}

#: How often a source is delivered, in Dutch: part of each contract.
RITME = {
    Bron.UITKERINGSGEGEVENS: "elke nacht, volledig of als mutaties",
    Bron.BRP: "elke nacht, volledig of als mutaties",
    Bron.IB: "elke maand",
    Bron.DUO: "elke maand",
}

_OWN, _BRP, _IB, _DUO = Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB, Bron.DUO
_ALL = (
    TableContract("brp_persoon", _BRP, BrpPersoon, "anummer", key=("anummer",), about="anummer"),
    TableContract("brp_relatie", _BRP, BrpRelatie, "anummer", belongs_to="brp_persoon"),
    TableContract("uitkering", _OWN, Uitkering, "uitkering_id", key=("uitkering_id",), about="uitkering_id"),
    TableContract(
        "uitkeringsperiode", _OWN, Uitkeringsperiode, "uitkering_id",
        key=("uitkering_id", "datum_aanvang_periode"), belongs_to="uitkering",
    ),
    TableContract(
        "bekende_medebewoner", _OWN, BekendeMedebewoner, "uitkering_id", about="uitkering_id", belongs_to="uitkering"
    ),
    TableContract("melding", _OWN, Melding, "melding_id", key=("melding_id",), about="burgerservicenummer"),
    TableContract(
        "klantvoorkeur", _OWN, Klantvoorkeur, "burgerservicenummer",
        key=("burgerservicenummer",), about="burgerservicenummer",
    ),
    TableContract(
        "vertegenwoordiger", _OWN, Vertegenwoordiger, "verwijzing", key=("verwijzing",), optional=True
    ),
    TableContract(
        "vordering", _OWN, Vordering, "identificatienummer_vordering",
        key=("identificatienummer_vordering",), optional=True,
    ),
    TableContract(
        "ib_samenloopsignaal", _IB, IbSamenloopsignaal, "signaal_sleutel",
        key=("signaal_sleutel",), newest=("leveringsdatum", "is_correctie"),
    ),
    TableContract("inkomsten_uwv", _IB, InkomstenUwv, "inkomsten_sleutel", key=("inkomsten_sleutel",), optional=True),
    TableContract("duo_inschrijving", _DUO, DuoInschrijving, "wie_sleutel"),
    TableContract("duo_studiefinanciering", _DUO, DuoStudiefinanciering, "wie_sleutel"),
)  # fmt: skip

TABLES: dict[str, TableContract] = {table.name: table for table in _ALL}

#: Words that mark a column no delivery may hold (E02 and domain rule "forbidden traits"): such a column is
#: left out by its name, before any of its values is read.
FORBIDDEN = (
    "nationaliteit", "geboorteland", "geboorteplaats", "verblijfstitel", "reisdocument", "kiesrecht",
    "land_van_herkomst", "herkomst", "religie", "geloof", "etniciteit", "taalniveau", "wijk", "buurt",
)  # fmt: skip


def tables_of(bron: Bron) -> tuple[TableContract, ...]:
    """The tables that a delivery of ``bron`` can hold."""
    return tuple(table for table in TABLES.values() if table.bron is bron)


def tables_in_order() -> Iterator[TableContract]:
    """Every table, source by source in the order in which they are taken in."""
    for bron in Bron:
        yield from tables_of(bron)


def forbidden_words(column: str) -> list[str]:
    """The words in a column's name that say it holds a trait that may not be read."""
    return [word for word in FORBIDDEN if word in column.lower()]
