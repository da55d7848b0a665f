"""What every act on a deliverable ends with: history, audit entry, events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.deliverables.rules import WAITS_FOR, DeliverableStatus, concerned
from services.engagements.deliverables.tables import (
    Comment,
    Deliverable,
    DeliverableVersion,
    Verdict,
)
from services.engagements.engagement.announce import announce, visibility_of
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members.store import live_members, place_of
from services.engagements.members.tables import Member
from services.engagements.plan.tables import Task
from shared import audit
from shared.contracts import engagements as events
from shared.contracts.engagements import DeliverableState, WaitingFor
from shared.database import context_of
from shared.events import Event
from shared.outbox import emit
from shared.rows import row_of
from shared.writing import append, rows_of

_CHILDREN = {kind: rows_of(kind) for kind in (Comment, DeliverableVersion, Verdict)}


@dataclass(frozen=True)
class Review:
    """What an act on a deliverable is decided by and told with: read once, at its beginning."""

    engagement: Engagement
    deliverable: Deliverable
    team: list[Member]
    """The live members of the engagement."""
    before: Mapping[str, Any] = field(default_factory=dict)
    """The deliverable as it stood; nothing for a new one."""


async def announce_deliverable(
    session: AsyncSession,
    review: Review,
    event: type[Event[DeliverableState]],
    act: tuple[str, str],
    *,
    child: Comment | DeliverableVersion | Verdict | None = None,
    params: Mapping[str, str] | None = None,
) -> None:
    """Save an act, named (policy action, step of the history), and tell of it.

    `child` is the row it writes besides (a version, a comment, a verdict). Emits `event` and
    `EngagementChanged`.
    """
    action, kind = act
    engagement, deliverable, team = review.engagement, review.deliverable, review.team
    deliverable.updated_at = context_of(session).now
    await session.flush()
    old, new = audit.changes(review.before, deliverable.model_dump(mode="json"))
    if child is not None:
        values = child.model_dump(mode="json")
        append(session, _CHILDREN[type(child)], values)
        new = new | {type(child).__name__.lower(): values}
    who = [context_of(session).actor.user_id]
    subject = ("deliverable", deliverable.id)
    await audit.record(session, action, subject, before=old, after=new, about=who)
    told: dict[str, Any] = {"deliverable": deliverable.title, **(params or {})}
    record(session, engagement, kind, **told)
    await emit(session, event(state=await deliverable_state(session, deliverable, team)))
    await announce(session, engagement, events.EngagementChanged, action, team=team)


async def deliverable_state(
    session: AsyncSession,
    deliverable: Deliverable,
    team: list[Member] | None = None,
    due_on: date | None = None,
) -> DeliverableState:
    """The public state of a deliverable in reach; `team` and `due_on` where the caller knows."""
    if team is None:
        team = await live_members(session, deliverable.engagement_id)
    due_on = deliverable.step_due_on or due_on
    if due_on is None:
        due_on = (await row_of(session, Task, deliverable.task_id)).ends_on
    return DeliverableState(
        id=deliverable.id,
        visibility=visibility_of(deliverable.engagement_id, deliverable.client_id, team),
        engagement_id=deliverable.engagement_id,
        client_id=deliverable.client_id,
        title=deliverable.title,
        status=deliverable.status,
        version_number=deliverable.version_number,
        waiting_for=_waiting(deliverable, team, due_on),
    )


def _waiting(deliverable: Deliverable, team: list[Member], due_on: date) -> WaitingFor | None:
    waits = WAITS_FOR.get(DeliverableStatus(deliverable.status))
    if waits is None:
        return None
    step, role = waits
    users = {member.id: member.user_id for member in team}
    places = concerned([place_of(member) for member in team], role, deliverable.domain)
    return WaitingFor(
        step=step,
        role=role,
        user_ids=tuple(sorted({users[place.id] for place in places})),
        due_on=due_on,
    )
