"""Which acts a person may do on an engagement in reach: decided by the place held there."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.members.rules import FIRM_ROLES, OVERSEERS, MemberRole, may_staff
from services.engagements.members.store import roles_held
from shared.database import context_of
from shared.errors import Forbidden
from shared.identity import Actor, Side

LEADS = (MemberRole.DIRECTOR, MemberRole.CONSULTING_PM)
"""Who leads the engagement on the firm's side."""


def oversees(actor: Actor) -> bool:
    """Whether the actor acts for the firm on every engagement."""
    return actor.side is Side.SYSTEM or (actor.is_firm and actor.has(*OVERSEERS))


async def require_staffing(session: AsyncSession, engagement_id: UUID, role: str) -> None:
    """Raise `Forbidden` (403) unless the actor may fill, change or end a place in `role`."""
    actor = context_of(session).actor
    held = await roles_held(session, engagement_id, actor.user_id)
    if not may_staff(held, role) and not oversees(actor):
        raise Forbidden()


async def require_role(
    session: AsyncSession, engagement_id: UUID, *roles: MemberRole
) -> frozenset[str]:
    """Raise `Forbidden` (403) unless the actor holds one of the roles; which ones are held.

    Whoever oversees all engagements may act in any role of the firm, never in one of the client.
    """
    actor = context_of(session).actor
    held = await roles_held(session, engagement_id, actor.user_id)
    if not held.isdisjoint(roles):
        return held
    if oversees(actor) and not FIRM_ROLES.isdisjoint(roles):
        return held
    raise Forbidden()
