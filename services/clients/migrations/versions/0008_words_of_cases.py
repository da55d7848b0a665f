"""What Rapport itself calls a case stands in both languages."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the case's next event fills it."""
    op.execute("ALTER TABLE case_refs ADD COLUMN subject_texts jsonb")


def downgrade() -> None:
    """Keep one language."""
    op.execute("ALTER TABLE case_refs DROP COLUMN subject_texts")
