"""Every statement about the history of an engagement."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, DateTime, String, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.history.tables import Step
from services.engagements.history.wording import SENTENCES
from shared.steps import new_step
from shared.writing import append, rows_of, write_out

NAMING = (
    "SELECT engagement_id FROM engagement_steps WHERE actor_id = :person OR person_id = :person"
)
"""The engagements whose history names a person."""
_STEPS = rows_of(Step)
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
) -> None:
    """Append a step to the engagement's history, now or at `at`; its sentence is fixed for ever.

    `engagement` is a row with id and client_id; `person_id` is whom the sentence names besides
    the actor; a parameter may be given by language.
    """
    step = {
        "engagement_id": engagement.id,
        "client_id": engagement.client_id,
        **new_step(session, engagement.id, SENTENCES, kind, params, at=at, person_id=person_id),
    }
    append(session, _STEPS, step)


async def whole_history(session: AsyncSession, engagement_id: UUID) -> list[dict[str, Any]]:
    """Every step of an engagement in reach, firm-only ones included, oldest first."""
    await write_out(session)
    found = await session.execute(WHOLE_HISTORY, {"engagement_id": engagement_id})
    return [dict(row) for row in found.mappings()]
