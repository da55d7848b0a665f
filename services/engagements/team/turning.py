"""Places begin and end by themselves: on their first day, and when their last day is over."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.store import with_engagement
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members import rules as member_rules
from services.engagements.members.rules import MemberStatus
from services.engagements.members.store import standing_members
from services.engagements.members.tables import Member
from services.engagements.plan.actions import release_tasks
from services.engagements.team import rules
from services.engagements.team.announce import announce_member
from shared.contracts import engagements as events
from shared.database import context_of
from shared.timers import Fired, schedule

BEGINS = "member_begins"
ENDS = "member_ends"


async def set_clocks(session: AsyncSession, member: Member, zone: ZoneInfo) -> None:
    """Let a place begin on its first day and end after its last, whatever restarts in between."""
    # One timer per place and day: an obsolete one finds nothing to do.
    told = {"member_id": str(member.id)}
    if member.status == MemberStatus.PLANNED:
        begin = rules.moment_of(member.starts_on, zone)
        key = f"{member.id}@{member.starts_on}"
        await schedule(session, BEGINS, key, begin, told, of_history=True)
    if member.ends_on is not None and member.status != MemberStatus.ENDED:
        end = rules.moment_after(member.ends_on, zone)
        key = f"{member.id}@{member.ends_on}"
        await schedule(session, ENDS, key, end, told, of_history=True)


async def turn(session: AsyncSession, timer: Fired, *, zone: ZoneInfo) -> None:
    """End every place of the engagement whose last day is over, then begin those that are due.

    In this order, so that one project manager follows another, and last leave with their role the
    tasks of who is gone. Emits `MemberEnded`, `MemberChanged`, `TaskChanged`.
    """
    member_id = UUID(timer.payload["member_id"])
    engagement, _ = await with_engagement(session, Member, member_id)
    today = context_of(session).now.astimezone(zone).date()
    team = await standing_members(session, engagement.id)
    due = {
        member.id: member_rules.status_on(today, member.starts_on, member.ends_on)
        for member in team
    }
    for member in team:
        if due[member.id] is MemberStatus.ENDED:
            await leave(session, engagement, member)
    for member in team:
        if due[member.id] is MemberStatus.LIVE and member.status == MemberStatus.PLANNED:
            await _begin(session, engagement, member)
    await release_tasks(session, engagement.id)


async def _begin(session: AsyncSession, engagement: Engagement, member: Member) -> None:
    member.status = member_rules.become(MemberStatus(member.status), MemberStatus.LIVE)
    who = member.user_id
    record(session, engagement, "member_added", person_id=who, person=member.name, role=member.role)
    await announce_member(session, engagement, member, events.MemberChanged, "member:begin")


async def leave(session: AsyncSession, engagement: Engagement, member: Member) -> None:
    """Take a person off the team of a locked engagement. Emits `MemberEnded`."""
    kind = "member_withdrawn" if member.status == MemberStatus.PLANNED else "member_ended"
    member.status = member_rules.become(MemberStatus(member.status), MemberStatus.ENDED)
    who = member.user_id
    record(session, engagement, kind, person_id=who, person=member.name, role=member.role)
    await announce_member(session, engagement, member, events.MemberEnded, "member:end")
