"""Faults of disk and database that may be over when the same step is tried again."""

import duckdb
import sqlalchemy as sa

from contracts.errors import AwayError, BusyError, DiskError

TRANSIENT: tuple[type[Exception], ...] = (
    OSError, sa.exc.OperationalError, duckdb.IOException, BusyError, AwayError, DiskError,
)  # fmt: skip
