"""What crosses HTTP in a conversation."""

from shared.inputs import Body, Text


class MessageIn(Body):
    """A message both sides read."""

    body: Text


class NoteIn(Body):
    """A note only the firm reads."""

    body: Text
