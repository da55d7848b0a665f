"""Every statement about tasks, links and key nodes; row security holds the reach."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col

from services.engagements.members.rules import MemberStatus
from services.engagements.members.tables import Member
from services.engagements.phases.tables import Phase
from services.engagements.plan.rules import TaskStatus
from services.engagements.plan.tables import KeyNode, Task, TaskLink

_PLACE_TASKS = text(
    "UPDATE tasks SET starts_on = n.starts_on, ends_on = n.ends_on, float_days = n.float_days,"
    " version = tasks.version + 1 FROM unnest(CAST(:id AS uuid[]), CAST(:starts_on AS date[]),"
    " CAST(:ends_on AS date[]), CAST(:float_days AS int[]))"
    " AS n (id, starts_on, ends_on, float_days) WHERE tasks.id = n.id"
)
_PLACE_PHASES = text(
    "UPDATE phases SET starts_on = n.starts_on, ends_on = n.ends_on,"
    " version = phases.version + 1 FROM unnest(CAST(:id AS uuid[]), CAST(:starts_on AS date[]),"
    " CAST(:ends_on AS date[])) AS n (id, starts_on, ends_on) WHERE phases.id = n.id"
)
_PLACE_NODES = text(
    "UPDATE key_nodes SET planned_on = n.planned_on, version = key_nodes.version + 1"
    " FROM unnest(CAST(:id AS uuid[]), CAST(:planned_on AS date[])) AS n (id, planned_on)"
    " WHERE key_nodes.id = n.id"
)


async def tasks_of(session: AsyncSession, engagement_id: UUID) -> list[Task]:
    """The tasks of an engagement in reach, in the plan's order."""
    await session.flush()
    query = select(Task).where(col(Task.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Task.position))))


async def links_of(session: AsyncSession, engagement_id: UUID) -> list[TaskLink]:
    """What holds what in an engagement in reach."""
    query = select(TaskLink).where(col(TaskLink.engagement_id) == engagement_id)
    return list(await session.scalars(query))


async def key_nodes_of(session: AsyncSession, engagement_id: UUID) -> list[KeyNode]:
    """The key nodes of an engagement in reach, by day."""
    query = select(KeyNode).where(col(KeyNode.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(KeyNode.planned_on), col(KeyNode.id))))


async def open_tasks(session: AsyncSession, phase_id: UUID) -> int:
    """How many tasks of a phase are not done."""
    query = select(func.count()).select_from(Task)
    undone = query.where(col(Task.phase_id) == phase_id, col(Task.status) != TaskStatus.DONE)
    return int(await session.scalar(undone) or 0)


async def left_tasks(session: AsyncSession, engagement_id: UUID) -> list[Task]:
    """The open tasks of somebody who has no live place in their role any more."""
    await session.flush()
    place = select(Member).where(
        col(Member.engagement_id) == engagement_id,
        col(Member.user_id) == col(Task.assignee_id),
        col(Member.role) == col(Task.role),
        col(Member.status) == MemberStatus.LIVE,
    )
    query = select(Task).where(
        col(Task.engagement_id) == engagement_id,
        col(Task.assignee_id).is_not(None),
        col(Task.status) != TaskStatus.DONE,
        ~place.exists(),
    )
    return list(await session.scalars(query.order_by(col(Task.position))))


async def tasks_held(session: AsyncSession, engagement_id: UUID, person_id: UUID) -> list[Task]:
    """The open tasks that a person has in an engagement."""
    await session.flush()
    query = select(Task).where(
        col(Task.engagement_id) == engagement_id,
        col(Task.assignee_id) == person_id,
        col(Task.status) != TaskStatus.DONE,
    )
    return list(await session.scalars(query.order_by(col(Task.position))))


async def write_places(
    session: AsyncSession, *, phases: list[Phase], tasks: list[Task], nodes: list[KeyNode]
) -> None:
    """Write where a plan's rows stand now: one statement per table, not one per row."""
    await _write(session, _PLACE_TASKS, tasks, ("starts_on", "ends_on", "float_days"))
    await _write(session, _PLACE_PHASES, phases, ("starts_on", "ends_on"))
    await _write(session, _PLACE_NODES, nodes, ("planned_on",))


async def _write(
    session: AsyncSession, statement: TextClause, rows: Sequence[Any], names: tuple[str, ...]
) -> None:
    moved = [row for row in rows if session.is_modified(row)]
    if not moved:
        return
    values = {name: [getattr(row, name) for row in moved] for name in ("id", *names)}
    # What the objects hold becomes what they were read with: the session has nothing to flush.
    for row in moved:
        for name in names:
            set_committed_value(row, name, getattr(row, name))
        set_committed_value(row, "version", row.version + 1)
    await session.execute(statement, values)
