"""Nobody is asked about an engagement that was given up, whatever is heard of it late."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know how an engagement stands; of those heard of before, once they are heard of again."""
    op.execute("ALTER TABLE engagement_refs ADD COLUMN status text")
