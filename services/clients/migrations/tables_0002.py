"""The tables of the second revision: grades, the contact clocks, opportunities."""

from typing import Final

NEVER: Final = "DATE '9999-12-31'"
RESTS: Final = "stage IN ('former', 'disqualified')"
"""Nobody is called who is no longer, or never was, somebody to win."""


def _due(last: str, days: str) -> str:
    """The next day: counted from the last contact, before the first one from the grading."""
    return f"CASE WHEN NOT {RESTS} THEN coalesce({last}, graded_on) + {days} END"


CALL: Final = _due("last_call_on", "call_days")
VISIT: Final = _due("last_visit_on", "visit_days")

# Due days are the table's own arithmetic: no writer of the registry can forget one.
CLIENT_COLUMNS: Final = f"""
    ADD COLUMN grade text CHECK (grade IN ('A', 'B', 'C')),
    ADD COLUMN grade_reason text,
    ADD COLUMN graded_on date,
    ADD COLUMN call_days integer CHECK (call_days > 0),
    ADD COLUMN visit_days integer CHECK (visit_days > 0),
    ADD COLUMN last_call_on date,
    ADD COLUMN last_visit_on date,
    ADD COLUMN other_touch_at timestamptz,
    ADD COLUMN next_call_on date GENERATED ALWAYS AS ({CALL}) STORED,
    ADD COLUMN next_visit_on date GENERATED ALWAYS AS ({VISIT}) STORED,
    ADD COLUMN next_due_on date GENERATED ALWAYS AS (least({CALL}, {VISIT})) STORED,
    ADD COLUMN call_order date NOT NULL GENERATED ALWAYS AS (coalesce({CALL}, {NEVER})) STORED,
    ADD COLUMN visit_order date NOT NULL GENERATED ALWAYS AS (coalesce({VISIT}, {NEVER})) STORED,
    ADD COLUMN due_order date NOT NULL
        GENERATED ALWAYS AS (coalesce(least({CALL}, {VISIT}), {NEVER})) STORED,
    ADD CONSTRAINT a_grade_brings_its_cadence CHECK
        ((grade IS NULL) = (call_days IS NULL) AND (grade IS NULL) = (visit_days IS NULL)
         AND (grade IS NULL) = (graded_on IS NULL))
"""

CADENCES: Final = """CREATE TABLE cadences (
    grade text PRIMARY KEY CHECK (grade IN ('A', 'B', 'C')),
    call_days integer NOT NULL CHECK (call_days > 0),
    visit_days integer NOT NULL CHECK (visit_days > 0)
)"""

GRADES: Final = """CREATE TABLE client_grades (
    id uuid PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES clients (id),
    grade text CHECK (grade IN ('A', 'B', 'C')),
    before text,
    reason text NOT NULL,
    at timestamptz NOT NULL,
    by_id uuid NOT NULL, by_name text NOT NULL
)"""

OPPORTUNITIES: Final = f"""CREATE TABLE opportunities (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    client_id uuid NOT NULL REFERENCES clients (id),
    title text NOT NULL,
    stage text NOT NULL CHECK (stage IN
        ('lead', 'site_survey', 'value_proposition', 'decision_maker_confirmed', 'qualified',
         'needs_analysis', 'perception_analysis', 'proposal', 'negotiation', 'won', 'lost')),
    stage_since timestamptz NOT NULL,
    amount_minor bigint CHECK (amount_minor >= 0), amount_currency text,
    probability smallint NOT NULL CHECK (probability BETWEEN 0 AND 100),
    close_on date,
    competitor text, loss_reason text, template text, notes text,
    owner_id uuid, owner_name text,
    search tsvector NOT NULL DEFAULT '',
    opened_at timestamptz NOT NULL, closed_at timestamptz,
    historical boolean NOT NULL DEFAULT false,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    close_order date NOT NULL GENERATED ALWAYS AS (coalesce(close_on, {NEVER})) STORED,
    CHECK ((amount_minor IS NULL) = (amount_currency IS NULL)),
    CHECK ((stage = 'lost') = (loss_reason IS NOT NULL)),
    CHECK ((stage IN ('won', 'lost')) = (closed_at IS NOT NULL))
)"""

MOVES: Final = """CREATE TABLE opportunity_moves (
    id uuid PRIMARY KEY,
    opportunity_id uuid NOT NULL REFERENCES opportunities (id),
    stage text NOT NULL,
    at timestamptz NOT NULL,
    by_id uuid NOT NULL, by_name text NOT NULL,
    reason text,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY
)"""

STATEMENTS: Final = (
    f"ALTER TABLE clients {CLIENT_COLUMNS}",
    CADENCES,
    "INSERT INTO cadences VALUES ('A', 7, 60), ('B', 7, 90), ('C', 14, 120)",
    GRADES,
    "CREATE SEQUENCE opportunity_numbers",
    OPPORTUNITIES,
    MOVES,
    "CREATE INDEX clients_by_grade ON clients (grade, id)",
    "CREATE INDEX clients_by_next_call ON clients (call_order, id)",
    "CREATE INDEX clients_by_next_visit ON clients (visit_order, id)",
    "CREATE INDEX clients_by_next_due ON clients (due_order, id)",
    "CREATE INDEX client_grades_client ON client_grades (client_id, at DESC, id)",
    "CREATE INDEX opportunities_client ON opportunities (client_id, updated_at DESC, id)",
    "CREATE INDEX opportunities_stage ON opportunities (stage, id)",
    "CREATE INDEX opportunities_owner ON opportunities (owner_id, id)",
    "CREATE INDEX opportunities_updated ON opportunities (updated_at, id)",
    "CREATE INDEX opportunities_opened ON opportunities (opened_at, id)",
    "CREATE INDEX opportunities_close ON opportunities (close_order, id)",
    "CREATE INDEX opportunities_search ON opportunities USING gin (search)",
    "CREATE INDEX opportunity_moves_of ON opportunity_moves (opportunity_id, position)",
)
