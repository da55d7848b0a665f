"""An invitation says what its case was called; an anonymous one keeps nothing of the kind."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the words; what was sent before names its case by number alone."""
    op.execute(
        "ALTER TABLE survey_invitations ADD COLUMN about jsonb,"
        " ADD CONSTRAINT anonymous_names_no_case CHECK (NOT anonymous OR about IS NULL)"
    )


def downgrade() -> None:
    """Back to numbers."""
    op.execute("ALTER TABLE survey_invitations DROP COLUMN about")
