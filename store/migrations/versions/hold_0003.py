"""Messages can be held after a restore, and copies of an older casebook have a term of their own."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BEFORE: Final = (
    "register", "register_geschiedenis", "signaal", "cijfers", "steekproef", "verzoek", "elders", "klacht", "brief",
    "uitvoer", "postbewijs", "inzage", "levering", "audit", "logboek", "sessie", "account", "herinnering",
)  # fmt: skip
_SINCE: Final = (*_BEFORE, "kopie")
_MOMENT: Final = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table of holds, and let ``kopie`` be a kind that is destroyed."""
    op.create_table(
        "notice_hold",
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("sinds", _MOMENT, nullable=False),
        sa.Column("gezet_op", _MOMENT, nullable=False),
        sa.Column("waarom", sa.String(20), nullable=False),
        sa.Column("door", sa.String(40), nullable=False),
        sa.Column("vrij_op", _MOMENT),
        sa.Column("vrij_door", sa.String(40)),
        sa.CheckConstraint("waarom in ('teruggezet', 'met_de_hand')"),
        sa.CheckConstraint("(vrij_op is null) = (vrij_door is null)"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # SQLite can't change a check: the table is made anew and its rows are copied.
        with op.batch_alter_table("destruction", copy_from=_destruction(_SINCE), recreate="always"):
            pass
        return
    op.drop_constraint("destruction_soort_check", "destruction", type_="check")
    op.create_check_constraint("destruction_soort_check", "destruction", _one_of("soort", _SINCE))


def _one_of(name: str, values: tuple[str, ...]) -> str:
    return f"{name} in ({', '.join(repr(value) for value in values)})"


def _destruction(kinds: tuple[str, ...]) -> sa.Table:
    return sa.Table(
        "destruction", sa.MetaData(),
        sa.Column("volgnr", sa.Integer, primary_key=True),
        sa.Column("moment", _MOMENT, nullable=False),
        sa.Column("soort", sa.String(30), nullable=False),
        sa.Column("wat", sa.String(40), nullable=False),
        sa.Column("aantal", sa.Integer, nullable=False),
        sa.Column("van_voor", sa.Date, nullable=False),
        sa.Column("beleid", sa.String(20), nullable=False),
        sa.Column("stand", sa.String(10), nullable=False),
        sa.CheckConstraint(_one_of("soort", kinds)),
        sa.CheckConstraint(_one_of("stand", ("bezig", "klaar", "afgebroken"))),
    )  # fmt: skip
