"""The registry: clients, contacts, contact records, projections and the timeline.

No table of this service is open to the client side. Entries about a case are kept from whoever the
case is about, by row security.
"""

from alembic import op

from services.clients.migrations import imports_0001 as imports
from services.clients.migrations.tables_0001 import STATEMENTS
from shared.migrating import create_shared_tables, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NOT_EXCLUDED = "NOT (rapport_user() = ANY (excluded)) AND rapport_user() IS NOT NULL"


def upgrade() -> None:
    """Create everything the registry stores, and who may reach it."""
    create_shared_tables("clients")
    for statement in (*STATEMENTS, *imports.STATEMENTS):
        op.execute(statement)
    op.execute("GRANT USAGE ON SEQUENCE client_numbers TO clients_firm, clients_worker")
    for table in ("clients", "contacts", "interactions", "own_entries"):
        secure("clients", table, client=None, firm_rights="SELECT, INSERT, UPDATE")
    secure("clients", "interaction_amendments", client=None, firm_rights="SELECT, INSERT")
    secure("clients", "user_refs", client=None, firm_rights="SELECT")
    for table in ("case_refs", "case_entries"):
        secure("clients", table, client=None, firm=NOT_EXCLUDED, firm_rights="SELECT")
    for table in imports.WRITTEN:
        secure("clients", table, client=None, firm_rights="SELECT, INSERT, UPDATE")
    for table in imports.READ_ONLY:
        secure("clients", table, client=None, firm_rights="SELECT")
