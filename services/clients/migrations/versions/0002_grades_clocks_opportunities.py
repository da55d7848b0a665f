"""Grades by hand, the clocks of calls and visits, opportunities."""

from alembic import op

from services.clients.migrations.tables_0002 import STATEMENTS
from shared.migrating import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what grading, cadence and the pipeline store; all of it is the firm's alone."""
    for statement in STATEMENTS:
        op.execute(statement)
    op.execute("GRANT USAGE ON SEQUENCE opportunity_numbers TO clients_firm, clients_worker")
    secure("clients", "cadences", client=None, firm_rights="SELECT")
    secure("clients", "client_grades", client=None, firm_rights="SELECT, INSERT")
    secure("clients", "opportunities", client=None, firm_rights="SELECT, INSERT, UPDATE")
    secure("clients", "opportunity_moves", client=None, firm_rights="SELECT, INSERT")
