"""Writing the timeline: own acts in the act's transaction, cases from the desk's events."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.timeline.wording import sentence
from shared.contracts.desk import CaseState
from shared.database import context_of
from shared.events import Envelope
from shared.ids import new_id
from shared.writing import RowKind, append

SETTLED: Final = ("resolved", "closed", "withdrawn")

_ENTRIES: Final = RowKind(
    "INSERT INTO own_entries (id, client_id, at, source, kind, record_id, record_number, title,"
    " actor_id, actor_name, sentence) SELECT id, client_id, at, source, kind, record_id,"
    " record_number, title, actor_id, actor_name, sentence"
    " FROM json_populate_recordset(NULL::own_entries, {rows})"
)
_SAVE_CASE: Final = text(
    "INSERT INTO case_refs (id, client_id, number, subject, kind, status, live, requester_name,"
    " assignee_name, next_due_at, opened_at, source_id, excluded) VALUES (:id, :client_id,"
    " :number, :subject, :kind, :status, :live, :requester_name, :assignee_name, :next_due_at,"
    " :opened_at, :source_id, CAST(:excluded AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, number = excluded.number, subject = excluded.subject,"
    " kind = excluded.kind, status = excluded.status, live = excluded.live,"
    " requester_name = excluded.requester_name, assignee_name = excluded.assignee_name,"
    " next_due_at = excluded.next_due_at, opened_at = excluded.opened_at,"
    " source_id = excluded.source_id, excluded = excluded.excluded"
)
_CASE_ENTRIES: Final = text(
    "INSERT INTO case_entries (id, client_id, at, source, kind, record_id, record_number, title,"
    " actor_id, actor_name, sentence, excluded) SELECT e.id, :client_id, e.at, 'case', e.kind,"
    " :record_id, :number, :subject, e.actor_id, e.actor_name, e.text, CAST(:excluded AS uuid[])"
    " FROM jsonb_to_recordset(CAST(:steps AS jsonb)) AS e"
    " (id uuid, at timestamptz, kind text, actor_id uuid, actor_name text, text jsonb)"
    " ON CONFLICT (id) DO UPDATE SET excluded = excluded.excluded, title = excluded.title,"
    " sentence = excluded.sentence, client_id = excluded.client_id"
)


async def note(
    session: AsyncSession,
    client_id: UUID,
    *,
    source: str,
    kind: str,
    record_id: UUID,
    title: str,
    at: datetime | None = None,
    record_number: str | None = None,
    **params: Any,
) -> None:
    """Append one act of this service to the client's timeline, in the act's transaction."""
    context = context_of(session)
    append(
        session,
        _ENTRIES,
        {
            "id": new_id(),
            "client_id": client_id,
            "at": at or context.now,
            "source": source,
            "kind": kind,
            "record_id": record_id,
            "record_number": record_number,
            "title": title,
            "actor_id": context.actor.user_id,
            "actor_name": context.actor.name,
            "sentence": sentence(source, kind, params),
        },
    )


async def take_over_case(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
    """Put a case and its whole history on its client's timeline; the newest state wins."""
    state = envelope.state
    excluded = list(state.visibility.excluded)
    await session.execute(
        _SAVE_CASE,
        {
            "id": state.id,
            "client_id": state.client_id,
            "number": state.number,
            "subject": state.subject,
            "kind": state.kind,
            "status": state.status,
            "live": state.status not in SETTLED,
            "requester_name": state.requester_name,
            "assignee_name": state.assignee_name,
            "next_due_at": state.next_due_at,
            "opened_at": state.opened_at,
            "source_id": state.source_id,
            "excluded": excluded,
        },
    )
    await session.execute(
        _CASE_ENTRIES,
        {
            "client_id": state.client_id,
            "record_id": state.id,
            "number": state.number,
            "subject": state.subject,
            "excluded": excluded,
            "steps": orjson.dumps(_steps(state.steps)).decode(),
        },
    )


def _steps(steps: Iterable[Any]) -> list[dict[str, Any]]:
    return [step.model_dump(mode="json", exclude={"params", "firm_only"}) for step in steps]
