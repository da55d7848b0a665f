"""What the fifth revision makes anew, as SQL; never changed once released."""

WAITING = """
-- What waits for whom while the engagement runs, as the reader's own rights show it; one row per
-- record and person. A proposed engagement has but its plan to confirm.
CREATE OR REPLACE VIEW waiting_items WITH (security_invoker = true) AS
SELECT d.id, 'deliverable_' || s.step AS kind, d.engagement_id, d.client_id, m.user_id,
       d.title, d.id AS record_id, coalesce(d.step_due_on, t.ends_on) AS due_on
FROM deliverables d
JOIN engagements e ON e.id = d.engagement_id AND e.status IN ('active', 'closing')
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
JOIN engagements e ON e.id = t.engagement_id AND e.status = 'active'
JOIN phases p ON p.id = t.phase_id AND p.status = 'active'
JOIN members m ON m.engagement_id = t.engagement_id AND m.status = 'live' AND m.role = t.role
     AND (t.assignee_id IS NULL OR t.assignee_id = m.user_id)
WHERE t.status <> 'done'
UNION ALL
SELECT n.id, 'key_node', n.engagement_id, n.client_id, m.user_id, n.title, n.id, n.planned_on
FROM key_nodes n
JOIN engagements e ON e.id = n.engagement_id AND e.status IN ('active', 'closing')
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
WHERE e.status IN ('proposed', 'active');
"""


def statements() -> list[str]:
    """Every statement, in order."""
    return [part for part in WAITING.split(";\n") if part.strip()]
