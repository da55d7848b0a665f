"""Whose a record is: what one answers for stands before others of its name in a search."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it beside each; of those here already it is known from their next event on."""
    op.execute("ALTER TABLE search_entries ADD COLUMN owner_id uuid")
    op.execute("ALTER TABLE client_refs ADD COLUMN owner_id uuid")


def downgrade() -> None:
    """Back to records of nobody."""
    op.execute("ALTER TABLE client_refs DROP COLUMN owner_id")
    op.execute("ALTER TABLE search_entries DROP COLUMN owner_id")
