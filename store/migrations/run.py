"""Bring a casebook to the newest version, in the transaction of who asks: it is the old or the new, never half.

A casebook says its version itself, in the table that Alembic keeps. One without that table is empty, or was made by the
first release, which wrote a number.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from contracts.errors import CasebookError

#: The number that the first release wrote, and the version that it is.
_FIRST_LAYOUT, _FIRST = 11, "0001"
#: A table that was there in every version.
_ALWAYS: Final = "finding"
_VERSIONS: Final = "alembic_version"


@dataclass(frozen=True)
class Step:
    """A migration: the version it makes, and what it does in one sentence."""

    versie: str
    wat: str


@cache
def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config)


@cache
def newest() -> str:
    """The version that this program works with."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def version_of(con: sa.Connection) -> str | None:
    """The version of a casebook, only looked at; None = there is none yet.

    Raises:
        CasebookError: it was made before the first release.
    """
    tables = sa.inspect(con)
    if tables.has_table(_VERSIONS):
        return str(con.execute(sa.text(f"select version_num from {_VERSIONS}")).scalar_one())
    if not tables.has_table(_ALWAYS):
        return None
    found = con.execute(sa.text("select versie from layout")).scalar() if tables.has_table("layout") else 1
    if found != _FIRST_LAYOUT:
        raise CasebookError(
            f"The casebook has layout {found}; the first release had {_FIRST_LAYOUT}.", where="casebook",
            todo="Keep the file, and begin in an empty work folder: no release had the older layout.",
        )  # fmt: skip
    return _FIRST


def steps_from(version: str | None) -> list[Step]:
    """What is to be done to a casebook of this version, in order.

    Raises:
        CasebookError: this program does not know that version: it is of a newer release.
    """
    _require_known(version)
    revisions = _scripts().iterate_revisions("heads", version or "base")
    return [Step(one.revision, (one.doc or "").splitlines()[0]) for one in reversed(list(revisions))]


def _require_known(version: str | None) -> None:
    known = {one.revision for one in _scripts().walk_revisions()}
    if version is not None and version not in known:
        raise CasebookError(
            f"The casebook has version {version}; this program knows none after {newest()}.", where="casebook",
            todo="Install the release that made it, or a later one; the casebook is left as it is.",
        )  # fmt: skip


def upgrade(con: sa.Connection, *, to: str = "heads") -> None:
    """Run what is to be done, in the transaction that is open.

    Args:
        con: a connection in a transaction.
        to: the version to stop at; default the newest.

    Raises:
        CasebookError: as ``version_of`` and ``steps_from``, or rows would be lost from sight: then roll back.
    """
    version = version_of(con)
    _require_known(version)
    if version is None and to == "heads" and con.dialect.name == "sqlite":
        for statement in _made_by_all():
            con.exec_driver_sql(statement)
        return
    _run(con, version, to)
    _require_sound(con)


@cache
def _made_by_all() -> tuple[str, ...]:
    """What all migrations make of nothing, in SQLite: they are run once, and not for each new casebook again."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as con:
        _run(con, None, "heads")
        made = con.connection.driver_connection
        assert made is not None
        found = tuple(made.iterdump())
    engine.dispose()
    return tuple(line for line in found if line not in ("BEGIN TRANSACTION;", "COMMIT;"))


def _run(con: sa.Connection, version: str | None, to: str) -> None:
    def steps(*_: object) -> Any:  # noqa: ANN401 - as Alembic has them
        return _scripts()._upgrade_revs(to, version)  # type: ignore[arg-type]  # noqa: SLF001 - what its own command calls

    context = MigrationContext.configure(con, opts={"fn": steps})
    if version is not None and not context.get_current_heads():
        context.stamp(_scripts(), version)
    with Operations.context(context):
        context.run_migrations()


def _require_sound(con: sa.Connection) -> None:
    """After tables were made anew every reference still has its row: SQLite does not look meanwhile."""
    if con.dialect.name == "sqlite" and con.exec_driver_sql("pragma foreign_key_check").first() is not None:
        raise CasebookError(
            "Rows of the casebook refer to rows that are not there.", where="casebook",
            todo="It is left as it was. Put back the last backup, or ask who made the program.",
        )  # fmt: skip
