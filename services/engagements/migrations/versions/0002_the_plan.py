"""The plan: phases, tasks with their links, key nodes. Both sides read it and work by it."""

from alembic import op

from services.engagements.migrations.tables_0002 import statements
from shared.migrating import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SERVICE = "engagements"
MINE = "engagement_id IN (SELECT x FROM my_engagements() x)"
CLIENT = "client_id = rapport_client() AND " + MINE
FIRM = "(SELECT oversees()) OR " + MINE
CLIENT_WRITES = {
    "phases": ("UPDATE (starts_on, ends_on, version)",),
    "tasks": (
        "UPDATE (status, assignee_id, assignee_name, starts_on, ends_on, float_days, started_on,"
        " finished_on, version)",
    ),
    "task_links": (),
    "key_nodes": ("UPDATE (planned_on, version)",),
}


def upgrade() -> None:
    """Create the plan's tables, and who may reach them."""
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
