"""What crosses HTTP about waiting for the client."""

from shared.inputs import Body, Text


class WaitIn(Body):
    """What the firm waits for; the client side reads it."""

    reason: Text
