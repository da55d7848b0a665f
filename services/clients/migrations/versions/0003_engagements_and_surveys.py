"""Engagements and survey results on the client page, for whoever may know of them."""

from alembic import op

from services.clients.migrations.tables_0003 import STATEMENTS, TABLES
from shared.migrating import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MAY_KNOW = (
    "NOT (rapport_user() = ANY (excluded)) AND rapport_user() IS NOT NULL AND (roles = '{}'"
    " OR rapport_user() = ANY (firm_users) OR roles && (SELECT my_roles()))"
)


def upgrade() -> None:
    """Create the projections; all of them are the firm's alone."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        secure("clients", table, client=None, firm=MAY_KNOW, firm_rights="SELECT")
