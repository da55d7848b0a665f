"""Whom a low score is kept from is known before its case is: both are heard of in any order."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tell sources that have their case from those that have none yet."""
    op.execute("ALTER TABLE survey_cases ADD COLUMN opened boolean NOT NULL DEFAULT true")
    op.execute("ALTER TABLE survey_cases ALTER COLUMN opened DROP DEFAULT")
    # What was heard before is not heard anew: an older reach would show a case again.
    for aggregate, before in (("response", "answer"), ("round", "round")):
        op.execute(
            "INSERT INTO inbox (subscription, aggregate_id, epoch, version, event_id, applied_at)"
            f" SELECT 'surveys.{aggregate}:follow_reach', aggregate_id, epoch, version, event_id,"
            " applied_at FROM inbox"
            f" WHERE subscription = 'surveys.{aggregate}:open_case_for_{before}'"
        )
