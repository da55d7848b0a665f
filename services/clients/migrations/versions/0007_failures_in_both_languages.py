"""Why an import failed is told in the reader's language."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was kept in one language stands for both."""
    op.execute(
        "UPDATE imports SET problem = jsonb_build_object('en', problem, 'zh', problem)"
        " WHERE problem ? 'code'"
    )
