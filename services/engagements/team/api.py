"""Routes of the joint team; reading its rows is declared in `readings.py`."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.engagements.engagement.store import with_engagement
from services.engagements.members.tables import Member
from services.engagements.routing import ZoneDep
from services.engagements.team import actions
from services.engagements.team.map import team_gaps, team_map
from services.engagements.team.readings import MEMBER
from services.engagements.team.schemas import (
    Candidate,
    EndIn,
    GapOut,
    MemberIn,
    MemberPatch,
    TeamMap,
)
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(tags=["members"], route_class=IdempotentRoute)
answer_member = Answer(MEMBER)
TODAY = EndIn()


@router.post(
    "/members",
    status_code=201,
    dependencies=[allowed("member:add"), visible_on_replay(answer_member.still_visible)],
    responses=answer_member.document(201),
)
async def add_member(body: MemberIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Give a person a place in the team, now or from a day ahead.

    A place of executive, client PM, core member or consulting PM takes back both confirmations.
    """
    member = await actions.add_member(session, body, zone)
    return await answer_member(
        session, member.id, status=201, location=f"/api/v1/members/{member.id}"
    )


@router.patch(
    "/members/{id}", dependencies=[allowed("member:edit")], responses=answer_member.document()
)
async def change_member(
    member_id: RecordId, body: MemberPatch, expected: IfMatch, session: SessionDep, zone: ZoneDep
) -> Response:
    """Change a live or planned place as it was read."""
    _, member = await with_engagement(session, Member, member_id)
    await require_version(expected, member.version, answer_member.theirs(session, member_id))
    await actions.change_member(session, member, body, zone)
    return await answer_member(session, member_id)


@router.post(
    "/members/{id}/end", dependencies=[allowed("member:end")], responses=answer_member.document()
)
async def end_member(
    member_id: RecordId, session: SessionDep, zone: ZoneDep, body: EndIn = TODAY
) -> Response:
    """End a place today, plan its last day, or give a planned one up."""
    await actions.end_member(session, member_id, body.ends_on, zone)
    return await answer_member(session, member_id)


@router.get("/engagements/{id}/team", dependencies=[allowed("team:view")])
async def view_team(engagement_id: RecordId, session: SessionDep) -> TeamMap:
    """The team map: both firms side by side, by role and domain, with what is missing."""
    return await team_map(session, engagement_id)


@router.get("/engagements/{id}/candidates", dependencies=[allowed("candidate:list")])
async def list_candidates(engagement_id: RecordId, session: SessionDep) -> list[Candidate]:
    """The people of the client, for whoever may give them a place in the team."""
    people = await actions.candidates(session, engagement_id)
    return [Candidate(id=person.id, name=person.name) for person in people]


@router.get("/engagements/{id}/gaps", dependencies=[allowed("gap:list")])
async def list_gaps(
    engagement_id: RecordId, session: SessionDep, phase_id: UUID | None = None
) -> list[GapOut]:
    """What the team lacks to be complete, or for a phase; a phase that needs it cannot start."""
    return await team_gaps(session, engagement_id, phase_id)
