"""The tables of the third revision, as SQL; never changed once released."""

DELIVERABLES = """
CREATE TABLE deliverables (
    id uuid PRIMARY KEY, engagement_id uuid NOT NULL REFERENCES engagements,
    client_id uuid NOT NULL, phase_id uuid NOT NULL REFERENCES phases,
    task_id uuid NOT NULL REFERENCES tasks, key text NOT NULL, title jsonb NOT NULL,
    domain text, chain jsonb NOT NULL,
    status text NOT NULL CHECK (status IN
        ('draft', 'commenting', 'checking', 'deciding', 'accepted', 'rolling_out', 'done')),
    version_number int NOT NULL CHECK (version_number >= 0), step_due_on date,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, version int NOT NULL,
    CONSTRAINT nothing_is_reviewed_before_it_exists CHECK
        (status = 'draft' OR version_number > 0)
);
CREATE INDEX deliverables_engagement ON deliverables (engagement_id, updated_at, id);
CREATE INDEX deliverables_updated ON deliverables (updated_at, id);
CREATE INDEX deliverables_task ON deliverables (task_id);
CREATE TABLE deliverable_versions (
    id uuid PRIMARY KEY, deliverable_id uuid NOT NULL REFERENCES deliverables,
    engagement_id uuid NOT NULL REFERENCES engagements, client_id uuid NOT NULL,
    number int NOT NULL, text text, reference text,
    author_id uuid NOT NULL, author_name text NOT NULL, submitted_at timestamptz NOT NULL,
    CONSTRAINT versions_number UNIQUE (deliverable_id, number),
    CONSTRAINT a_version_has_content CHECK (text IS NOT NULL OR reference IS NOT NULL)
);
CREATE TABLE deliverable_comments (
    id uuid PRIMARY KEY, deliverable_id uuid NOT NULL REFERENCES deliverables,
    engagement_id uuid NOT NULL REFERENCES engagements, client_id uuid NOT NULL,
    number int NOT NULL, author_id uuid NOT NULL, author_name text NOT NULL,
    body text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX comments_deliverable ON deliverable_comments (deliverable_id, created_at, id);
CREATE INDEX comments_author ON deliverable_comments (author_id, deliverable_id, number);
CREATE TABLE deliverable_verdicts (
    id uuid PRIMARY KEY, deliverable_id uuid NOT NULL REFERENCES deliverables,
    engagement_id uuid NOT NULL REFERENCES engagements, client_id uuid NOT NULL,
    number int NOT NULL, step text NOT NULL CHECK (step IN ('check', 'decide')),
    verdict text NOT NULL CHECK (verdict IN ('passed', 'rejected')), reason text,
    by_id uuid NOT NULL, by_name text NOT NULL, at timestamptz NOT NULL,
    CONSTRAINT one_verdict_per_step_and_version UNIQUE (deliverable_id, number, step),
    CONSTRAINT a_rejection_has_a_reason CHECK (verdict = 'passed' OR reason IS NOT NULL)
);
CREATE INDEX verdicts_deliverable ON deliverable_verdicts (deliverable_id, at, id);
"""

WAITING = """
-- What waits for whom, as the reader's own rights show it; one row per record and person.
CREATE VIEW waiting_items WITH (security_invoker = true) AS
SELECT d.id, 'deliverable_' || s.step AS kind, d.engagement_id, d.client_id, m.user_id,
       d.title, d.id AS record_id, coalesce(d.step_due_on, t.ends_on) AS due_on
FROM deliverables d
JOIN tasks t ON t.id = d.task_id
JOIN phases p ON p.id = d.phase_id
JOIN (VALUES ('draft', 'draft', 'core'), ('commenting', 'comment', 'peripheral'),
             ('checking', 'check', 'client_pm'), ('deciding', 'decide', 'executive'),
             ('accepted', 'rollout', 'core'), ('rolling_out', 'rollout', 'core'))
     AS s (status, step, role) ON s.status = d.status
JOIN members m ON m.engagement_id = d.engagement_id AND m.status = 'live' AND m.role = s.role
     AND (d.domain IS NULL OR m.domains = '{}' OR d.domain = ANY (m.domains))
WHERE (d.status <> 'draft' OR p.status = 'active')
  AND (d.status <> 'commenting' OR NOT EXISTS (SELECT 1 FROM deliverable_comments c
       WHERE c.deliverable_id = d.id AND c.number = d.version_number AND c.author_id = m.user_id))
UNION ALL
SELECT t.id, 'task', t.engagement_id, t.client_id, m.user_id, t.title, t.id, t.ends_on
FROM tasks t
JOIN phases p ON p.id = t.phase_id AND p.status = 'active'
JOIN members m ON m.engagement_id = t.engagement_id AND m.status = 'live' AND m.role = t.role
     AND (t.assignee_id IS NULL OR t.assignee_id = m.user_id)
WHERE t.status <> 'done'
UNION ALL
SELECT n.id, 'key_node', n.engagement_id, n.client_id, m.user_id, n.title, n.id, n.planned_on
FROM key_nodes n
JOIN phases p ON p.id = n.phase_id AND p.status = 'active'
JOIN members m ON m.engagement_id = n.engagement_id AND m.status = 'live'
     AND m.role IN ('director', 'consulting_pm', 'client_pm', 'executive')
WHERE n.status = 'planned'
UNION ALL
SELECT e.id, 'plan', e.id, e.client_id, m.user_id,
       jsonb_build_object('en', e.title, 'zh', e.title), e.id, e.starts_on
FROM engagements e
JOIN members m ON m.engagement_id = e.id AND m.status = 'live'
     AND ((m.role = 'client_pm' AND e.plan_confirmed_client_at IS NULL)
       OR (m.role = 'consulting_pm' AND e.plan_confirmed_consulting_at IS NULL))
WHERE e.status IN ('proposed', 'active', 'on_hold');
GRANT SELECT ON waiting_items TO engagements_firm, engagements_client, engagements_worker;
"""


def statements() -> list[str]:
    """Every statement, in order."""
    return [part for part in (DELIVERABLES + WAITING).split(";\n") if part.strip()]
