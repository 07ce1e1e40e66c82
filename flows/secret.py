"""Secrets of a gemeente: from the environment, or from a file that the environment names; never from settings."""

import os
from pathlib import Path

from contracts.errors import SettingsError


def secret(naam: str) -> str | None:
    """The secret ``naam``: in ``TIJDIG_<NAAM>``, or in the file that ``TIJDIG_<NAAM>_BESTAND`` names; None = neither.

    Raises:
        SettingsError: the file can't be read.
    """
    variable = f"TIJDIG_{naam.upper()}"
    if said := os.environ.get(variable):
        return said
    path = os.environ.get(f"{variable}_BESTAND")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError("A secret can't be read.", where=f"{variable}_BESTAND", todo="Check that file.") from None
