"""The tables of the first revision, as SQL; never changed once released."""

REFS = """
CREATE TABLE user_refs (
    id uuid PRIMARY KEY, name text NOT NULL, side text NOT NULL, roles text[] NOT NULL,
    client_id uuid, active boolean NOT NULL, language text NOT NULL, email text
);
CREATE TABLE client_refs (
    id uuid PRIMARY KEY, name text NOT NULL, short_name text, owner_id uuid
);
CREATE TABLE engagement_refs (
    id uuid PRIMARY KEY, number text NOT NULL, client_id uuid NOT NULL, title text NOT NULL,
    director_id uuid, consulting_pm_id uuid, phases jsonb NOT NULL, excluded uuid[] NOT NULL
);
CREATE TABLE member_refs (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL, user_id uuid NOT NULL, name text NOT NULL,
    side text NOT NULL, role text NOT NULL, starts_on date NOT NULL, ends_on date,
    status text NOT NULL
);
CREATE INDEX member_refs_engagement ON member_refs (engagement_id, role);
CREATE INDEX member_refs_user ON member_refs (user_id);
"""

FORMS = """
CREATE TABLE surveys (
    id uuid PRIMARY KEY, key text NOT NULL, version int NOT NULL CHECK (version > 0),
    kind text NOT NULL CHECK (kind IN ('csat', 'nps')), main text NOT NULL,
    title jsonb NOT NULL, intro jsonb NOT NULL, questions jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT surveys_version UNIQUE (key, version)
);
CREATE TABLE campaigns (
    id uuid PRIMARY KEY, key text NOT NULL UNIQUE,
    trigger text NOT NULL CHECK (trigger IN ('case_closed', 'phase_ended')),
    survey_key text NOT NULL, roles text[] NOT NULL, anonymous boolean NOT NULL,
    active boolean NOT NULL DEFAULT true,
    open_days int NOT NULL CHECK (open_days BETWEEN 1 AND 90),
    reminders int NOT NULL CHECK (reminders BETWEEN 0 AND 3),
    reminder_days int NOT NULL CHECK (reminder_days BETWEEN 1 AND 30),
    fatigue_days int NOT NULL CHECK (fatigue_days BETWEEN 0 AND 365),
    low_at_most int NOT NULL CHECK (low_at_most BETWEEN 0 AND 10),
    updated_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1,
    CONSTRAINT a_case_has_one_requester CHECK (trigger <> 'case_closed' OR NOT anonymous)
);
"""

ROUNDS = """
CREATE TABLE survey_rounds (
    id uuid PRIMARY KEY, campaign_id uuid NOT NULL REFERENCES campaigns, campaign text NOT NULL,
    source_id uuid NOT NULL, survey_id uuid NOT NULL REFERENCES surveys, survey_key text NOT NULL,
    kind text NOT NULL, anonymous boolean NOT NULL, low_at_most int NOT NULL,
    client_id uuid NOT NULL, engagement_id uuid, phase_id uuid, phase_title jsonb, case_id uuid,
    subject text NOT NULL, excluded uuid[] NOT NULL,
    opened_at timestamptz NOT NULL, closes_at timestamptz NOT NULL, closed_at timestamptz,
    invited int NOT NULL DEFAULT 0, low boolean NOT NULL DEFAULT false,
    -- A case closed again or a phase event told twice asks nobody twice.
    CONSTRAINT once_per_cause UNIQUE (campaign_id, source_id)
);
CREATE INDEX survey_rounds_client ON survey_rounds (client_id);
CREATE INDEX survey_rounds_engagement ON survey_rounds (engagement_id);
CREATE TABLE survey_invitations (
    id uuid PRIMARY KEY, round_id uuid NOT NULL REFERENCES survey_rounds,
    survey_id uuid NOT NULL REFERENCES surveys, campaign_id uuid NOT NULL,
    client_id uuid NOT NULL, engagement_id uuid, person_id uuid NOT NULL,
    person_name text NOT NULL, role text, language text NOT NULL, anonymous boolean NOT NULL,
    subject text NOT NULL, excluded uuid[] NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'answered', 'closed', 'spared')),
    reminders_sent int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL, closes_at timestamptz NOT NULL, answered_at timestamptz,
    -- Of an anonymous invitation nobody ever learns whether it was answered.
    CONSTRAINT anonymous_stays_silent CHECK
        (NOT anonymous OR (status <> 'answered' AND answered_at IS NULL)),
    CONSTRAINT once_per_round UNIQUE (round_id, person_id)
);
CREATE INDEX survey_invitations_person ON survey_invitations (person_id, campaign_id, created_at);
CREATE INDEX survey_invitations_created ON survey_invitations (created_at, id);
CREATE INDEX survey_invitations_closes ON survey_invitations (closes_at, id);
CREATE TABLE survey_tokens (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32), round_id uuid NOT NULL,
    invitation_id uuid, role text, language text NOT NULL, closes_at timestamptz NOT NULL,
    draft jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX survey_tokens_round ON survey_tokens (round_id);
CREATE INDEX survey_tokens_invitation ON survey_tokens (invitation_id);
"""

RESPONSES = """
CREATE TABLE survey_responses (
    id uuid PRIMARY KEY, round_id uuid NOT NULL REFERENCES survey_rounds,
    invitation_id uuid CONSTRAINT one_per_invitation UNIQUE,
    survey_id uuid NOT NULL REFERENCES surveys, kind text NOT NULL,
    client_id uuid NOT NULL, engagement_id uuid, phase_id uuid, case_id uuid,
    subject text NOT NULL, person_id uuid NOT NULL, person_name text NOT NULL, role text,
    language text NOT NULL, answers jsonb NOT NULL, score int NOT NULL, low boolean NOT NULL,
    owner_id uuid, comment text, excluded uuid[] NOT NULL,
    answered_at timestamptz NOT NULL, historical boolean NOT NULL
);
CREATE INDEX survey_responses_answered ON survey_responses (answered_at, id);
CREATE INDEX survey_responses_client ON survey_responses (client_id, answered_at, id);
CREATE INDEX survey_responses_round ON survey_responses (round_id);
CREATE INDEX survey_responses_person ON survey_responses (person_id);
CREATE TABLE anonymous_responses (
    id uuid PRIMARY KEY, round_id uuid NOT NULL, week date NOT NULL, role text,
    answers jsonb NOT NULL, score int NOT NULL, comment text
);
CREATE INDEX anonymous_responses_round ON anonymous_responses (round_id);
"""

OVERSEERS = "ARRAY['admin', 'partner', 'client_manager', 'service_lead']"
REACH = (
    # With the rights of the tables' owner: whoever asks may not read the projections whole.
    "CREATE FUNCTION oversees() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public AS $$ SELECT EXISTS (SELECT 1 FROM user_refs"
    f" WHERE id = rapport_user() AND side = 'firm' AND roles && {OVERSEERS}) $$",
    "CREATE FUNCTION my_engagements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = public AS $$ SELECT engagement_id FROM member_refs"
    " WHERE user_id = rapport_user() AND status = 'live' $$",
    "REVOKE ALL ON FUNCTION oversees(), my_engagements() FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION oversees(), my_engagements() TO surveys_firm, surveys_worker",
)
"""Whom answers about an engagement are for: its own people, and those who answer for all."""

SCRIPTS = (REFS, FORMS, ROUNDS, RESPONSES)
