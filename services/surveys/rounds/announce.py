"""The public state of a round; an anonymous one speaks once it is closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.refs.store import reach_of, responsible
from services.surveys.responses import rules
from services.surveys.responses.store import anonymous_answers
from services.surveys.rounds.store import asked_roles
from shared.contracts.surveys import GroupScore, RoundState, for_and_against


async def group_scores(session: AsyncSession, round_: Any) -> tuple[GroupScore, ...]:
    """What an anonymous round may say; nothing for a personal one."""
    if not round_.anonymous:
        return ()
    scores = []
    for group in rules.publishable(await anonymous_answers(session, round_.id)):
        score, low = rules.group_score(round_.kind, group.scores)
        positive, negative = for_and_against(round_.kind, group.scores)
        scores.append(
            GroupScore(
                role=group.role,
                responses=len(group.scores),
                score=score,
                positive=positive,
                negative=negative,
                low=low,
            )
        )
    return tuple(scores)


async def round_state(session: AsyncSession, round_: Any) -> RoundState:
    """The public state; groups are told from the close on, never while answers still come."""
    groups = await group_scores(session, round_) if round_.closed_at else ()
    owner_id = await _owner(session, round_, groups) if round_.low else None
    return RoundState(
        id=round_.id,
        visibility=await reach_of(session, round_.engagement_id, round_.excluded),
        campaign=round_.campaign,
        survey_key=round_.survey_key,
        kind=round_.kind,
        anonymous=round_.anonymous,
        client_id=round_.client_id,
        engagement_id=round_.engagement_id,
        phase_id=round_.phase_id,
        case_id=round_.case_id,
        subject=round_.subject,
        invited=round_.invited,
        opened_at=round_.opened_at,
        closes_at=round_.closes_at,
        closed_at=round_.closed_at,
        low=round_.low,
        owner_id=owner_id,
        groups=groups,
    )


async def _owner(session: AsyncSession, round_: Any, groups: Sequence[GroupScore]) -> UUID | None:
    """Who looks after a low round: by the highest role that is low, or that was asked at all."""
    low = [group.role for group in groups if group.low and group.role]
    role = rules.highest(low or await asked_roles(session, round_.id))
    people = await responsible(session, round_.client_id, round_.engagement_id)
    return rules.owner_for(role, people)
