"""Secrets of a gemeente: from the environment, or from a file that the environment names; never from settings."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from contracts.errors import SettingsError
from store.disk import put
from store.locked import locked


class _Only(NamedTuple):
    """Where the secrets of one gemeente among several are; None = it has none."""

    folder: Path | None


_only: ContextVar[_Only | None] = ContextVar("only", default=None)


@contextmanager
def secrets_in(folder: Path | None) -> Iterator[None]:
    """In here a secret comes from the file of its name in ``folder``, and never from the environment.

    A process that runs the nights of several gemeenten has one environment: what stands there would be everybody's.
    """
    token = _only.set(_Only(folder))
    try:
        yield
    finally:
        _only.reset(token)


def secret(naam: str) -> str | None:
    """The secret ``naam``: in ``TIJDIG_<NAAM>``, or in the file that ``TIJDIG_<NAAM>_BESTAND`` names; None = neither.

    Inside ``secrets_in`` it is in the file ``<naam>`` of that folder, or nowhere.

    Raises:
        SettingsError: the file can't be read.
    """
    if (only := _only.get()) is not None:
        path = only.folder / naam if only.folder else None
        return _read(path, naam) if path and path.exists() else None
    variable = f"TIJDIG_{naam.upper()}"
    if said := os.environ.get(variable):
        return said
    named = os.environ.get(f"{variable}_BESTAND")
    return _read(Path(named), f"{variable}_BESTAND") if named else None


def _read(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError("A secret can't be read.", where=where, todo="Check that file.") from None


def made_once(path: Path, size: int) -> str:
    """The secret in a file; one of so many bytes is made where there is none, for its owner only to read.

    Of two who ask at once the second gets what the first made: nobody works with one that is replaced.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f".{path.name}.slot").open("ab") as file, locked(file):
            if not path.exists():
                put(path, secrets.token_hex(size), 0o600)
    return path.read_text(encoding="ascii").strip()
