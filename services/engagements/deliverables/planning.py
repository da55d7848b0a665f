"""What an engagement owes: from its template, or added by hand."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.deliverables import store
from services.engagements.deliverables.announce import (
    Review,
    announce_deliverable,
    deliverable_state,
)
from services.engagements.deliverables.rules import DeliverableStatus
from services.engagements.deliverables.schemas import DaysIn, DeliverableIn, TitleIn
from services.engagements.deliverables.tables import Deliverable
from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement.access import LEADS, require_role
from services.engagements.engagement.store import with_engagement
from services.engagements.engagement.tables import Engagement
from services.engagements.members.store import live_members
from services.engagements.plan.store import tasks_of
from services.engagements.plan.tables import Task
from services.engagements.templates.rules import Template
from shared.contracts import engagements as events
from shared.database import context_of
from shared.ids import new_id
from shared.naming import named_at
from shared.outbox import emit


async def plan_deliverables(
    session: AsyncSession, engagement: Engagement, template: Template
) -> None:
    """Owe what the template owes; its plan is made already. Emits `DeliverablePlanned`."""
    tasks = {task.key: task for task in await tasks_of(session, engagement.id)}
    for phase in template.phases:
        for part in phase.deliverables:
            body = DeliverableIn(
                task_id=tasks[part.task].id,
                title=TitleIn(**part.title.model_dump()),
                chain=DaysIn(**part.chain.model_dump()),
            )
            phase_id = tasks[part.task].phase_id
            session.add(_planned(session, engagement, body, phase_id, part.key))
    await session.flush()
    team = await live_members(session, engagement.id)
    ends = {task.id: task.ends_on for task in tasks.values()}
    for deliverable in await store.deliverables_of(session, engagement.id):
        due_on = ends[deliverable.task_id]
        state = await deliverable_state(session, deliverable, team, due_on)
        await emit(session, events.DeliverablePlanned(state=state))


def _planned(
    session: AsyncSession, engagement: Engagement, body: DeliverableIn, phase_id: UUID, key: str
) -> Deliverable:
    now = context_of(session).now
    return Deliverable(
        id=new_id(),
        engagement_id=engagement.id,
        client_id=engagement.client_id,
        phase_id=phase_id,
        task_id=body.task_id,
        key=key,
        title=body.title.model_dump(),
        domain=body.domain,
        chain=body.chain.model_dump(),
        status=DeliverableStatus.DRAFT,
        created_at=now,
        updated_at=now,
    )


async def add_deliverable(session: AsyncSession, body: DeliverableIn) -> Deliverable:
    """Owe another deliverable. Raises `EngagementNotRunning` (409). Emits `DeliverablePlanned`."""
    with named_at("/task_id"):
        engagement, task = await with_engagement(session, Task, body.task_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "deliverable:add")
    deliverable = _planned(session, engagement, body, task.phase_id, "added")
    session.add(deliverable)
    review = Review(engagement, deliverable, await live_members(session, engagement.id))
    act = ("deliverable:add", "deliverable_planned")
    await announce_deliverable(session, review, events.DeliverablePlanned, act)
    return deliverable
