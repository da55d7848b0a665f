"""The client's page tells a promise whose clock stands still, and one that was broken, apart."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a case's next event fills them, what waits stands still until then."""
    op.execute(
        "ALTER TABLE case_refs ADD COLUMN next_paused boolean NOT NULL DEFAULT false,"
        " ADD COLUMN overdue_since timestamptz"
    )
    op.execute(
        "UPDATE case_refs SET next_paused = true"
        " WHERE status = 'waiting_client' AND next_due_at IS NOT NULL"
    )
