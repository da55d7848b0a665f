"""Which client a person lives in; a client with an account is in use."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; rebuilding the projection fills it for people known before."""
    op.execute("ALTER TABLE user_refs ADD COLUMN client_id uuid")
    op.execute("CREATE INDEX user_refs_client ON user_refs (client_id) WHERE client_id IS NOT NULL")
