"""What Rapport itself calls a record stands in both languages, also where it is found."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the record's next event fills it."""
    op.execute("ALTER TABLE search_entries ADD COLUMN title_texts jsonb")


def downgrade() -> None:
    """Keep one language."""
    op.execute("ALTER TABLE search_entries DROP COLUMN title_texts")
