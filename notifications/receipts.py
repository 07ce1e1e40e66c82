"""The printer's word that letters were posted: a file with a line a letter, laid in a folder of the work folder.

A line is ``{"kenmerk": "N-...", "sha256": "...", "gepost_op": "2026-11-04"}``: kenmerk and sha256 as in the manifest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contracts.errors import TijdigError
from contracts.notice import Kenmerk

#: What a file is called when it was read whole: it is kept, and not read again.
_DONE = ".verwerkt"


class ReceiptError(TijdigError):
    """A file of the printer that can't be read: nothing of it counts."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    kenmerk: Kenmerk
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    gepost_op: date


@dataclass(frozen=True)
class PostingReceipt:
    """A file of the printer: kenmerk -> sha256 of the PDF and the day it was posted."""

    path: Path
    posted: Mapping[str, tuple[str, date]]

    def done(self) -> None:
        """It was dealt with: it keeps its content under another name, and takes that of no earlier one."""
        name = self.path.name
        numbered = (f"{name}.{number}{_DONE}" for number in count(2))
        free = (path for path in map(self.path.with_name, chain([name + _DONE], numbered)) if not path.exists())
        self.path.rename(next(free))


def waiting(folder: Path) -> list[Path]:
    """The files of the printer that were not dealt with yet."""
    return sorted(path for path in folder.glob("*.jsonl") if path.is_file())


def read_receipt(path: Path, today: date) -> PostingReceipt:
    """Read a file of the printer.

    Raises:
        ReceiptError: it can't be read, a line does not fit, a day lies ahead, or a letter stands in it twice with
            different words.
    """
    todo = "Ask the printer for a right file; this one is left where it is."
    posted: dict[str, tuple[str, date]] = {}
    try:
        # Some programs begin a text with a mark of its encoding.
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ReceiptError("The file is no text.", where=path, todo=todo) from None
    except OSError:
        raise ReceiptError("The file can't be read.", where=path, todo="See who may read it.") from None
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            names = ", ".join(sorted({str(part) for found in error.errors() for part in found["loc"]})) or "the line"
            raise ReceiptError(f"Line {number} does not fit: {names}.", where=path, todo=todo) from None
        said = (line.sha256, line.gepost_op)
        if line.gepost_op > today or posted.setdefault(line.kenmerk, said) != said:
            raise ReceiptError(f"Line {number} can't be true: its day or its letter.", where=path, todo=todo)
    return PostingReceipt(path, posted)
