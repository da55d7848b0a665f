"""The tables of imports, as one statement each."""

IMPORTS = """CREATE TABLE imports (
    id uuid PRIMARY KEY,
    file_name text NOT NULL,
    file_key text NOT NULL,
    file_kind text NOT NULL,
    file_bytes bigint NOT NULL,
    encoding text,
    status text NOT NULL,
    task text NOT NULL,
    columns jsonb NOT NULL DEFAULT '[]',
    signature text,
    mode text, match_key text, similar_rows text,
    rows integer NOT NULL DEFAULT 0,
    ready integer NOT NULL DEFAULT 0,
    problems integer NOT NULL DEFAULT 0,
    warnings integer NOT NULL DEFAULT 0,
    duplicates integer NOT NULL DEFAULT 0,
    alike integer NOT NULL DEFAULT 0,
    known integer NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    undone integer NOT NULL DEFAULT 0,
    kept integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    problem jsonb,
    created_by uuid NOT NULL, created_by_name text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    analysed_at timestamptz, applied_at timestamptz, undone_at timestamptz,
    version integer NOT NULL DEFAULT 1
)"""

ROWS = """CREATE TABLE import_rows (
    import_id uuid NOT NULL REFERENCES imports (id),
    number integer NOT NULL,
    status text NOT NULL,
    cells text[] NOT NULL,
    client jsonb NOT NULL,
    person jsonb NOT NULL,
    credit_code text,
    comparison_name text,
    spelled_name text,
    client_number text,
    web_domain text, email_domain text, phone_digits text,
    outcome text,
    client_id uuid, contact_id uuid,
    PRIMARY KEY (import_id, number)
)"""

PROBLEMS = """CREATE TABLE import_problems (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id uuid NOT NULL REFERENCES imports (id),
    number integer NOT NULL,
    place integer,
    code text NOT NULL,
    severity text NOT NULL,
    stage text NOT NULL DEFAULT 'analyse',
    value text,
    sentence jsonb NOT NULL
)"""

CHANGES = """CREATE TABLE import_changes (
    import_id uuid NOT NULL REFERENCES imports (id),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    number integer NOT NULL,
    act text NOT NULL,
    client_id uuid NOT NULL,
    contact_id uuid,
    before jsonb,
    after jsonb,
    undone_at timestamptz,
    PRIMARY KEY (import_id, seq)
)"""

MAPPINGS = """CREATE TABLE import_mappings (
    signature text PRIMARY KEY,
    mapping jsonb NOT NULL,
    saved_by uuid NOT NULL,
    saved_at timestamptz NOT NULL
)"""

STATEMENTS = (
    IMPORTS,
    ROWS,
    PROBLEMS,
    CHANGES,
    MAPPINGS,
    "CREATE INDEX imports_created ON imports (created_at, id)",
    "CREATE INDEX import_rows_code ON import_rows (import_id, credit_code)"
    " WHERE credit_code IS NOT NULL",
    "CREATE INDEX import_rows_name ON import_rows (import_id, comparison_name)",
    "CREATE INDEX import_problems_row ON import_problems (import_id, number, id)",
)

READ_ONLY = ("import_rows", "import_problems", "import_changes")
WRITTEN = ("imports", "import_mappings")
"""Tables the firm's people write themselves; the others are written by jobs."""
