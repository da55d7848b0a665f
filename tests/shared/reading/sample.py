"""A small service to read from: loans of a library, with both sides, exclusions and a parent."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.audience import ADMIN, EVERYONE, FIRM
from shared.identity import Actor, Side
from shared.migrating import CONTEXT_FUNCTIONS
from shared.policy import EVERYONE as ANYBODY
from shared.policy import FIRM as FIRM_RULE
from shared.policy import role
from shared.reading import (
    ANY_OF,
    CONTAINS,
    HAS,
    NULL,
    RANGE,
    Can,
    Column,
    Condition,
    Detail,
    Listing,
    Parent,
    Scope,
    Search,
    money,
    reference,
)


class Status(StrEnum):
    """Where a loan stands."""

    OPEN = "open"
    LATE = "late"
    BACK = "back"


POLICY = {
    "loan:list": ANYBODY,
    "loan:view": ANYBODY,
    "loan:close": FIRM_RULE,
    "loan:burn": role("admin"),
    "note:list": ANYBODY,
    "secret:list": role("admin"),
}

DDL = [
    *(
        f"CREATE FUNCTION {signature} LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {body} $$"
        for signature, body in CONTEXT_FUNCTIONS.items()
    ),
    "GRANT USAGE ON SCHEMA public TO sample_firm, sample_client, sample_worker",
    """CREATE TABLE owners (id uuid PRIMARY KEY, name text NOT NULL)""",
    """CREATE TABLE loans (
        id uuid PRIMARY KEY, number text UNIQUE NOT NULL, status text NOT NULL,
        title text NOT NULL, owner_id uuid, client_id uuid NOT NULL, requester_id uuid NOT NULL,
        severity int, fee_minor bigint, fee_currency text, tags text[] NOT NULL DEFAULT '{}',
        due_at timestamptz, lent_on date, secret text, about uuid[] NOT NULL DEFAULT '{}',
        search tsvector NOT NULL DEFAULT '', version int NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL DEFAULT now())""",
    "CREATE INDEX ON loans (updated_at, id)",
    "CREATE INDEX ON loans (title, id)",
    "CREATE INDEX ON loans (due_at, id)",
    "CREATE INDEX ON loans (coalesce(due_at, 'infinity'), id)",
    "CREATE INDEX ON loans (severity, id)",
    "CREATE INDEX ON loans (requester_id, client_id)",
    "CREATE INDEX ON loans USING gin (search)",
    "CREATE INDEX ON loans USING gin (tags)",
    "CREATE TABLE notes (id uuid PRIMARY KEY, loan_id uuid NOT NULL, text text NOT NULL)",
    "CREATE INDEX ON notes (loan_id, id)",
    "CREATE TABLE moved (id uuid PRIMARY KEY, target uuid NOT NULL)",
    *(
        statement
        for table in ("owners", "loans", "notes", "moved")
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner_all ON {table} TO sample_owner USING (true) WITH CHECK (true)",
            f"CREATE POLICY worker_all ON {table} TO sample_worker USING (true)",
            f"GRANT SELECT ON {table} TO sample_firm, sample_worker",
        )
    ),
    "CREATE POLICY firm_rows ON loans TO sample_firm USING (NOT about @> ARRAY[rapport_user()])",
    "CREATE POLICY firm_rows ON owners TO sample_firm USING (true)",
    "CREATE POLICY firm_rows ON notes TO sample_firm USING (true)",
    "CREATE POLICY firm_rows ON moved TO sample_firm USING (true)",
    "CREATE POLICY client_rows ON loans TO sample_client"
    " USING (requester_id = rapport_user() AND client_id = rapport_client())",
    "CREATE POLICY client_rows ON owners TO sample_client USING (true)",
    "CREATE POLICY client_rows ON notes TO sample_client USING (EXISTS"
    " (SELECT 1 FROM loans l WHERE l.id = loan_id))",
    "CREATE POLICY client_rows ON moved TO sample_client USING (true)",
    "GRANT SELECT ON owners, notes, moved TO sample_client",
    "GRANT SELECT (id, number, status, title, owner_id, client_id, requester_id, fee_minor,"
    " fee_currency, due_at, lent_on, search, version, updated_at) ON loans TO sample_client",
]


def own_or_all(actor: Actor) -> Scope:
    """The firm reads every loan, a client-side person their own."""
    if actor.side is Side.FIRM:
        return Scope.everything()
    return Scope(
        "l.requester_id = :requester AND l.client_id = :actor_client_id",
        {"requester": actor.user_id},
    )


SOURCE = "loans l LEFT JOIN owners o ON o.id = l.owner_id"
COLUMNS = (
    Column("id", "l.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("number", "l.number", str, audience=EVERYONE, filters=ANY_OF, sortable=True),
    Column("status", "l.status", Status, audience=EVERYONE, filters=ANY_OF, sortable=True),
    Column("title", "l.title", str, audience=EVERYONE, filters=CONTAINS, sortable=True),
    reference("owner", id="l.owner_id", label="o.name", audience=EVERYONE, sortable=True),
    Column(
        "severity",
        "l.severity",
        int | None,
        audience=FIRM,
        filters=RANGE | NULL,
        sortable=True,
        description="1 harmless to 9 grave",
    ),
    money("fee", amount="l.fee_minor", currency="l.fee_currency", audience=EVERYONE, sortable=True),
    Column("tags", "l.tags", list[str], audience=FIRM, filters=HAS),
    Column("secret", "l.secret", str | None, audience=ADMIN, filters=ANY_OF, sortable=True),
    Column(
        "due_at",
        "l.due_at",
        datetime | None,
        audience=EVERYONE,
        filters=RANGE | NULL,
        sortable=True,
    ),
    Column(
        "urgency",
        "l.due_at",
        datetime | None,
        audience=EVERYONE,
        sortable=True,
        sort_sql="coalesce(l.due_at, 'infinity')",
        sort_type=datetime,
    ),
    Column("lent_on", "l.lent_on", date | None, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("updated_at", "l.updated_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("version", "l.version", int, audience=EVERYONE),
)

LOANS = Listing(
    name="loans",
    path="/loans",
    item="Loan",
    policy="loan:list",
    source=SOURCE,
    columns=COLUMNS,
    scope=own_or_all,
    order="-updated_at",
    exclusions=True,
    conditions=(
        Condition("overdue", "(l.due_at < now()) IS TRUE = :value", bool, audience=EVERYONE),
        Condition("returned", "(l.status = 'back') = :value", bool, audience=FIRM, default=None),
    ),
    searches=(Search("l.search", audience=EVERYONE),),
)
LOAN = Detail(
    name="loan",
    path="/loans/{id}",
    item="LoanDetail",
    policy="loan:view",
    source=SOURCE,
    columns=COLUMNS,
    scope=own_or_all,
    version="l.version",
    alternative="number",
    exclusions=True,
    revalidate=True,
    moved="SELECT target FROM moved WHERE id = :key",
    can=(
        Can("close", rule=POLICY["loan:close"], when="l.status <> 'back'"),
        Can("burn", rule=POLICY["loan:burn"]),
        Can("ask", rule=POLICY["loan:list"], when="l.requester_id = :actor_id"),
    ),
)
NOTES = Listing(
    name="loan_notes",
    path="/loans/{loan_id}/notes",
    item="Note",
    policy="note:list",
    source="notes n",
    columns=(
        Column("id", "n.id", UUID, audience=EVERYONE),
        Column("text", "n.text", str, audience=EVERYONE),
    ),
    scope=lambda actor: Scope.everything(),
    exclusions=True,
    parents=(Parent("loan_id", "n.loan_id", LOAN),),
)
SECRETS = Listing(
    name="secrets",
    path="/secrets",
    item="Secret",
    policy="secret:list",
    source="loans l",
    columns=(Column("id", "l.id", UUID, audience=ADMIN),),
    scope=lambda actor: Scope.everything(),
)
READINGS = (LOANS, LOAN, NOTES, SECRETS)
