"""Writes on the joint team: join, change, leave, also by themselves when the last day is over."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement import store as engagements
from services.engagements.engagement.access import LEADS, require_role
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members import rules as member_rules
from services.engagements.members.rules import MemberStatus
from services.engagements.members.store import live_members, place_of
from services.engagements.members.tables import Member
from services.engagements.team import rules
from services.engagements.team.announce import announce_member
from services.engagements.team.schemas import MemberIn, MemberPatch
from shared.contracts import engagements as events
from shared.database import context_of
from shared.ids import new_id
from shared.refs import KnownUser, known_user
from shared.timers import Fired, schedule

TIMER = "member_ends"


async def add_member(session: AsyncSession, body: MemberIn, zone: ZoneInfo) -> Member:
    """Give a person a place in the team, from `starts_on` (today when not said) on.

    Raises `WrongSide`, `NoDomain`, `AnswersToNobody`, `BadDates` (422), `ManagerExists`,
    `PlaceTaken`, `EngagementNotRunning` (409). Emits `MemberAdded`, `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, body.engagement_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "member:add")
    user = await known_user(session, body.user_id)
    return await join(session, engagement, user, body, zone)


async def join(
    session: AsyncSession, engagement: Engagement, user: KnownUser, body: MemberIn, zone: ZoneInfo
) -> Member:
    """Put a known person on the team of a locked engagement; authority was checked before.

    Raises and emits as `add_member` does.
    """
    at_home = user.client_id == engagement.client_id
    member_rules.check_side(body.role, side=user.side, at_home=at_home)
    now = context_of(session).now
    today = now.astimezone(zone).date()
    member = _place(engagement, user, body, now, today)
    await _check(session, member)
    if member.ends_on is not None and member.ends_on < today:
        member.status = MemberStatus.ENDED
    session.add(member)
    # First of all: a project manager who drafts is in reach of the engagement from here on.
    await session.flush()
    record(
        session,
        engagement,
        "member_added",
        person_id=user.id,
        person=user.name,
        role=member.role,
    )
    await _set_clock(session, member, zone)
    await announce_member(session, engagement, member, events.MemberAdded, "member:add")
    return member


def _place(
    engagement: Engagement, user: KnownUser, body: MemberIn, now: datetime, today: date
) -> Member:
    """A person's new place in the team."""
    return Member(
        id=new_id(),
        engagement_id=engagement.id,
        client_id=engagement.client_id,
        user_id=user.id,
        name=user.name,
        side=user.side,
        role=body.role,
        domains=list(dict.fromkeys(body.domains)),
        answers_to=body.answers_to,
        starts_on=body.starts_on or min(today, body.ends_on or today),
        ends_on=body.ends_on,
        status=MemberStatus.LIVE,
        created_at=now,
    )


async def _check(session: AsyncSession, member: Member) -> None:
    rules.check_dates(member.starts_on, member.ends_on)
    team = await live_members(session, member.engagement_id)
    others = [each for each in team if each.id != member.id]
    if any((each.user_id, each.role) == (member.user_id, member.role) for each in others):
        raise member_rules.PlaceTaken()
    member_rules.check_place(place_of(member), [place_of(each) for each in others])


async def change_member(
    session: AsyncSession, member: Member, patch: MemberPatch, zone: ZoneInfo
) -> None:
    """Change domains, whom the member answers to, or the last day; the caller checked the version.

    Raises `NoDomain`, `AnswersToNobody`, `BadDates` (422), `MemberEndedAlready`,
    `EngagementNotRunning` (409). Emits `MemberChanged`, `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, member.engagement_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "member:edit")
    await _change(session, engagement, member, patch, zone)


async def _change(
    session: AsyncSession,
    engagement: Engagement,
    member: Member,
    patch: MemberPatch,
    zone: ZoneInfo,
) -> None:
    if member.status != MemberStatus.LIVE:
        raise member_rules.MemberEndedAlready()
    for name, value in patch.model_dump(exclude_unset=True).items():
        setattr(member, name, list(dict.fromkeys(value or [])) if name == "domains" else value)
    await _check(session, member)
    record(session, engagement, "member_changed", person_id=member.user_id, person=member.name)
    await _set_clock(session, member, zone)
    await announce_member(session, engagement, member, events.MemberChanged, "member:edit")


async def end_member(
    session: AsyncSession, member_id: UUID, ends_on: date | None, zone: ZoneInfo
) -> None:
    """End a place today, or plan its last day; what was seen before stays unseen afterwards.

    Raises `BadDates` (422), `MemberEndedAlready` (409). Emits `MemberEnded` or `MemberChanged`,
    and `EngagementChanged`.
    """
    engagement, member = await engagements.with_engagement(session, Member, member_id)
    await require_role(session, engagement.id, *LEADS)
    today = context_of(session).now.astimezone(zone).date()
    last = ends_on or today
    rules.check_dates(member.starts_on, last)
    if last > today:
        await _change(session, engagement, member, MemberPatch(ends_on=last), zone)
        return
    member.ends_on = last
    await _leave(session, engagement, member)


async def member_ends(session: AsyncSession, timer: Fired, *, zone: ZoneInfo) -> None:
    """End a place whose last day is over, unless it changed meanwhile. Emits `MemberEnded`."""
    member_id = UUID(timer.payload["member_id"])
    engagement, member = await engagements.with_engagement(session, Member, member_id)
    today = context_of(session).now.astimezone(zone).date()
    over = member.ends_on is not None and member.ends_on < today
    if over and member.status == MemberStatus.LIVE:
        await _leave(session, engagement, member)


async def _leave(session: AsyncSession, engagement: Engagement, member: Member) -> None:
    member.status = member_rules.end(MemberStatus(member.status))
    record(
        session,
        engagement,
        "member_ended",
        person_id=member.user_id,
        person=member.name,
        role=member.role,
    )
    await announce_member(session, engagement, member, events.MemberEnded, "member:end")


async def _set_clock(session: AsyncSession, member: Member, zone: ZoneInfo) -> None:
    # One timer per place and day: an obsolete one finds nothing to do.
    if member.ends_on is not None and member.status == MemberStatus.LIVE:
        due_at = rules.moment_after(member.ends_on, zone)
        key = f"{member.id}@{member.ends_on}"
        await schedule(session, TIMER, key, due_at, {"member_id": str(member.id)})
