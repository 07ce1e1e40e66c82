"""The simulation as one Dutch page, ``docs/simulatie.md``; ``python -m flows.simulation.docs`` writes it."""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from advice.simulation.amounts import Pair, per_maand
from advice.simulation.kinds import NIET_IN_HET_MODEL, SOORTEN, Bij
from advice.simulation.knobs import VAN_MKBA, panel
from advice.simulation.outcome import Law
from advice.simulation.result import Maat
from contracts.bands import SIMULATIE, band_parameters, bands_on
from contracts.dutch import calendar_date, euro, number
from contracts.parameters import Status, Values
from flows.band_rows import HEAD, band_rows
from flows.markdown import table
from flows.simulation.words import MAAT, MAAT_UITLEG

PAGE: Final = Path("docs") / "simulatie.md"
#: The day whose norms and parameters the page shows.
DAY: Final = date(2026, 11, 3)
_FILES: Final = {
    "wijzigingen": "### Hoe vaak iets gebeurt",
    "huishoudens": "### Wie, hoeveel en hoe lang",
    "melden": "### Melden en antwoorden",
    "vinden": "### Registers en vinden",
    "boete": "### Boete",
    "systeem": "### Kosten van Tijdig",
}


def page() -> str:
    """The whole page as Markdown."""
    values, found = Values(DAY), panel(bands_on(DAY), bands_on(DAY, SIMULATIE))
    law, months = Law.on(values), per_maand(values, found.basis)
    used = (*found.gebruikt, *values.used)
    parts = {
        "aantal": str(len(used)), "onzeker": str(sum(one.status is not Status.GEZIEN for one in used)),
        "maten": "\n".join(f"| {MAAT[maat]} | {MAAT_UITLEG[maat]} |" for maat in Maat),
        "termijn": str(law.termijn), "waarschuwing": number(law.waarschuwing // 100), "normaal": str(law.normaal),
        "verminderd": str(law.verminderd), "grof": str(law.grof), "dag": calendar_date(DAY),
        "weggelaten": "\n".join(f"- {regel}: {reden}." for regel, reden in NIET_IN_HET_MODEL.items()),
        "soorten": "\n".join(_kinds(months)), "van_mkba": ", ".join(f"`{name}`" for name in VAN_MKBA),
        "van_de_wet": ", ".join(f"`{one.naam}`" for one in values.used), "parameters": "\n".join(_parameters()),
    }  # fmt: skip
    text = resources.files("flows").joinpath("simulation", "uitleg.md").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"<!-- {name} -->", part)
    return text


def _kinds(months: Mapping[str, Pair]) -> Iterator[str]:
    meaning = band_parameters(SIMULATIE)
    head = ("soort", "wat er gebeurt", "richting", "regel", "vraagt om", "register", "alleenstaand", "paar")
    rows = []
    for soort in SOORTEN:
        one, two = months[soort.naam]
        single = euro(one) if soort.bij is not Bij.PAAR else "-"
        couple = euro(two) if soort.bij is not Bij.ALLEENSTAAND else "-"
        rows.append((
            f"`{soort.naam}`", meaning[soort.naam].betekenis, soort.richting, ", ".join(soort.regels) or "geen",
            f"`{soort.route}`" if soort.route else "-", f"`{soort.register}`" if soort.register else "geen", single,
            couple,
        ))  # fmt: skip
    yield from table(head, rows)


def _parameters() -> Iterator[str]:
    every = band_parameters(SIMULATIE).values()
    for place, (file, heading) in enumerate(_FILES.items()):
        if place:
            yield ""
        rows = [row for one in every if Path(one.plek).stem == file for row in band_rows(one)]
        yield from (heading, "", *table(HEAD, rows))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
