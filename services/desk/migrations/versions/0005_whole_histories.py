"""An act tells the steps it added: nobody's own role needs a whole history any more."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave whole histories to snapshots."""
    op.execute("REVOKE EXECUTE ON FUNCTION case_history(uuid) FROM desk_firm, desk_client")
