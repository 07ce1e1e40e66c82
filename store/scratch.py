"""A database in memory for the length of one computation; nothing of it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection


@contextmanager
def scratch(*, threads: int = 2, memory: str = "2GB") -> Iterator["Connection"]:
    """An empty database of its own; ``memory`` is DuckDB's limit, and nothing is written to disk."""
    settings = {"threads": threads, "memory_limit": memory, "temp_directory": "", "preserve_insertion_order": False}
    con = duckdb.connect(":memory:", config=settings)
    try:
        yield con
    finally:
        con.close()
