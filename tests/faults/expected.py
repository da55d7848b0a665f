"""Where the driver's writes lie, and what services keep of each other: statements, as data."""

from __future__ import annotations

from typing import Final

TOLD: Final[dict[str, frozenset[str]]] = {
    "clients": frozenset({"client", "opportunity"}),
    "desk": frozenset({"case"}),
    "engagements": frozenset({"engagement", "member", "task", "deliverable"}),
    "surveys": frozenset({"round", "response"}),
    "gateway": frozenset({"user"}),
}
"""Of which records each stream tells once the driver went round."""
EFFECTS: Final[dict[str, str]] = {
    "clients": """
        SELECT 'registered', legal_name FROM clients
        UNION ALL SELECT 'changed', notes FROM clients WHERE notes IS NOT NULL
        UNION ALL SELECT 'sought', title FROM opportunities
        UNION ALL SELECT 'won', title FROM opportunities WHERE stage = 'won'
    """,
    "desk": """
        SELECT 'raised', subject FROM cases WHERE channel <> 'survey'
        UNION ALL SELECT 'looked_after', source_id::text FROM cases WHERE channel = 'survey'
        UNION ALL SELECT 'promised', text FROM promises
        UNION ALL SELECT CASE author_side WHEN 'firm' THEN 'answered' ELSE 'replied' END, body
            FROM case_messages WHERE author_side IN ('firm', 'client')
        UNION ALL SELECT s.kind, CASE s.kind WHEN 'resolved' THEN c.resolution ELSE c.subject END
            FROM case_steps s JOIN cases c ON c.id = s.case_id
            WHERE s.kind IN ('assigned', 'resolved', 'closed') AND c.channel <> 'survey'
        UNION ALL SELECT 'handed_over', c.source_id::text
            FROM case_steps s JOIN cases c ON c.id = s.case_id
            WHERE s.kind = 'assigned' AND c.channel = 'survey'
        UNION ALL SELECT 'followed_up', notes FROM follow_ups WHERE notes IS NOT NULL
    """,
    "engagements": """
        SELECT 'drafted', title FROM engagements
        UNION ALL SELECT 'joined', domains[1] FROM members
        UNION ALL SELECT 'left', domains[1] FROM members WHERE status = 'ended'
        UNION ALL SELECT CASE s.kind
                WHEN 'deliverable_check_requested' THEN 'check_asked'
                WHEN 'plan_confirmed'
                    THEN CASE u.side WHEN 'firm' THEN 'confirmed' ELSE 'agreed' END
                ELSE s.kind
            END, e.title
            FROM engagement_steps s JOIN engagements e ON e.id = s.engagement_id
            LEFT JOIN user_refs u ON u.id = s.actor_id
            WHERE s.kind IN ('proposed', 'activated', 'plan_confirmed', 'phase_started',
                'deliverable_check_requested', 'phase_ended')
        UNION ALL SELECT 'submitted', text FROM deliverable_versions
        UNION ALL SELECT 'commented', body FROM deliverable_comments
        UNION ALL SELECT CASE step WHEN 'check' THEN 'checked' ELSE 'decided' END, reason
            FROM deliverable_verdicts
        UNION ALL SELECT CASE a.action WHEN 'task:start' THEN 'task_started'
                ELSE 'task_finished' END, e.title || ' ' || t.key
            FROM audit a JOIN tasks t ON t.id = a.subject_id
            JOIN engagements e ON e.id = t.engagement_id
            WHERE a.action IN ('task:start', 'task:finish')
    """,
    "surveys": """
        SELECT 'rated', comment FROM survey_responses
        UNION ALL SELECT 'asked', i.subject || ' ' || s.kind
            FROM survey_invitations i JOIN surveys s ON s.id = i.survey_id
            WHERE i.status <> 'spared'
    """,
}
"""What each service holds of the driver's writes, as (act, token)."""
_CASES: Final = "SELECT id, number, subject, status, client_id::text FROM cases"
_CLIENTS: Final = "SELECT id, legal_name FROM clients"
_USERS: Final = "SELECT id, name FROM users"
_ENGAGEMENTS: Final = "SELECT id, number, title, status, client_id::text FROM engagements"
_PHASES: Final = (
    "SELECT e.id, string_agg(p.key || ' ' || p.status, ', ' ORDER BY p.position)"
    " FROM engagements e JOIN phases p ON p.engagement_id = e.id GROUP BY e.id"
)
_PHASE_REFS: Final = (
    "SELECT e.id, string_agg(p->>'key' || ' ' || (p->>'status'), ', '"
    " ORDER BY (p->>'position')::int)"
    " FROM engagement_refs e, jsonb_array_elements(e.phases) p GROUP BY e.id"
)
_MEMBERS: Final = "SELECT id, engagement_id::text, user_id::text, role, status FROM members"
COPIES: Final = (
    ("clients.case_refs", "desk", _CASES, "clients", _CASES.replace("cases", "case_refs")),
    (
        "clients.case_entries",
        "desk",
        "SELECT id, kind, case_id::text FROM case_steps",
        "clients",
        "SELECT id, kind, record_id::text FROM case_entries",
    ),
    (
        "gateway.search_entries of cases",
        "desk",
        "SELECT id, subject, number FROM cases",
        "gateway",
        "SELECT id, title, subtitle FROM search_entries WHERE kind = 'case'",
    ),
    (
        "gateway.search_entries of clients",
        "clients",
        _CLIENTS,
        "gateway",
        "SELECT id, title FROM search_entries WHERE kind = 'client'",
    ),
    (
        "clients.engagement_refs",
        *("engagements", _ENGAGEMENTS),
        *("clients", _ENGAGEMENTS.replace("engagements", "engagement_refs")),
    ),
    (
        "clients.engagement_entries",
        "engagements",
        "SELECT id, kind, engagement_id::text FROM engagement_steps",
        "clients",
        "SELECT id, kind, record_id::text FROM engagement_entries",
    ),
    (
        "gateway.search_entries of engagements",
        "engagements",
        "SELECT id, title, number FROM engagements",
        "gateway",
        "SELECT id, title, subtitle FROM search_entries WHERE kind = 'engagement'",
    ),
    (
        "gateway.memberships",
        "engagements",
        "SELECT id, engagement_id::text, user_id::text, role, status = 'live' FROM members",
        "gateway",
        "SELECT id, engagement_id::text, user_id::text, role, live FROM memberships",
    ),
    (
        "surveys.engagement_refs",
        "engagements",
        "SELECT id, number, title FROM engagements",
        "surveys",
        "SELECT id, number, title FROM engagement_refs",
    ),
    (
        "surveys.member_refs",
        *("engagements", _MEMBERS),
        *("surveys", _MEMBERS.replace("members", "member_refs")),
    ),
    *(
        (f"{name}.engagement_refs, phases", "engagements", _PHASES, name, _PHASE_REFS)
        for name in ("clients", "surveys")
    ),
    ("surveys.case_refs", "desk", "SELECT id FROM cases", "surveys", "SELECT id FROM case_refs"),
    (
        "clients.survey_results",
        "surveys",
        "SELECT id, kind, score, low, comment FROM survey_responses",
        "clients",
        "SELECT id, kind, score::int, low, comment FROM survey_results",
    ),
    (
        "clients.survey_entries",
        "surveys",
        "SELECT id, 'answered', subject FROM survey_responses"
        " UNION ALL SELECT id, 'asked', subject FROM survey_rounds WHERE invited > 0",
        "clients",
        "SELECT id, kind, record_number FROM survey_entries",
    ),
    *(
        (f"{name}.client_refs", "clients", _CLIENTS, name, "SELECT id, name FROM client_refs")
        for name in ("desk", "engagements", "surveys", "gateway")
    ),
    *(
        (f"{name}.user_refs", "gateway", _USERS, name, "SELECT id, name FROM user_refs")
        for name in ("clients", "desk", "engagements", "surveys")
    ),
)
"""What a service keeps of another: name, publisher with the truth, consumer with its copy."""
