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

LATEST = "TIMESTAMPTZ '9999-12-31 00:00:00+00'"

CASES = """
CREATE TABLE cases (
    id uuid PRIMARY KEY,
    number text NOT NULL CONSTRAINT cases_number UNIQUE,
    kind text NOT NULL CHECK (kind IN
        ('request', 'complaint', 'praise', 'suggestion', 'inquiry')),
    subject text NOT NULL, description text NOT NULL, remedy_sought text,
    priority text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    severity text CHECK (severity IN ('minor', 'moderate', 'major', 'critical')),
    status text NOT NULL CHECK (status IN
        ('open', 'assigned', 'in_progress', 'waiting_client', 'solution_offered',
         'solution_accepted', 'resolved', 'closed', 'reopened', 'withdrawn')),
    interrupted text, round int NOT NULL CHECK (round > 0),
    client_id uuid NOT NULL, requester_id uuid NOT NULL,
    assignee_id uuid, about_user_ids uuid[] NOT NULL,
    channel text NOT NULL CHECK (channel IN ('portal', 'phone', 'mail', 'api')),
    language text NOT NULL, acknowledged_at timestamptz,
    restated_need text, need_comment text, need_confirmed_at timestamptz,
    next_promise_id uuid, next_promise_kind text, next_due_at timestamptz,
    waiting_since timestamptz, resolution text, resolved_at timestamptz, closed_at timestamptz,
    historical boolean NOT NULL, created_by uuid NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL,
    -- A plain column: under row security no index serves an expression that may leak.
    due_order timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(next_due_at, {LATEST})) STORED,
    CONSTRAINT never_handled_by_whom_it_is_about CHECK (NOT assignee_id = ANY (about_user_ids)),
    CONSTRAINT waiting_knows_what_for CHECK
        ((status = 'waiting_client') = (interrupted IS NOT NULL AND waiting_since IS NOT NULL))
);
CREATE INDEX cases_due ON cases (due_order, id);
CREATE INDEX cases_status_due ON cases (status, due_order, id);
CREATE INDEX cases_kind_due ON cases (kind, due_order, id);
CREATE INDEX cases_priority_due ON cases (priority, due_order, id);
CREATE INDEX cases_assignee_due ON cases (assignee_id, due_order, id);
CREATE INDEX cases_client_due ON cases (client_id, due_order, id);
CREATE INDEX cases_requester_due ON cases (requester_id, due_order, id);
CREATE INDEX cases_unassigned ON cases (due_order, id)
    WHERE assignee_id IS NULL AND status NOT IN ('resolved', 'closed', 'withdrawn');
CREATE INDEX cases_next_due ON cases (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX cases_created ON cases (created_at, id);
CREATE INDEX cases_updated ON cases (updated_at, id);
CREATE TABLE case_exclusions (
    case_id uuid NOT NULL REFERENCES cases, user_id uuid NOT NULL,
    PRIMARY KEY (user_id, case_id)
);
CREATE INDEX case_exclusions_case ON case_exclusions (case_id);
CREATE TABLE case_numbers (year int PRIMARY KEY, last int NOT NULL);
CREATE TABLE case_pauses (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, act text NOT NULL CHECK (act IN ('paused', 'resumed')),
    at timestamptz NOT NULL, by_id uuid, reason text
);
CREATE INDEX case_pauses_case ON case_pauses (case_id, at);
CREATE INDEX case_pauses_requester ON case_pauses (requester_id);
CREATE TABLE case_search (
    case_id uuid PRIMARY KEY REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, words tsvector NOT NULL, client_words tsvector NOT NULL,
    document tsvector NOT NULL GENERATED ALWAYS AS (words || client_words) STORED
);
CREATE INDEX case_search_document ON case_search USING gin (document);
CREATE INDEX case_search_client ON case_search (client_id);
CREATE INDEX case_search_requester ON case_search (requester_id);
CREATE TABLE case_steps (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, at timestamptz NOT NULL, kind text NOT NULL,
    firm_only boolean NOT NULL, actor_id uuid, actor_name text NOT NULL, person_id uuid,
    params jsonb NOT NULL, text jsonb NOT NULL,
    position bigint NOT NULL GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX case_steps_case ON case_steps (case_id, at, position);
CREATE INDEX case_steps_requester ON case_steps (requester_id);
"""

CHILDREN = """
CREATE TABLE promises (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN
        ('first_response', 'update', 'resolution', 'solution', 'callback')),
    text text, due_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('made', 'kept', 'broken', 'superseded', 'released')),
    made_by uuid NOT NULL, made_by_name text NOT NULL, made_at timestamptz NOT NULL,
    settled_at timestamptz, note text, reason text,
    replaces_id uuid CONSTRAINT replaced_once UNIQUE REFERENCES promises,
    historical boolean NOT NULL, version int NOT NULL,
    CONSTRAINT settled_has_a_time CHECK ((status = 'made') = (settled_at IS NULL)),
    CONSTRAINT never_kept_late CHECK (status <> 'kept' OR settled_at < due_at)
);
CREATE INDEX promises_case ON promises (case_id, due_at, id);
CREATE INDEX promises_due ON promises (due_at, id);
CREATE INDEX promises_status_due ON promises (status, due_at, id);
CREATE INDEX promises_made_by ON promises (made_by, due_at, id);
CREATE INDEX promises_client ON promises (client_id, due_at, id);
CREATE INDEX promises_requester ON promises (requester_id, due_at, id);
CREATE TABLE case_messages (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, author_id uuid, author_name text NOT NULL,
    author_side text NOT NULL CHECK (author_side IN ('firm', 'client', 'system')),
    body text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX case_messages_case ON case_messages (case_id, created_at, id);
CREATE INDEX case_messages_requester ON case_messages (requester_id);
CREATE TABLE case_notes (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, requester_id uuid NOT NULL,
    author_id uuid NOT NULL, author_name text NOT NULL, body text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX case_notes_case ON case_notes (case_id, created_at, id);
CREATE INDEX case_notes_requester ON case_notes (requester_id);
CREATE TABLE solutions (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, round int NOT NULL, title text NOT NULL,
    description text NOT NULL, cost_minor bigint CHECK (cost_minor >= 0), cost_currency text,
    duration_days int, risk text CHECK (risk IN ('low', 'medium', 'high')),
    status text NOT NULL CHECK (status IN
        ('offered', 'accepted', 'declined', 'not_chosen', 'withdrawn')),
    offered_by uuid NOT NULL, offered_by_name text NOT NULL, offered_at timestamptz NOT NULL,
    decided_at timestamptz, decline_reason text, version int NOT NULL,
    CONSTRAINT an_amount_has_a_currency CHECK
        ((cost_minor IS NULL) = (cost_currency IS NULL))
);
CREATE INDEX solutions_case ON solutions (case_id, offered_at, id);
CREATE INDEX solutions_offered ON solutions (offered_at, id);
CREATE INDEX solutions_requester ON solutions (requester_id, offered_at, id);
CREATE UNIQUE INDEX one_accepted ON solutions (case_id, round) WHERE status = 'accepted';
CREATE TABLE follow_ups (
    id uuid PRIMARY KEY, case_id uuid NOT NULL REFERENCES cases, client_id uuid NOT NULL,
    requester_id uuid NOT NULL, round int NOT NULL, due_on date NOT NULL,
    status text NOT NULL CHECK (status IN ('scheduled', 'done', 'waived')),
    satisfied boolean, score int CHECK (score BETWEEN 1 AND 5), notes text, waive_reason text,
    reopened boolean NOT NULL, recorded_by uuid, recorded_by_name text, recorded_at timestamptz,
    created_at timestamptz NOT NULL, version int NOT NULL
);
CREATE INDEX follow_ups_case ON follow_ups (case_id, due_on, id);
CREATE INDEX follow_ups_due ON follow_ups (due_on, id);
CREATE INDEX follow_ups_status_due ON follow_ups (status, due_on, id);
CREATE INDEX follow_ups_requester ON follow_ups (requester_id, due_on, id);
"""

FUNCTIONS = """
CREATE FUNCTION excluded_cases() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public ROWS 10 AS
$$ SELECT case_id FROM case_exclusions WHERE user_id = rapport_user() $$;

CREATE FUNCTION next_case_number(for_year int) RETURNS int LANGUAGE sql SECURITY DEFINER
SET search_path = public AS
$$ INSERT INTO case_numbers (year, last) VALUES (for_year, 1)
   ON CONFLICT (year) DO UPDATE SET last = case_numbers.last + 1 RETURNING last $$;

-- An event carries the whole state of a case, also when a client-side person caused it, whose
-- role cannot read these columns: only the emitting write asks, and only for cases in reach.
CREATE FUNCTION case_in_reach(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS
$$ SELECT EXISTS (SELECT 1 FROM cases WHERE id = wanted AND CASE rapport_side()
       WHEN 'client' THEN requester_id = rapport_user() AND client_id = rapport_client()
       WHEN 'firm' THEN id NOT IN (SELECT x FROM excluded_cases() x)
       ELSE rapport_side() = 'system' END) $$;
CREATE FUNCTION case_handling(wanted uuid)
RETURNS TABLE (priority text, severity text, about_user_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT priority, severity, about_user_ids FROM cases
   WHERE id = wanted AND case_in_reach(wanted) $$;
CREATE FUNCTION case_history(wanted uuid) RETURNS SETOF case_steps
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT * FROM case_steps WHERE case_id = wanted AND case_in_reach(wanted)
   ORDER BY at, position $$;

-- Text search under row security cannot use its index: its operator counts as leaky. So the words
-- are read through this view alone, which keeps the same rows back without being a barrier.
CREATE VIEW case_words AS SELECT case_id, document FROM case_search
WHERE CASE rapport_side()
    WHEN 'firm' THEN case_id NOT IN (SELECT x FROM excluded_cases() x)
    WHEN 'client' THEN requester_id = rapport_user() AND client_id = rapport_client()
    ELSE rapport_side() = 'system' END;
GRANT SELECT ON case_words TO desk_firm, desk_client, desk_worker;

REVOKE ALL ON FUNCTION excluded_cases(), next_case_number(int), case_in_reach(uuid),
    case_handling(uuid), case_history(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION excluded_cases(), next_case_number(int), case_in_reach(uuid),
    case_handling(uuid), case_history(uuid) TO desk_firm, desk_client, desk_worker;
"""


def statements() -> list[str]:
    """Every statement, in order."""
    whole = (REFS + CASES + CHILDREN + FUNCTIONS).replace("{LATEST}", LATEST)
    return [part for part in whole.split(";\n") if part.strip()]
