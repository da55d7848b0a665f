"""An act tells the steps it added: nobody's own role needs a whole history any more."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave whole histories to snapshots."""
    op.execute(
        "REVOKE EXECUTE ON FUNCTION engagement_history(uuid)"
        " FROM engagements_firm, engagements_client"
    )
