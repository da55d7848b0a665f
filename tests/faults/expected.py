"""Where the driver's writes lie, and what services keep of each other: statements, as data."""

from __future__ import annotations

from typing import Final

EFFECTS: Final[dict[str, str]] = {
    "clients": """
        SELECT 'registered', legal_name FROM clients
        UNION ALL SELECT 'changed', notes FROM clients WHERE notes IS NOT NULL
        UNION ALL SELECT 'sought', title FROM opportunities
        UNION ALL SELECT 'won', title FROM opportunities WHERE stage = 'won'
    """,
    "desk": """
        SELECT 'raised', subject FROM cases WHERE channel <> 'survey'
        UNION ALL SELECT 'looked_after', split_part(description, E'\\n\\n', 2)
            FROM cases WHERE channel = 'survey'
        UNION ALL SELECT 'promised', text FROM promises
        UNION ALL SELECT CASE author_side WHEN 'firm' THEN 'answered' ELSE 'replied' END, body
            FROM case_messages WHERE author_side IN ('firm', 'client')
        UNION ALL SELECT s.kind, CASE s.kind WHEN 'resolved' THEN c.resolution ELSE c.subject END
            FROM case_steps s JOIN cases c ON c.id = s.case_id
            WHERE s.kind IN ('assigned', 'resolved', 'closed')
        UNION ALL SELECT 'followed_up', notes FROM follow_ups WHERE notes IS NOT NULL
    """,
    "engagements": """
        SELECT 'drafted', title FROM engagements
        UNION ALL SELECT 'joined', domains[1] FROM members
    """,
    "surveys": "SELECT 'rated', comment FROM survey_responses",
}
"""What each service holds of the driver's writes, as (act, token)."""
_CASES: Final = "SELECT id, number, subject, status, client_id::text FROM cases"
_CLIENTS: Final = "SELECT id, legal_name FROM clients"
_USERS: Final = "SELECT id, name FROM users"
_ENGAGEMENTS: Final = "SELECT id, number, title, status, client_id::text FROM engagements"
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
