"""Open tasks of people whose place is over are their role's."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """They waited for nobody; an act that ends a place leaves them with the role from here on."""
    op.execute(
        "UPDATE tasks t SET assignee_id = NULL, assignee_name = NULL, version = t.version + 1"
        " WHERE t.assignee_id IS NOT NULL AND t.status <> 'done' AND NOT EXISTS"
        " (SELECT 1 FROM members m WHERE m.engagement_id = t.engagement_id"
        " AND m.user_id = t.assignee_id AND m.role = t.role AND m.status = 'live')"
    )
