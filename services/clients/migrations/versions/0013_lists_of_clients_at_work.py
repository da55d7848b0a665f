"""Indexes of clients at work and of archived ones apart: an undone import leaves many archived."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INDEXES = {
    "clients_search": "gin (search)",
    "clients_by_updated_at": "btree (updated_at, id)",
    "clients_by_next_due": "btree (due_order, id)",
}
STATES = {"": "IS NULL", "_archived": "IS NOT NULL"}


def upgrade() -> None:
    """Make two of each; a row stands in one of them, so that writing costs as much as before."""
    for name, columns in INDEXES.items():
        op.execute(f"DROP INDEX {name}")
        for end, state in STATES.items():
            op.execute(
                f"CREATE INDEX {name}{end} ON clients USING {columns} WHERE archived_at {state}"
            )


def downgrade() -> None:
    """One of each again."""
    for name, columns in INDEXES.items():
        for end in STATES:
            op.execute(f"DROP INDEX {name}{end}")
        op.execute(f"CREATE INDEX {name} ON clients USING {columns}")
