"""What crosses HTTP in a conversation."""

from services.desk.inputs import Body, Text


class MessageIn(Body):
    """A message both sides read."""

    body: Text


class NoteIn(Body):
    """A note only the firm reads."""

    body: Text
