"""This room's SQL files, and the parameters a statement names."""

import atexit
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:  # see layer.py
    from duckdb import Statement


def used_params(sql: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Only the parameters a statement names: DuckDB refuses others."""
    named = set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", sql)))
    return {name: value for name, value in params.items() if name in named}


def quoted(path: Path) -> str:
    """A path as text in SQL, where a statement takes no parameter: ``'s-Gravenhage`` is a folder too."""
    return "'" + str(path).replace("'", "''") + "'"


def sql_text(name: str) -> str:
    """One of this room's SQL files."""
    return resources.files("store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def statements(name: str) -> list[str]:
    """The statements of one of this room's SQL files, without its comments."""
    return [step for step in re.sub(r"--.*", "", sql_text(name)).split(";") if step.strip()]


@lru_cache(maxsize=512)
def parsed(sql: str) -> "tuple[Statement, ...]":
    """The statements of a text that is the same every night, parsed once in a process."""
    return tuple(duckdb.extract_statements(sql))


# DuckDB complains at the end of a program about statements that still live then.
atexit.register(parsed.cache_clear)
