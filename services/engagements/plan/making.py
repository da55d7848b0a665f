"""From a template to rows: pure, but for the ids."""

from uuid import UUID

from services.engagements.engagement.tables import Engagement
from services.engagements.phases.rules import PhaseStatus
from services.engagements.phases.tables import Phase
from services.engagements.plan.arranging import Plan
from services.engagements.plan.rules import NodeStatus, TaskStatus
from services.engagements.plan.tables import KeyNode, Task, TaskLink
from services.engagements.templates.rules import Template, TemplatePhase
from shared.ids import new_id


def plan_from(template: Template, engagement: Engagement) -> Plan:
    """A template's plan for an engagement, every date its first day until it is arranged."""
    tasks: dict[str, Task] = {}
    phases: list[Phase] = []
    nodes: list[KeyNode] = []
    for position, part in enumerate(template.phases, start=1):
        phase = _phase(part, position, engagement)
        phases.append(phase)
        for task in _tasks(part, phase.id, len(tasks), engagement):
            tasks[task.key] = task
        nodes += _nodes(part, phase.id, tasks, engagement)
    links = [
        TaskLink(
            before_id=tasks[link.task].id,
            after_id=tasks[task.key].id,
            kind=link.kind,
            lag_days=link.lag,
            engagement_id=engagement.id,
            client_id=engagement.client_id,
        )
        for task in template.tasks
        for link in task.after
    ]
    return Plan(phases, list(tasks.values()), links, nodes)


def _phase(part: TemplatePhase, position: int, engagement: Engagement) -> Phase:
    return Phase(
        id=new_id(),
        engagement_id=engagement.id,
        client_id=engagement.client_id,
        key=part.key,
        kind=part.kind,
        title=part.title.model_dump(),
        position=position,
        needs=list(part.needs),
        status=PhaseStatus.PLANNED,
        starts_on=engagement.starts_on,
        ends_on=engagement.starts_on,
    )


def _tasks(part: TemplatePhase, phase_id: UUID, before: int, engagement: Engagement) -> list[Task]:
    return [
        Task(
            id=new_id(),
            engagement_id=engagement.id,
            client_id=engagement.client_id,
            phase_id=phase_id,
            key=task.key,
            title=task.title.model_dump(),
            role=task.role,
            position=before + number,
            days=task.days,
            status=TaskStatus.PLANNED,
            starts_on=engagement.starts_on,
            ends_on=engagement.starts_on,
        )
        for number, task in enumerate(part.tasks, start=1)
    ]


def _nodes(
    part: TemplatePhase, phase_id: UUID, tasks: dict[str, Task], engagement: Engagement
) -> list[KeyNode]:
    return [
        KeyNode(
            id=new_id(),
            engagement_id=engagement.id,
            client_id=engagement.client_id,
            phase_id=phase_id,
            key=node.key,
            kind=node.kind,
            title=node.title.model_dump(),
            after_task_id=tasks[node.after].id,
            planned_on=engagement.starts_on,
            status=NodeStatus.PLANNED,
        )
        for node in part.key_nodes
    ]
