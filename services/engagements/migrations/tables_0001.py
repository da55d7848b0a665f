"""The tables and functions of the first revision, as SQL; never changed once released."""

REFS = """
CREATE TABLE client_refs (
    id uuid PRIMARY KEY, number text NOT NULL, name text NOT NULL, short_name text,
    archived boolean NOT NULL DEFAULT false, epoch int NOT NULL, version bigint NOT NULL
);
CREATE TABLE user_refs (
    id uuid PRIMARY KEY, name text NOT NULL, side text NOT NULL, roles text[] NOT NULL,
    client_id uuid, active boolean NOT NULL, language text NOT NULL,
    epoch int NOT NULL, version bigint NOT NULL
);
"""

ENGAGEMENTS = """
CREATE TABLE engagements (
    id uuid PRIMARY KEY,
    number text NOT NULL CONSTRAINT engagements_number UNIQUE,
    client_id uuid NOT NULL, title text NOT NULL, objectives text,
    status text NOT NULL CHECK (status IN
        ('draft', 'proposed', 'active', 'on_hold', 'closing', 'closed', 'cancelled')),
    status_reason text, template text, small boolean NOT NULL, domains text[] NOT NULL,
    opportunity_id uuid CONSTRAINT one_engagement_per_opportunity UNIQUE,
    starts_on date NOT NULL, latest_phase_id uuid,
    plan_confirmed_consulting_at timestamptz, plan_confirmed_client_at timestamptz,
    activated_at timestamptz, closed_at timestamptz, search tsvector NOT NULL DEFAULT '',
    historical boolean NOT NULL, created_by uuid NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL
);
CREATE INDEX engagements_created ON engagements (created_at, id);
CREATE INDEX engagements_updated ON engagements (updated_at, id);
CREATE INDEX engagements_starts ON engagements (starts_on, id);
CREATE INDEX engagements_client ON engagements (client_id, updated_at, id);
CREATE INDEX engagements_status ON engagements (status, updated_at, id);
CREATE INDEX engagements_search ON engagements USING gin (search);
CREATE TABLE engagement_numbers (year int PRIMARY KEY, last int NOT NULL);
CREATE TABLE engagement_steps (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, at timestamptz NOT NULL, kind text NOT NULL,
    firm_only boolean NOT NULL, actor_id uuid, actor_name text NOT NULL, person_id uuid,
    params jsonb NOT NULL, text jsonb NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX engagement_steps_engagement ON engagement_steps (engagement_id, at, position);
CREATE TABLE members (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, user_id uuid NOT NULL, name text NOT NULL,
    side text NOT NULL CHECK (side IN ('firm', 'client')),
    role text NOT NULL CHECK (role IN ('executive', 'client_pm', 'core', 'peripheral',
        'director', 'consulting_pm', 'consultant', 'expert')),
    domains text[] NOT NULL, answers_to uuid REFERENCES members,
    starts_on date NOT NULL, ends_on date,
    status text NOT NULL CHECK (status IN ('live', 'ended')),
    created_at timestamptz NOT NULL, version int NOT NULL,
    CONSTRAINT never_ended_before_it_began CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE UNIQUE INDEX one_project_manager_per_side ON members (engagement_id, role)
    WHERE status = 'live' AND role IN ('client_pm', 'consulting_pm');
CREATE UNIQUE INDEX one_place_per_role ON members (engagement_id, user_id, role)
    WHERE status = 'live';
CREATE INDEX members_engagement ON members (engagement_id, starts_on, id);
CREATE INDEX members_user ON members (user_id, engagement_id) WHERE status = 'live';
CREATE INDEX members_starts ON members (starts_on, id);
"""

FUNCTIONS = """
-- The client side is held to its live memberships, also when its affiliation moved elsewhere.
CREATE FUNCTION my_engagements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public ROWS 10 AS
$$ SELECT engagement_id FROM members WHERE user_id = rapport_user() AND status = 'live'
   AND side = rapport_side() AND (side = 'firm' OR client_id = rapport_client()) $$;

CREATE FUNCTION oversees() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS
$$ SELECT rapport_side() = 'firm' AND EXISTS (SELECT 1 FROM user_refs WHERE id = rapport_user()
   AND active AND roles && ARRAY['admin', 'partner', 'client_manager']) $$;

CREATE FUNCTION engagement_in_reach(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS
$$ SELECT rapport_side() = 'system' OR oversees()
   OR wanted IN (SELECT x FROM my_engagements() x) $$;

CREATE FUNCTION next_engagement_number(for_year int) RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = public AS
$$ INSERT INTO engagement_numbers (year, last) VALUES (for_year, 1)
   ON CONFLICT (year) DO UPDATE SET last = engagement_numbers.last + 1 RETURNING last $$;

-- An event carries the whole state, also when a client-side person caused it, whose role cannot
-- read these: only the emitting write asks, and only for engagements in reach.
CREATE FUNCTION engagement_opportunity(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT opportunity_id FROM engagements WHERE id = wanted AND engagement_in_reach(wanted) $$;
CREATE FUNCTION engagement_history(wanted uuid) RETURNS SETOF engagement_steps
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT * FROM engagement_steps WHERE engagement_id = wanted AND engagement_in_reach(wanted)
   ORDER BY at, position $$;

REVOKE ALL ON FUNCTION my_engagements(), oversees(), engagement_in_reach(uuid),
    next_engagement_number(int), engagement_opportunity(uuid), engagement_history(uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_engagements(), oversees(), engagement_in_reach(uuid),
    next_engagement_number(int), engagement_opportunity(uuid), engagement_history(uuid)
    TO engagements_firm, engagements_client, engagements_worker;
"""


def statements() -> list[str]:
    """Every statement, in order."""
    return [part for part in (REFS + ENGAGEMENTS + FUNCTIONS).split(";\n") if part.strip()]
