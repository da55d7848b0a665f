"""Writes that end a case or open it again: resolve, close, reopen, withdraw."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus, become
from services.desk.followups import store as follow_ups
from services.desk.followups.actions import (
    reopen_case,
    schedule_follow_up,
    waive_outstanding,
)
from services.desk.followups.rules import FollowUpPending
from services.desk.history.store import record
from services.desk.promises.actions import keep_by_act, release_promises
from services.desk.promises.rules import Act
from services.desk.solutions.actions import end_offers
from services.desk.waiting import store as waiting
from shared.calendar import add_working_days, load_calendar
from shared.contracts import desk as events
from shared.database import context_of
from shared.identity import Side

CONFIRMED_BY_REQUESTER = "confirmed by the requester"


async def resolve_case(
    session: AsyncSession,
    case_id: UUID,
    *,
    resolution: str,
    follow_up_after: int,
    zone: ZoneInfo,
) -> None:
    """Say what was done; keeps what was promised and plans the first follow-up.

    The follow-up falls `follow_up_after` working days later. Raises `IllegalCaseStep` (409).
    Emits `CaseResolved`.
    """
    case = await cases.lock_case(session, case_id)
    now = context_of(session).now
    case.status = become(CaseStatus(case.status), CaseStatus.RESOLVED)
    case.resolution, case.resolved_at = resolution, now
    record(session, case, "resolved", resolution=resolution)
    await keep_by_act(session, case, Act.RESOLVED, zone)
    await release_promises(session, case, zone)
    if not context_of(session).historical:
        today = now.astimezone(zone).date()
        calendar = await load_calendar(session, zone.key)
        due_on = add_working_days(calendar, today, follow_up_after)
        schedule_follow_up(session, case, due_on)
    await announce(session, case, events.CaseResolved, "case:resolve")


async def close_case(session: AsyncSession, case_id: UUID, *, waive_reason: str | None) -> None:
    """Close a resolved case once it was followed up, or the follow-up is waived with a reason.

    The requester's own closing confirms the resolution and stands for the follow-up.
    Raises `IllegalCaseStep`, `FollowUpPending` (409). Emits `CaseClosed`.
    """
    case = await cases.lock_case(session, case_id)
    target = become(CaseStatus(case.status), CaseStatus.CLOSED)
    context = context_of(session)
    if context.actor.side is Side.CLIENT:
        await waive_outstanding(session, case, reason=CONFIRMED_BY_REQUESTER)
    elif follow_ups.outstanding(await follow_ups.of_round(session, case.id, case.round)):
        if waive_reason is None:
            raise FollowUpPending()
        await waive_outstanding(session, case, reason=waive_reason)
        record(session, case, "follow_up_waived", reason=waive_reason)
    case.status, case.closed_at = target, context.now
    record(session, case, "closed")
    await announce(session, case, events.CaseClosed, "case:close")


async def reopen(session: AsyncSession, case_id: UUID, *, reason: str) -> None:
    """Open a resolved or closed case again. Raises `IllegalCaseStep` (409).

    Emits `CaseReopened`.
    """
    await reopen_case(session, await cases.lock_case(session, case_id), reason=reason)


async def withdraw_case(
    session: AsyncSession, case_id: UUID, *, reason: str, zone: ZoneInfo
) -> None:
    """The client does not want it pursued: clocks stop, offers end.

    Raises `IllegalCaseStep` (409). Emits `CaseWithdrawn`.
    """
    case = await cases.lock_case(session, case_id)
    target = become(CaseStatus(case.status), CaseStatus.WITHDRAWN)
    await release_promises(session, case, zone)
    await end_offers(session, case)
    if case.status == CaseStatus.WAITING_CLIENT:
        waiting.enter(session, case, "resumed")
        case.interrupted = case.waiting_since = None
    case.status, case.closed_at = target, context_of(session).now
    record(session, case, "withdrawn", reason=reason)
    await announce(session, case, events.CaseWithdrawn, "case:withdraw")
