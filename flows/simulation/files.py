"""A simulation as files: the page, everything as JSON, and two tables for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from advice.simulation import Maat, Simulatie
from advice.simulation.result import IN_EURO
from flows.outputs import replace_file

PAGE: Final = "simulatie.html"
_CENTS: Final = 100
_BANDS: Final = ("wat", "wereld", "maat", "eenheid", "laag_5", "midden_50", "hoog_95")
_SENSITIVE: Final = ("tegenover", "maat", "eenheid", "parameter", "laag", "basis", "hoog", "keert_om")


def write(found: Simulatie, html: str, folder: Path) -> tuple[Path, ...]:
    """Write them into a folder; a reader sees an old file or a new one, never half of either."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        PAGE: html,
        "simulatie.json": found.model_dump_json(indent=2) + "\n",
        "simulatie.csv": _table(_BANDS, _bands(found)),
        "gevoeligheid.csv": _table(_SENSITIVE, _sensitive(found)),
    }
    for name, text in texts.items():
        replace_file(folder / name, text)
    return tuple(folder / name for name in texts)


def _bands(found: Simulatie) -> Iterable[Sequence[str]]:
    for one in found.uitkomsten:
        ends = (one.band.laag, one.band.midden, one.band.hoog)
        yield ("uitkomst", one.wereld, one.maat, _unit(one.maat), *(_value(one.maat, end) for end in ends))
    for diff in found.verschillen:
        ends = (diff.band.laag, diff.band.midden, diff.band.hoog)
        name = f"tijdig min {diff.tegen}"
        yield ("verschil", name, diff.maat, _unit(diff.maat), *(_value(diff.maat, end) for end in ends))


def _sensitive(found: Simulatie) -> Iterable[Sequence[str]]:
    for one in found.gevoeligheid:
        values = (_value(one.maat, value) for value in (one.laag, one.basis, one.hoog))
        yield (one.tegen, one.maat, _unit(one.maat), one.parameter, *values, "ja" if one.keert_om else "nee")


def _unit(maat: Maat) -> str:
    return "euro per jaar" if maat in IN_EURO else "per jaar"


def _value(maat: Maat, value: float) -> str:
    """With a point, as a program reads it."""
    return f"{value / _CENTS:.2f}" if maat in IN_EURO else f"{value:.2f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
