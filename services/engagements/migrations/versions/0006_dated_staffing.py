"""Places that begin on a day ahead; the client's project manager staffs the client's side."""

from alembic import op

from services.engagements.migrations.tables_0006 import statements

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know planned places, and let the client's project manager fill those of the own side."""
    for statement in statements():
        op.execute(statement)
