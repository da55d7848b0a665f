"""People in the order of their names: Chinese ones by pinyin among the others."""

import sqlalchemy as sa
from alembic import op

from shared.text import sort_name

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep beside each name what it sorts by; nothing reads names in another order any more."""
    op.execute("ALTER TABLE users ADD COLUMN sort_name text NOT NULL DEFAULT ''")
    connection = op.get_bind()
    people = connection.execute(sa.text("SELECT id, name FROM users")).all()
    if people:
        connection.execute(
            sa.text("UPDATE users SET sort_name = :sort_name WHERE id = :id"),
            [{"id": each.id, "sort_name": sort_name(each.name)} for each in people],
        )
    op.execute("CREATE INDEX users_sort_name ON users (sort_name, id)")
    op.execute("DROP INDEX users_name")
    op.execute("GRANT SELECT (sort_name), UPDATE (sort_name) ON users TO gateway_client")


def downgrade() -> None:
    """Back to the order of characters."""
    op.execute("CREATE INDEX users_name ON users (name, id)")
    op.execute("ALTER TABLE users DROP COLUMN sort_name")
