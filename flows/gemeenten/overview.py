"""The overview for the shared service: a line for each gemeente, counts only, as a page, a CSV and on the console."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.dutch import number
from flows.gemeenten.outcome import STAND_ZIN, Stand, Uitslag
from flows.outputs import replace_file
from flows.report.template import fill
from flows.report.words import shown

#: Number columns: field of ``Uitslag`` and its heading.
COLUMNS: Final = (
    ("nieuw", "nieuw"), ("lopend", "lopend"), ("gesloten", "gesloten"), ("brieven", "brieven"), ("taken", "taken"),
    ("spoed", "spoed"), ("dichte_poorten", "dicht"), ("storingen", "storing"),
)  # fmt: skip
#: Those of them that fit a console of eighty signs.
_ON_CONSOLE: Final = {
    name: heading for name, heading in COLUMNS if name in ("nieuw", "lopend", "gesloten", "brieven", "taken")
}
_SHOWN: Final = {Stand.GELUKT: "goed", Stand.LET_OP: "let op", Stand.BEZIG: "bezig", Stand.MISLUKT: "mislukt"}
_STYLE: Final = {Stand.GELUKT: "green", Stand.LET_OP: "yellow", Stand.BEZIG: "yellow", Stand.MISLUKT: "bold red"}
#: What was said of a day before, so that a gemeente that is run again takes only its own line's place.
_KEPT: Final = "overzicht.json"
_PAGE: Final = "overzicht.html"
_LINES: Final = TypeAdapter(list[Uitslag])


def page_in(overviews: Path, peildatum: date) -> Path:
    """Where the page of a day is."""
    return overviews / peildatum.isoformat() / _PAGE


def write(outcomes: Iterable[Uitslag], folder: Path, peildatum: date) -> Path:
    """Write the overview of a day; gemeenten that were not run now keep the line they had. Returns the page."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = sorted((_kept(folder) | {one.naam: one for one in outcomes}).values(), key=lambda one: one.naam)
    replace_file(folder / _KEPT, json.dumps([one.model_dump(mode="json") for one in lines], ensure_ascii=False))
    replace_file(folder / "overzicht.csv", as_csv(lines))
    page = folder / _PAGE
    replace_file(page, render(lines, peildatum))
    return page


def _kept(folder: Path) -> dict[str, Uitslag]:
    """Nothing where there is no file, or one that a power cut spoiled: who is run again has a line again."""
    try:
        return {one.naam: one for one in _LINES.validate_json((folder / _KEPT).read_bytes())}
    except (FileNotFoundError, ValidationError):
        return {}


def as_csv(lines: Iterable[Uitslag]) -> str:
    """A line for each gemeente."""
    out, fields = StringIO(), [name for name, _ in COLUMNS]
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["gemeente", "stand", "uitkeringen", *fields, "seconden", "geheugen_mib", "wat", "waar", "doen"])
    for one in lines:
        said = (one.fout.wat, one.fout.waar, one.fout.doen) if one.fout else ("", "", "")
        counts = (getattr(one, name) for name in fields)
        writer.writerow([one.naam, one.stand, one.uitkeringen, *counts, one.seconden, one.geheugen_mib, *said])
    return out.getvalue()


def render(lines: list[Uitslag], peildatum: date) -> str:
    """The page as HTML; whatever comes from an error is escaped."""
    return fill(
        "gemeenten.html.j2", regels=lines, peildatum=peildatum, kolommen=COLUMNS, stand=_SHOWN, zin=STAND_ZIN,
        niet_goed=[one for one in lines if one.stand is not Stand.GELUKT],
        klaar=sum(one.stand in (Stand.GELUKT, Stand.LET_OP) for one in lines),
    )  # fmt: skip


def rows_of(outcomes: Iterable[Uitslag]) -> list[dict[str, str | int]]:
    """The same lines for a Prefect server: totals, and what went wrong in a word."""
    return [
        {"gemeente": one.naam, "stand": _SHOWN[one.stand], **{head: getattr(one, name) for name, head in COLUMNS}}
        for one in sorted(outcomes, key=lambda one: one.naam)
    ]


def tell(console: Console, outcomes: Iterable[Uitslag], page: Path) -> None:
    """The table at the end of a run, then what is to be done."""
    lines = sorted(outcomes, key=lambda one: one.naam)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for heading in ("gemeente", "stand"):
        table.add_column(heading, no_wrap=True)
    for heading in (*_ON_CONSOLE.values(), "s"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in lines:
        counts = [number(getattr(one, name)) if one.fout is None else "-" for name in _ON_CONSOLE]
        stand = f"[{_STYLE[one.stand]}]{_SHOWN[one.stand]}[/]"
        table.add_row(one.naam, stand, *counts, f"{one.seconden:.1f}")
    console.print(table)
    for one in lines:
        if one.fout:
            said = (escape(shown(part)) for part in (one.fout.wat, one.fout.waar, one.fout.doen))
            console.print("[bold]{}[/bold]: {} \\[{}] {}".format(one.naam, *said), highlight=False, soft_wrap=True)
    console.print(f"\nOverzicht: [bold]{page}[/bold]", highlight=False, soft_wrap=True)
