"""Places in joint teams; records that only some of the firm may learn of, by role or by name."""

from alembic import op

from shared.migrating import secure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SERVICE = "gateway"
TABLES = """
CREATE TABLE memberships (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL, client_id uuid NOT NULL,
    user_id uuid NOT NULL, side text NOT NULL, role text NOT NULL, domains text[] NOT NULL,
    live boolean NOT NULL
);
CREATE INDEX memberships_user ON memberships (user_id) WHERE live;
ALTER TABLE search_entries ADD COLUMN firm_users uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE live_events ADD COLUMN firm_users uuid[] NOT NULL DEFAULT '{}'
"""
ADMITTED = (
    "NOT (excluded @> ARRAY[rapport_user()]) AND (roles = '{}'"
    " OR firm_users @> ARRAY[rapport_user()]"
    " OR EXISTS (SELECT 1 FROM users u WHERE u.id = rapport_user()"
    " AND u.roles && search_entries.roles))"
)


def upgrade() -> None:
    """Make room for them, and let the second wall ask."""
    for statement in TABLES.split(";"):
        op.execute(statement)
    secure(SERVICE, "memberships", client="user_id = rapport_user()", firm_rights="SELECT")
    op.execute(
        f"ALTER POLICY firm_rows ON search_entries USING ({ADMITTED}) WITH CHECK ({ADMITTED})"
    )
