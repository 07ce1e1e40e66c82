"""The MKBA as one Dutch page for a jurist or manager, ``docs/mkba.md``; ``python -m flows.mkba_page`` writes it."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final

import yaml

from advice.mkba import MOST_AHEAD, MOST_BEFORE, Band, Berekend, Kant, Scenario, mkba
from contracts.bands import band_parameters, bands_on
from contracts.parameters import Status, parameter
from flows.band_rows import HEAD, band_rows
from flows.markdown import table
from flows.mkba import as_case
from flows.mkba_words import KANT, KANT_UITLEG, OMSLAG, POST, SCENARIO, break_even, ends, subject, whole

PAGE: Final = Path("docs") / "mkba.md"
_FILES: Final = {
    "kansen": "### Kansen en delen",
    "duur": "### Hoe lang het duurt tot de uitkering klopt",
    "kosten": "### Tijd en geld",
}
_OTHERS: Final = (Scenario.GEEN, Scenario.REPRESSIEF)
_DRIVERS: Final = 8


def page() -> str:
    """The whole page as Markdown."""
    found = example()
    text = _read("mkba_uitleg.md")
    parts = {
        "aantal": str(len(found.gebruikt)),
        "onzeker": str(sum(one.status is not Status.GEZIEN for one in found.gebruikt)),
        "horizon": str(MOST_AHEAD),
        "voorbij": str(MOST_BEFORE),
        "termijn": str(parameter("uit_eigen_beweging_dagen").on(found.geval.peildatum).waarde),
        "parameters": "\n".join(_parameters()),
        "voorbeeld": "\n".join(_example(found)),
    }
    for name, part in parts.items():
        text = text.replace(f"<!-- {name} -->", part)
    return text


def example() -> Berekend:
    """The case of the example, worked out."""
    case = as_case(yaml.safe_load(_read("mkba_voorbeeld.yaml")), "mkba_voorbeeld.yaml")
    found = mkba(case, bands_on(case.peildatum))
    assert isinstance(found, Berekend)  # the example has an amount, a day and one direction
    return found


def _read(name: str) -> str:
    return resources.files("flows").joinpath(name).read_text(encoding="utf-8")


def _parameters() -> Iterator[str]:
    for file, heading in _FILES.items():
        yield from (heading, "")
        rows = [row for one in band_parameters().values() if Path(one.plek).stem == file for row in band_rows(one)]
        yield from table(HEAD, rows)
        yield ""
    yield "Uit de wet, zonder band: `uit_eigen_beweging_dagen`, zie `contracts/waarden/uit_eigen_beweging_dagen.yaml`."


def _example(found: Berekend) -> Iterator[str]:
    yield from ("```yaml", _read("mkba_voorbeeld.yaml").rstrip("\n"), "```", "", subject(found.geval), "")
    yield from ("### Wat het kost, en wie", "", "Boven nul kost het, onder nul levert het op; hele euro's.", "")
    names = [SCENARIO[one.scenario] for one in found.uitkomsten]
    yield from table(
        ("wie", *names),
        [
            (f"**{KANT[kant]}**: {KANT_UITLEG[kant]}", *(_cell(one.totaal[kant]) for one in found.uitkomsten))
            for kant in Kant
        ],
    )
    yield from ("", "### Elke post", "", *_items(found))
    yield from ("", "### Sociaal handhaven min het andere", "", "Onder nul is sociaal handhaven goedkoper.", "")
    yield from table(
        ("wie", *(f"min {SCENARIO[other]}" for other in _OTHERS)),
        [(KANT[kant], *(_cell(found.verschil(other, kant).band) for other in _OTHERS)) for kant in Kant],
    )
    yield from ("", "### Wat het verschil met geen interventie maakt, voor de dienst", "")
    drivers = found.verschil(Scenario.GEEN, Kant.DIENST).drijvers[:_DRIVERS]
    yield from table(
        ("parameter", "verschil als alleen dit verandert"),
        [(f"`{one.naam}`", f"{whole(one.laag)} tot {whole(one.hoog)}") for one in drivers],
    )
    yield from ("", "### Omslag", "")
    yield OMSLAG
    yield from ("", *(f"- {KANT[one.kant]}: {break_even(one)}." for one in found.omslagen))


def _items(found: Berekend) -> Iterator[str]:
    lines = {(line.post, line.partij, one.scenario): line for one in found.uitkomsten for line in one.posten}
    rows = []
    for post in POST:
        for partij in Kant:
            cells = [lines.get((post, partij, scenario)) for scenario in Scenario]
            if any(cells):
                shown = [_cell(cell.band) if cell else "-" for cell in cells]
                rows.append((POST[post], post.soort, KANT[partij], *shown))
    yield from table(("post", "soort", "wie", *(SCENARIO[scenario] for scenario in Scenario)), rows)


def _cell(band: Band) -> str:
    return f"{whole(band.basis)} ({ends(band)})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
