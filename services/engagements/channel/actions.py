"""How to reach a person, and what is noted when the channel was bypassed."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.channel import rules
from services.engagements.channel.rules import SAID, Occasion, Route
from services.engagements.channel.schemas import BypassIn, Channel, Through
from services.engagements.channel.tables import Bypass
from services.engagements.engagement.access import require_role
from services.engagements.engagement.announce import announce
from services.engagements.engagement.rules import require_admits
from services.engagements.engagement.store import domains_and_size, lock_engagement
from services.engagements.history.store import record
from services.engagements.members.rules import FIRM_ROLES, MemberRole
from services.engagements.members.store import live_members, place_of
from services.engagements.members.tables import Member
from services.engagements.phases.rules import PhaseStatus
from services.engagements.phases.store import phases_of
from services.engagements.stakeholders.actions import require_of_the_client
from services.engagements.stakeholders.store import profile_of
from services.engagements.templates.rules import PhaseKind
from shared.contracts import engagements as events
from shared.database import context_of
from shared.errors import Field
from shared.ids import new_id
from shared.naming import named_at


async def channel_to(
    session: AsyncSession,
    engagement_id: UUID,
    *,
    user_id: UUID | None,
    contact_id: UUID | None,
    occasion: Occasion,
) -> Channel:
    """How to reach a person now. Raises `NotFound` (404), `NobodyAsked` (422)."""
    await domains_and_size(session, engagement_id)  # 404 for who may not see the engagement
    _require_somebody(user_id, contact_id, "?user_id")
    route, team = await _route(session, engagement_id, user_id, contact_id, occasion)
    between = next((member for member in team if member.id == route.through), None)
    through = (
        Through(
            member_id=between.id,
            user_id=between.user_id,
            name=between.name,
            role=MemberRole(between.role),
        )
        if between
        else None
    )
    return Channel(direct=route.direct, through=through, rule=route.rule, text=SAID[route.rule])


def _require_somebody(user_id: UUID | None, contact_id: UUID | None, place: str) -> None:
    if user_id is None and contact_id is None:
        raise rules.NobodyAsked(errors=[Field(place, en="is required", zh="必填")])


async def _route(
    session: AsyncSession,
    engagement_id: UUID,
    user_id: UUID | None,
    contact_id: UUID | None,
    occasion: Occasion,
) -> tuple[Route, list[Member]]:
    if user_id is None:
        # A contact is on the team only where a profile says which user it is.
        profile = await profile_of(session, engagement_id, user_id=None, contact_id=contact_id)
        user_id = profile.user_id if profile else None
    team = await live_members(session, engagement_id)
    running = [
        PhaseKind(phase.kind)
        for phase in await phases_of(session, engagement_id)
        if phase.status == PhaseStatus.ACTIVE
    ]
    held = [place_of(member) for member in team if member.user_id == user_id]
    places = [place_of(member) for member in team]
    return rules.route(held, occasion=occasion, phases=running, team=places), team


async def record_bypass(session: AsyncSession, engagement_id: UUID, body: BypassIn) -> Bypass:
    """Note that somebody was contacted past the channel, and why.

    Raises `EngagementNotLive` (409), `NobodyAsked`, `NoBypass` where the way was direct,
    `NotOfTheClient`, `NotKnownYet` (422). Emits `EngagementChanged`.
    """
    engagement = await lock_engagement(session, engagement_id)
    await require_role(session, engagement.id, *FIRM_ROLES)
    require_admits(engagement.status, "bypass:record")
    _require_somebody(body.user_id, body.contact_id, "/user_id")
    await require_of_the_client(session, engagement, body.user_id)
    route, _ = await _route(session, engagement.id, body.user_id, body.contact_id, body.occasion)
    if route.direct:
        with named_at("/user_id" if body.user_id else "/contact_id"):
            raise rules.NoBypass()
    context = context_of(session)
    bypass = Bypass(
        id=new_id(),
        engagement_id=engagement.id,
        client_id=engagement.client_id,
        user_id=body.user_id,
        contact_id=body.contact_id,
        person_name=body.name,
        occasion=body.occasion,
        rule=route.rule,
        reason=body.reason,
        by_id=context.actor.user_id,
        by_name=context.actor.name,
        at=context.now,
    )
    session.add(bypass)
    record(session, engagement, "bypass_recorded", person_id=body.user_id, person=body.name)
    await announce(session, engagement, events.EngagementChanged, "channel:bypass")
    return bypass
