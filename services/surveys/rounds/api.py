"""The route by which a signed-in person comes to their own survey without the mail."""

from fastapi import APIRouter, Response

from services.surveys.rounds.rules import NoSuchLink
from services.surveys.rounds.schemas import InvitationLink
from services.surveys.rounds.store import own_open
from services.surveys.routing import LinksDep
from shared.database import context_of
from shared.edge import ActorDep, SessionDep, allowed
from shared.inputs import RecordId

router = APIRouter(prefix="/invitations", tags=["surveys"])


@router.post("/{id}/open", dependencies=[allowed("invitation:open")])
async def open_invitation(
    invitation_id: RecordId,
    session: SessionDep,
    actor: ActorDep,
    links: LinksDep,
    response: Response,
) -> InvitationLink:
    """The address of one's own survey, as long as it can be answered."""
    if not await own_open(session, invitation_id, actor.user_id, context_of(session).now):
        raise NoSuchLink()
    response.headers["Cache-Control"] = "no-store"
    return InvitationLink(path=links.path(invitation_id))
