"""What crosses HTTP about cases."""

from uuid import UUID

from pydantic import Field

from services.desk.cases.rules import CaseKind, Priority, Severity
from shared.inputs import Body, Line, Text

MOST_ABOUT = 50


class CasePatch(Body):
    """Fields the firm may correct on a live case."""

    subject: Line | None = None
    description: Text | None = None
    remedy_sought: Text | None = None
    kind: CaseKind | None = None
    priority: Priority | None = None
    severity: Severity | None = None


class AssignIn(Body):
    """Who takes the case; null takes it back from dispatch."""

    assignee_id: UUID | None
    instead_of: UUID | None = Field(
        default=None,
        description="With whom the caller saw the case, null for nobody: if it is somebody else's"
        " by now, nothing is changed (409). Left out, whoever asks last has it.",
    )


class AboutIn(Body):
    """The people of the firm the case is about; replaces the earlier list."""

    user_ids: list[UUID] = Field(max_length=MOST_ABOUT)
    instead_of: list[UUID] | None = Field(
        default=None,
        max_length=MOST_ABOUT,
        description="Whom the caller saw the case to be about: if it is about others by now,"
        " nothing is changed (409). Left out, whoever asks last is right.",
    )
