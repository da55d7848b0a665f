"""Indexes that no statement reads by; every imported row paid for them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNREAD = ("clients_import", "import_rows_code", "import_rows_name")


def upgrade() -> None:
    """Drop them; an import's rows are always read as a whole, by its primary key."""
    for name in UNREAD:
        op.execute(f"DROP INDEX {name}")
