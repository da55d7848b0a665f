"""Low survey scores open cases: each source once, by a channel of their own."""

from alembic import op

from shared.migrating import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember which answers and rounds have their case."""
    op.execute("CREATE TABLE survey_cases (source_id uuid PRIMARY KEY)")
    secure("desk", "survey_cases", client=None, firm="false", firm_rights="SELECT")
    op.execute("ALTER TABLE cases DROP CONSTRAINT cases_channel_check")
    op.execute(
        "ALTER TABLE cases ADD CONSTRAINT cases_channel_check"
        " CHECK (channel IN ('portal', 'phone', 'mail', 'api', 'survey'))"
    )
