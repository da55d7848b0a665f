"""Grading a client by hand."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.cadence.store import cadence_of
from services.clients.grades.rules import SameGrade
from services.clients.grades.schemas import GradeIn
from services.clients.grades.tables import ClientGrade
from services.clients.registry.actions import announce, require_live
from services.clients.registry.store import lock_client
from services.clients.timeline.store import note
from shared.contracts import clients as events
from shared.database import context_of
from shared.history import occurred
from shared.ids import new_id


async def grade_client(
    session: AsyncSession, client_id: UUID, body: GradeIn, zone: ZoneInfo
) -> None:
    """Give a client its grade, or take it away; the grade's cadence counts from then on.

    Raises `NotFound` (404), `ClientArchived`, `SameGrade` (409). Emits `ClientGraded`.
    """
    client = await lock_client(session, client_id)
    require_live(client)
    if client.grade == body.grade:
        raise SameGrade()
    at = occurred(session, body.occurred_at)
    cadence = await cadence_of(session, body.grade) if body.grade else (None, None)
    before = client.model_dump(mode="json")
    client.grade, client.grade_reason = body.grade, body.reason if body.grade else None
    client.graded_on = at.astimezone(zone).date() if body.grade else None
    client.call_days, client.visit_days = cadence
    session.add(_grade(session, client_id, body, before["grade"], at))
    await note(
        session,
        client.id,
        source="client",
        kind="graded" if body.grade else "ungraded",
        record_id=client.id,
        title=body.reason,
        at=at,
        grade=str(body.grade),
        reason=body.reason,
    )
    await announce(
        session, client, events.ClientGraded, "client:grade", before=before, reason=body.reason
    )


def _grade(
    session: AsyncSession, client_id: UUID, body: GradeIn, before: str | None, at: datetime
) -> ClientGrade:
    """The act, for the history of the client's grades."""
    actor = context_of(session).actor
    return ClientGrade(
        id=new_id(),
        client_id=client_id,
        grade=body.grade,
        before=before,
        reason=body.reason,
        at=at,
        by_id=actor.user_id,
        by_name=actor.name,
    )
