"""The tables of the second revision, as SQL; never changed once released."""

PLAN = """
CREATE TABLE phases (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, key text NOT NULL, kind text NOT NULL, title jsonb NOT NULL,
    position int NOT NULL, needs text[] NOT NULL,
    status text NOT NULL CHECK (status IN ('planned', 'active', 'ended')),
    starts_on date NOT NULL, ends_on date NOT NULL, started_on date, ended_on date,
    version int NOT NULL,
    CONSTRAINT phases_position UNIQUE (engagement_id, position)
);
CREATE INDEX phases_starts ON phases (starts_on, id);
CREATE TABLE tasks (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, phase_id uuid NOT NULL REFERENCES phases, key text NOT NULL,
    title jsonb NOT NULL, role text NOT NULL, position int NOT NULL,
    days int NOT NULL CHECK (days > 0),
    status text NOT NULL CHECK (status IN ('planned', 'active', 'done')),
    assignee_id uuid, assignee_name text, starts_on date NOT NULL, ends_on date NOT NULL,
    float_days int NOT NULL, started_on date, finished_on date, version int NOT NULL,
    CONSTRAINT tasks_position UNIQUE (engagement_id, position),
    CONSTRAINT done_has_its_days CHECK
        ((status = 'planned') = (started_on IS NULL)
         AND (status = 'done') = (finished_on IS NOT NULL))
);
CREATE INDEX tasks_ends ON tasks (ends_on, id);
CREATE INDEX tasks_starts ON tasks (starts_on, id);
CREATE INDEX tasks_phase ON tasks (phase_id, position);
CREATE INDEX tasks_assignee ON tasks (assignee_id, ends_on, id);
CREATE TABLE task_links (
    before_id uuid NOT NULL REFERENCES tasks, after_id uuid NOT NULL REFERENCES tasks,
    kind text NOT NULL CHECK (kind IN ('FS', 'SS', 'FF', 'SF')), lag_days int NOT NULL,
    engagement_id uuid NOT NULL REFERENCES engagements, client_id uuid NOT NULL,
    PRIMARY KEY (before_id, after_id, kind)
);
CREATE INDEX task_links_after ON task_links (after_id);
CREATE INDEX task_links_engagement ON task_links (engagement_id);
CREATE TABLE key_nodes (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, phase_id uuid NOT NULL REFERENCES phases, key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('workshop', 'report', 'decision', 'acceptance')),
    title jsonb NOT NULL, after_task_id uuid NOT NULL REFERENCES tasks,
    planned_on date NOT NULL, held_on date,
    status text NOT NULL CHECK (status IN ('planned', 'held')), version int NOT NULL,
    CONSTRAINT held_has_a_day CHECK ((status = 'held') = (held_on IS NOT NULL))
);
CREATE INDEX key_nodes_engagement ON key_nodes (engagement_id, planned_on, id);
CREATE INDEX key_nodes_planned ON key_nodes (planned_on, id);
"""


def statements() -> list[str]:
    """Every statement, in order."""
    return [part for part in PLAN.split(";\n") if part.strip()]
