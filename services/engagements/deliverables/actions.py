"""Writes on deliverables: one function per step of the chain."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.deliverables import rules
from services.engagements.deliverables.announce import Review, announce_deliverable
from services.engagements.deliverables.rules import DeliverableStatus, ReviewStep, VerdictKind
from services.engagements.deliverables.schemas import VersionIn
from services.engagements.deliverables.tables import (
    Comment,
    Deliverable,
    DeliverableVersion,
    Verdict,
)
from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement.store import with_engagement
from services.engagements.members.rules import MemberRole, Place
from services.engagements.members.store import live_members, place_of
from shared.calendar import add_working_days, load_calendar
from shared.contracts import engagements as events
from shared.contracts.engagements import DeliverableState
from shared.database import context_of
from shared.edge import check as permit
from shared.events import Event
from shared.ids import new_id

S = DeliverableStatus


async def submit_version(
    session: AsyncSession, deliverable_id: UUID, body: VersionIn, zone: ZoneInfo
) -> None:
    """Put a version forward: to the peripheral members, else straight to the first check.

    Raises `IllegalDeliverableStep` (409), `NothingPutForward` (422). Emits `DeliverableSubmitted`.
    """
    review = await _load(session, deliverable_id, "deliverable:submit")
    deliverable = review.deliverable
    _require_concerned(session, review, MemberRole.CORE)
    rules.require_content(body.text, body.reference)
    target = rules.after_draft([place_of(member) for member in review.team], deliverable.domain)
    deliverable.version_number += 1
    await _advance(session, deliverable, target, zone)
    version = _new_version(session, deliverable, body)
    await announce_deliverable(
        session,
        review,
        events.DeliverableSubmitted,
        ("deliverable:submit", "deliverable_submitted"),
        child=version,
        params={"version": str(version.number)},
    )


def _new_version(
    session: AsyncSession, deliverable: Deliverable, body: VersionIn
) -> DeliverableVersion:
    context = context_of(session)
    return DeliverableVersion(
        id=new_id(),
        deliverable_id=deliverable.id,
        engagement_id=deliverable.engagement_id,
        client_id=deliverable.client_id,
        number=deliverable.version_number,
        text=body.text,
        reference=body.reference,
        author_id=context.actor.user_id,
        author_name=context.actor.name,
        submitted_at=context.now,
    )


async def comment_on(session: AsyncSession, deliverable_id: UUID, *, body: str) -> Comment:
    """Say something about the version in review, as a peripheral member whom it concerns.

    Raises `NotOpenForComments` (409). Emits `DeliverableCommented`.
    """
    review = await _load(session, deliverable_id, "deliverable:comment")
    deliverable = review.deliverable
    _require_concerned(session, review, MemberRole.PERIPHERAL)
    if deliverable.status != S.COMMENTING:
        raise rules.NotOpenForComments()
    context = context_of(session)
    comment = Comment(
        id=new_id(),
        deliverable_id=deliverable.id,
        engagement_id=deliverable.engagement_id,
        client_id=deliverable.client_id,
        number=deliverable.version_number,
        author_id=context.actor.user_id,
        author_name=context.actor.name,
        body=body,
        created_at=context.now,
    )
    await announce_deliverable(
        session,
        review,
        events.DeliverableCommented,
        ("deliverable:comment", "deliverable_commented"),
        child=comment,
    )
    return comment


async def take_back(session: AsyncSession, deliverable_id: UUID, zone: ZoneInfo) -> None:
    """Take a commented version back to work the comments in.

    Raises `IllegalDeliverableStep` (409). Emits `DeliverableChanged`.
    """
    names = ("take-back", "deliverable_taken_back")
    way = (S.COMMENTING, S.DRAFT)
    await _step(session, deliverable_id, way, events.DeliverableChanged, names, zone)


async def request_check(session: AsyncSession, deliverable_id: UUID, zone: ZoneInfo) -> None:
    """End the comments and ask the client PM. Raises `IllegalDeliverableStep` (409).

    Emits `DeliverableChanged`.
    """
    names = ("request-check", "deliverable_check_requested")
    way = (S.COMMENTING, S.CHECKING)
    await _step(session, deliverable_id, way, events.DeliverableChanged, names, zone)


async def check(
    session: AsyncSession, deliverable_id: UUID, *, passed: bool, reason: str | None, zone: ZoneInfo
) -> None:
    """The client PM's first check: on to the decision, or back to the draft.

    Raises `IllegalDeliverableStep` (409), `ReasonMissing` (422). Emits `DeliverableChecked` or
    `DeliverableRejected`.
    """
    review = await _load(session, deliverable_id, "deliverable:check")
    permit(MemberRole.CLIENT_PM in {place.role for place in _my_places(session, review)})
    event = events.DeliverableChecked if passed else events.DeliverableRejected
    kind = "deliverable_checked" if passed else "deliverable_rejected"
    target = S.DECIDING if passed else S.DRAFT
    verdict = _verdict(session, review.deliverable, ReviewStep.CHECK, passed, reason)
    await _judge(session, review, verdict, (target, event, kind), zone)


async def decide(
    session: AsyncSession,
    deliverable_id: UUID,
    *,
    accepted: bool,
    reason: str | None,
    zone: ZoneInfo,
) -> None:
    """An executive's decision: accepted, or back to the draft.

    Raises `IllegalDeliverableStep` (409), `ReasonMissing` (422). Emits `DeliverableAccepted` or
    `DeliverableRejected`.
    """
    review = await _load(session, deliverable_id, "deliverable:decide")
    permit(MemberRole.EXECUTIVE in {place.role for place in _my_places(session, review)})
    event = events.DeliverableAccepted if accepted else events.DeliverableRejected
    kind = "deliverable_accepted" if accepted else "deliverable_rejected"
    target = S.ACCEPTED if accepted else S.DRAFT
    verdict = _verdict(session, review.deliverable, ReviewStep.DECIDE, accepted, reason)
    await _judge(session, review, verdict, (target, event, kind), zone)


async def start_rollout(session: AsyncSession, deliverable_id: UUID, zone: ZoneInfo) -> None:
    """Begin to introduce what was decided. Raises `IllegalDeliverableStep` (409).

    Emits `DeliverableRollout`.
    """
    names = ("start-rollout", "rollout_started")
    way = (S.ACCEPTED, S.ROLLING_OUT)
    await _step(session, deliverable_id, way, events.DeliverableRollout, names, zone)


async def finish_rollout(session: AsyncSession, deliverable_id: UUID, zone: ZoneInfo) -> None:
    """The introduction is complete. Raises `IllegalDeliverableStep` (409).

    Emits `DeliverableDone`.
    """
    names = ("finish-rollout", "rollout_finished")
    way = (S.ROLLING_OUT, S.DONE)
    await _step(session, deliverable_id, way, events.DeliverableDone, names, zone)


async def _step(
    session: AsyncSession,
    deliverable_id: UUID,
    way: tuple[DeliverableStatus, DeliverableStatus],
    event: type[Event[DeliverableState]],
    names: tuple[str, str],
    zone: ZoneInfo,
) -> None:
    """A step that core members take, its way from where to where; `names`: act and history."""
    act = (f"deliverable:{names[0]}", names[1])
    review = await _load(session, deliverable_id, act[0])
    deliverable = review.deliverable
    _require_concerned(session, review, MemberRole.CORE)
    source, target = way
    if deliverable.status != source:
        raise rules.IllegalDeliverableStep(DeliverableStatus(deliverable.status), target)
    await _advance(session, deliverable, target, zone)
    await announce_deliverable(session, review, event, act)


def _verdict(
    session: AsyncSession,
    deliverable: Deliverable,
    step: ReviewStep,
    passed: bool,
    reason: str | None,
) -> Verdict:
    rules.require_reason(passed, reason)
    context = context_of(session)
    return Verdict(
        id=new_id(),
        deliverable_id=deliverable.id,
        engagement_id=deliverable.engagement_id,
        client_id=deliverable.client_id,
        number=deliverable.version_number,
        step=step,
        verdict=VerdictKind.PASSED if passed else VerdictKind.REJECTED,
        reason=reason,
        by_id=context.actor.user_id,
        by_name=context.actor.name,
        at=context.now,
    )


async def _judge(
    session: AsyncSession,
    review: Review,
    verdict: Verdict,
    outcome: tuple[DeliverableStatus, type[Event[DeliverableState]], str],
    zone: ZoneInfo,
) -> None:
    target, event, kind = outcome
    deliverable = review.deliverable
    waits = rules.WAITS_FOR.get(DeliverableStatus(deliverable.status))
    if waits is None or waits[0] != verdict.step:
        raise rules.IllegalDeliverableStep(DeliverableStatus(deliverable.status), target)
    await _advance(session, deliverable, target, zone)
    await announce_deliverable(
        session,
        review,
        event,
        (f"deliverable:{verdict.step}", kind),
        child=verdict,
        params={"reason": verdict.reason or ""},
    )


async def _advance(
    session: AsyncSession, deliverable: Deliverable, target: DeliverableStatus, zone: ZoneInfo
) -> None:
    """Take the step and set the working day by which the next one is due."""
    deliverable.status = rules.become(DeliverableStatus(deliverable.status), target)
    waits = rules.WAITS_FOR.get(target)
    if waits is None:
        deliverable.step_due_on = None
        return
    # A rejected version is mended as quickly as it was checked.
    step = ReviewStep.CHECK if waits[0] is ReviewStep.DRAFT else waits[0]
    today = context_of(session).now.astimezone(zone).date()
    calendar = await load_calendar(session, zone.key)
    deliverable.step_due_on = add_working_days(calendar, today, deliverable.chain[step])


def _my_places(session: AsyncSession, review: Review) -> list[Place]:
    """The places that whoever acts holds on the team."""
    me = context_of(session).actor.user_id
    return [place_of(member) for member in review.team if member.user_id == me]


def _require_concerned(session: AsyncSession, review: Review, role: MemberRole) -> None:
    """Raise `Forbidden` (403) unless a member in `role` acts whom the deliverable concerns."""
    mine = _my_places(session, review)
    permit(any(True for _ in rules.concerned(mine, role, review.deliverable.domain)))


async def _load(session: AsyncSession, deliverable_id: UUID, act: str) -> Review:
    engagement, deliverable = await with_engagement(session, Deliverable, deliverable_id)
    engagement_rules.require_admits(engagement.status, act)
    team = await live_members(session, engagement.id)
    return Review(engagement, deliverable, team, deliverable.model_dump(mode="json"))
