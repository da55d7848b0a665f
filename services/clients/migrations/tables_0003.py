"""The tables of the third revision: engagements and survey results of a client, by event."""

from typing import Final

from services.clients.migrations.tables_0001 import ENTRY_COLUMNS

REACH: Final = """
    roles text[] NOT NULL DEFAULT '{}',
    firm_users uuid[] NOT NULL DEFAULT '{}'
"""
"""Of the firm only who holds one of `roles`, or is one of `firm_users`; nobody named: everybody."""

ENGAGEMENTS: Final = f"""CREATE TABLE engagement_refs (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    starts_on date, ends_on date,
    phases jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    excluded uuid[] NOT NULL DEFAULT '{{}}',
    {REACH}
)"""

RESULTS: Final = f"""CREATE TABLE survey_results (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL,
    kind text NOT NULL,
    scores integer[] NOT NULL,
    responses integer NOT NULL,
    score double precision NOT NULL,
    low boolean NOT NULL,
    person_id uuid, person_name text, role text,
    subject text NOT NULL,
    comment text,
    at timestamptz NOT NULL,
    excluded uuid[] NOT NULL DEFAULT '{{}}',
    {REACH}
)"""

STATEMENTS: Final = (
    # With the rights of the tables' owner; it tells nobody more than their own roles.
    "CREATE FUNCTION my_roles() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public AS $$ SELECT coalesce((SELECT roles FROM user_refs"
    " WHERE id = rapport_user() AND side = 'firm'), '{}') $$",
    "REVOKE ALL ON FUNCTION my_roles() FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION my_roles() TO clients_firm, clients_worker",
    ENGAGEMENTS,
    f"CREATE TABLE engagement_entries ({ENTRY_COLUMNS}, {REACH})",
    RESULTS,
    f"CREATE TABLE survey_entries ({ENTRY_COLUMNS}, {REACH})",
    "CREATE INDEX engagement_refs_client ON engagement_refs (client_id, opened_at)",
    "CREATE INDEX survey_results_client ON survey_results (client_id, at DESC, id)",
    *(
        f"CREATE INDEX {table}_{name} ON {table} ({columns})"
        for table in ("engagement_entries", "survey_entries")
        for name, columns in (("client", "client_id, at DESC, id"), ("record", "record_id"))
    ),
)
TABLES: Final = ("engagement_refs", "engagement_entries", "survey_results", "survey_entries")
