"""What is written about the client's people: firm eyes only, no right for the client role."""

from alembic import op

from shared.migrating import secure

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SERVICE = "engagements"
FIRM = "(SELECT oversees()) OR engagement_id IN (SELECT x FROM my_engagements() x)"
STANCE = "('unaware', 'resistant', 'neutral', 'supportive', 'leading')"
TABLES = f"""
CREATE TABLE stakeholders (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, user_id uuid, contact_id uuid, name text NOT NULL, title text,
    influence int NOT NULL CHECK (influence BETWEEN 1 AND 5),
    interest int NOT NULL CHECK (interest BETWEEN 1 AND 5),
    stance_now text NOT NULL CHECK (stance_now IN {STANCE}),
    stance_wanted text NOT NULL CHECK (stance_wanted IN {STANCE}),
    traits text, motives text, concerns text, approach text,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL,
    CONSTRAINT one_profile_per_user UNIQUE (engagement_id, user_id),
    CONSTRAINT one_profile_per_contact UNIQUE (engagement_id, contact_id),
    CONSTRAINT a_profile_is_of_somebody CHECK (user_id IS NOT NULL OR contact_id IS NOT NULL)
);
CREATE INDEX stakeholders_updated ON stakeholders (updated_at, id);
CREATE INDEX stakeholders_influence ON stakeholders (influence, id);
CREATE TABLE stakeholder_actions (
    id uuid PRIMARY KEY, stakeholder_id uuid NOT NULL REFERENCES stakeholders,
    engagement_id uuid NOT NULL REFERENCES engagements, client_id uuid NOT NULL,
    text text NOT NULL, owner_id uuid NOT NULL, owner_name text NOT NULL,
    due_on date NOT NULL, done_on date, created_at timestamptz NOT NULL, version int NOT NULL
);
CREATE INDEX stakeholder_actions_of ON stakeholder_actions (stakeholder_id, due_on, id);
CREATE TABLE bypasses (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, user_id uuid, contact_id uuid, person_name text NOT NULL,
    occasion text NOT NULL, rule text NOT NULL, reason text NOT NULL,
    by_id uuid NOT NULL, by_name text NOT NULL, at timestamptz NOT NULL
);
CREATE INDEX bypasses_engagement ON bypasses (engagement_id, at, id)
"""


def upgrade() -> None:
    """Create the tables; the client role gets nothing."""
    for statement in TABLES.split(";\n"):
        op.execute(statement)
    for table in ("stakeholders", "stakeholder_actions", "bypasses"):
        secure(SERVICE, table, client=None, firm=FIRM, firm_rights="SELECT, INSERT, UPDATE")
