"""An evaluation as it is told: tables of masked numbers, each with what it means and whether it was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import resources

import yaml
from markupsafe import Markup

from flows.evaluation.masking import Shown
from store.casebook.evaluation import Period


class Cijfer(StrEnum):
    """Every figure; each has its definition in ``docs/begrippen.md`` and a file of this name."""

    GEVONDEN = "gevonden"
    VERLOOP = "verloop"
    DOORLOOPTIJD = "doorlooptijd"
    DOORLOOPTIJD_VERLOOP = "doorlooptijd_verloop"
    VOORAF_GEZIEN = "vooraf_gezien"
    BEDRAGEN = "bedragen"
    MKBA = "mkba"
    AFGEHANDELD = "afgehandeld"
    BERICHTEN = "berichten"
    RUST = "rust"
    KLACHTEN = "klachten"
    ANDERS_BESLOTEN = "anders_besloten"
    BEZWAREN = "bezwaren"
    ONDERDRUKT = "onderdrukt"
    STEEKPROEF = "steekproef"


@dataclass(frozen=True)
class Cel:
    """One cell: as people read it, and as a file has it."""

    tekst: str
    waarde: str

    @classmethod
    def of(cls, number: Shown) -> "Cel":
        """A number that is told."""
        return cls(number.text, number.value)


@dataclass(frozen=True)
class Rij:
    """One line of a table; ``code`` is what a file has for its label, and ``samen`` says that it is a total."""

    label: str
    code: str
    cellen: tuple[Cel, ...]
    samen: bool = False
    uitleg: str = ""


@dataclass(frozen=True)
class Grafiek:
    """A chart and what stands below it."""

    titel: str
    beeld: Markup


@dataclass(frozen=True)
class Tabel:
    """A figure.

    Attributes:
        cijfer: which.
        titel: its heading.
        uitleg: what it says and what it does not, in plain Dutch.
        onderschrift: the caption of the table.
        kop: the heading of the labels.
        koppen: the headings of the other columns, each with its name in a file.
        rijen: the lines; empty where it was not measured.
        niet_gemeten: why there is nothing to tell, as a sentence.
        grafieken: the same drawn.
        noten: what must be known to read it.
    """

    cijfer: Cijfer
    titel: str
    uitleg: str
    onderschrift: str
    kop: str
    koppen: tuple[tuple[str, str], ...]
    rijen: tuple[Rij, ...]
    niet_gemeten: str
    grafieken: tuple[Grafiek, ...] = ()
    noten: tuple[str, ...] = ()

    @property
    def gemeten(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.rijen)


def tabel(
    cijfer: Cijfer, koppen: Sequence[tuple[str, str]], rijen: Sequence[Rij], *, grafieken: Sequence[Grafiek] = (),
    noten: Sequence[str] = (), **more: str,
) -> Tabel:  # fmt: skip
    """A figure with its texts, in which ``more`` is filled in."""
    texts = {name: text.format(**more) if more else text for name, text in _texts()[cijfer].items()}
    return Tabel(
        cijfer=cijfer, koppen=tuple(koppen), rijen=tuple(rijen), grafieken=tuple(grafieken), noten=tuple(noten), **texts
    )


@cache
def _texts() -> dict[str, dict[str, str]]:
    """The texts of each figure in ``teksten.yaml``."""
    read: dict[str, dict[str, str]] = yaml.safe_load(
        resources.files("flows").joinpath("evaluation", "teksten.yaml").read_text(encoding="utf-8")
    )
    return read


@dataclass(frozen=True)
class Vraag:
    """What a manager or the council asks, and the figures that say something about it."""

    code: str
    vraag: str
    antwoord: str
    tabellen: tuple[Tabel, ...]


@dataclass(frozen=True)
class Tegel:
    """One number at the top of the page."""

    kop: str
    groot: str
    klein: str


@dataclass(frozen=True)
class Evaluatie:
    """The whole report of a period.

    Attributes:
        nachten: how many nights were run in it, and on how many days of it that could be.
        loopt: the last month of it is not over.
    """

    gemeente: str
    period: Period
    gemaakt_op: datetime
    versie: str
    nachten: tuple[int, int]
    loopt: bool
    tegels: tuple[Tegel, ...]
    vragen: tuple[Vraag, ...]

    @property
    def tabellen(self) -> Sequence[Tabel]:
        """Every figure, in the order of the page."""
        return [tabel for vraag in self.vragen for tabel in vraag.tabellen]
