"""Every statement about the history of an engagement."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, String, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.history.rules import firm_only, flat, step_text
from services.engagements.history.tables import Step
from shared.database import context_of
from shared.ids import new_id

WHOLE_HISTORY = text(
    "SELECT id, at, kind, firm_only, actor_id, actor_name, person_id, params, text"
    " FROM engagement_history(:engagement_id)"
).columns(
    id=Uuid(),
    at=DateTime(timezone=True),
    kind=String(),
    firm_only=Boolean(),
    actor_id=Uuid(),
    actor_name=String(),
    person_id=Uuid(),
    params=JSONB(),
    text=JSONB(),
)


def record(
    session: AsyncSession,
    engagement: Any,
    kind: str,
    *,
    at: datetime | None = None,
    person_id: UUID | None = None,
    **params: str | dict[str, str],
) -> Step:
    """Append a step to the engagement's history, now or at `at`; its sentence is fixed for ever.

    `engagement` is a row with id and client_id; `person_id` is whom the sentence names besides
    the actor; a parameter may be given by language.
    """
    context = context_of(session)
    named: dict[str, str | dict[str, str]] = {"actor": context.actor.name, **params}
    step = Step(
        id=new_id(),
        engagement_id=engagement.id,
        client_id=engagement.client_id,
        at=at or context.now,
        kind=kind,
        firm_only=firm_only(kind),
        actor_id=context.actor.user_id,
        actor_name=context.actor.name,
        person_id=person_id,
        params=flat(named),
        text=step_text(kind, named),
    )
    session.add(step)
    return step


async def whole_history(session: AsyncSession, engagement_id: UUID) -> list[Any]:
    """Every step of an engagement in reach, firm-only ones included: for its event alone."""
    await session.flush()
    return list(await session.execute(WHOLE_HISTORY, {"engagement_id": engagement_id}))
