"""What an engagement template is: building blocks of a plan, checked when they are read; pure."""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.engagements.members.rules import MemberRole


class LinkKind(StrEnum):
    """What of the earlier task holds what of the later one: finish or start."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class PhaseKind(StrEnum):
    """What a phase is for; channel rules and surveys go by it."""

    PREPARATION = "preparation"
    SURVEY = "survey"
    DESIGN = "design"
    DECISION = "decision"
    ROLLOUT = "rollout"
    CLOSING = "closing"


class NodeKind(StrEnum):
    """What happens at a key node."""

    WORKSHOP = "workshop"
    REPORT = "report"
    DECISION = "decision"
    ACCEPTANCE = "acceptance"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Part):
    """A name in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class TemplateLink(_Part):
    """A link from an earlier task; lag in working days."""

    task: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0


class TemplateTask(_Part):
    """A task by the role that does it."""

    key: str
    title: Title
    role: MemberRole
    days: int = Field(ge=1)
    after: tuple[TemplateLink, ...] = ()


class TemplateNode(_Part):
    """A key node, held when a task is finished."""

    key: str
    kind: NodeKind
    title: Title
    after: str


class Chain(_Part):
    """Working days for each step of a deliverable's review after its draft."""

    comment: int = Field(ge=1)
    check: int = Field(ge=1)
    decide: int = Field(ge=1)
    rollout: int = Field(ge=1)


class TemplateDeliverable(_Part):
    """A deliverable, drafted by the end of its task."""

    key: str
    task: str
    title: Title
    chain: Chain


class TemplatePhase(_Part):
    """A phase with what the team must have before it starts."""

    key: str
    kind: PhaseKind
    title: Title
    needs: tuple[MemberRole, ...]
    tasks: tuple[TemplateTask, ...]
    key_nodes: tuple[TemplateNode, ...] = ()
    deliverables: tuple[TemplateDeliverable, ...] = ()


class Template(_Part):
    """A plan without people and dates."""

    id: str
    title: Title
    summary: Title
    phases: tuple[TemplatePhase, ...]

    @property
    def tasks(self) -> Iterator[TemplateTask]:
        """Every task, phase by phase."""
        return (task for phase in self.phases for task in phase.tasks)

    @model_validator(mode="after")
    def _knows_what_it_names(self) -> "Template":
        keys = [task.key for task in self.tasks]
        named = [link.task for task in self.tasks for link in task.after]
        for phase in self.phases:
            named += [node.after for node in phase.key_nodes]
            named += [deliverable.task for deliverable in phase.deliverables]
        if len(set(keys)) != len(keys) or not set(named) <= set(keys):
            raise ValueError("a task is named twice, or one that is not there is named")
        return self
