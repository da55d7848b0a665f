"""Drafting an engagement: by hand, or once for a won opportunity."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.deliverables.planning import plan_deliverables
from services.engagements.drafting.schemas import EngagementIn
from services.engagements.engagement import rules, store
from services.engagements.engagement.access import oversees
from services.engagements.engagement.actions import words_of
from services.engagements.engagement.announce import announce
from services.engagements.engagement.rules import EngagementStatus
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members.rules import MemberRole, check_side
from services.engagements.plan.actions import make_plan
from services.engagements.team.actions import join
from services.engagements.team.schemas import MemberIn
from services.engagements.templates.library import BUILT_IN, template
from shared.assigning import require_account
from shared.calendar import add_working_days, load_calendar
from shared.contracts import engagements as events
from shared.contracts.clients import OpportunityState
from shared.database import context_of
from shared.errors import Field, Forbidden
from shared.events import Envelope
from shared.identity import Actor
from shared.ids import new_id
from shared.naming import named_at
from shared.refs import KnownUser, known_client, known_user, standing_client

WON: Final = "won"
"""The stage of an opportunity that the client bought."""


async def draft_engagement(session: AsyncSession, body: EngagementIn, zone: ZoneInfo) -> Engagement:
    """Draft an engagement for a client and staff its lead.

    Raises `ClientGone`, `NotKnownYet`, `WrongSide`, `NotActive` (422), `Forbidden` (403) for who
    would not be on it. Emits `EngagementDrafted`, `MemberAdded`, `TaskPlanned`.
    """
    with named_at("/client_id"):
        client = await known_client(session, body.client_id)
    if client.archived:
        raise rules.ClientGone(errors=[Field("/client_id", en="archived", zh="已归档")])
    leads = _leads(context_of(session).actor, body)
    engagement = await _new(session, body, zone)
    session.add(engagement)
    await session.flush()
    for role, user_id in leads.items():
        place = MemberIn(
            engagement_id=engagement.id,
            user_id=user_id,
            role=role,
        )
        user = await _lead(session, role, user_id)
        await join(session, engagement, user, place, zone)
    await _plan(session, engagement, body, zone)
    record(session, engagement, "drafted", number=engagement.number, title=body.title)
    await store.index_engagement(session, engagement.id, words_of(engagement))
    await announce(session, engagement, events.EngagementDrafted, "engagement:draft")
    return engagement


def _leads(actor: Actor, body: EngagementIn) -> dict[MemberRole, UUID]:
    """Who leads the draft; who does not oversee all engagements must be among them."""
    leads = {
        MemberRole.CONSULTING_PM: body.consulting_pm_id,
        MemberRole.DIRECTOR: body.director_id,
    }
    if leads[MemberRole.CONSULTING_PM] is None and not oversees(actor):
        leads[MemberRole.CONSULTING_PM] = actor.user_id
    if not oversees(actor) and actor.user_id not in leads.values():
        raise Forbidden()
    return {role: user_id for role, user_id in leads.items() if user_id is not None}


async def _lead(session: AsyncSession, role: MemberRole, user_id: UUID) -> KnownUser:
    """Who is to lead the draft.

    Raises `WrongSide`, `NotActive`, `NotKnownYet` (422), naming the role's id.
    """
    pointer = f"/{role}_id"
    with named_at(pointer):
        user = await known_user(session, user_id)
    check_side(role, side=user.side, at_home=False, pointer=pointer)
    require_account(session, user.id, pointer, has_one=not user.deactivated)
    return user


def won_in(zone: ZoneInfo) -> Callable[[AsyncSession, Envelope[OpportunityState]], Awaitable[None]]:
    """The handler of opportunities that drafts for the won ones; days are those of `zone`."""

    async def draft_for_opportunity(
        session: AsyncSession, envelope: Envelope[OpportunityState]
    ) -> None:
        """Draft an engagement when an opportunity is won, once, however often it is told.

        Raises `ValidationError` for a template that does not exist: the event waits to be looked
        at. Emits `EngagementDrafted`, `TaskPlanned`.
        """
        state = envelope.state
        if state.stage == WON and await store.of_opportunity(session, state.id) is None:
            await _draft_won(session, state, zone)

    return draft_for_opportunity


async def _draft_won(session: AsyncSession, state: OpportunityState, zone: ZoneInfo) -> None:
    fields = {"client_id": state.client_id, "title": state.title}
    body = EngagementIn.model_validate(fields | {"template": state.template or BUILT_IN})
    engagement = await _new(session, body, zone)
    engagement.opportunity_id = state.id
    # When it was won, which lies back where history is imported.
    engagement.created_at = state.closed_at or engagement.created_at
    session.add(engagement)
    await session.flush()
    await _plan(session, engagement, body, zone)
    told = {"number": engagement.number, "title": state.title}
    at = engagement.created_at
    record(session, engagement, "drafted_from_opportunity", at=at, person_id=None, **told)
    await store.index_engagement(session, engagement.id, words_of(engagement))
    await announce(session, engagement, events.EngagementDrafted, "engagement:draft")


async def _new(session: AsyncSession, body: EngagementIn, zone: ZoneInfo) -> Engagement:
    context = context_of(session)
    local = context.now.astimezone(zone)
    calendar = await load_calendar(session, zone.key)
    return Engagement(
        id=new_id(),
        number=rules.engagement_number(local.year, await store.next_number(session, local.year)),
        client_id=await standing_client(session, body.client_id),
        title=body.title,
        objectives=body.objectives,
        status=EngagementStatus.DRAFT,
        small=body.small,
        domains=list(dict.fromkeys(body.domains)),
        starts_on=body.starts_on or add_working_days(calendar, local.date(), 1),
        historical=context.historical,
        created_by=context.actor.user_id,
        created_at=context.now,
        updated_at=context.now,
    )


async def _plan(
    session: AsyncSession, engagement: Engagement, body: EngagementIn, zone: ZoneInfo
) -> None:
    with named_at("/template"):
        chosen = template(body.template)
    await make_plan(session, engagement, chosen, zone)
    await plan_deliverables(session, engagement, chosen)
