"""The evaluation on disk: one page, and one CSV for each figure, in ``uitvoer/maand/<period>/``."""

import csv
from io import StringIO
from pathlib import Path
from typing import Final

from flows.evaluation.model import Evaluatie, Tabel
from flows.evaluation.page import render
from flows.outputs import replace_file

PAGE: Final = "evaluatie.html"


def write(found: Evaluatie, folder: Path) -> Path:
    """Write page and files; a reader sees the old one or the new one of each, and the page comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    for tabel in found.tabellen:
        replace_file(folder / f"{tabel.cijfer}.csv", as_csv(tabel))
    path = folder / PAGE
    replace_file(path, render(found))
    return path


def as_csv(tabel: Tabel) -> str:
    """A figure as lines; of one that was not measured the heading alone."""
    out = StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\n")
    lines.writerow(["code", "omschrijving", *(code for _, code in tabel.koppen)])
    lines.writerows([rij.code, rij.label, *(cel.waarde for cel in rij.cellen)] for rij in tabel.rijen)
    return out.getvalue()
