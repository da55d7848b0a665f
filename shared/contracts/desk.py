"""What the desk publishes: cases, with the steps of their history."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from shared.audience import EVERYONE, FIRM
from shared.contracts.steps import HistoryStep, Part, people_named
from shared.events import Event, State


class CaseStep(HistoryStep):
    """One entry of a case's history."""


class PromiseSummary(Part):
    """A promise, as projections need it."""

    id: UUID
    kind: str
    due_at: datetime
    status: str
    paused: bool = False


class CaseState(State):
    """A case. `visibility` names the requester and whoever the case is about.

    `steps` is what the act added to the history; where the state is said again, all of it.
    """

    publisher = "desk"
    aggregate = "case"

    number: Annotated[str, EVERYONE]
    kind: Annotated[str, EVERYONE]
    subject: Annotated[str, EVERYONE]
    subject_texts: Annotated[dict[str, str] | None, EVERYONE] = None
    """The subject in both languages where Rapport itself wrote it; none where a person did."""
    status: Annotated[str, EVERYONE]
    priority: Annotated[str, FIRM] = "normal"
    client_id: Annotated[UUID, EVERYONE]
    requester_id: Annotated[UUID, EVERYONE]
    requester_name: Annotated[str, EVERYONE] = ""
    assignee_id: Annotated[UUID | None, FIRM] = None
    assignee_name: Annotated[str | None, FIRM] = None
    next_due_at: Annotated[datetime | None, EVERYONE] = None
    overdue_since: Annotated[datetime | None, EVERYONE] = None
    """When a promise was broken that the client has heard nothing after."""
    promises: Annotated[tuple[PromiseSummary, ...], EVERYONE] = ()
    """The promise due next, if one is open."""
    opened_at: Annotated[datetime, EVERYONE]
    resolved_at: Annotated[datetime | None, EVERYONE] = None
    closed_at: Annotated[datetime | None, EVERYONE] = None
    source_id: Annotated[UUID | None, FIRM] = None
    """The answer to a survey, or the anonymous round, whose low score opened the case."""
    steps: Annotated[tuple[CaseStep, ...], FIRM] = ()

    def subject_ids(self) -> tuple[UUID, ...]:
        return people_named(self.steps, self.requester_id, self.assignee_id)


class CaseOpened(Event[CaseState]):
    """A case was received and acknowledged."""

    action = "opened"


class CaseChanged(Event[CaseState]):
    """Subject, priority or remedy sought changed."""

    action = "changed"


class CaseAssigned(Event[CaseState]):
    """Someone is responsible now."""

    action = "assigned"


class CaseAboutChanged(Event[CaseState]):
    """Whom the case is about changed, and with it who may see it."""

    action = "about_changed"


class CaseStarted(Event[CaseState]):
    """Work has begun."""

    action = "started"


class CaseReplied(Event[CaseState]):
    """A public reply was sent, by either side."""

    action = "replied"


class CaseNoted(Event[CaseState]):
    """An internal note was written; the note itself stays inside."""

    action = "noted"


class CasePaused(Event[CaseState]):
    """The case waits on the client; its clocks rest."""

    action = "paused"


class CaseResumed(Event[CaseState]):
    """The client answered; the clocks go on."""

    action = "resumed"


class NeedRestated(Event[CaseState]):
    """The need was put in the agent's words, for the requester to confirm."""

    action = "need_restated"


class NeedConfirmed(Event[CaseState]):
    """The requester confirmed the restated need."""

    action = "need_confirmed"


class NeedCorrected(Event[CaseState]):
    """The requester corrected the restated need."""

    action = "need_corrected"


class PromiseMade(Event[CaseState]):
    """A reply was promised by a time."""

    action = "promise_made"


class PromiseKept(Event[CaseState]):
    """A promise was kept."""

    action = "promise_kept"


class PromiseRenegotiated(Event[CaseState]):
    """A promise was replaced before it passed."""

    action = "promise_renegotiated"


class PromiseBroken(Event[CaseState]):
    """A promised time passed."""

    action = "promise_broken"


class SolutionOffered(Event[CaseState]):
    """A solution was offered."""

    action = "solution_offered"


class SolutionAccepted(Event[CaseState]):
    """The requester chose a solution."""

    action = "solution_accepted"


class SolutionDeclined(Event[CaseState]):
    """The requester declined a solution."""

    action = "solution_declined"


class SolutionWithdrawn(Event[CaseState]):
    """The firm took an offer back."""

    action = "solution_withdrawn"


class CaseResolved(Event[CaseState]):
    """The case was resolved."""

    action = "resolved"


class CaseClosed(Event[CaseState]):
    """The case was closed."""

    action = "closed"


class CaseReopened(Event[CaseState]):
    """The case is open again."""

    action = "reopened"


class CaseWithdrawn(Event[CaseState]):
    """The requester withdrew the case."""

    action = "withdrawn"


class FollowUpScheduled(Event[CaseState]):
    """A follow-up is due on a day."""

    action = "follow_up_scheduled"


class FollowUpRecorded(Event[CaseState]):
    """A follow-up was made and its outcome written down."""

    action = "follow_up_recorded"


class FollowUpWaived(Event[CaseState]):
    """A follow-up was waived, with its reason."""

    action = "follow_up_waived"
