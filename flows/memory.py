"""How much memory DuckDB may use: what the settings of a gemeente say, or less where several nights share a machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_MEBIBYTE = 2**20
_share: ContextVar[int | None] = ContextVar("share", default=None)


@contextmanager
def sharing(share: int | None) -> Iterator[None]:
    """In here DuckDB uses no more than so many bytes, whatever a gemeente asks; None = no such limit."""
    token = _share.set(share)
    try:
        yield
    finally:
        _share.reset(token)


def at_most(asked: str) -> str:
    """What DuckDB may use, as DuckDB is told: ``3GB`` where nobody shares the machine."""
    share = _share.get()
    if share is None:
        return asked
    # Every command would wait for dask, and most are of one gemeente that has its machine to itself.
    from dask.utils import parse_bytes  # noqa: PLC0415

    if parse_bytes(asked) <= share:
        return asked
    return f"{share // _MEBIBYTE}MiB"
