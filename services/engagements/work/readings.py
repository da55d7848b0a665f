"""What may be read of phases, tasks and key nodes."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.engagements.engagement.readings import (
    ENGAGEMENT_REFERENCE,
    HOLDS,
    LEADS,
    EngagementReference,
    can,
)
from services.engagements.engagement.store import engagement_scope
from services.engagements.members.rules import MemberRole
from services.engagements.phases.rules import PhaseStatus
from services.engagements.plan.rules import NodeStatus, TaskStatus
from services.engagements.templates.rules import LinkKind, NodeKind, PhaseKind
from shared.audience import EVERYONE
from shared.reading import ANY_OF, NULL, RANGE, Column, Condition, Listing, reference


class Titled(BaseModel):
    """A name in both languages."""

    en: str
    zh: str


class TaskLinkOut(BaseModel):
    """What holds a task: the earlier task, by start or finish, and the lag in working days."""

    task_id: UUID
    kind: LinkKind
    lag_days: int


_ENGAGEMENT = (Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=EVERYONE),)

PHASE_COLUMNS = (
    Column("id", "p.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement_id", "p.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
    *_ENGAGEMENT,
    Column("key", "p.key", str, audience=EVERYONE, filters=ANY_OF),
    Column("kind", "p.kind", PhaseKind, audience=EVERYONE, filters=ANY_OF),
    Column("title", "p.title", Titled, audience=EVERYONE),
    Column("position", "p.position", int, audience=EVERYONE),
    Column("needs", "p.needs", list[MemberRole], audience=EVERYONE),
    Column("status", "p.status", PhaseStatus, audience=EVERYONE, filters=ANY_OF),
    Column("starts_on", "p.starts_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("ends_on", "p.ends_on", date, audience=EVERYONE, filters=RANGE),
    Column("started_on", "p.started_on", date | None, audience=EVERYONE),
    Column("ended_on", "p.ended_on", date | None, audience=EVERYONE),
    Column("version", "p.version", int, audience=EVERYONE),
)
PHASES = Listing(
    name="phases",
    path="/phases",
    item="Phase",
    policy="phase:list",
    summary="Phases by first day",
    source="phases p JOIN engagements e ON e.id = p.engagement_id",
    columns=PHASE_COLUMNS,
    scope=engagement_scope,
    order="starts_on",
    exclusions=True,
)
PHASE = PHASES.detail(
    name="phase",
    policy="phase:view",
    summary="A phase",
    version="p.version",
    can=(
        can("phase:start", f"p.status = 'planned' AND {LEADS}"),
        can("phase:end", f"p.status = 'active' AND {LEADS}"),
    ),
)

LINKS = (
    "(SELECT coalesce(json_agg(json_build_object('task_id', l.before_id, 'kind', l.kind,"
    " 'lag_days', l.lag_days) ORDER BY l.before_id), '[]') FROM task_links l"
    " WHERE l.after_id = t.id)"
)
MINE = (
    "(t.assignee_id = :actor_id OR (t.assignee_id IS NULL AND EXISTS (SELECT 1 FROM members h"
    " WHERE h.engagement_id = t.engagement_id AND h.user_id = :actor_id AND h.status = 'live'"
    " AND h.role = t.role)))"
)
TASK_COLUMNS = (
    Column("id", "t.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement_id", "t.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
    *_ENGAGEMENT,
    Column("phase_id", "t.phase_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("key", "t.key", str, audience=EVERYONE, filters=ANY_OF),
    Column("title", "t.title", Titled, audience=EVERYONE),
    Column("role", "t.role", MemberRole, audience=EVERYONE, filters=ANY_OF),
    Column("position", "t.position", int, audience=EVERYONE),
    Column("days", "t.days", int, audience=EVERYONE, description="Duration in working days."),
    Column("status", "t.status", TaskStatus, audience=EVERYONE, filters=ANY_OF),
    reference("assignee", id="t.assignee_id", label="t.assignee_name", audience=EVERYONE),
    Column("assignee_id", "t.assignee_id", UUID | None, audience=EVERYONE, filters=ANY_OF | NULL),
    Column("starts_on", "t.starts_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("ends_on", "t.ends_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("float_days", "t.float_days", int, audience=EVERYONE),
    Column("critical", "t.float_days <= 0", bool, audience=EVERYONE),
    Column("started_on", "t.started_on", date | None, audience=EVERYONE),
    Column("finished_on", "t.finished_on", date | None, audience=EVERYONE),
    Column("links", LINKS, list[TaskLinkOut], audience=EVERYONE),
    Column("version", "t.version", int, audience=EVERYONE),
)
TASKS = Listing(
    name="tasks",
    path="/tasks",
    item="Task",
    policy="task:list",
    summary="Tasks by last day",
    source="tasks t JOIN engagements e ON e.id = t.engagement_id",
    columns=TASK_COLUMNS,
    scope=engagement_scope,
    order="ends_on",
    exclusions=True,
    conditions=(
        Condition(
            "mine",
            f"{MINE} = :value",
            bool,
            audience=EVERYONE,
            description="Assigned to the caller, or to nobody and in the caller's role.",
        ),
    ),
)
_HAND = (
    "EXISTS (SELECT 1 FROM phases p WHERE p.id = t.phase_id"
    f" AND p.status = 'active') AND ({MINE} OR {LEADS} OR (t.role IN ('executive', 'client_pm',"
    " 'core', 'peripheral') AND " + HOLDS.format(roles="'client_pm'") + "))"
)
_WITH_ANOTHERS = (
    "EXISTS (SELECT 1 FROM members p WHERE p.engagement_id = e.id AND p.user_id = t.assignee_id"
    " AND p.role = t.role AND p.status = 'live' AND p.answers_to NOT IN (SELECT h.id FROM members h"
    " WHERE h.engagement_id = e.id AND h.user_id = :actor_id AND h.status = 'live'))"
)
_ASSIGNER = (
    f"({LEADS} OR (t.role IN ('executive', 'client_pm', 'core', 'peripheral') AND "
    + HOLDS.format(roles="'client_pm'")
    + ") OR (t.role = 'peripheral' AND "
    + HOLDS.format(roles="'core'")
    + f" AND NOT {_WITH_ANOTHERS}))"
)
TASK = TASKS.detail(
    name="task",
    policy="task:view",
    summary="A task",
    version="t.version",
    can=(
        can("task:edit", f"t.status <> 'done' AND {LEADS}"),
        can("task:assign", f"t.status <> 'done' AND {_ASSIGNER}"),
        can("task:start", f"t.status = 'planned' AND {_HAND}"),
        can("task:finish", f"t.status = 'active' AND {_HAND}"),
    ),
)

NODE_COLUMNS = (
    Column("id", "n.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement_id", "n.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
    *_ENGAGEMENT,
    Column("phase_id", "n.phase_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("key", "n.key", str, audience=EVERYONE, filters=ANY_OF),
    Column("kind", "n.kind", NodeKind, audience=EVERYONE, filters=ANY_OF),
    Column("title", "n.title", Titled, audience=EVERYONE),
    Column("planned_on", "n.planned_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("held_on", "n.held_on", date | None, audience=EVERYONE, filters=RANGE | NULL),
    Column("status", "n.status", NodeStatus, audience=EVERYONE, filters=ANY_OF),
    Column("version", "n.version", int, audience=EVERYONE),
)
KEY_NODES = Listing(
    name="key_nodes",
    path="/key-nodes",
    item="KeyNode",
    policy="key-node:list",
    summary="Key nodes by planned day",
    source="key_nodes n JOIN engagements e ON e.id = n.engagement_id",
    columns=NODE_COLUMNS,
    scope=engagement_scope,
    order="planned_on",
    exclusions=True,
)
KEY_NODE = KEY_NODES.detail(
    name="key_node",
    policy="key-node:view",
    summary="A key node",
    version="n.version",
    can=(can("key-node:hold", f"n.status = 'planned' AND {LEADS}"),),
)
