"""Why somebody was spared: asked lately, or left with too few to stay anonymous among."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FILLED = """
UPDATE survey_invitations i SET spared_because = CASE WHEN NOT i.anonymous OR EXISTS (
    SELECT 1 FROM survey_invitations b WHERE b.campaign_id = i.campaign_id
    AND b.person_id = i.person_id AND b.status <> 'spared' AND b.created_at < i.created_at
) THEN 'asked_lately' ELSE 'too_few' END WHERE i.status = 'spared'
"""


def upgrade() -> None:
    """Keep it beside each; of those here already it follows from when they were asked before."""
    op.execute("ALTER TABLE survey_invitations ADD COLUMN spared_because text")
    op.execute(FILLED)
    op.execute(
        "ALTER TABLE survey_invitations ADD CONSTRAINT spared_for_a_reason CHECK"
        " ((status = 'spared') = (spared_because IS NOT NULL)"
        " AND spared_because IN ('asked_lately', 'too_few'))"
    )


def downgrade() -> None:
    """Back to spared without a word."""
    op.execute("ALTER TABLE survey_invitations DROP COLUMN spared_because")
