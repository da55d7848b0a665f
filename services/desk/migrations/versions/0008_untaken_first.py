"""A case that nobody has taken stands where it was opened, and not behind all that is promised."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Order cases by the next promise, those of nobody by when they came, the rest last."""
    op.execute(
        "ALTER TABLE cases ALTER COLUMN due_order SET EXPRESSION AS (coalesce(next_due_at,"
        " CASE WHEN status = 'open' THEN created_at END, TIMESTAMPTZ '9999-12-31 00:00:00+00'))"
    )
