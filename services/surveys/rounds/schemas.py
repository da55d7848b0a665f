"""What crosses HTTP about invitations."""

from pydantic import BaseModel


class InvitationLink(BaseModel):
    """Where an invitation is answered; the same address as in the mail."""

    path: str
