"""Joint teams, whom answers speak for, and the cases that low scores opened."""

from alembic import op

from services.clients.migrations.tables_0004 import STATEMENTS

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the projections; what stands in them keeps its scores."""
    for statement in STATEMENTS:
        op.execute(statement)
