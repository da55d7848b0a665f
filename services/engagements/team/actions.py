"""Writes on the joint team: join, change, leave."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement import store as engagements
from services.engagements.engagement.access import require_staffing
from services.engagements.engagement.confirming import PLACE, reopen, said
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members import rules as member_rules
from services.engagements.members.rules import MemberRole, MemberStatus
from services.engagements.members.store import place_of, standing_members
from services.engagements.members.tables import Member
from services.engagements.plan.actions import release_tasks
from services.engagements.team import rules, store
from services.engagements.team.announce import announce_member
from services.engagements.team.schemas import MemberIn, MemberPatch
from services.engagements.team.turning import leave, set_clocks
from shared.assigning import require_account
from shared.contracts import engagements as events
from shared.database import WriteContext, context_of
from shared.dates import day_words
from shared.errors import NotKnownYet
from shared.identity import Side
from shared.ids import new_id
from shared.naming import named_at
from shared.refs import KnownUser, known_user


async def add_member(session: AsyncSession, body: MemberIn, zone: ZoneInfo) -> Member:
    """Give a person a place in the team, from `starts_on` (today when not said) on.

    Until that day the place is planned: it opens nothing and closes no gap. Raises `WrongSide`,
    `NotActive`, `NoDomain`, `AnswersToNobody`, `BadDates`, `NotKnownYet` (422), `ManagerExists`,
    `PlaceTaken`, `EngagementNotRunning` (409). Emits `MemberAdded`, `EngagementChanged`; where it
    follows a place whose last day is over, `MemberEnded` and `TaskChanged`.
    """
    with named_at("/engagement_id"):
        engagement = await engagements.lock_engagement(session, body.engagement_id)
    await require_staffing(session, engagement.id, body.role)
    engagement_rules.require_admits(engagement.status, "member:add")
    with named_at("/user_id"):
        user = await _person(session, engagement, body.user_id)
    # Who was invited may have a place before they come.
    require_account(session, user.id, "/user_id", has_one=not user.deactivated)
    at_home = user.client_id == engagement.client_id
    member_rules.check_side(body.role, side=user.side, at_home=at_home, pointer="/role")
    return await join(session, engagement, user, body, zone)


async def candidates(session: AsyncSession, engagement_id: UUID) -> list[KnownUser]:
    """Whom the actor may give a place on the client's side, by name; also who was only invited.

    Raises `NotFound` (404), `Forbidden` (403) for who gives none.
    """
    await engagements.domains_and_size(session, engagement_id)
    await require_staffing(session, engagement_id, MemberRole.CORE)
    people = await store.client_people(session, engagement_id)
    return [person for person in people if not person.deactivated]


async def _person(session: AsyncSession, engagement: Engagement, user_id: UUID) -> KnownUser:
    if context_of(session).actor.side is not Side.CLIENT:
        return await known_user(session, user_id)
    # The client's project manager knows the people of the own firm, and nobody else.
    for person in await store.client_people(session, engagement.id):
        if person.id == user_id:
            return person
    raise NotKnownYet("user", user_id)


async def join(
    session: AsyncSession, engagement: Engagement, user: KnownUser, body: MemberIn, zone: ZoneInfo
) -> Member:
    """Put a known person on the team of a locked engagement; authority was checked before.

    So was that the role is one of their side. Raises and emits as `add_member` does.
    """
    member = _place(engagement, user, body, context_of(session), zone)
    team = await standing_members(session, engagement.id)
    _check(member, team)
    followed = await _end_before(session, engagement, member, team)
    session.add(member)
    # First of all: a project manager who drafts is in reach of the engagement from here on.
    await session.flush()
    planned = member.status == MemberStatus.PLANNED
    kind = "member_planned" if planned else "member_added"
    record(
        session,
        engagement,
        kind,
        person_id=user.id,
        person=user.name,
        role=member.role,
        day=day_words(member.starts_on),
    )
    _confirm_again(session, engagement, member)
    await set_clocks(session, member, zone)
    await announce_member(session, engagement, member, events.MemberAdded, "member:add")
    if followed:
        await release_tasks(session, engagement.id)
    return member


def _place(
    engagement: Engagement, user: KnownUser, body: MemberIn, context: WriteContext, zone: ZoneInfo
) -> Member:
    """A person's new place in the team, live from its first day to its last as of today."""
    day = context.now.astimezone(zone).date()
    starts_on = body.starts_on or min(day, body.ends_on or day)
    # Not the day an import writes of: what was over or ahead by then has moved on since.
    today = context.entered_at.astimezone(zone).date()
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
        starts_on=starts_on,
        ends_on=body.ends_on,
        status=member_rules.status_on(today, starts_on, body.ends_on),
        created_at=context.now,
    )


def _check(member: Member, team: Sequence[Member]) -> None:
    rules.check_dates(member.starts_on, member.ends_on)
    others = [each for each in team if each.id != member.id and _together(each, member)]
    if any((each.user_id, each.role) == (member.user_id, member.role) for each in others):
        raise member_rules.PlaceTaken()
    member_rules.check_place(place_of(member), [place_of(each) for each in others])


async def _end_before(
    session: AsyncSession, engagement: Engagement, member: Member, team: Sequence[Member]
) -> bool:
    """End what the place follows and whose last day is over, before its clock does.

    Answers whether there was such a place. Emits `MemberEnded`, `EngagementChanged`.
    """
    me = context_of(session).actor.user_id
    over = [
        each
        for each in team
        if each.role == member.role
        and (each.user_id == member.user_id or each.role in member_rules.ONE_OF_A_KIND)
        # Of two that are live and share no day the earlier is over. Not the own: see `end_member`.
        and each.status == member.status == MemberStatus.LIVE
        and each.user_id != me
    ]
    for each in over:
        await leave(session, engagement, each)
    return bool(over)


def _together(one: Member, other: Member) -> bool:
    """Whether both places are held on some day."""
    return member_rules.overlap((one.starts_on, one.ends_on), (other.starts_on, other.ends_on))


def _confirm_again(session: AsyncSession, engagement: Engagement, member: Member) -> None:
    """Take back both confirmations where the place is one that both project managers confirm."""
    if member.role in member_rules.CONFIRMED:
        what = said(PLACE, person=member.name)
        reopen(session, engagement, what, person_id=member.user_id)


async def change_member(
    session: AsyncSession, member: Member, patch: MemberPatch, zone: ZoneInfo
) -> None:
    """Change domains, whom the member answers to, or the last day; the caller checked the version.

    Raises `NoDomain`, `AnswersToNobody`, `BadDates` (422), `MemberEndedAlready`,
    `EngagementNotRunning` (409). Emits `MemberChanged`, `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, member.engagement_id)
    await require_staffing(session, engagement.id, member.role)
    engagement_rules.require_admits(engagement.status, "member:edit")
    await _change(session, engagement, member, patch, zone)


async def _change(
    session: AsyncSession,
    engagement: Engagement,
    member: Member,
    patch: MemberPatch,
    zone: ZoneInfo,
) -> None:
    if member.status == MemberStatus.ENDED:
        raise member_rules.MemberEndedAlready()
    # Before the change: what is not checked yet is not written either.
    team = await standing_members(session, engagement.id)
    given = patch.model_dump(exclude_unset=True)
    if "domains" in given:
        given["domains"] = list(dict.fromkeys(given["domains"] or []))
    changed = {name: value for name, value in given.items() if getattr(member, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(member, name, value)
    _check(member, team)
    record(session, engagement, "member_changed", person_id=member.user_id, person=member.name)
    _confirm_again(session, engagement, member)
    await set_clocks(session, member, zone)
    await announce_member(session, engagement, member, events.MemberChanged, "member:edit")


async def end_member(
    session: AsyncSession, member_id: UUID, ends_on: date | None, zone: ZoneInfo
) -> None:
    """End a place today, or plan its last day; what was seen before stays unseen afterwards.

    A planned place is given up. One's own is held until its last day is over, and ends behind this
    act where that day is past. Raises `BadDates` (422), `MemberEndedAlready` (409). Emits
    `MemberEnded` or `MemberChanged`, `EngagementChanged`, and `TaskChanged` for open tasks that
    were the person's and are their role's now.
    """
    engagement, member = await engagements.with_engagement(session, Member, member_id)
    await require_staffing(session, engagement.id, member.role)
    context = context_of(session)
    today = context.now.astimezone(zone).date()
    last = ends_on or today
    given_up = member.status == MemberStatus.PLANNED and last < member.starts_on
    if not given_up:
        rules.check_dates(member.starts_on, last)
    own = member.user_id == context.actor.user_id and not given_up
    # By its clock: whoever is off the team could not write the rest of this act.
    if last > today or own:
        await _change(session, engagement, member, MemberPatch(ends_on=last), zone)
        return
    await end_place(session, engagement, member, last)


async def end_place(
    session: AsyncSession, engagement: Engagement, member: Member, last: date
) -> None:
    """End a place of a locked engagement, its last day being `last`; authority was checked before.

    Emits `MemberEnded`, `EngagementChanged`, `TaskChanged`.
    """
    member.ends_on = last
    _confirm_again(session, engagement, member)
    await leave(session, engagement, member)
    await release_tasks(session, engagement.id)
