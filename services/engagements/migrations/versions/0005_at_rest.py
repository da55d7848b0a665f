"""Nothing waits for anybody on an engagement that does not run."""

from alembic import op

from services.engagements.migrations.tables_0005 import statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Look at the engagement's state, too, when asked what waits for whom."""
    for statement in statements():
        op.execute(statement)
