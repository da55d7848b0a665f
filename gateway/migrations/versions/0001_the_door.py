"""The door: people and their affiliations, credentials, sessions, keys, invitations, projections.

Secrets are held as hashes only. A client-side person reads and changes their own row and nothing
else; credentials are their owner's; refresh tokens and live notifications are nobody's but the
machinery's.
"""

from alembic import op

from shared.migrating import create_shared_tables, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERVICE = "gateway"
OWN = "user_id = rapport_user()"

PEOPLE = """
CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text CONSTRAINT users_email_lower CHECK (email = lower(email)),
    name text NOT NULL, side text NOT NULL CHECK (side IN ('firm', 'client')),
    roles text[] NOT NULL DEFAULT '{}', title text,
    language text NOT NULL CHECK (language IN ('zh', 'en')),
    status text NOT NULL CHECK (status IN ('invited', 'active', 'deactivated')),
    sessions_since timestamptz NOT NULL, last_seen_at timestamptz,
    search tsvector NOT NULL DEFAULT ''::tsvector,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL,
    CONSTRAINT users_email UNIQUE (email),
    CONSTRAINT users_client_roles CHECK (side = 'firm' OR roles = '{}')
);
CREATE INDEX users_name ON users (name, id);
CREATE INDEX users_created ON users (created_at, id);
CREATE INDEX users_search ON users USING gin (search);
CREATE TABLE affiliations (
    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, client_id uuid NOT NULL,
    since timestamptz NOT NULL, until timestamptz,
    CONSTRAINT affiliations_order CHECK (until IS NULL OR until >= since)
);
CREATE UNIQUE INDEX affiliations_open ON affiliations (user_id) WHERE until IS NULL;
CREATE INDEX affiliations_user ON affiliations (user_id, since);
CREATE TABLE client_refs (
    id uuid PRIMARY KEY, number text NOT NULL, name text NOT NULL,
    archived boolean NOT NULL DEFAULT false
);
CREATE TABLE credentials (
    user_id uuid PRIMARY KEY REFERENCES users, password_hash text NOT NULL,
    changed_at timestamptz NOT NULL
);
"""

ENTRY = """
CREATE TABLE api_keys (
    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, name text NOT NULL,
    secret_hash bytea NOT NULL, scopes text[] NOT NULL, created_by uuid NOT NULL,
    created_at timestamptz NOT NULL, expires_at timestamptz, revoked_at timestamptz,
    last_used_at timestamptz
);
CREATE INDEX api_keys_user ON api_keys (user_id);
CREATE INDEX api_keys_created ON api_keys (created_at, id);
CREATE TABLE sessions (
    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users,
    kind text NOT NULL CHECK (kind IN ('browser', 'token', 'key')),
    secret_hash bytea, api_key_id uuid REFERENCES api_keys,
    created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    used_at timestamptz NOT NULL, ended_at timestamptz, ended_because text
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires_at);
CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    issued_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE TABLE invitations (
    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, token_hash bytea NOT NULL UNIQUE,
    created_by uuid NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    used_at timestamptz, replaced_at timestamptz
);
CREATE INDEX invitations_user ON invitations (user_id);
"""

PROJECTIONS = """
CREATE TABLE search_entries (
    id uuid PRIMARY KEY, kind text NOT NULL, title text NOT NULL, subtitle text,
    client_id uuid, client_users uuid[] NOT NULL, excluded uuid[] NOT NULL,
    roles text[] NOT NULL, search tsvector NOT NULL, updated_at timestamptz NOT NULL
);
CREATE INDEX search_entries_search ON search_entries USING gin (search);
CREATE INDEX search_entries_updated ON search_entries (updated_at, id);
CREATE INDEX search_entries_kind ON search_entries (kind, updated_at, id);
CREATE INDEX search_entries_people ON search_entries USING gin (client_users);
CREATE TABLE live_events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL, type text NOT NULL, aggregate text NOT NULL,
    aggregate_id uuid NOT NULL, version bigint NOT NULL, at timestamptz NOT NULL,
    client_id uuid, client_users uuid[] NOT NULL, excluded uuid[] NOT NULL,
    roles text[] NOT NULL, stored_at timestamptz NOT NULL
);
CREATE INDEX live_events_stored ON live_events (stored_at);
"""

OWN_COLUMNS = (
    "id", "email", "name", "side", "roles", "title", "language", "status", "last_seen_at",
    "sessions_since", "created_at", "updated_at", "version", "search",
)  # fmt: skip
OWN_WRITES = ("UPDATE (name, language, sessions_since, updated_at, version, search)",)
VISIBLE = "NOT (excluded @> ARRAY[rapport_user()])"
LISTED = (
    "client_users @> ARRAY[rapport_user()] AND (client_id IS NULL OR client_id = rapport_client())"
)


def upgrade() -> None:
    """Make the tables and put up the walls."""
    create_shared_tables(SERVICE)
    for script in (PEOPLE, ENTRY, PROJECTIONS):
        for statement in script.split(";"):
            if statement.strip():
                op.execute(statement)
    secure(
        SERVICE, "users", client="id = rapport_user()", client_columns=OWN_COLUMNS,
        client_writes=OWN_WRITES, firm_rights="SELECT, INSERT, UPDATE",
    )  # fmt: skip
    secure(SERVICE, "affiliations", client=OWN, firm_rights="SELECT, INSERT, UPDATE")
    secure(SERVICE, "client_refs", client="id = rapport_client()", firm_rights="SELECT")
    secure(
        SERVICE, "credentials", client=OWN, firm=OWN,
        client_writes=("UPDATE (password_hash, changed_at)",), firm_rights="SELECT, UPDATE",
    )  # fmt: skip
    secure(SERVICE, "api_keys", client=None, firm_rights="SELECT, INSERT, UPDATE")
    secure(
        SERVICE, "sessions", client=OWN, firm=OWN, firm_rights="SELECT, INSERT, UPDATE",
        client_writes=("INSERT", "UPDATE (ended_at, ended_because)"),
    )  # fmt: skip
    secure(SERVICE, "refresh_tokens", client=None, firm="false", firm_rights="SELECT")
    op.execute("GRANT INSERT ON refresh_tokens TO gateway_firm, gateway_client")
    for role in ("firm", "client"):
        op.execute(
            f"CREATE POLICY {role}_appends ON refresh_tokens FOR INSERT TO gateway_{role}"
            " WITH CHECK (EXISTS (SELECT 1 FROM sessions s WHERE s.id = session_id))"
        )
    secure(SERVICE, "invitations", client=None, firm_rights="SELECT, INSERT, UPDATE")
    secure(SERVICE, "search_entries", client=LISTED, firm=VISIBLE, firm_rights="SELECT")
    secure(SERVICE, "live_events", client=None, firm="false", firm_rights="SELECT")
    op.execute("GRANT SELECT ON audit TO gateway_firm")
    op.execute("CREATE POLICY audit_read_firm ON audit FOR SELECT TO gateway_firm USING (true)")
