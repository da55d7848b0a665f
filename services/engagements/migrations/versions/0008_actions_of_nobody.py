"""What is to be done about a stakeholder stays, without an owner, when its owner is erased."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let an action have no owner; what erased people were still to do has none."""
    op.execute("ALTER TABLE stakeholder_actions ALTER COLUMN owner_id DROP NOT NULL")
    op.execute("ALTER TABLE stakeholder_actions ALTER COLUMN owner_name DROP NOT NULL")
    op.execute(
        "UPDATE stakeholder_actions SET owner_id = NULL, owner_name = NULL"
        " WHERE owner_name = '[erased]' AND done_on IS NULL"
    )
