"""Notifications name their engagement: whoever left its team is not sent what they missed."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it beside each; those in the ring before name none, until it forgets them in a day."""
    op.execute("ALTER TABLE live_events ADD COLUMN engagement_id uuid")
    op.execute("CREATE INDEX memberships_person ON memberships (user_id)")
    op.execute("DROP INDEX memberships_user")


def downgrade() -> None:
    """Back to what only the lists say."""
    op.execute("CREATE INDEX memberships_user ON memberships (user_id) WHERE live")
    op.execute("DROP INDEX memberships_person")
    op.execute("ALTER TABLE live_events DROP COLUMN engagement_id")
