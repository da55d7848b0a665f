"""Writes on stakeholder profiles. Nothing of them is published; the audit names fields only."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.access import require_role
from services.engagements.engagement.rules import require_admits
from services.engagements.engagement.store import lock_engagement
from services.engagements.engagement.tables import Engagement
from services.engagements.members.rules import FIRM_ROLES
from services.engagements.stakeholders import rules, store
from services.engagements.stakeholders.schemas import ActionIn, StakeholderIn, StakeholderPatch
from services.engagements.stakeholders.tables import Stakeholder, StakeholderAction
from shared import audit
from shared.assigning import require_account
from shared.database import context_of
from shared.errors import Field, Unprocessable
from shared.identity import Side
from shared.ids import new_id
from shared.naming import named_at
from shared.refs import known_user

NULLABLE = frozenset({"title", "traits", "motives", "concerns", "approach"})


async def add_profile(session: AsyncSession, body: StakeholderIn) -> Stakeholder:
    """Note what the firm makes of a person.

    Raises `EngagementNotLive`, `ProfileExists` (409), `NobodyNamed`, `NotOfTheClient`,
    `NotKnownYet` (422).
    """
    with named_at("/engagement_id"):
        engagement = await _require(session, body.engagement_id, "stakeholder:add")
    if body.user_id is None and body.contact_id is None:
        raise rules.NobodyNamed(errors=[Field("/user_id", en="or a contact", zh="或联系人")])
    await require_of_the_client(session, engagement, body.user_id)
    known = await store.profile_of(
        session, engagement.id, user_id=body.user_id, contact_id=body.contact_id
    )
    if known is not None:
        raise rules.ProfileExists()
    now = context_of(session).now
    profile = Stakeholder(
        id=new_id(),
        client_id=engagement.client_id,
        created_at=now,
        updated_at=now,
        **body.model_dump(),
    )
    session.add(profile)
    await _audit(session, profile, "stakeholder:add", sorted(body.model_fields_set))
    return profile


async def require_of_the_client(
    session: AsyncSession, engagement: Engagement, user_id: UUID | None
) -> None:
    """Let a person pass who is named as one of the client, and is. A contact is the registry's.

    Raises `NotOfTheClient`, `NotKnownYet` (422).
    """
    if user_id is not None:
        with named_at("/user_id"):
            person = await known_user(session, user_id)
        if person.client_id != engagement.client_id:
            raise rules.NotOfTheClient(
                errors=[Field("/user_id", en="not of this client", zh="不属于该客户")]
            )


async def change_profile(
    session: AsyncSession, profile: Stakeholder, patch: StakeholderPatch
) -> None:
    """Change a profile as it was read; the version was checked by the caller.

    Raises `EngagementNotLive` (409).
    """
    await _require(session, profile.engagement_id, "stakeholder:edit")
    given = patch.model_dump(exclude_unset=True)
    empty = sorted(name for name in given if given[name] is None and name not in NULLABLE)
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )
    for name, value in given.items():
        setattr(profile, name, value)
    profile.updated_at = context_of(session).now
    await _audit(session, profile, "stakeholder:edit", sorted(given))


async def plan_action(
    session: AsyncSession, stakeholder_id: UUID, body: ActionIn
) -> StakeholderAction:
    """Plan what somebody of the firm does about a stakeholder.

    Raises `EngagementNotLive` (409), `NotOfTheFirm`, `NotActive`, `NotKnownYet` (422).
    """
    profile = await store.lock_profile(session, stakeholder_id)
    await _require(session, profile.engagement_id, "stakeholder:plan")
    context = context_of(session)
    with named_at("/owner_id"):
        owner = await known_user(session, body.owner_id or context.actor.user_id)
    if owner.side != Side.FIRM:
        raise rules.NotOfTheFirm(errors=[Field("/owner_id", en="not of the firm", zh="非本公司")])
    require_account(session, owner.id, "/owner_id", has_one=owner.active)
    action = StakeholderAction(
        id=new_id(),
        stakeholder_id=profile.id,
        engagement_id=profile.engagement_id,
        client_id=profile.client_id,
        text=body.text,
        owner_id=owner.id,
        owner_name=owner.name,
        due_on=body.due_on,
        created_at=context.now,
    )
    session.add(action)
    await _audit(session, profile, "stakeholder:plan", ["action"])
    return action


async def finish_action(
    session: AsyncSession, stakeholder_id: UUID, action_id: UUID, today: date
) -> None:
    """Record that an action was done. Raises `EngagementNotLive`, `ActionDone` (409)."""
    profile = await store.lock_profile(session, stakeholder_id)
    await _require(session, profile.engagement_id, "stakeholder:plan")
    action = await store.lock_action(session, stakeholder_id, action_id)
    rules.finish(rules.action_status(action.done_on))
    action.done_on = today
    await _audit(session, profile, "stakeholder:finish", ["action"])


async def leave_actions(session: AsyncSession, engagement_id: UUID, person_id: UUID) -> None:
    """Leave what a person was still to do about stakeholders of an engagement without an owner."""
    for action in await store.lock_open_actions(session, engagement_id, person_id):
        action.owner_id = action.owner_name = None
        profile = await session.get_one(Stakeholder, action.stakeholder_id)
        await _audit(session, profile, "stakeholder:plan", ["action"])


async def _require(session: AsyncSession, engagement_id: UUID, act: str) -> Engagement:
    """The engagement, locked, where somebody of the firm's team may do this now."""
    engagement = await lock_engagement(session, engagement_id)
    await require_role(session, engagement.id, *FIRM_ROLES)
    require_admits(engagement.status, act)
    return engagement


async def _audit(
    session: AsyncSession, profile: Stakeholder, action: str, fields: list[str]
) -> None:
    await session.flush()
    about = [person for person in (profile.user_id, profile.contact_id) if person]
    subject = ("stakeholder", profile.id)
    await audit.record(session, action, subject, after={"fields": fields}, about=about)
