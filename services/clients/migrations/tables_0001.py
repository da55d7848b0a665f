"""The tables of the first revision, as one statement each."""

CLIENTS = """CREATE TABLE clients (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    legal_name text NOT NULL,
    comparison_name text NOT NULL,
    short_name text,
    aliases text[] NOT NULL DEFAULT '{}',
    credit_code text,
    province text, city text, industry text,
    main_products text[] NOT NULL DEFAULT '{}',
    employees integer,
    revenue_minor bigint, revenue_currency text,
    website text, web_domain text, phone text, phone_digits text, email_domain text,
    source text,
    stage text NOT NULL,
    owner_id uuid, owner_name text,
    tags text[] NOT NULL DEFAULT '{}',
    strength smallint CHECK (strength BETWEEN 1 AND 9),
    likelihood smallint CHECK (likelihood BETWEEN 1 AND 9),
    contract_total_minor bigint, contract_total_currency text,
    first_contact_on date,
    notes text,
    last_contact_at timestamptz,
    contacts_count integer NOT NULL DEFAULT 0,
    archived_at timestamptz,
    import_id uuid,
    own_words tsvector NOT NULL DEFAULT '',
    contact_words tsvector NOT NULL DEFAULT '',
    search tsvector NOT NULL GENERATED ALWAYS AS (own_words || contact_words) STORED,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1
)"""

CONTACTS = """CREATE TABLE contacts (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES clients (id),
    name text NOT NULL,
    title text, department text, mobile text, phone text, email text, wechat text,
    decision_role text, preferred_channel text,
    do_not_contact boolean NOT NULL DEFAULT false,
    do_not_contact_reason text,
    notes text,
    search tsvector NOT NULL DEFAULT '',
    archived_at timestamptz,
    import_id uuid,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CHECK (NOT do_not_contact OR do_not_contact_reason IS NOT NULL)
)"""

INTERACTIONS = """CREATE TABLE interactions (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES clients (id),
    kind text NOT NULL,
    occurred_at timestamptz NOT NULL,
    contact_ids uuid[] NOT NULL DEFAULT '{}',
    participant_ids uuid[] NOT NULL DEFAULT '{}',
    summary text NOT NULL,
    intent smallint CHECK (intent BETWEEN 0 AND 5),
    next_step text, next_step_on date,
    author_id uuid NOT NULL, author_name text NOT NULL,
    historical boolean NOT NULL DEFAULT false,
    locked_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1
)"""

AMENDMENTS = """CREATE TABLE interaction_amendments (
    id uuid PRIMARY KEY,
    interaction_id uuid NOT NULL REFERENCES interactions (id),
    at timestamptz NOT NULL,
    by_id uuid NOT NULL, by_name text NOT NULL,
    summary text NOT NULL,
    reason text NOT NULL
)"""

USER_REFS = """CREATE TABLE user_refs (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    side text NOT NULL,
    roles text[] NOT NULL,
    active boolean NOT NULL
)"""

CASE_REFS = """CREATE TABLE case_refs (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL,
    number text NOT NULL,
    subject text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    live boolean NOT NULL,
    requester_name text NOT NULL,
    assignee_name text,
    next_due_at timestamptz,
    opened_at timestamptz NOT NULL,
    excluded uuid[] NOT NULL
)"""

ENTRY_COLUMNS = """
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL,
    at timestamptz NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    record_id uuid NOT NULL,
    record_number text,
    title text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    sentence jsonb NOT NULL,
    excluded uuid[] NOT NULL DEFAULT '{}'
"""

INDEXES = (
    "CREATE UNIQUE INDEX clients_credit_code ON clients (credit_code)"
    " WHERE credit_code IS NOT NULL AND archived_at IS NULL",
    "CREATE INDEX clients_comparison_name ON clients (comparison_name)",
    "CREATE INDEX clients_comparison_trigrams ON clients USING gin (comparison_name gin_trgm_ops)",
    "CREATE INDEX clients_web_domain ON clients (web_domain) WHERE web_domain IS NOT NULL",
    "CREATE INDEX clients_email_domain ON clients (email_domain) WHERE email_domain IS NOT NULL",
    "CREATE INDEX clients_phone ON clients (phone_digits) WHERE phone_digits IS NOT NULL",
    "CREATE INDEX clients_search ON clients USING gin (search)",
    "CREATE INDEX clients_tags ON clients USING gin (tags)",
    "CREATE INDEX clients_import ON clients (import_id) WHERE import_id IS NOT NULL",
    *(
        f"CREATE INDEX clients_by_{name} ON clients ({column}, id)"
        for name, column in (
            ("updated_at", "updated_at"),
            ("created_at", "created_at"),
            ("legal_name", "legal_name"),
            ("stage", "stage"),
            ("owner", "owner_id"),
            ("industry", "industry"),
            ("province", "province"),
            ("city", "city"),
            ("last_contact", "coalesce(last_contact_at, TIMESTAMPTZ '-infinity')"),
            ("contract_total", "coalesce(contract_total_minor, -1)"),
            ("first_contact", "coalesce(first_contact_on, DATE '-infinity')"),
        )
    ),
    "CREATE INDEX contacts_client ON contacts (client_id, name)",
    "CREATE INDEX contacts_search ON contacts USING gin (search)",
    "CREATE INDEX contacts_name ON contacts (name, id)",
    "CREATE INDEX contacts_updated ON contacts (updated_at, id)",
    "CREATE INDEX contacts_mobile ON contacts (mobile) WHERE mobile IS NOT NULL",
    "CREATE INDEX interactions_client ON interactions (client_id, occurred_at DESC, id)",
    "CREATE INDEX interactions_occurred ON interactions (occurred_at, id)",
    "CREATE INDEX interactions_author ON interactions (author_id, occurred_at)",
    "CREATE INDEX amendments_interaction ON interaction_amendments (interaction_id, at)",
    "CREATE INDEX user_refs_name ON user_refs (name)",
    "CREATE INDEX case_refs_client ON case_refs (client_id) WHERE live",
    "CREATE INDEX case_entries_client ON case_entries (client_id, at DESC, id)",
    "CREATE INDEX case_entries_record ON case_entries (record_id)",
    "CREATE INDEX own_entries_client ON own_entries (client_id, at DESC, id)",
    "CREATE INDEX own_entries_record ON own_entries (record_id)",
)

STATEMENTS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE SEQUENCE client_numbers",
    CLIENTS,
    CONTACTS,
    INTERACTIONS,
    AMENDMENTS,
    USER_REFS,
    CASE_REFS,
    f"CREATE TABLE case_entries ({ENTRY_COLUMNS})",
    f"CREATE TABLE own_entries ({ENTRY_COLUMNS})",
    *INDEXES,
)
