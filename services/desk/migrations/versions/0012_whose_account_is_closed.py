"""Whose account was closed is told from who was invited and has not come yet."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know of closed accounts; of those closed before, once they are heard of again."""
    op.execute("ALTER TABLE user_refs ADD COLUMN deactivated boolean NOT NULL DEFAULT false")
