"""Every statement about the ledger of waiting; rows are appended, never changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases.tables import Case, Pause
from shared.database import context_of
from shared.ids import new_id


def enter(session: AsyncSession, case: Case, act: str, reason: str | None = None) -> None:
    """Append that the case was paused or resumed now."""
    context = context_of(session)
    session.add(
        Pause(
            id=new_id(),
            case_id=case.id,
            client_id=case.client_id,
            requester_id=case.requester_id,
            act=act,
            at=context.now,
            by_id=context.actor.user_id,
            reason=reason,
        )
    )
