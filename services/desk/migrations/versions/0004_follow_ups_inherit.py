"""A follow-up case is kept from whom its survey answer is kept from, also when that changes."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember what was inherited, apart from whom the case is about for its own sake."""
    op.execute("ALTER TABLE survey_cases ADD COLUMN inherited uuid[] NOT NULL DEFAULT '{}'")
    op.execute(
        "UPDATE survey_cases s SET inherited = c.about_user_ids FROM cases c"
        " WHERE c.source_id = s.source_id"
    )
    op.execute("CREATE INDEX cases_source ON cases (source_id) WHERE source_id IS NOT NULL")
