"""The answer key: what the night must find, and on which night it must be new."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import polars as pl


class Dag(StrEnum):
    """A night of the demo."""

    GISTEREN = "gisteren"
    VANDAAG = "vandaag"
    MORGEN = "morgen"


NUDGE, TAAK, GEEN_ACTIE, GESLOTEN = "nudge", "taak", "geen_actie", "gesloten"

KEY_COLUMNS = ("dag", "regel", "dossiernummer", "advies", "reden", "val")
TRAP_COLUMNS = ("dag", "dossiernummer", "val")


@dataclass(frozen=True)
class Expected:
    """A finding in each of ``dossiers`` and the advice it must get; ``reden`` is empty for a plain nudge."""

    regel: str
    advies: str
    dossiers: pl.DataFrame
    reden: str = ""

    def rows(self, dag: Dag, val: str) -> pl.DataFrame:
        """The lines of the key."""
        columns = {"dag": dag, "regel": self.regel, "advies": self.advies, "reden": self.reden, "val": val}
        return self.dossiers.select(
            "dossiernummer", *(pl.lit(str(value)).alias(name) for name, value in columns.items())
        ).select(KEY_COLUMNS)


def write_key(path: Path, rows: Iterable[pl.DataFrame], columns: tuple[str, ...]) -> pl.DataFrame:
    """Write lines sorted by night, and return them."""
    nights = pl.Enum([dag.value for dag in Dag])
    frame = pl.concat([pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), *rows])
    frame = frame.sort(pl.col("dag").cast(nights), *columns[1:])
    frame.with_columns(pl.all().replace("", None)).write_csv(path, separator=";")
    return frame


def read_key(path: Path) -> pl.DataFrame:
    """Read ``antwoordsleutel.csv`` (or ``valkuilen.csv``): all columns text, an empty ``reden`` is ``""``.

    A line is one finding. ``dag`` is the first night on which it must be new; ``advies`` is ``gesloten``
    where a finding of an earlier night must have closed by then.
    """
    return pl.read_csv(path, separator=";", infer_schema=False).with_columns(pl.all().fill_null(""))
