"""What makes Rapport ask: a case that was closed, a phase that ended."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.campaigns import store as campaigns
from services.surveys.campaigns.rules import Trigger
from services.surveys.refs.store import (
    excluded_from,
    live_members,
    person,
    require_members,
    status_of,
)
from services.surveys.rounds.actions import open_round
from services.surveys.rounds.rules import (
    GIVEN_UP,
    LATEST,
    Cause,
    Links,
    ended_phases,
    shortened,
)
from shared.contracts.desk import CaseClosed, CaseState
from shared.contracts.engagements import EngagementState
from shared.database import context_of
from shared.events import Envelope

Handler = Callable[[AsyncSession, Any], Awaitable[None]]


def inviting_requesters(links: Links, zone: ZoneInfo) -> Handler:
    """The handler that asks a requester once their case is closed.

    For every event, of which the closing alone asks: whatever is told of a closed case later, the
    newest too, asks nobody.
    """

    async def invite_requester(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
        case = envelope.state
        closed_at = case.closed_at or envelope.time
        if envelope.action != CaseClosed.action or not _news(session, envelope, closed_at):
            return
        cause = Cause(
            source_id=case.id,
            client_id=case.client_id,
            subject=case.number,
            about=_called(case),
            case_id=case.id,
            # Whom it is about may have been said since.
            excluded=await excluded_from(session, case.id),
        )
        for campaign in await campaigns.active_campaigns(session, Trigger.CASE_CLOSED):
            people = [await person(session, case.requester_id)]
            await open_round(session, campaign, cause, people, links, zone)

    return invite_requester


def _called(case: CaseState) -> dict[str, str]:
    """What a case is called, shortened, by language: mostly the words of who asked."""
    texts = case.subject_texts or {}
    return {each: shortened(texts.get(each, case.subject)) for each in ("en", "zh")}


def inviting_teams(links: Links, zone: ZoneInfo) -> Handler:
    """The handler that asks the live members of a team once a phase has ended.

    For every event: the newest may but say the engagement again, and asks nobody. Nor is anybody
    asked about an engagement that was given up since. Members are told of apart from their
    engagement, and may be heard of later: until then this raises `NotKnownYet`.
    """

    async def invite_team(session: AsyncSession, envelope: Envelope[EngagementState]) -> None:
        engagement = envelope.state
        day = envelope.time.astimezone(zone).date()
        ended = []
        if _news(session, envelope, envelope.time):
            ended = ended_phases(engagement.phases, day)
        if not ended or GIVEN_UP in (engagement.status, await status_of(session, engagement.id)):
            return
        await require_members(session, engagement.id, engagement.client_member_ids)
        for phase in ended:
            cause = Cause(
                source_id=phase.id,
                client_id=engagement.client_id,
                subject=engagement.number,
                engagement_id=engagement.id,
                phase_id=phase.id,
                phase_title=phase.title,
                excluded=engagement.visibility.excluded,
            )
            for campaign in await campaigns.active_campaigns(session, Trigger.PHASE_ENDED):
                people = await live_members(session, engagement.id, campaign.roles, day)
                await open_round(session, campaign, cause, people, links, zone)

    return invite_team


def _news(session: AsyncSession, envelope: Envelope[Any], at: datetime) -> bool:
    """Neither imported history nor a state told again, nor of so long ago that nobody is asked."""
    late = context_of(session).now - at > LATEST
    return not (envelope.historical or envelope.again or late)
