"""Who of the firm may know of a survey: not whom its case is about, whenever they are named, and of
an engagement's who is on its team now."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.responses import store as responses
from services.surveys.rounds import store
from services.surveys.rounds.announce import round_state
from shared.contracts.desk import CaseState
from shared.contracts.engagements import MemberState
from shared.contracts.surveys import ResponseReachChanged, RoundReachChanged
from shared.events import Envelope
from shared.outbox import emit


async def keep_from_those_named(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
    """Let rounds, invitations and answers be seen by whoever may see their case, and nobody else.

    Emits `RoundReachChanged` and `ResponseReachChanged` for what changed.
    """
    excluded = sorted(envelope.state.visibility.excluded)
    for round_id in await store.rounds_to_keep(session, envelope.state.id, excluded):
        round_ = await store.keep_from(session, round_id, excluded)
        if round_.announced:
            await emit(session, RoundReachChanged(state=await round_state(session, round_)))
        for response in await responses.keep_from(session, round_id, excluded):
            await emit(session, ResponseReachChanged(state=response))


async def follow_the_team(session: AsyncSession, envelope: Envelope[MemberState]) -> None:
    """Tell anew of an engagement's rounds and answers once its team in the firm has changed: who
    joined learns of them, who left no more.

    Emits `RoundReachChanged` and `ResponseReachChanged`.
    """
    if envelope.state.side != "firm" or envelope.again:
        return
    for round_ in await store.rounds_about(session, envelope.state.engagement_id):
        await store.hold_answers(session, round_.id)
        if round_.announced:
            await emit(session, RoundReachChanged(state=await round_state(session, round_)))
        for response in await responses.answers_of(session, round_.id):
            await emit(session, ResponseReachChanged(state=response))
