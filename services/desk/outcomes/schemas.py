"""What crosses HTTP when a case ends."""

from shared.inputs import Body, Text


class ResolveIn(Body):
    """What was done; the client side reads it."""

    resolution: Text


class CloseIn(Body):
    """`waive_reason` lets the firm close without the outstanding follow-up."""

    waive_reason: Text | None = None


class ReasonIn(Body):
    """Why."""

    reason: Text
