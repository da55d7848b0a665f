"""Drafts are kept sealed; those that lay open are forgotten."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget what lay open; keep text that only the link opens."""
    op.execute("ALTER TABLE survey_tokens DROP COLUMN draft, ADD COLUMN draft text")


def downgrade() -> None:
    """Forget what is sealed."""
    op.execute(
        "ALTER TABLE survey_tokens DROP COLUMN draft, ADD COLUMN draft jsonb NOT NULL DEFAULT '{}'"
    )
