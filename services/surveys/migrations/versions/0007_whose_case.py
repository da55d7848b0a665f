"""A case is remembered with its client, so that no answer of the past names another client's."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the client; a case heard of before has it from its next event or a replay on."""
    op.execute("ALTER TABLE case_refs ADD COLUMN client_id uuid")


def downgrade() -> None:
    """Back to whom a case is about alone."""
    op.execute("ALTER TABLE case_refs DROP COLUMN client_id")
