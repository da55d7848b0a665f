"""The plan and the team are in force while both project managers confirm them as they stand."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.rules import PlanNotConfirmed
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record

Words = dict[str, str]
FIELDS: dict[str, Words] = {
    "starts_on": {"en": "the first day", "zh": "开始日期"},
    "domains": {"en": "the business domains", "zh": "业务领域"},
    "small": {"en": "whether there is a peripheral tier", "zh": "是否设外围小组"},
}
"""The fields of an engagement that count, and what they are called."""
DURATION: Words = {"en": "the duration of “{task}”", "zh": "任务“{task}”的工期"}
PLACE: Words = {"en": "the place of {person}", "zh": "{person}的项目组角色"}


def reopen(
    session: AsyncSession, engagement: Engagement, what: Words, *, person_id: UUID | None = None
) -> bool:
    """Take back both confirmations because `what` changed; whether there was one.

    The history says who changed what. The caller announces.
    """
    given = (engagement.plan_confirmed_consulting_at, engagement.plan_confirmed_client_at)
    if given == (None, None):
        return False
    engagement.plan_confirmed_consulting_at = engagement.plan_confirmed_client_at = None
    record(session, engagement, "plan_reopened", person_id=person_id, what=what)
    return True


def require_confirmed(engagement: Engagement) -> None:
    """Raise `PlanNotConfirmed` (409) while a project manager has not confirmed plan and team."""
    if not (engagement.plan_confirmed_consulting_at and engagement.plan_confirmed_client_at):
        raise PlanNotConfirmed()


def fields_said(changed: Collection[str]) -> Words:
    """The changed fields in a sentence, in both languages."""
    named = [words for name, words in FIELDS.items() if name in changed]
    return {
        "en": ", ".join(words["en"] for words in named),
        "zh": "、".join(words["zh"] for words in named),
    }


def said(template: Words, **names: str | Words) -> Words:
    """A phrase with its names filled in, each in the phrase's language where it has two."""
    return {
        language: phrase.format_map(
            {
                name: value if isinstance(value, str) else value[language]
                for name, value in names.items()
            }
        )
        for language, phrase in template.items()
    }
