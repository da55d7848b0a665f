"""The link of an anonymous round keeps no language: one of its own would name whose it is."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget those of rounds that are open."""
    op.execute("ALTER TABLE survey_tokens ALTER COLUMN language DROP NOT NULL")
    op.execute("UPDATE survey_tokens SET language = NULL WHERE invitation_id IS NULL")


def downgrade() -> None:
    """Back to one for everybody."""
    op.execute("UPDATE survey_tokens SET language = 'zh' WHERE language IS NULL")
    op.execute("ALTER TABLE survey_tokens ALTER COLUMN language SET NOT NULL")
