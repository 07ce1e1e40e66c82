"""What a supplier should have delivered instead: the contract's own facts, for one code, in Dutch."""

from typing import Final

from contracts.publish_words import checks, code_list, row_rules, shape
from contracts.tables import TableContract
from flows.report.words import listed

#: A list of codes with their meanings that is longer than this is given without them.
_LONGEST = 130
_FORMS: Final = {
    "datum8": "8 cijfers, jjjjmmdd, van 1800 tot en met 2199; een onbekende maand of dag is 00, zoals 20140000",
    "datum": "een hele datum, jjjj-mm-dd, die op de kalender staat",
}
_LINES: Final = {
    "te_weinig_kolommen": "evenveel kolommen als op de eerste regel",
    "te_veel_kolommen": "evenveel kolommen als op de eerste regel; een tekst met het scheidingsteken erin staat "
    "tussen aanhalingstekens",
    "aanhalingsteken": 'aanhalingstekens om de hele waarde; een aanhalingsteken in de tekst zelf is dubbel: ""',
    "regel_te_lang": "één rij per regel; vaak is hier een aanhalingsteken niet gesloten",
    "tekencodering": "UTF-8 in het hele bestand",
    "onleesbaar": "een regel CSV zoals de andere",
}


def expected(table: TableContract, code: str) -> str:
    """What the contract asks where ``code`` was given.

    Args:
        table: the contract.
        code: ``column:check``, ``rij:rule``, ``sleutel:dubbel``, or the code of a line that can't be read.

    Returns:
        A Dutch phrase without capital or full stop; empty for a code that the contract does not know.
    """
    column, _, check = code.rpartition(":")
    if column in table.columns and check in checks(table, column):
        return _value(table, column, check)
    if code == "sleutel:dubbel":
        return _once(table)
    if column == table.parent and check == "hoort_nergens_bij":
        return f"{column} staat ook in {table.belongs_to}"
    rules = {f"rij:{rule.code}": rule.zin for rule in row_rules(table)}
    return (rules | _LINES).get(code, "")


def _value(table: TableContract, column: str, check: str) -> str:
    form = _form(table, column)
    return f"verplicht: {form}" if check == "verplicht" else form


def _form(table: TableContract, column: str) -> str:
    codes = code_list(table, column)
    if codes is not None and codes.gesloten:
        told = listed([f"{code} ({meaning})" for code, meaning in codes.codes.items()], "of")
        return told if len(told) <= _LONGEST else listed(list(codes.codes), "of")
    return _FORMS.get(table.facts(column).kind) or shape(table, column)


def _once(table: TableContract) -> str:
    """A computed key is told by the columns it is computed from: the supplier delivers those."""
    key = [part for name in table.key for part in table.facts(name).derived_from or (name,)]
    what = f"elke waarde van {key[0]}" if len(key) == 1 else f"elke combinatie van {listed(key)}"
    newest = f", of de nieuwste te herkennen aan {listed(list(table.newest), 'of')}" if table.newest else ""
    return f"{what} hoogstens één keer{newest}"
