"""A follow-up case says its words in both languages, and knows what its survey asked about."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the client role reads them: the words, and for the event's sake the rest."""
    op.execute(
        "ALTER TABLE cases ADD COLUMN subject_texts jsonb, ADD COLUMN description_texts jsonb,"
        " ADD COLUMN asked_case_id uuid, ADD COLUMN asked_engagement_id uuid"
    )
    op.execute(
        "GRANT SELECT (subject_texts, description_texts, asked_case_id, asked_engagement_id)"
        " ON cases TO desk_client"
    )


def downgrade() -> None:
    """Keep one language, and forget what was asked about."""
    op.execute(
        "ALTER TABLE cases DROP COLUMN subject_texts, DROP COLUMN description_texts,"
        " DROP COLUMN asked_case_id, DROP COLUMN asked_engagement_id"
    )
