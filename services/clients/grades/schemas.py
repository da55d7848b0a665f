"""What crosses HTTP about grades."""

from pydantic import Field

from services.clients.registry.rules import Grade
from shared.inputs import Body, Instant, Line


class GradeIn(Body):
    """A grade, or none (null), and why."""

    grade: Grade | None
    reason: Line
    occurred_at: Instant | None = Field(
        default=None, description="History import by an administrator: when it happened (UTC)."
    )
