"""What crosses HTTP about promises."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.desk.promises.rules import PromiseKind, kept_rate
from shared.inputs import Body, Instant, Text


class PromiseIn(Body):
    """A commitment to the client; `due_at` in the future and inside working hours."""

    case_id: UUID
    kind: PromiseKind
    due_at: Instant
    text: Text | None = None


class RenegotiateIn(Body):
    """The new time, agreed before the old one passed, and why."""

    due_at: Instant
    reason: Text


class KeepIn(Body):
    """How it was kept."""

    note: Text | None = None


class KeptRate(BaseModel):
    """Kept promises as a share (0 to 1) of those kept or broken; null before the first."""

    kept: int
    broken: int
    imported: int = Field(description="How many of these are of the imported history.")
    rate: float | None

    @classmethod
    def of(cls, kept: int, broken: int, imported: int) -> "KeptRate":
        """The rate from its counts."""
        return cls(kept=kept, broken=broken, imported=imported, rate=kept_rate(kept, broken))
