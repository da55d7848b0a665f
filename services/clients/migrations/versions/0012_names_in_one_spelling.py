"""A client's whole name in one spelling, by which an import tells the same from the similar."""

import sqlalchemy as sa
from alembic import op

from shared.text import spelled_name

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SPELL = sa.text(
    "UPDATE clients c SET spelled_name = n.spelled FROM unnest(CAST(:ids AS uuid[]),"
    " CAST(:names AS text[])) AS n (id, spelled) WHERE c.id = n.id"
)


def upgrade() -> None:
    """Add the column and spell the names that are there."""
    op.execute("ALTER TABLE clients ADD COLUMN spelled_name text")
    bind = op.get_bind()
    rows = bind.execute(sa.text("SELECT id, legal_name FROM clients")).all()
    names = [spelled_name(row.legal_name) for row in rows]
    bind.execute(_SPELL, {"ids": [row.id for row in rows], "names": names})
    op.execute("ALTER TABLE clients ALTER COLUMN spelled_name SET NOT NULL")


def downgrade() -> None:
    """Remove the column."""
    op.execute("ALTER TABLE clients DROP COLUMN spelled_name")
