"""A notice says which night took it back, so that a night that is run again says the same of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the night; of what was taken back before it is not known."""
    op.add_column("outbox", sa.Column("teruggehaald_op", sa.Date))
