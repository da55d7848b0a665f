"""Whom a case is about: what was asked about it keeps from them, also when they are named later."""

from alembic import op

from shared.migrating import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the projection of cases, and find the rounds of one."""
    op.execute("CREATE TABLE case_refs (id uuid PRIMARY KEY, excluded uuid[] NOT NULL)")
    secure("surveys", "case_refs", client=None, firm="false", firm_rights="SELECT")
    op.execute("CREATE INDEX survey_rounds_case ON survey_rounds (case_id)")
