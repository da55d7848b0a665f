"""Writing the timeline: own acts in the act's transaction, cases from the desk's events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.timeline.entries import told
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
# An entry shows its case, and is kept from whom the case is kept from, as the newest state says.
_FOLLOW: Final = (
    "UPDATE case_entries SET title = :title, client_id = :client_id,"
    " excluded = CAST(:excluded AS uuid[]) WHERE record_id = :id AND NOT EXISTS (SELECT"
    " FROM case_refs WHERE id = :id AND subject = :title AND client_id = :client_id"
    " AND excluded = CAST(:excluded AS uuid[]))"
)
_ENTRIES_OF_CASES: Final = (
    "INSERT INTO case_entries (id, client_id, at, source, kind, record_id, record_number, title,"
    " actor_id, actor_name, sentence, excluded) SELECT e.id, coalesce(r.client_id, e.client_id),"
    " e.at, 'case', e.kind, e.record_id, e.number, coalesce(r.subject, e.title), e.actor_id,"
    " e.actor_name, e.text, coalesce(r.excluded, e.excluded)"
    " FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS e (id uuid, at timestamptz, kind text,"
    " actor_id uuid, actor_name text, text jsonb, record_id uuid, number text, title text,"
    " client_id uuid, excluded uuid[]) LEFT JOIN case_refs r ON r.id = e.record_id"
    " ON CONFLICT (id) DO "
)
_TELL: Final = {
    False: text(_ENTRIES_OF_CASES + "NOTHING"),
    True: text(
        _ENTRIES_OF_CASES
        + "UPDATE SET sentence = excluded.sentence, actor_name = excluded.actor_name"
    ),
}
_SAVE_CASE: Final = text(
    f"WITH followed AS ({_FOLLOW})"
    " INSERT INTO case_refs (id, client_id, number, subject, kind, status, live, requester_name,"
    " assignee_name, next_due_at, next_paused, overdue_since, opened_at, source_id, subject_texts,"
    " excluded)"
    " VALUES (:id,"
    " :client_id, :number, :title, :kind, :status, :live, :requester_name, :assignee_name,"
    " :next_due_at, :next_paused, :overdue_since, :opened_at, :source_id,"
    " CAST(:subject_texts AS jsonb), CAST(:excluded AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " subject_texts = excluded.subject_texts,"
    " client_id = excluded.client_id, number = excluded.number, subject = excluded.subject,"
    " kind = excluded.kind, status = excluded.status, live = excluded.live,"
    " requester_name = excluded.requester_name, assignee_name = excluded.assignee_name,"
    " next_due_at = excluded.next_due_at, next_paused = excluded.next_paused,"
    " overdue_since = excluded.overdue_since,"
    " opened_at = excluded.opened_at,"
    " source_id = excluded.source_id, excluded = excluded.excluded"
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
    """Know a case as it is now; its entries follow it. The newest state wins."""
    state = envelope.state
    await session.execute(
        _SAVE_CASE,
        _of_case(state)
        | {
            "id": state.id,
            "kind": state.kind,
            "status": state.status,
            "live": state.status not in SETTLED,
            "requester_name": state.requester_name,
            "assignee_name": state.assignee_name,
            "next_due_at": state.next_due_at,
            "overdue_since": state.overdue_since,
            "next_paused": any(promise.paused for promise in state.promises),
            "opened_at": state.opened_at,
            "source_id": state.source_id,
            "subject_texts": orjson.dumps(state.subject_texts).decode()
            if state.subject_texts
            else None,
        },
    )


async def tell_case_steps(session: AsyncSession, envelopes: Sequence[Envelope[CaseState]]) -> None:
    """Put what acts on cases added to their histories on the clients' timelines."""
    for again, rows in told(envelopes, _of_case):
        await session.execute(_TELL[again], {"rows": rows})


def _of_case(state: CaseState) -> dict[str, Any]:
    return {
        "number": state.number,
        "title": state.subject,
        "client_id": state.client_id,
        "excluded": list(state.visibility.excluded),
    }
