"""Secrets of a gemeente: from the environment, or from a file that the environment names; never from settings."""

import os
import secrets
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


def made_once(path: Path, size: int) -> str:
    """The secret in a file; one of so many bytes is made where there is none, for its owner only to read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.nieuw")
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(size), encoding="ascii")
        new.replace(path)
    return path.read_text(encoding="ascii").strip()
