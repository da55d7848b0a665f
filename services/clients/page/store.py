"""The client page in one statement: PostgreSQL builds the whole answer."""

from typing import Final
from uuid import UUID

import asyncpg

from services.clients.reach import may_know
from services.clients.registry.readings import CLIENT, KEPT, MERGED
from services.clients.surveys.store import SCORES
from shared.errors import NotFound
from shared.identity import Actor
from shared.reading import instant
from shared.reading.reader import Moved

_CAN: Final = ", ".join(
    f"CASE WHEN '{can.action}' = ANY ($4::text[]) AND {can.when} THEN '{can.action}' END"
    for can in CLIENT.can
)
_CLIENT: Final = f"""
    json_build_object(
        'id', c.id, 'number', c.number, 'legal_name', c.legal_name, 'short_name', c.short_name,
        'aliases', c.aliases, 'credit_code', c.credit_code, 'province', c.province,
        'city', c.city, 'industry', c.industry, 'main_products', c.main_products,
        'employees', c.employees, 'website', c.website, 'phone', c.phone, 'source', c.source,
        'stage', c.stage, 'owner_id', c.owner_id, 'owner_name', coalesce(o.name, c.owner_name),
        'grade', c.grade, 'grade_reason', c.grade_reason, 'graded_on', c.graded_on,
        'last_call_on', c.last_call_on, 'last_visit_on', c.last_visit_on,
        'next_call_on', c.next_call_on, 'next_visit_on', c.next_visit_on,
        'tags', c.tags, 'strength', c.strength, 'likelihood', c.likelihood,
        'first_contact_on', c.first_contact_on, 'notes', c.notes,
        'revenue', CASE WHEN c.revenue_minor IS NOT NULL THEN json_build_object(
            'amount_minor', c.revenue_minor, 'currency', c.revenue_currency) END,
        'contract_total', CASE WHEN c.contract_total_minor IS NOT NULL THEN json_build_object(
            'amount_minor', c.contract_total_minor, 'currency', c.contract_total_currency) END,
        'last_contact_at', {instant("c.last_contact_at")},
        'contacts_count', c.contacts_count, 'archived_at', {instant("c.archived_at")},
        'created_at', {instant("c.created_at")}, 'updated_at', {instant("c.updated_at")},
        'merged_clients', coalesce({MERGED}, '[]'),
        'version', c.version, 'can', array_remove(ARRAY[{_CAN}], NULL))
"""
_CONTACTS: Final = """
    (SELECT coalesce(json_agg(json_build_object(
        'id', p.id, 'name', p.name, 'title', p.title, 'department', p.department,
        'mobile', p.mobile, 'email', p.email, 'wechat', p.wechat,
        'decision_role', p.decision_role, 'preferred_channel', p.preferred_channel,
        'do_not_contact', p.do_not_contact, 'do_not_contact_reason', p.do_not_contact_reason,
        'version', p.version) ORDER BY p.name), '[]')
     FROM contacts p WHERE p.client_id = c.id AND p.archived_at IS NULL)
"""
_CASES: Final = f"""
    (SELECT coalesce(json_agg(json_build_object(
        'id', k.id, 'number', k.number, 'subject', k.subject,
        'subject_texts', k.subject_texts, 'kind', k.kind,
        'status', k.status, 'requester_name', k.requester_name,
        'assignee_name', k.assignee_name, 'next_due_at', {instant("k.next_due_at")},
        'next_promise', CASE WHEN k.next_due_at IS NOT NULL
            THEN json_build_object('paused', k.next_paused) END,
        'overdue_since', {instant("k.overdue_since")},
        'opened_at', {instant("k.opened_at")})
        ORDER BY least(k.overdue_since, CASE WHEN NOT k.next_paused THEN k.next_due_at END)), '[]')
     FROM case_refs k WHERE k.client_id = c.id AND k.live AND NOT ($2 = ANY (k.excluded)))
"""
_OPPORTUNITIES: Final = """
    (SELECT coalesce(json_agg(json_build_object(
        'id', p.id, 'number', p.number, 'title', p.title, 'stage', p.stage,
        'probability', p.probability, 'close_on', p.close_on,
        'owner_name', coalesce(w.name, p.owner_name),
        'amount', CASE WHEN p.amount_minor IS NOT NULL THEN json_build_object(
            'amount_minor', p.amount_minor, 'currency', p.amount_currency) END)
        ORDER BY p.close_order, p.id), '[]')
     FROM opportunities p LEFT JOIN user_refs w ON w.id = p.owner_id
     WHERE p.client_id = c.id AND p.stage NOT IN ('won', 'lost'))
"""
_ENGAGEMENTS: Final = f"""
    (SELECT coalesce(json_agg(json_build_object(
        'id', e.id, 'number', e.number, 'title', e.title, 'status', e.status,
        'starts_on', e.starts_on, 'ends_on', e.ends_on, 'phases', e.phases, 'team', e.team,
        'consulting_pm_name', m.name)
        ORDER BY e.status IN ('closed', 'cancelled'), e.opened_at DESC, e.id), '[]')
     FROM engagement_refs e LEFT JOIN user_refs m ON m.id = e.consulting_pm_id
     WHERE e.client_id = c.id AND {may_know("e")})
"""
_FOLLOW_UP: Final = """
    (SELECT json_build_object('id', k.id, 'number', k.number, 'status', k.status)
     FROM case_refs k WHERE k.source_id = l.source_id AND NOT ($2 = ANY (k.excluded)) LIMIT 1)
"""
_SURVEYS: Final = f"""
    (SELECT json_build_object(
        'scores', (SELECT coalesce(json_agg(json_build_object(
            'kind', kind, 'responses', responses, 'score', score, 'low', low, 'high', high)
            ORDER BY kind), '[]') FROM ({SCORES}) k),
        'latest', (SELECT coalesce(json_agg(json_build_object(
            'id', l.id, 'kind', l.kind, 'score', l.score, 'responses', l.responses,
            'low', l.low, 'person_name', l.person_name, 'role', l.role, 'subject', l.subject,
            'engagement_id', l.engagement_id, 'case_id', l.case_id, 'comment', l.comment,
            'follow_up', {_FOLLOW_UP},
            'at', {instant("l.at")}) ORDER BY l.at DESC, l.id), '[]')
          FROM (SELECT * FROM survey_results r WHERE r.client_id = c.id AND {may_know("r")}
                ORDER BY at DESC, id LIMIT 10) l)))
"""
_ENTRY: Final = "id, at, source, kind, record_id, record_number, title, actor_name, sentence"
TITLE_TEXTS: Final = """CASE WHEN t.source = 'case' THEN (
    SELECT r.subject_texts FROM case_refs r WHERE r.id = t.record_id) END"""
_TIMELINE: Final = f"""
    (SELECT coalesce(json_agg(json_build_object(
        'id', t.id, 'at', {instant("t.at")}, 'source', t.source, 'kind', t.kind,
        'record_id', t.record_id, 'record_number', t.record_number, 'title', t.title,
        'title_texts', {TITLE_TEXTS}, 'actor_name', t.actor_name, 'sentence', t.sentence)
        ORDER BY t.at DESC, t.id DESC), '[]')
     FROM (SELECT * FROM (
        (SELECT {_ENTRY} FROM own_entries WHERE client_id = c.id
         ORDER BY at DESC, id DESC LIMIT 50)
        UNION ALL
        (SELECT {_ENTRY} FROM case_entries WHERE client_id = c.id AND NOT ($2 = ANY (excluded))
         ORDER BY at DESC, id DESC LIMIT 50)
        UNION ALL
        (SELECT {_ENTRY} FROM engagement_entries e WHERE client_id = c.id AND {may_know("e")}
         ORDER BY at DESC, id DESC LIMIT 50)
        UNION ALL
        (SELECT {_ENTRY} FROM survey_entries s WHERE client_id = c.id AND {may_know("s")}
         ORDER BY at DESC, id DESC LIMIT 50)) all_sides
       ORDER BY at DESC, id DESC LIMIT 50) t)
"""
PAGE: Final = f"""
    SELECT json_build_object('client', {_CLIENT}, 'contacts', {_CONTACTS}, 'cases', {_CASES},
        'opportunities', {_OPPORTUNITIES}, 'engagements', {_ENGAGEMENTS},
        'surveys', {_SURVEYS}, 'timeline', {_TIMELINE})::text
    FROM clients c LEFT JOIN user_refs o ON o.id = c.owner_id
    WHERE c.id = $1 AND c.merged_into_id IS NULL
"""
_KEPT: Final = KEPT.format(column="id").replace(":key", "$1")


async def client_page(connection: asyncpg.Connection, client_id: UUID, reader: Actor) -> bytes:
    """The page's JSON: client, people, open cases and opportunities, engagements, survey
    results, the newest 50 entries of the timeline.

    What concerns a case about the reader is left out, and engagements and surveys that the reader
    may not know of. Raises `NotFound` (404), `Moved` where the client became part of another.
    """
    offered = [can.action for can in CLIENT.can if can.rule.allows(reader)]
    roles = sorted(reader.roles)
    page = await connection.fetchval(PAGE, client_id, reader.user_id, roles, offered)
    if page is None:
        if kept := await connection.fetchval(_KEPT, client_id):
            raise Moved(kept)
        raise NotFound()
    return str(page).encode()
