"""Deliverables with their versions, comments and verdicts; what waits for whom."""

from alembic import op

from services.engagements.migrations.tables_0003 import statements
from shared.migrating import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SERVICE = "engagements"
MINE = "engagement_id IN (SELECT x FROM my_engagements() x)"
CLIENT = "client_id = rapport_client() AND " + MINE
FIRM = "(SELECT oversees()) OR " + MINE
CLIENT_WRITES = {
    "deliverables": ("UPDATE (status, version_number, step_due_on, updated_at, version)",),
    "deliverable_versions": ("INSERT",),
    "deliverable_comments": ("INSERT",),
    "deliverable_verdicts": ("INSERT",),
}


def upgrade() -> None:
    """Create the tables, and who may reach them."""
    for statement in statements():
        op.execute(statement)
    for table, writes in CLIENT_WRITES.items():
        secure(
            SERVICE,
            table,
            client=CLIENT,
            firm=FIRM,
            client_writes=writes,
            firm_rights="SELECT, INSERT, UPDATE",
        )
