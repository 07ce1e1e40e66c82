"""What is looked up has an index; and the number of the layout makes way for the version that Alembic keeps.

Everybody who opens a task reads its lines of the audit log, which grows for three years. Retention asks for the last
line of each employee, and takes findings away, for which the database looks at every table that names one.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes, and drop the table of one number."""
    op.create_index("ix_audit_waarover", "audit", ["waarover", "volgnr"])
    op.create_index("ix_audit_wie", "audit", ["wie", "moment"])
    op.create_index("ix_link_decision_signaal_id", "link_decision", ["signaal_id"])
    op.create_index("ix_sample_signaal_id", "sample", ["signaal_id"])
    op.create_index("ix_objection_datum", "objection", ["datum"])
    op.drop_table("layout")
