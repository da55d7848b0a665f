"""Rounds and answers go with a client that becomes part of another one."""

from alembic import op

from shared.following import DDL

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know of merges, and remember what moved."""
    op.execute("ALTER TABLE client_refs ADD COLUMN merged_into_id uuid")
    for statement in DDL:
        op.execute(statement.replace("{service}", "surveys"))
