"""The team map: both firms side by side."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.store import domains_and_size
from services.engagements.members.rules import WHOLE_TEAM, Gap, MemberRole, gaps
from services.engagements.members.store import live_members, place_of
from services.engagements.members.tables import Member
from services.engagements.phases.tables import Phase
from services.engagements.team.rules import ORDER
from services.engagements.team.schemas import GapOut, TeamDomain, TeamMap, TeamPerson
from shared.errors import NotFound
from shared.rows import row_of


async def team_map(session: AsyncSession, engagement_id: UUID) -> TeamMap:
    """The live team with what a complete one would still need. Raises `NotFound` (404)."""
    domains, small = await domains_and_size(session, engagement_id)
    team = sorted(
        await live_members(session, engagement_id),
        key=lambda member: (ORDER.index(MemberRole(member.role)), member.name),
    )
    named = [*domains, *sorted({name for one in team for name in one.domains} - set(domains))]
    missing = gaps([place_of(one) for one in team], domains=domains, small=small, needs=WHOLE_TEAM)
    return TeamMap(
        engagement_id=engagement_id,
        firm=_side(team, "firm"),
        client=_side(team, "client"),
        domains=[_domain(name, team) for name in named],
        gaps=shown(missing),
    )


async def team_gaps(
    session: AsyncSession, engagement_id: UUID, phase_id: UUID | None
) -> list[GapOut]:
    """What a complete team, or one for this phase, would still need. Raises `NotFound` (404)."""
    domains, small = await domains_and_size(session, engagement_id)
    needs: Iterable[MemberRole] = WHOLE_TEAM
    if phase_id is not None:
        phase = await row_of(session, Phase, phase_id)
        if phase.engagement_id != engagement_id:
            raise NotFound()
        needs = [MemberRole(role) for role in phase.needs]
    places = [place_of(one) for one in await live_members(session, engagement_id)]
    return shown(gaps(places, domains=domains, small=small, needs=list(needs)))


def shown(missing: Iterable[Gap]) -> list[GapOut]:
    """Gaps as they are answered."""
    return [
        GapOut(code=gap.code, domain=gap.domain, member_id=gap.member_id, text=gap.text)
        for gap in missing
    ]


def _side(team: list[Member], side: str) -> list[TeamPerson]:
    return [
        TeamPerson(
            id=member.id,
            user_id=member.user_id,
            name=member.name,
            role=MemberRole(member.role),
            domains=member.domains,
            answers_to=member.answers_to,
        )
        for member in team
        if member.side == side
    ]


def _domain(name: str, team: list[Member]) -> TeamDomain:
    there = [member for member in team if name in member.domains]

    def holding(role: MemberRole) -> list[UUID]:
        return [member.id for member in there if member.role == role]

    return TeamDomain(
        name=name,
        core=holding(MemberRole.CORE),
        peripheral=holding(MemberRole.PERIPHERAL),
        firm=[member.id for member in there if member.side == "firm"],
    )
