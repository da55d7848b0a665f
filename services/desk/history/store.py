"""Every statement about the history of a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, String, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.history.rules import firm_only, step_text
from services.desk.history.tables import Step
from shared.database import context_of
from shared.ids import new_id

WHOLE_HISTORY = text(
    "SELECT id, at, kind, firm_only, actor_id, actor_name, params, text FROM case_history(:case_id)"
).columns(
    id=Uuid(),
    at=DateTime(timezone=True),
    kind=String(),
    firm_only=Boolean(),
    actor_id=Uuid(),
    actor_name=String(),
    params=JSONB(),
    text=JSONB(),
)


def record(
    session: AsyncSession,
    case: Any,
    kind: str,
    *,
    at: datetime | None = None,
    person_id: UUID | None = None,
    **params: str,
) -> Step:
    """Append a step to the case's history, now or at `at`; its sentence is fixed for ever.

    `case` is a row with id, client_id and requester_id; `person_id` is whom the sentence names
    besides the actor.
    """
    context = context_of(session)
    named = {"actor": context.actor.name, **params}
    step = Step(
        id=new_id(),
        case_id=case.id,
        client_id=case.client_id,
        requester_id=case.requester_id,
        at=at or context.now,
        kind=kind,
        firm_only=firm_only(kind),
        actor_id=context.actor.user_id,
        actor_name=context.actor.name,
        person_id=person_id,
        params=named,
        text=step_text(kind, named),
    )
    session.add(step)
    return step


async def whole_history(session: AsyncSession, case_id: UUID) -> list[Any]:
    """Every step of a case in reach, firm-only ones included: for its event, not for a reader."""
    await session.flush()
    return list(await session.execute(WHOLE_HISTORY, {"case_id": case_id}))
