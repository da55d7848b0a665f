"""What engagements publish: the engagement with its phases, members, deliverables, tasks.

Titles of parts are given by language: en, zh. Stakeholder profiles are never published.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from shared.audience import EVERYONE, FIRM
from shared.contracts.steps import HistoryStep, Part, people_named
from shared.events import Event, State

TemplateKey = Literal["process-consulting"]  # the templates that an engagement can be made from


class EngagementStep(HistoryStep):
    """One entry of an engagement's history."""


class PhaseSummary(Part):
    """A phase, as projections need it; `status` is planned, active or ended."""

    id: UUID
    key: str
    title: dict[str, str] = {}
    position: int
    status: str
    starts_on: date | None = None
    ends_on: date | None = None


class TeamSummary(Part):
    """How many people of each side are on the team, and what a complete one still lacks."""

    client: int
    firm: int
    gaps: tuple[dict[str, str], ...] = ()
    """Each as a sentence by language, most important first; nobody is named."""


class EngagementState(State):
    """A consulting engagement; `visibility` names its live members of both sides.

    `steps` is what the act added to its history; where it is said again, all of that.
    """

    publisher = "engagements"
    aggregate = "engagement"

    number: Annotated[str, EVERYONE]
    client_id: Annotated[UUID, EVERYONE]
    title: Annotated[str, EVERYONE]
    status: Annotated[str, EVERYONE]
    opportunity_id: Annotated[UUID | None, FIRM] = None
    director_id: Annotated[UUID | None, EVERYONE] = None
    consulting_pm_id: Annotated[UUID | None, EVERYONE] = None
    client_pm_id: Annotated[UUID | None, EVERYONE] = None
    client_member_ids: Annotated[tuple[UUID, ...], FIRM] = ()
    """The client side's live places: who is to ask the team must know every one of them first."""
    starts_on: Annotated[date | None, EVERYONE] = None
    ends_on: Annotated[date | None, EVERYONE] = None
    phases: Annotated[tuple[PhaseSummary, ...], EVERYONE] = ()
    latest_phase_id: Annotated[UUID | None, EVERYONE] = None
    """The phase that was started or ended last: whom `phase_started` and `phase_ended` name."""
    team: Annotated[TeamSummary | None, FIRM] = None
    opened_at: Annotated[datetime, EVERYONE]
    closed_at: Annotated[datetime | None, EVERYONE] = None
    steps: Annotated[tuple[EngagementStep, ...], FIRM] = ()

    def subject_ids(self) -> tuple[UUID, ...]:
        return people_named(self.steps)


class EngagementDrafted(Event[EngagementState]):
    """A draft exists, made by hand or from a won opportunity."""

    action = "drafted"


class EngagementChanged(Event[EngagementState]):
    """Title, objectives, dates, plan or whoever sees it changed."""

    action = "changed"


class EngagementProposed(Event[EngagementState]):
    """The draft was put to the client."""

    action = "proposed"


class EngagementActivated(Event[EngagementState]):
    """The work runs."""

    action = "activated"


class EngagementHeld(Event[EngagementState]):
    """The work rests."""

    action = "held"


class EngagementResumed(Event[EngagementState]):
    """The work runs again."""

    action = "resumed"


class EngagementClosing(Event[EngagementState]):
    """The work is done; acceptance and lessons remain."""

    action = "closing"


class EngagementClosed(Event[EngagementState]):
    """The engagement is over."""

    action = "closed"


class EngagementCancelled(Event[EngagementState]):
    """The engagement will not be finished."""

    action = "cancelled"


class PhaseStarted(Event[EngagementState]):
    """The phase `latest_phase_id` began."""

    action = "phase_started"


class PhaseEnded(Event[EngagementState]):
    """The phase `latest_phase_id` ended."""

    action = "phase_ended"


class MemberState(State):
    """A place in a joint team."""

    publisher = "engagements"
    aggregate = "member"

    engagement_id: Annotated[UUID, EVERYONE]
    client_id: Annotated[UUID, EVERYONE]
    user_id: Annotated[UUID, EVERYONE]
    name: Annotated[str, EVERYONE]
    side: Annotated[str, EVERYONE]
    role: Annotated[str, EVERYONE]
    domains: Annotated[tuple[str, ...], EVERYONE] = ()
    answers_to: Annotated[UUID | None, EVERYONE] = None
    """The core member (by member id) a peripheral member answers to."""
    starts_on: Annotated[date, EVERYONE]
    ends_on: Annotated[date | None, EVERYONE] = None
    """The last day; live while unset or not yet passed, unless `status` says ended."""
    status: Annotated[str, EVERYONE]

    def subject_ids(self) -> tuple[UUID, ...]:
        return (self.user_id,)


class MemberAdded(Event[MemberState]):
    """A person joined the team."""

    action = "added"


class MemberChanged(Event[MemberState]):
    """Role, domains, dates or whom the member answers to changed."""

    action = "changed"


class MemberEnded(Event[MemberState]):
    """The person is no longer on the team."""

    action = "ended"


class WaitingFor(Part):
    """Whom a deliverable waits for, and by when."""

    step: str
    role: str
    user_ids: tuple[UUID, ...] = ()
    due_on: date | None = None


class DeliverableState(State):
    """A deliverable on its way through the chain."""

    publisher = "engagements"
    aggregate = "deliverable"

    engagement_id: Annotated[UUID, EVERYONE]
    client_id: Annotated[UUID, EVERYONE]
    title: Annotated[dict[str, str], EVERYONE]
    status: Annotated[str, EVERYONE]
    """draft, commenting, checking, deciding, accepted, rolling_out or done."""
    version_number: Annotated[int, EVERYONE] = 0
    waiting_for: Annotated[WaitingFor | None, EVERYONE] = None


class DeliverablePlanned(Event[DeliverableState]):
    """The deliverable is owed."""

    action = "planned"


class DeliverableChanged(Event[DeliverableState]):
    """Title, deadline or whoever it waits for changed."""

    action = "changed"


class DeliverableSubmitted(Event[DeliverableState]):
    """A version was put forward for comments or the first check."""

    action = "submitted"


class DeliverableCommented(Event[DeliverableState]):
    """Someone commented on the version."""

    action = "commented"


class DeliverableChecked(Event[DeliverableState]):
    """The client PM passed the first check."""

    action = "checked"


class DeliverableRejected(Event[DeliverableState]):
    """The version was rejected and is a draft again."""

    action = "rejected"


class DeliverableAccepted(Event[DeliverableState]):
    """The executive accepted the version."""

    action = "accepted"


class DeliverableRollout(Event[DeliverableState]):
    """What was decided is being introduced."""

    action = "rollout_started"


class DeliverableDone(Event[DeliverableState]):
    """The rollout is over."""

    action = "done"


class TaskState(State):
    """A task of the plan."""

    publisher = "engagements"
    aggregate = "task"

    engagement_id: Annotated[UUID, EVERYONE]
    client_id: Annotated[UUID, EVERYONE]
    phase_id: Annotated[UUID, EVERYONE]
    title: Annotated[dict[str, str], EVERYONE]
    status: Annotated[str, EVERYONE]
    assignee_id: Annotated[UUID | None, EVERYONE] = None
    due_on: Annotated[date | None, EVERYONE] = None


class TaskPlanned(Event[TaskState]):
    """The task is in the plan."""

    action = "planned"


class TaskChanged(Event[TaskState]):
    """Assignee or dates changed."""

    action = "changed"


class TaskStarted(Event[TaskState]):
    """Work on the task began."""

    action = "started"


class TaskFinished(Event[TaskState]):
    """The task is done."""

    action = "finished"
