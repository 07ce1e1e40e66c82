"""Which notices somebody names: a list they made, or the manifest of a print folder."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Final

from contracts.errors import CasebookError

_KENMERK: Final = re.compile(r"N-[0-9A-Z]{6,20}")


def read_kenmerken(path: Path) -> dict[str, date | None]:
    """Kenmerk -> the day that stands behind it, where one does.

    Lines are ``N-4F7K2M9QAB``, ``N-4F7K2M9QAB;2026-11-04``, or those of a ``manifest.jsonl``; empty ones are left out.

    Raises:
        CasebookError: a line is something else; says which, not what it holds.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CasebookError("A list of notices can't be read.", where=path.name, todo="Give a text file.") from None
    return dict(_read(line, number, path) for number, line in enumerate(lines, start=1) if line.strip())


def _read(line: str, number: int, path: Path) -> tuple[str, date | None]:
    try:
        said = json.loads(line)["kenmerk"] if line.lstrip().startswith("{") else line
        kenmerk, _, day = str(said).strip().partition(";")
        if _KENMERK.fullmatch(kenmerk.strip()):
            return kenmerk.strip(), date.fromisoformat(day.strip()) if day.strip() else None
    except (ValueError, KeyError, TypeError):
        pass
    raise CasebookError(
        f"Line {number} names no notice.", where=path.name, todo="Write a kenmerk on each line, such as N-4F7K2M9QAB."
    )
