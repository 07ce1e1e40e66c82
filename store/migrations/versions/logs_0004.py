"""Logs of the program have a term of their own."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KINDS: Final = (
    "register", "register_geschiedenis", "signaal", "cijfers", "steekproef", "verzoek", "elders", "klacht", "brief",
    "uitvoer", "postbewijs", "inzage", "levering", "audit", "logboek", "logs", "sessie", "account", "herinnering",
    "kopie",
)  # fmt: skip


def upgrade() -> None:
    """Let ``logs`` be a kind that is destroyed."""
    if op.get_bind().dialect.name == "sqlite":
        # SQLite can't change a check: the table is made anew and its rows are copied.
        with op.batch_alter_table("destruction", copy_from=_destruction(), recreate="always"):
            pass
        return
    op.drop_constraint("destruction_soort_check", "destruction", type_="check")
    op.create_check_constraint("destruction_soort_check", "destruction", _one_of("soort", _KINDS))


def _one_of(name: str, values: tuple[str, ...]) -> str:
    return f"{name} in ({', '.join(repr(value) for value in values)})"


def _destruction() -> sa.Table:
    return sa.Table(
        "destruction", sa.MetaData(),
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("soort", sa.String(30), nullable=False),
        sa.Column("wat", sa.String(40), nullable=False),
        sa.Column("aantal", sa.Integer, nullable=False),
        sa.Column("van_voor", sa.Date, nullable=False),
        sa.Column("beleid", sa.String(20), nullable=False),
        sa.Column("stand", sa.String(10), nullable=False),
        sa.CheckConstraint(_one_of("soort", _KINDS)),
        sa.CheckConstraint(_one_of("stand", ("bezig", "klaar", "afgebroken"))),
    )  # fmt: skip
