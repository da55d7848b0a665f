"""The state of a place in a team, as others learn of it."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.announce import announce, visibility_of
from services.engagements.engagement.tables import Engagement
from services.engagements.members.store import live_members
from services.engagements.members.tables import Member
from shared.contracts import engagements as events
from shared.contracts.engagements import MemberState
from shared.events import Event
from shared.outbox import emit


async def announce_member(
    session: AsyncSession,
    engagement: Engagement,
    member: Member,
    event: type[Event[MemberState]],
    action: str,
) -> None:
    """Save the act on a place; the engagement's event says who sees it from now on.

    Emits `event` and `EngagementChanged`.
    """
    await announce(session, engagement, events.EngagementChanged, action, child=member)
    await emit(session, event(state=await member_state(session, member)))


async def member_state(session: AsyncSession, member: Member) -> MemberState:
    """The public state of a place in reach."""
    team = await live_members(session, member.engagement_id)
    return MemberState(
        id=member.id,
        visibility=visibility_of(member.engagement_id, member.client_id, team),
        engagement_id=member.engagement_id,
        client_id=member.client_id,
        user_id=member.user_id,
        name=member.name,
        side=member.side,
        role=member.role,
        domains=tuple(member.domains),
        answers_to=member.answers_to,
        starts_on=member.starts_on,
        ends_on=member.ends_on,
        status=member.status,
    )
