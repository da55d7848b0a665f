"""A case knows the survey answer, or the anonymous round, whose low score opened it."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the client role reads it for the event's sake alone, no answer shows it."""
    op.execute("ALTER TABLE cases ADD COLUMN source_id uuid")
    op.execute("GRANT SELECT (source_id) ON cases TO desk_client")
