"""Writes on an engagement itself: correct it, and walk it along its lifecycle."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules, store
from services.engagements.engagement.access import LEADS, require_role
from services.engagements.engagement.announce import announce
from services.engagements.engagement.confirming import (
    FIELDS,
    fields_said,
    reopen,
    require_confirmed,
)
from services.engagements.engagement.rules import EngagementStatus
from services.engagements.engagement.schemas import EngagementPatch
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.phases.rules import PhaseRunning, PhaseStatus
from services.engagements.phases.store import phases_of
from shared.contracts import engagements as events
from shared.contracts.engagements import EngagementState
from shared.database import context_of
from shared.errors import Field, Unprocessable
from shared.events import Event
from shared.refs import known_client
from shared.text import search_vector_lexemes


@dataclass(frozen=True)
class Act:
    """A step of the lifecycle: from where to where, what it emits and how its history calls it."""

    name: str
    target: EngagementStatus
    event: type[Event[EngagementState]]
    kind: str
    sources: frozenset[EngagementStatus] = frozenset(EngagementStatus)


S = EngagementStatus
PROPOSE = Act("propose", S.PROPOSED, events.EngagementProposed, "proposed")
ACTIVATE = Act(
    "activate", S.ACTIVE, events.EngagementActivated, "activated", frozenset({S.PROPOSED})
)
HOLD = Act("hold", S.ON_HOLD, events.EngagementHeld, "held")
RESUME = Act(
    "resume", S.ACTIVE, events.EngagementResumed, "resumed", frozenset({S.ON_HOLD, S.CLOSING})
)
START_CLOSING = Act("start-closing", S.CLOSING, events.EngagementClosing, "closing")
CLOSE = Act("close", S.CLOSED, events.EngagementClosed, "closed")
CANCEL = Act("cancel", S.CANCELLED, events.EngagementCancelled, "cancelled")


async def change_engagement(
    session: AsyncSession, engagement: Engagement, patch: EngagementPatch
) -> frozenset[str]:
    """Correct fields of a live engagement, its version checked by the caller; which changed.

    Raises `EngagementNotLive`, `EngagementNotRunning` (409). Emits `EngagementChanged`.
    """
    await require_role(session, engagement.id, *LEADS)
    rules.require_admits(engagement.status, "engagement:edit")
    _refuse_null(patch)
    given = patch.model_dump(exclude_unset=True)
    if "domains" in given:
        given["domains"] = list(dict.fromkeys(given["domains"]))
    changed = frozenset(name for name in given if getattr(engagement, name) != given[name])
    if not changed:
        return changed
    counting = changed & FIELDS.keys()
    if counting:
        rules.require_admits(engagement.status, "plan:change")
        reopen(session, engagement, fields_said(counting))
    for name in changed:
        setattr(engagement, name, given[name])
    record(session, engagement, "changed")
    if "title" in changed:
        await store.index_engagement(session, engagement.id, words_of(engagement))
    await announce(session, engagement, events.EngagementChanged, "engagement:edit")
    return changed


def _refuse_null(patch: EngagementPatch) -> None:
    required = patch.model_fields_set - {"objectives"}
    empty = sorted(name for name in required if getattr(patch, name) is None)
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )


async def walk(
    session: AsyncSession,
    engagement_id: UUID,
    act: Act,
    *,
    reason: str | None = None,
) -> None:
    """Walk the engagement one step along its lifecycle.

    Raises `IllegalEngagementStep`, `PhaseRunning` (409), `ClientArchived` (409) for a step that
    leads into work, and `PlanNotConfirmed` (409) where it begins. Emits the event of the act.
    """
    engagement = await store.lock_engagement(session, engagement_id)
    await require_role(session, engagement.id, *LEADS)
    current = EngagementStatus(engagement.status)
    if current not in act.sources:
        raise rules.IllegalEngagementStep(current, act.target)
    engagement.status = rules.become(current, act.target)
    if act.target in rules.INTO_WORK:
        await require_client(session, engagement)
    if act is ACTIVATE:
        require_confirmed(engagement)
    if act is START_CLOSING:
        await _require_phases_over(session, engagement.id)
    engagement.status_reason = reason
    now = context_of(session).now
    if act is ACTIVATE:
        engagement.activated_at = now
    if act.target not in rules.LIVE:
        engagement.closed_at = now
    told: dict[str, Any] = {"reason": reason} if reason else {}
    record(session, engagement, act.kind, **told)
    await announce(session, engagement, act.event, f"engagement:{act.name}")


async def require_client(session: AsyncSession, engagement: Engagement) -> None:
    """Raise `ClientArchived` (409) for what begins new work under an archived client.

    What is recorded of the past was done before.
    """
    archived = (await known_client(session, engagement.client_id)).archived
    if archived and not context_of(session).historical:
        raise rules.ClientArchived()


async def _require_phases_over(session: AsyncSession, engagement_id: UUID) -> None:
    phases = await phases_of(session, engagement_id)
    if any(phase.status == PhaseStatus.ACTIVE for phase in phases):
        raise PhaseRunning()


def words_of(engagement: Engagement) -> list[str]:
    """The lexemes an engagement is found by: its number and title."""
    return search_vector_lexemes(engagement.number, engagement.title)
