"""What a contract says, in Dutch words: the same in every form in which it is published."""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from contracts.codelists import CodeList, code_lists
from contracts.columns import check_name
from contracts.parameters import Status
from contracts.tables import Bron, Doel, TableContract
from contracts.uitkeringsgegevens import EMAILADRES, MOBIEL_NUMMER

#: Semantic versioning: a supplier must change something (major), may deliver more (minor), reads a better text (patch).
CONTRACT_VERSION: Final = "1.0.0"

BRON_NAAM: Final = {
    Bron.UITKERINGSGEGEVENS: "Uitkeringsgegevens",
    Bron.BRP: "Basisregistratie Personen (BRP)",
    Bron.IB: "Inlichtingenbureau (IB)",
    Bron.DUO: "Dienst Uitvoering Onderwijs (DUO)",
}
BRON_UITLEG: Final = {
    Bron.UITKERINGSGEGEVENS: "De eigen administratie van de dienst: wat zij van elk huishouden aanneemt. Namen zoveel "
    "mogelijk naar SuwiML Bijstandsregelingen. De tabellen `bekende_medebewoner` en `melding` zijn geen bijzaak: "
    "zonder hen wordt elke wijziging die de dienst al kent een onnodige brief.",
    Bron.BRP: "Wie iemand is, waar die ingeschreven staat en met wie die een relatie heeft. Namen naar het Logisch "
    "Ontwerp BRP (LO), met het nummer van het element erbij.",
    Bron.IB: "Samenloopsignalen: een feit bij een andere organisatie dat samenvalt met een uitkering. Een signaal is "
    "een reden om te kijken, meer niet. Hoe de bestanden van het Inlichtingenbureau er precies uitzien, is niet "
    "openbaar: de kolomnamen hieronder zijn van Tijdig, en de beheerder vertaalt ze per gemeente.",
    Bron.DUO: "Opleidingen en studiefinanciering. Een rij kan over een medebewoner gaan in plaats van over de inwoner. "
    "Periodes zijn geknipt op 31 december en 31 juli; Tijdig voegt ze weer samen.",
}
#: Which rows stay after the intake.
BRON_BEWAARD: Final = {
    Bron.UITKERINGSGEGEVENS: "lopende uitkeringen en wat daarbij hoort",
    Bron.BRP: "wie een uitkering heeft, wie de dienst daarbij kent, en wie op een adres van een van beiden staat",
    Bron.IB: "wat gaat over wie een uitkering heeft, volgens BSN of dossiernummer",
    Bron.DUO: "wat gaat over wie een uitkering heeft en over wie daar woont, volgens de dienst of de BRP",
}
DOEL_WOORDEN: Final = {
    Doel.ACTUALISEREN: "een lopende uitkering laten kloppen",
    Doel.NIET_GEBRUIK: "wijzen op een recht dat iemand niet gebruikt",
}
ZEKERHEID: Final = {
    Status.GEZIEN: "gezien",
    Status.TE_BEVESTIGEN: "nog te bevestigen",
    Status.GEHEUGEN: "uit het hoofd",
}

#: The kind of a column -> its form, where that says more than a pattern.
_KINDS: Final = {
    "datum8": "registerdatum van 8 cijfers, mag gedeeltelijk zijn",
    "datum": "hele datum, jjjj-mm-dd",
    "cent": "eurocent zonder teken, hoogstens {cijfers} cijfers",
    "getal": "geheel getal, hoogstens {cijfers} cijfers",
}
_SHAPES: Final = {
    r"[0-9]{9}": "9 cijfers",
    r"[1-9][0-9]{9}": "10 cijfers, zonder 0 vooraan",
    r"[0-9]{4}": "4 cijfers",
    r"[0-9]{6}": "6 cijfers",
    r"[0-9]{16}": "16 cijfers",
    r"[A-Za-z]": "1 letter",
    r"[A-Z.]": "1 hoofdletter of een punt",
    r".": "1 teken",
    EMAILADRES: "e-mailadres, zoals naam@voorbeeld.example",
    MOBIEL_NUMMER: "mobiel nummer, 06 of +316 en 8 cijfers",
    r"[1-9][0-9]{3} ?[A-Za-z]{2}": "4 cijfers en 2 letters, zoals 1234AB",
    r"[A-Za-z0-9._-]{1,40}": "1 tot 40 tekens: letters, cijfers, . _ -",
    r"[A-Za-z0-9._-]{1,20}": "1 tot 20 tekens: letters, cijfers, . _ -",
    r"[A-Za-z0-9._-]{1,15}": "1 tot 15 tekens: letters, cijfers, . _ -",
    r"[0-9A-Z]{1,2}": "1 of 2 cijfers of hoofdletters",
    r"[0-9]{4}-(0[1-9]|1[0-2])": "jaar en maand, zoals 2026-10",
    r"[0-9]{9}L[0-9]{2}": "9 cijfers, een L en 2 cijfers",
    r"[0-9]{2}[A-Z]{2}": "2 cijfers en 2 hoofdletters",
    r"[0-9a-f]{64}": "sha256, 64 tekens",
}


#: Row rules that are not about the order of two dates.
_ROW_RULES: Final = {"over_niemand": "een kloppend BSN, of een geslachtsnaam met een geboortedatum"}


@dataclass(frozen=True)
class RowRule:
    """A rule over one row: its code, and the columns that belong together as (end, start), where it is about those."""

    code: str
    paren: tuple[tuple[str, str], ...] = ()

    @property
    def zin(self) -> str:
        """The rule as a sentence."""
        return _ROW_RULES.get(self.code) or "; ".join(f"{end} ligt niet voor {start}" for end, start in self.paren)


def checks(table: TableContract, column: str) -> list[str]:
    """The names of the checks on a value of ``column``, as they stand in a code after the colon."""
    found = table.schema.columns()[column].validation_rules(pl.col(column))
    return [check_name(name) for name in found]


def row_rules(table: TableContract) -> list[RowRule]:
    """The rules over one row of ``table``."""
    details = table.schema.filter(table.schema.create_empty())[1].details()
    names = [name for name in details.columns if "|" not in name and name not in table.columns]
    return [_row_rule(table, name) for name in names]


def _row_rule(table: TableContract, name: str) -> RowRule:
    if name in _ROW_RULES:
        return RowRule(name)
    read = dict.fromkeys(getattr(table.schema, name).make(table.schema).expr.meta.root_names())
    columns = iter(read)
    return RowRule(name, tuple(zip(columns, columns, strict=True)))


def code_list(table: TableContract, column: str) -> CodeList | None:
    """The list that the codes of ``column`` come from."""
    return code_lists().get(table.facts(column).codelijst)


def digits(pattern: str) -> str:
    """A pattern whose digits are 0 to 9 alone, however its dialect of regular expressions reads a backslash d."""
    return pattern.replace(r"\d", "[0-9]")


def portable(pattern: str) -> str:
    """A whole-match pattern as every dialect reads it."""
    return f"^(?:{digits(pattern)})$"


def shape(table: TableContract, column: str) -> str:
    """What a value of ``column`` looks like, in words."""
    facts, codes = table.facts(column), code_list(table, column)
    if codes is not None:
        return f"code uit een {'gesloten' if codes.gesloten else 'open'} lijst: {codes.naam}"
    if facts.kind in _KINDS:
        unit = f", in {facts.eenheid}" if facts.kind == "getal" and facts.eenheid else ""
        return _KINDS[facts.kind].format(cijfers=_longest(facts.pattern)) + unit
    if facts.max_length is not None:
        return f"tekst, hoogstens {facts.max_length} tekens"
    proof = ", met elfproef" if "elfproef" in checks(table, column) else ""
    return _SHAPES[digits(facts.pattern)] + proof


def on_fault(table: TableContract, column: str) -> str:
    """What happens to a value of ``column`` that fails a check."""
    facts, codes = table.facts(column), code_list(table, column)
    if facts.derived_from:
        return "wordt berekend"
    if codes is not None and not codes.gesloten:
        return "andere code gaat ongeduid door"
    if not facts.soft:
        return "rij afgekeurd"
    return "datum wordt onbekend" if facts.kind == "datum8" else "waarde wordt onbekend"


def _longest(pattern: str) -> str:
    """How many digits a number may have; empty for another pattern."""
    found = re.search(r"\{1,(\d+)\}$", pattern)
    return found[1] if found else ""
