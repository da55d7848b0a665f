"""Whoever was asked reads what the case was called that they are asked about."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the client side read the words."""
    op.execute("GRANT SELECT (about) ON survey_invitations TO surveys_client")


def downgrade() -> None:
    """Back to numbers."""
    op.execute("REVOKE SELECT (about) ON survey_invitations FROM surveys_client")
