"""Who of the firm may know of a survey: not whom its case is about, whenever they are named, and of
an engagement's who is on its team now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.responses import store as responses
from services.surveys.rounds import store
from services.surveys.rounds.announce import round_state
from shared.contracts.desk import CaseState
from shared.contracts.engagements import MemberState
from shared.contracts.surveys import ResponseReachChanged, ResponseState, RoundReachChanged
from shared.events import Envelope
from shared.outbox import emit


async def keep_from_those_named(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
    """Let rounds, invitations and answers be seen by whoever may see their case, and nobody else.

    Emits `RoundReachChanged` and `ResponseReachChanged` for what changed.
    """
    excluded = sorted(envelope.state.visibility.excluded)
    for round_id in await store.rounds_to_keep(session, envelope.state.id, excluded):
        round_ = await store.keep_from(session, round_id, excluded)
        answers = await responses.keep_from(session, round_id, excluded)
        await _tell_anew(session, round_, answers)


async def follow_the_team(
    session: AsyncSession, envelopes: Sequence[Envelope[MemberState]]
) -> None:
    """Tell anew of the rounds and answers of engagements whose team in the firm has changed: who
    joined learns of them, who left no more.

    Once for all places of a lot. Emits `RoundReachChanged` and `ResponseReachChanged`.
    """
    changed = [each.state for each in envelopes if each.state.side == "firm" and not each.again]
    # In one order everywhere, so that two lots cannot wait for each other.
    for engagement_id in sorted({place.engagement_id for place in changed}):
        for round_ in await store.rounds_about(session, engagement_id):
            await store.hold_answers(session, round_.id)
            await _tell_anew(session, round_, await responses.answers_of(session, round_.id))


async def _tell_anew(session: AsyncSession, round_: Any, answers: Sequence[ResponseState]) -> None:
    if round_.announced:
        await emit(session, RoundReachChanged(state=await round_state(session, round_)))
    for answer in answers:
        await emit(session, ResponseReachChanged(state=answer))
