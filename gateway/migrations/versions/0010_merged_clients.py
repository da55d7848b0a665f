"""People go with a client that becomes part of another one."""

from alembic import op

from shared.following import DDL

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know of merges, and remember who moved; find the people of a client."""
    for statement in DDL:
        op.execute(statement.replace("{service}", "gateway"))
    op.execute("CREATE INDEX affiliations_client ON affiliations (client_id)")
