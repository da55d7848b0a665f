"""The route that changes a campaign; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.surveys.campaigns import actions, store
from services.surveys.campaigns.readings import CAMPAIGN
from services.surveys.campaigns.schemas import CampaignPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.inputs import RecordId

router = APIRouter(prefix="/campaigns", tags=["campaigns"])
answer_campaign = Answer(CAMPAIGN)


@router.patch(
    "/{id}", dependencies=[allowed("campaign:edit")], responses=answer_campaign.document()
)
async def change_campaign(
    campaign_id: RecordId, body: CampaignPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Change when, to whom and how patiently a survey is sent."""
    campaign = await store.lock_campaign(session, campaign_id)
    theirs = answer_campaign.theirs(session, campaign_id)
    await require_version(expected, campaign.version, theirs)
    await actions.change_campaign(session, campaign, body)
    return await answer_campaign(session, campaign_id)
