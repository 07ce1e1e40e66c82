"""The contracts as one Dutch page, ``docs/contracten.md``; ``python -m contracts.page`` writes it."""

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from contracts.codelists import CodeList, code_lists
from contracts.examples import examples
from contracts.publish import write_example
from contracts.publish_codes import BETWEEN, CHECKS, LINES, REMARKS, RULES
from contracts.publish_words import (
    BRON_BEWAARD,
    BRON_NAAM,
    BRON_UITLEG,
    CONTRACT_VERSION,
    DOEL_WOORDEN,
    ZEKERHEID,
    code_list,
    on_fault,
    row_rules,
    shape,
)
from contracts.tables import FORBIDDEN, RITME, TABLES, Bron, TableContract, tables_of

PAGE: Final = Path("docs") / "contracten.md"
_EMPTY: Final = ""
_ABOUT_LISTS: Final = (
    "Welke codes er zijn, van wie ze zijn, en hoe zeker dat is: *gezien* in de bron, *nog te bevestigen*, of *uit het "
    "hoofd*. Wat niet gezien is, moet met echte leveringen nagegaan worden."
)


def page() -> str:
    """The whole page as Markdown."""
    text = resources.files("contracts").joinpath("inleiding.md").read_text(encoding="utf-8")
    parts = {
        "versie": CONTRACT_VERSION,
        "inhoud": "\n".join(_contents(text)),
        "manifest": f"```json\n{_manifest()}```",
        "bronnen": ", ".join(f"`{bron}`" for bron in Bron) + ".",
        "codes": "\n".join(_codes()),
        "verboden": ", ".join(f"`{word}`" for word in FORBIDDEN),
    }
    for name, part in parts.items():
        text = text.replace(f"<!-- {name} -->", part)
    sources = [line for bron in Bron for line in _source(bron)]
    return "\n".join([text.rstrip("\n"), *sources, *_code_lists()]) + "\n"


def _contents(introduction: str) -> Iterator[str]:
    for title in re.findall(r"^## (.+)$", introduction, re.MULTILINE):
        yield f"- {_link(title)}"
    for bron in Bron:
        tables = ", ".join(_link(table.name) for table in tables_of(bron))
        yield f"- {_link(BRON_NAAM[bron])}: {tables}"
    yield f"- {_link('Codelijsten')}"


def _manifest() -> str:
    """``levering.json`` of the smallest example delivery."""
    with TemporaryDirectory() as folder:
        return write_example(Path(folder), Bron.DUO)[-1].read_text(encoding="utf-8")


def _codes() -> list[str]:
    values = [(f"`<kolom>:{check}`", text, "zie de kolom") for check, text in CHECKS.items()]
    rows = [(f"`rij:{rule}`", text, "rij afgekeurd") for rule, text in RULES.items()]
    between = [(f"`{code}`", text, "rij afgekeurd") for code, text in BETWEEN.items()]
    lines = [(f"`{code}`", text, "rij afgekeurd") for code, text in LINES.items()]
    remarks = [(f"`{code}`", text, "opmerking") for code, text in REMARKS.items()]
    return _table(("code", "wat er is", "gevolg"), [*values, *rows, *between, *lines, *remarks])


def _source(bron: Bron) -> Iterator[str]:
    tables = tables_of(bron)
    doelen = " en ".join(f"{DOEL_WOORDEN[doel]} (`{doel}`)" for doel in dict.fromkeys(table.doel for table in tables))
    yield from ("", f"## {BRON_NAAM[bron]}", "", BRON_UITLEG[bron], "")
    yield from _table(
        ("bron", f"`{bron}`"),
        [
            ("doel", doelen),
            ("grondslag", " en ".join(dict.fromkeys(table.ground for table in tables))),
            ("ritme", RITME[bron]),
            ("wordt ingenomen na", ", ".join(f"`{other}`" for other in bron.leans_on) or "geen andere bron"),
            ("blijft bewaard", BRON_BEWAARD[bron]),
        ],
    )
    for table in tables:
        yield from _contract(table)


def _contract(table: TableContract) -> Iterator[str]:
    yield from ("", f"### {table.name}", "", table.about_table, "")
    yield from (f"- {line}" for line in _about(table))
    yield _EMPTY
    yield from _table(
        ("kolom", "betekenis", "vullen", "vorm", "bij een fout"), [_column(table, c) for c in table.columns]
    )
    yield from ("", "<details><summary>Voorbeeldrijen</summary>", "", *_examples(table), "", "</details>")


def _about(table: TableContract) -> Iterator[str]:
    key = ", ".join(f"`{column}`" for column in table.key)
    newest = ", dan ".join(f"`{column}`" for column in table.newest)
    replaced = f"; komt een sleutel vaker voor, dan telt de rij met de hoogste {newest}" if newest else ""
    yield f"Sleutel: {key}{replaced}." if key else "Sleutel: geen; dezelfde rij mag vaker voorkomen."
    if table.belongs_to is not None:
        yield f"Hoort bij: {_link(table.belongs_to)}, via `{table.parent}`; zonder die rij valt deze af."
    yield f"Een mutatie vervangt alle rijen met dezelfde waarde in `{table.parent}`."
    if table.optional:
        yield "De tabel mag ontbreken; dan blijft staan wat al bekend was."
    for rule in row_rules(table):
        pairs = "; ".join(f"`{end}` ligt niet voor `{start}`" for end, start in rule.paren)
        yield f"Over een rij (`rij:{rule.code}`): {pairs or rule.zin}."


def _column(table: TableContract, column: str) -> tuple[str, ...]:
    facts, codes = table.facts(column), code_list(table, column)
    filled = "verplicht" if facts.required else "mag leeg"
    if facts.free:
        filled = "mag ontbreken"
    elif facts.absent_ok:
        filled = "mag weg"
    form = shape(table, column)
    if codes is not None:
        form = form.replace(codes.naam, _link(codes.naam))
    if facts.derived_from:
        filled, form = "niet leveren", "sha256 van " + ", ".join(f"`{part}`" for part in facts.derived_from)
        if facts.instead:
            names = ", ".join(f"`{part}`" for part in facts.instead)
            form += f"; is `{facts.instead_of}` geen BSN, dan in plaats daarvan {names}"
    return f"`{column}`", table.meaning(column), filled, form, on_fault(table, column)


def _examples(table: TableContract) -> list[str]:
    """The rows on their side: a row of thirty columns fits no page. A column that is always empty is left out."""
    rows = examples(table)
    head = ("kolom", *(f"rij {number}" for number in range(1, len(rows) + 1)))
    filled = [column for column in table.delivered if any(row[column] for row in rows)]
    return _table(head, [(f"`{column}`", *(row[column] or _EMPTY for row in rows)) for column in filled])


def _code_lists() -> Iterator[str]:
    yield from ("", "## Codelijsten", "", _ABOUT_LISTS)
    for codes in sorted(code_lists().values(), key=lambda found: found.naam):
        yield from _code_list(codes)


def _code_list(codes: CodeList) -> Iterator[str]:
    used = [f"`{table.name}.{c}`" for table in TABLES.values() for c in table.delivered if code_list(table, c) == codes]
    kind = "Gesloten" if codes.gesloten else "Open"
    yield from ("", f"### {codes.naam}", "")
    yield f"{kind} lijst, {ZEKERHEID[codes.status]}. Bron: {codes.bron}. Gebruikt in {', '.join(used)}."
    yield _EMPTY
    yield from _table(("code", "betekenis"), [(f"`{code}`", text) for code, text in codes.codes.items()])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    rule = "|" + "|".join(lines[1]) + "|"
    return [rule if number == 1 else f"| {' | '.join(line)} |" for number, line in enumerate(lines)]


def _link(title: str) -> str:
    """A link to a heading of this page, as GitHub and GitLab call it."""
    plain = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-")
    return f"[{title}](#{plain.replace(' ', '-')})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
