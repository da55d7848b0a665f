"""Changing campaigns."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.campaigns import store
from services.surveys.campaigns.rules import wrong_values
from services.surveys.campaigns.schemas import CampaignPatch
from services.surveys.campaigns.tables import Campaign
from shared import audit
from shared.database import context_of
from shared.errors import Field, Unprocessable


async def change_campaign(session: AsyncSession, campaign: Campaign, body: CampaignPatch) -> None:
    """Change what the body names; the version was checked by the caller.

    Raises 422 for what would ask nobody, remind after the close, or call the best answer low
    (`rules.wrong_values`).
    """
    before = campaign.model_dump(mode="json")
    values = body.model_dump(mode="json", include=body.model_fields_set)
    empty = [name for name, value in values.items() if value is None]
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )
    kind = await store.kind_of_form(session, campaign.survey_key)
    if wrong := wrong_values(campaign.trigger, kind, values, before):
        raise Unprocessable(errors=wrong)
    for name, value in values.items():
        setattr(campaign, name, value)
    if campaign.model_dump(mode="json") == before:
        return
    campaign.updated_at = context_of(session).now
    await session.flush()
    old, new = audit.changes(before, campaign.model_dump(mode="json"))
    await audit.record(session, "campaign:edit", ("campaign", campaign.id), before=old, after=new)
