"""What crosses HTTP about deliverables."""

from uuid import UUID

from services.engagements.templates.rules import Chain, Title
from shared.inputs import Body, Line, Text


class DeliverableIn(Body):
    """Another deliverable of the plan, drafted by the end of its task."""

    task_id: UUID
    title: Title
    domain: Line | None = None
    chain: Chain = Chain(comment=3, check=2, decide=3, rollout=5)


class VersionIn(Body):
    """A version to be reviewed: a text, a reference to a document, or both."""

    text: Text | None = None
    reference: Line | None = None


class CommentIn(Body):
    """What is said about the version in review."""

    body: Text


class CheckIn(Body):
    """The first check's word on the version; a rejection has a reason."""

    passed: bool
    reason: Text | None = None


class DecideIn(Body):
    """The decision on the version; a rejection has a reason."""

    accepted: bool
    reason: Text | None = None
