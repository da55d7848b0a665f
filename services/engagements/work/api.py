"""Routes of the work; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.engagements.engagement.api import answer_engagement
from services.engagements.engagement.store import with_engagement
from services.engagements.plan.actions import confirm_plan as confirm
from services.engagements.plan.tables import Task
from services.engagements.routing import ZoneDep
from services.engagements.work import actions
from services.engagements.work.readings import KEY_NODE, PHASE, TASK
from services.engagements.work.schemas import AssignIn, DayIn, TaskPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(tags=["plan"], route_class=IdempotentRoute)
answer_phase = Answer(PHASE)
answer_task = Answer(TASK)
answer_key_node = Answer(KEY_NODE)
TODAY = DayIn()


@router.post(
    "/engagements/{id}/confirm-plan",
    dependencies=[allowed("plan:confirm")],
    responses=answer_engagement.document(),
)
async def confirm_plan(engagement_id: RecordId, session: SessionDep) -> Response:
    """Confirm plan and team as they stand for one side; they take effect when both did."""
    await confirm(session, engagement_id)
    return await answer_engagement(session, engagement_id)


@router.post(
    "/phases/{id}/start", dependencies=[allowed("phase:start")], responses=answer_phase.document()
)
async def start_phase(
    phase_id: RecordId, session: SessionDep, zone: ZoneDep, body: DayIn = TODAY
) -> Response:
    """Begin a phase; gaps in the team it needs are listed and block it."""
    await actions.start_phase(session, phase_id, body.on, zone)
    return await answer_phase(session, phase_id)


@router.post(
    "/phases/{id}/end", dependencies=[allowed("phase:end")], responses=answer_phase.document()
)
async def end_phase(
    phase_id: RecordId, session: SessionDep, zone: ZoneDep, body: DayIn = TODAY
) -> Response:
    """End a phase whose tasks are done."""
    await actions.end_phase(session, phase_id, body.on, zone)
    return await answer_phase(session, phase_id)


@router.patch("/tasks/{id}", dependencies=[allowed("task:edit")], responses=answer_task.document())
async def change_task(
    task_id: RecordId, body: TaskPatch, expected: IfMatch, session: SessionDep, zone: ZoneDep
) -> Response:
    """Change a task's duration as it was read; both project managers confirm the plan anew."""
    _, task = await with_engagement(session, Task, task_id)
    await require_version(expected, task.version, answer_task.theirs(session, task_id))
    await actions.change_task(session, task, body.days, zone)
    return await answer_task(session, task_id)


@router.post(
    "/tasks/{id}/assign", dependencies=[allowed("task:assign")], responses=answer_task.document()
)
async def assign_task(task_id: RecordId, body: AssignIn, session: SessionDep) -> Response:
    """Give the task to a member in its role, or leave it with the role."""
    await actions.assign_task(session, task_id, body.user_id)
    return await answer_task(session, task_id)


@router.post(
    "/tasks/{id}/start", dependencies=[allowed("task:start")], responses=answer_task.document()
)
async def start_task(
    task_id: RecordId, session: SessionDep, zone: ZoneDep, body: DayIn = TODAY
) -> Response:
    """Begin a task; what depends on it moves."""
    await actions.start_task(session, task_id, body.on, zone)
    return await answer_task(session, task_id)


@router.post(
    "/tasks/{id}/finish", dependencies=[allowed("task:finish")], responses=answer_task.document()
)
async def finish_task(
    task_id: RecordId, session: SessionDep, zone: ZoneDep, body: DayIn = TODAY
) -> Response:
    """Finish a task; what depends on it moves."""
    await actions.finish_task(session, task_id, body.on, zone)
    return await answer_task(session, task_id)


@router.post(
    "/key-nodes/{id}/hold",
    dependencies=[allowed("key-node:hold")],
    responses=answer_key_node.document(),
)
async def hold_key_node(
    key_node_id: RecordId, session: SessionDep, zone: ZoneDep, body: DayIn = TODAY
) -> Response:
    """Record that a key node was held."""
    await actions.hold_key_node(session, key_node_id, body.on, zone)
    return await answer_key_node(session, key_node_id)
