"""What is kept of what was destroyed: how many, when and by which policy; and where the audit log begins now."""

import sqlalchemy as sa

from contracts.retention import Soort
from store.casebook.tables import metadata, one_of

#: A destruction is written down before it is done: one that was killed is seen, and is done by the next run.
BEGUN, DONE, BROKEN_OFF = DESTRUCTION_STATES = ("bezig", "klaar", "afgebroken")

#: What was destroyed, without anybody in it; rows are only added to, and their state goes on.
destruction = sa.Table(
    "destruction", metadata,
    sa.Column("volgnr", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
    sa.Column("soort", sa.String(30), one_of("soort", Soort), nullable=False),
    sa.Column("wat", sa.String(40), nullable=False),
    sa.Column("aantal", sa.Integer, nullable=False),
    sa.Column("van_voor", sa.Date, nullable=False),
    sa.Column("beleid", sa.String(20), nullable=False),
    sa.Column("stand", sa.String(10), one_of("stand", DESTRUCTION_STATES), nullable=False),
)  # fmt: skip

#: The last line of the audit log that was destroyed: one row, or none.
audit_base = sa.Table(
    "audit_base", metadata,
    sa.Column("nr", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("volgnr", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)  # fmt: skip
