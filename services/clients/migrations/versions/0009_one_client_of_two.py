"""Two records of one organisation become one, and can be made two again."""

from alembic import op

from shared.following import MERGED_ROWS
from shared.migrating import secure

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MERGES = """CREATE TABLE client_merges (
    id uuid PRIMARY KEY,
    source_id uuid NOT NULL REFERENCES clients (id),
    kept_id uuid NOT NULL REFERENCES clients (id),
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    source_archived_at timestamptz,
    merged_at timestamptz NOT NULL,
    split_at timestamptz,
    CHECK (source_id <> kept_id)
)"""


def upgrade() -> None:
    """Remember what became part of what, and which rows moved."""
    op.execute("ALTER TABLE clients ADD COLUMN merged_into_id uuid REFERENCES clients (id)")
    op.execute("ALTER TABLE clients ADD COLUMN merge_id uuid")
    op.execute(
        "ALTER TABLE clients ADD CONSTRAINT nothing_finds_a_merged_client CHECK"
        " ((merged_into_id IS NULL) = (merge_id IS NULL)"
        " AND (merged_into_id IS NULL OR archived_at IS NOT NULL))"
    )
    op.execute(
        "CREATE INDEX clients_merged ON clients (merged_into_id) WHERE merged_into_id IS NOT NULL"
    )
    op.execute(MERGES)
    op.execute("CREATE INDEX client_merges_kept ON client_merges (kept_id, id)")
    op.execute(
        "CREATE UNIQUE INDEX client_merges_source ON client_merges (source_id)"
        " WHERE split_at IS NULL"
    )
    for statement in MERGED_ROWS:
        op.execute(statement)
    secure("clients", "client_merges", client=None, firm_rights="SELECT, INSERT, UPDATE")
    secure("clients", "merged_rows", client=None, firm_rights="SELECT, INSERT, DELETE")
