"""What crosses HTTP about deliverables."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.inputs import Body, Flag, Line, Text, Whole

Days = Annotated[Whole, Field(ge=1, le=100)]


class TitleIn(Body):
    """A name in both languages."""

    en: Line
    zh: Line


class DaysIn(Body):
    """Working days for each step of the review after the draft."""

    comment: Days = 3
    check: Days = 2
    decide: Days = 3
    rollout: Days = 5


class DeliverableIn(Body):
    """Another deliverable of the plan, drafted by the end of its task."""

    task_id: UUID
    title: TitleIn
    domain: Line | None = None
    chain: DaysIn = DaysIn()


class VersionIn(Body):
    """A version to be reviewed: a text, a reference to a document, or both."""

    text: Text | None = None
    reference: Line | None = None


class CommentIn(Body):
    """What is said about the version in review."""

    body: Text


class CheckIn(Body):
    """The first check's word on the version; a rejection has a reason."""

    passed: Flag
    reason: Text | None = None


class DecideIn(Body):
    """The decision on the version; a rejection has a reason."""

    accepted: Flag
    reason: Text | None = None
