"""Opening, reminding and closing rounds."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.campaigns import store as campaigns
from services.surveys.campaigns.tables import Campaign
from services.surveys.forms.store import form as read_form
from services.surveys.forms.store import newest_form
from services.surveys.refs.store import Person
from services.surveys.responses.rules import fewest, kept_roles
from services.surveys.rounds import store
from services.surveys.rounds.announce import group_scores, round_state
from services.surveys.rounds.rules import (
    CLOSE,
    REMIND,
    Cause,
    InvitationStatus,
    Links,
    RoundStatus,
    SparedBecause,
    letter,
    may_become,
    round_status,
)
from shared.contracts.surveys import RoundClosed, RoundOpened
from shared.database import context_of
from shared.ids import new_id
from shared.mail import Mail, send_mail
from shared.outbox import emit
from shared.refs import standing_client
from shared.timers import Fired, schedule


async def open_round(
    session: AsyncSession,
    campaign: Campaign,
    cause: Cause,
    people: Sequence[Person],
    links: Links,
    zone: ZoneInfo,
) -> None:
    """Ask these people, once per campaign and cause; whoever was asked lately is spared.

    Where too few are left to be anonymous nobody is asked, and the list of invitations says so.
    Emits `RoundOpened`.
    """
    form = await newest_form(session, campaign.survey_key)
    if form is None or not people:
        return
    cause = replace(cause, client_id=await standing_client(session, cause.client_id))
    columns = round_columns(session, campaign, form, cause)
    if not await store.open_round(session, columns):
        return
    since = columns["opened_at"] - timedelta(days=campaign.fatigue_days)
    tired = await store.asked_since(session, campaign.id, [one.id for one in people], since)
    rested = [one for one in people if one.id not in tired]
    asks = len(rested) >= fewest(anonymous=campaign.anonymous)
    asked = [(new_id(), one) for one in rested if asks]
    spared = [one for one in people if one.id in tired or not asks]
    rows = [_invitation(columns, at, one) for at, one in asked]
    rows += [_invitation(columns, new_id(), one, _why_spared(one, tired)) for one in spared]
    await store.invite(session, rows)
    await store.keep_tokens(session, _tokens(columns, asked, links))
    await store.set_invited(session, columns["id"], len(asked))
    round_ = await store.read_round(session, columns["id"])
    for invitation_id, one in asked:
        await _write(session, round_, form, invitation_id, one, columns["about"], links, zone)
    await _set_clocks(session, campaign, round_)
    await emit(session, RoundOpened(state=await round_state(session, round_)))


async def _set_clocks(session: AsyncSession, campaign: Campaign, round_: Any) -> None:
    if campaign.reminders:
        first = round_.opened_at + timedelta(days=campaign.reminder_days)
        await schedule(session, REMIND, str(round_.id), first, {})
    await schedule(session, CLOSE, str(round_.id), round_.closes_at, {})


def round_columns(
    session: AsyncSession, campaign: Campaign, form: Any, cause: Cause
) -> dict[str, Any]:
    """The columns of a new round that opens now."""
    now = context_of(session).now
    return {
        "id": new_id(),
        "campaign_id": campaign.id,
        "campaign": campaign.key,
        "survey_id": form.id,
        "survey_key": form.key,
        "kind": form.kind,
        "anonymous": campaign.anonymous,
        "low_at_most": campaign.low_at_most,
        "opened_at": now,
        "closes_at": now + timedelta(days=campaign.open_days),
        **vars(cause),
        "about": None if campaign.anonymous else cause.about,
        "excluded": sorted(cause.excluded),
    }


def _why_spared(one: Person, tired: Collection[UUID]) -> SparedBecause:
    return SparedBecause.ASKED_LATELY if one.id in tired else SparedBecause.TOO_FEW


def _invitation(
    round_: dict[str, Any], invitation_id: UUID, one: Person, spared: SparedBecause | None = None
) -> dict[str, Any]:
    names = (
        "survey_id",
        "campaign_id",
        "client_id",
        "engagement_id",
        "anonymous",
        "subject",
        "about",
    )
    return {
        "id": invitation_id,
        "round_id": round_["id"],
        "person_id": one.id,
        "person_name": one.name,
        "role": one.role,
        "language": one.language,
        "status": InvitationStatus.SPARED if spared else InvitationStatus.OPEN,
        "spared_because": spared,
        "created_at": round_["opened_at"],
        "closes_at": round_["closes_at"],
        "excluded": round_["excluded"],
        **{name: round_[name] for name in names},
    }


def _tokens(
    round_: dict[str, Any], asked: Sequence[tuple[UUID, Person]], links: Links
) -> list[dict[str, Any]]:
    """What is kept of each link; an anonymous one says no invitation, small role or language."""
    roles = {one.role for _, one in asked}
    if round_["anonymous"]:
        roles &= kept_roles([one.role for _, one in asked])
    return [
        {
            "hash": links.hash(invitation_id),
            "round_id": round_["id"],
            "invitation_id": None if round_["anonymous"] else invitation_id,
            "role": one.role if one.role in roles else None,
            "language": None if round_["anonymous"] else one.language,
            "closes_at": round_["closes_at"],
        }
        for invitation_id, one in asked
    ]


async def _write(
    session: AsyncSession,
    round_: Any,
    form: Any,
    invitation_id: UUID,
    one: Person,
    about: dict[str, str] | None,
    links: Links,
    zone: ZoneInfo,
    *,
    reminder: bool = False,
) -> None:
    if one.email is None:
        return
    subject, text = letter(
        form,
        name=one.name,
        subject=round_.subject,
        about=about,
        language=one.language,
        anonymous=round_.anonymous,
        link=links.link(invitation_id),
        until=round_.closes_at,
        zone=zone,
        reminder=reminder,
    )
    await send_mail(session, Mail(to=one.email, subject=subject, text=text, person=one.id))


async def remind(session: AsyncSession, timer: Fired, *, links: Links, zone: ZoneInfo) -> None:
    """Remind whoever has not answered; in an anonymous round everybody alike, for who was not
    reminded would be known to have answered."""
    round_ = await store.read_round(session, UUID(timer.key), lock=True)
    if round_status(round_.closed_at) is RoundStatus.CLOSED:
        return
    campaign = await campaigns.campaign(session, round_.campaign_id)
    form = await read_form(session, round_.survey_id)
    waiting = await store.to_remind(session, round_.id, campaign.reminders)
    for each in waiting:
        one = Person(each.person_id, each.person_name, each.language, each.email)
        await _write(session, round_, form, each.id, one, each.about, links, zone, reminder=True)
    await store.count_reminder(session, round_.id, campaign.reminders)
    again = context_of(session).now + timedelta(days=campaign.reminder_days)
    if waiting and again < round_.closes_at:
        await schedule(session, REMIND, str(round_.id), again, {})


async def close(session: AsyncSession, timer: Fired) -> None:
    """Take no more answers, and let an anonymous round say what it may, with those that are just
    being written. Emits `RoundClosed`."""
    round_ = await store.read_round(session, UUID(timer.key), lock=True)
    if not may_become(round_status(round_.closed_at), RoundStatus.CLOSED):
        return
    await store.hold_answers(session, round_.id)
    low = any(group.low for group in await group_scores(session, round_))
    await store.close_round(session, round_.id, context_of(session).now, low=low)
    round_ = await store.read_round(session, round_.id)
    await emit(session, RoundClosed(state=await round_state(session, round_)))
