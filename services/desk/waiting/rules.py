"""While the firm waits for the client, the clocks of its promises stand still; pure."""

from services.desk.cases.rules import INTERRUPTIBLE, CaseStatus, IllegalCaseStep


def require_interruptible(current: CaseStatus) -> None:
    """Raise `IllegalCaseStep` (409) where the firm cannot be waiting for the client."""
    if current not in INTERRUPTIBLE:
        raise IllegalCaseStep(current, CaseStatus.WAITING_CLIENT)
