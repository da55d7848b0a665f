"""Writes on follow-ups: schedule, record what was heard, waive with a reason."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus, become
from services.desk.cases.tables import Case
from services.desk.followups import rules, store
from services.desk.followups.rules import FollowUpStatus
from services.desk.followups.schemas import FollowUpIn, RecordIn
from services.desk.followups.tables import FollowUp
from services.desk.history.store import record
from shared.contracts import desk as events
from shared.database import context_of
from shared.dates import day_words
from shared.ids import new_id
from shared.sentences import Texts


async def plan_follow_up(session: AsyncSession, body: FollowUpIn, zone: ZoneInfo) -> FollowUp:
    """Plan a follow-up of a resolved case for a day of the firm's zone, at most two in all.

    Raises `NothingToFollowUp`, `TooManyFollowUps` (409), `FollowUpInPast` (422).
    Emits `FollowUpScheduled`.
    """
    case = await cases.lock_named_case(session, body.case_id)
    if case.status != CaseStatus.RESOLVED:
        raise rules.NothingToFollowUp(CaseStatus(case.status))
    if len(await store.of_round(session, case.id, case.round)) >= rules.MOST_PER_ROUND:
        raise rules.TooManyFollowUps(most=rules.MOST_PER_ROUND)
    if body.due_on < context_of(session).now.astimezone(zone).date():
        raise rules.FollowUpInPast(due_on=body.due_on.isoformat())
    follow_up = schedule_follow_up(session, case, body.due_on)
    await announce(session, case, events.FollowUpScheduled, "follow-up:plan", child=follow_up)
    return follow_up


def schedule_follow_up(session: AsyncSession, case: Case, due_on: date) -> FollowUp:
    """Put a follow-up on the calendar; the caller announces."""
    follow_up = FollowUp(
        id=new_id(),
        case_id=case.id,
        client_id=case.client_id,
        requester_id=case.requester_id,
        round=case.round,
        due_on=due_on,
        status=FollowUpStatus.SCHEDULED,
        created_at=context_of(session).now,
    )
    session.add(follow_up)
    record(session, case, "follow_up_scheduled", due_on=day_words(due_on))
    return follow_up


async def record_follow_up(session: AsyncSession, follow_up_id: UUID, body: RecordIn) -> FollowUp:
    """Record what the client said; a bad answer may open the case again.

    Raises `FollowUpSettled` (409). Emits `FollowUpRecorded`, and `CaseReopened` when it reopens.
    """
    case, follow_up = await cases.with_case(session, FollowUp, follow_up_id)
    context = context_of(session)
    follow_up.status = rules.settle(FollowUpStatus(follow_up.status), FollowUpStatus.DONE)
    follow_up.satisfied, follow_up.score = body.satisfied, body.score
    follow_up.notes, follow_up.reopened = body.notes, body.reopen
    follow_up.recorded_by, follow_up.recorded_by_name = context.actor.user_id, context.actor.name
    follow_up.recorded_at = context.now
    record(session, case, "follow_up_recorded")
    await announce(session, case, events.FollowUpRecorded, "follow-up:record", child=follow_up)
    if body.reopen:
        await reopen_case(
            session, case, reason=rules.REOPENED_BECAUSE[case.language], said=rules.REOPENED_BECAUSE
        )
    return follow_up


async def waive_follow_up(session: AsyncSession, follow_up_id: UUID, *, reason: str) -> FollowUp:
    """Do without a follow-up, for a reason. Raises `FollowUpSettled` (409).

    Emits `FollowUpWaived`.
    """
    case, follow_up = await cases.with_case(session, FollowUp, follow_up_id)
    _waive(follow_up, reason)
    record(session, case, "follow_up_waived", reason=reason)
    await announce(session, case, events.FollowUpWaived, "follow-up:waive", child=follow_up)
    return follow_up


async def waive_outstanding(session: AsyncSession, case: Case, *, reason: str) -> None:
    """Waive every outstanding follow-up of the case; the caller announces."""
    for follow_up in store.outstanding(await store.of_round(session, case.id, case.round)):
        _waive(follow_up, reason)


async def reopen_case(
    session: AsyncSession, case: Case, *, reason: str, said: Texts | None = None
) -> None:
    """Open a resolved or closed case again: a new round of solutions and follow-ups.

    Where whoever had it has left meanwhile, it waits for dispatch.
    `said` is the reason in every language, where it is not somebody's own words.
    Raises `IllegalCaseStep` (409). Emits `CaseReopened`.
    """
    target = become(CaseStatus(case.status), CaseStatus.REOPENED)
    await cases.free_of_who_left(session, case)
    await waive_outstanding(session, case, reason=reason)
    case.status, case.round = target, case.round + 1
    case.resolved_at = case.closed_at = None
    case.restated_need = case.need_comment = case.need_confirmed_at = None
    record(session, case, "reopened", reason=said or reason)
    await announce(session, case, events.CaseReopened, "case:reopen")


def _waive(follow_up: FollowUp, reason: str) -> None:
    follow_up.status = rules.settle(FollowUpStatus(follow_up.status), FollowUpStatus.WAIVED)
    follow_up.waive_reason = reason
