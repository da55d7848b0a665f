"""What crosses HTTP about the restated need."""

from shared.inputs import Body, Flag, Text


class RestateIn(Body):
    """The need in the agent's words."""

    text: Text


class ConfirmNeedIn(Body):
    """The requester's answer to the restated need; a correction needs a comment."""

    confirmed: Flag
    comment: Text | None = None
