"""Writes on waiting: pause for the client's answer, take the case up again."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import rules as case_rules
from services.desk.cases import store as cases
from services.desk.cases.actions import unassign
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus, stands_still
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.promises.actions import heard, settle_overdue, show_next
from services.desk.promises.clock import moved_by_pause, set_clock
from services.desk.waiting import rules, store
from shared.contracts import desk as events
from shared.database import context_of
from shared.dates import minute_words


async def wait_for_client(
    session: AsyncSession, case_id: UUID, *, reason: str, zone: ZoneInfo
) -> None:
    """Wait for the client's answer; open promises' clocks stand still, agreed calls aside.

    Raises `IllegalCaseStep` (409). Emits `CasePaused`.
    """
    case = await cases.lock_case(session, case_id)
    rules.require_interruptible(CaseStatus(case.status))
    still = await settle_overdue(session, case, zone)
    case.interrupted = case.status
    case.status = case_rules.become(CaseStatus(case.status), CaseStatus.WAITING_CLIENT)
    case.waiting_since = context_of(session).now
    show_next(case, still)
    heard(case)
    store.enter(session, case, "paused", reason)
    record(session, case, "waiting", reason=reason)
    await announce(session, case, events.CasePaused, "case:wait")


async def resume_case(session: AsyncSession, case_id: UUID, zone: ZoneInfo) -> None:
    """Take a waiting case up again. Raises `IllegalCaseStep` (409). Emits `CaseResumed`."""
    case = await cases.lock_case(session, case_id)
    if case.status != CaseStatus.WAITING_CLIENT:
        raise case_rules.IllegalCaseStep(CaseStatus(case.status), CaseStatus.IN_PROGRESS)
    await resume(session, case, zone)
    await announce(session, case, events.CaseResumed, "case:resume")


async def resume(session: AsyncSession, case: Case, zone: ZoneInfo) -> None:
    """Take a waiting case up again; its promises move by the working time that was waited.

    One that was taken back meanwhile, before any work, is open again. Does nothing to a case that
    does not wait; the caller announces.
    """
    if case.status != CaseStatus.WAITING_CLIENT or case.interrupted is None:
        return
    still = await settle_overdue(session, case, zone)
    for promise in still:
        if stands_still(case.status, promise.kind) and case.waiting_since is not None:
            before = promise.due_at
            promise.due_at = await moved_by_pause(session, promise, case.waiting_since, zone)
            if promise.due_at == before:  # waited outside working hours alone
                continue
            await set_clock(session, promise)
            record(
                session,
                case,
                "promise_moved",
                promise_kind=promise.kind,
                due=minute_words(promise.due_at, zone),
                earlier=minute_words(before, zone),
            )
    store.enter(session, case, "resumed")
    case.status = case_rules.resume_target(CaseStatus(case.interrupted))
    case.interrupted = case.waiting_since = None
    if case.assignee_id is None:  # taken back meanwhile
        unassign(case)
    record(session, case, "resumed")
    show_next(case, still)
