"""Saved views of lists. Who may change one is narrower than who may read it: two policies each."""

from alembic import op

from shared.migrating import secure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SERVICE = "gateway"
VIEWS = """
CREATE TABLE views (
    id uuid PRIMARY KEY, owner_id uuid NOT NULL REFERENCES users, collection text NOT NULL,
    name text NOT NULL, address text NOT NULL,
    audience text NOT NULL CHECK (audience IN ('personal', 'team', 'public')), role text,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL,
    CONSTRAINT views_role CHECK (role IS NULL OR audience = 'team'),
    CONSTRAINT views_name UNIQUE (owner_id, collection, name)
);
CREATE INDEX views_listed ON views (name, id);
CREATE INDEX views_shared ON views (collection, name, id) WHERE audience <> 'personal';
CREATE TABLE view_defaults (
    user_id uuid NOT NULL REFERENCES users, collection text NOT NULL,
    view_id uuid NOT NULL REFERENCES views ON DELETE CASCADE,
    PRIMARY KEY (user_id, collection)
);
CREATE INDEX view_defaults_view ON view_defaults (view_id)
"""
HELD = "(SELECT u.roles FROM users u WHERE u.id = rapport_user())"
OWN = "owner_id = rapport_user()"
FIRM_CHANGES = f"{OWN} OR (audience <> 'personal' AND {HELD} @> ARRAY['admin'])"
FIRM_READS = (
    "audience = 'public' OR (audience = 'team'"
    f" AND (role IS NULL OR {HELD} @> ARRAY[role] OR {HELD} @> ARRAY['admin']))"
)


def upgrade() -> None:
    """Make the tables and put up the walls."""
    for statement in VIEWS.split(";"):
        op.execute(statement)
    secure(
        SERVICE, "views", client=f"{OWN} AND audience = 'personal'", firm=FIRM_CHANGES,
        client_writes=("INSERT", "UPDATE", "DELETE"),
    )  # fmt: skip
    for role, reads in (("client", "audience = 'public'"), ("firm", FIRM_READS)):
        op.execute(
            f"CREATE POLICY {role}_offered ON views FOR SELECT TO gateway_{role}"
            f" USING (rapport_user() IS NOT NULL AND ({reads}))"
        )
    own = "user_id = rapport_user()"
    secure(
        SERVICE, "view_defaults", client=own, firm=own,
        client_writes=("INSERT", "UPDATE", "DELETE"),
    )  # fmt: skip


def downgrade() -> None:
    """Forget them again."""
    op.execute("DROP TABLE view_defaults")
    op.execute("DROP TABLE views")
