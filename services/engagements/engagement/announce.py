"""What every act on an engagement ends with: the new version, its event, its audit entry."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from services.engagements.engagement.tables import Engagement
from services.engagements.members.rules import OVERSEERS, WHOLE_TEAM, MemberRole, gaps
from services.engagements.members.store import live_members, place_of
from services.engagements.members.tables import Member
from services.engagements.phases.store import summaries_of
from shared import audit
from shared.contracts.engagements import (
    EngagementState,
    EngagementStep,
    TeamSummary,
)
from shared.contracts.steps import as_told
from shared.database import context_of
from shared.events import Event, Visibility
from shared.outbox import emit
from shared.steps import untold_steps


async def announce(
    session: AsyncSession,
    engagement: Engagement,
    event: type[Event[EngagementState]],
    action: str,
    *,
    child: SQLModel | None = None,
    team: list[Member] | None = None,
) -> None:
    """Save the act as a new version of the engagement, audit it as `action` and emit `event`.

    `child` is the row the act wrote besides it (a member, a phase): it is audited too. `team` are
    its live members, where the caller has just read them.
    """
    before, after = audit.changes_of(session, engagement, child)
    engagement.updated_at = context_of(session).now
    await session.flush()
    about = [person] if (person := getattr(child, "user_id", None)) else []
    await audit.record(
        session, action, ("engagement", engagement.id), before=before, after=after, about=about
    )
    audit.remember(session, engagement)
    steps = untold_steps(session, engagement.id)
    await emit(session, event(state=await engagement_state(session, engagement, steps, team)))


async def engagement_state(
    session: AsyncSession,
    engagement: Engagement,
    steps: Iterable[Mapping[str, Any]],
    team: list[Member] | None = None,
) -> EngagementState:
    """The public state of an engagement in reach, with these steps of its history."""
    if team is None:
        team = await live_members(session, engagement.id)
    phases, planned_end = await summaries_of(session, engagement.id)
    return EngagementState(
        id=engagement.id,
        visibility=visibility_of(engagement.id, engagement.client_id, team),
        number=engagement.number,
        client_id=engagement.client_id,
        title=engagement.title,
        status=engagement.status,
        opportunity_id=engagement.opportunity_id,
        director_id=_holder(team, MemberRole.DIRECTOR),
        consulting_pm_id=_holder(team, MemberRole.CONSULTING_PM),
        client_pm_id=_holder(team, MemberRole.CLIENT_PM),
        client_member_ids=tuple(sorted(each.id for each in team if each.side == "client")),
        starts_on=engagement.starts_on,
        ends_on=planned_end,
        phases=phases,
        latest_phase_id=engagement.latest_phase_id,
        team=_team(engagement, team),
        opened_at=engagement.created_at,
        closed_at=engagement.closed_at,
        steps=as_told(EngagementStep, steps),
    )


def visibility_of(engagement_id: UUID, client_id: UUID, team: list[Member]) -> Visibility:
    """Who may learn of the engagement: its live members, and who oversees all of them."""
    return Visibility(
        client_id=client_id,
        engagement_id=engagement_id,
        client_users=_users(team, "client"),
        firm_users=_users(team, "firm"),
        roles=tuple(sorted(OVERSEERS)),
    )


def _team(engagement: Engagement, team: list[Member]) -> TeamSummary:
    missing = gaps(
        [place_of(member) for member in team],
        domains=engagement.domains,
        small=engagement.small,
        needs=WHOLE_TEAM,
    )
    return TeamSummary(
        client=len(_users(team, "client")),
        firm=len(_users(team, "firm")),
        gaps=tuple(gap.text for gap in missing),
    )


def _users(team: list[Member], side: str) -> tuple[UUID, ...]:
    return tuple(sorted({member.user_id for member in team if member.side == side}))


def _holder(team: list[Member], role: MemberRole) -> UUID | None:
    return next((member.user_id for member in team if member.role == role), None)
