"""What crosses HTTP when a case is opened."""

from uuid import UUID

from pydantic import Field

from services.desk.cases.rules import CaseKind, Channel, Priority, Severity
from services.desk.cases.schemas import MOST_ABOUT
from shared.inputs import Body, Instant, Line, Text

FIRM_FIELDS = frozenset({"priority", "severity", "about_user_ids", "channel", "occurred_at"})
"""For a client-side caller these do not exist."""


class CaseIn(Body):
    """A new case. A client-side caller is client and requester; the firm names both."""

    kind: CaseKind
    subject: Line
    description: Text
    remedy_sought: Text | None = None
    client_id: UUID | None = None
    requester_id: UUID | None = None
    priority: Priority = Priority.NORMAL
    severity: Severity | None = None
    channel: Channel | None = None
    about_user_ids: list[UUID] = Field(default_factory=list, max_length=MOST_ABOUT)
    occurred_at: Instant | None = Field(
        default=None, description="History import by an administrator: when it happened (UTC)."
    )
