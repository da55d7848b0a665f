"""What crosses HTTP about grades."""

from pydantic import AwareDatetime, Field

from services.clients.registry.rules import Grade
from shared.inputs import Body, Line


class GradeIn(Body):
    """A grade, or none (null), and why."""

    grade: Grade | None
    reason: Line
    occurred_at: AwareDatetime | None = Field(
        default=None, description="History import by an administrator: when it happened (UTC)."
    )
