"""Writes on promises: make, keep, renegotiate in time, break exactly when due."""

from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus, require_live, stands_still
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.promises import rules, store
from services.desk.promises.clock import check_due, moved_by_pause, set_clock
from services.desk.promises.rules import Act, PromiseKind, PromiseStatus
from services.desk.promises.schemas import PromiseIn
from services.desk.promises.tables import Promise
from shared.contracts import desk as events
from shared.database import context_of
from shared.dates import minute_words
from shared.ids import new_id


async def make_promise(session: AsyncSession, body: PromiseIn, zone: ZoneInfo) -> Promise:
    """Promise the client something by `due_at` (UTC, future, inside working hours).

    Raises `PromiseInPast`, `PromiseTooFar`, `PromiseOutsideHours` (422), `CaseNotLive` (409). Emits
    `PromiseMade`.
    """
    case = await cases.lock_named_case(session, body.case_id)
    require_live(CaseStatus(case.status))
    await check_due(session, body.due_at, zone)
    promise = _new_promise(session, case, body.kind, body.due_at, body.text)
    show_next(case, await settle_overdue(session, case, zone))
    heard(case)
    record(
        session,
        case,
        "promise_made",
        promise_kind=promise.kind,
        due=minute_words(promise.due_at, zone),
    )
    await set_clock(session, promise)
    await announce(session, case, events.PromiseMade, "promise:make", child=promise)
    return promise


async def renegotiate_promise(
    session: AsyncSession, promise_id: UUID, *, due_at: datetime, reason: str, zone: ZoneInfo
) -> Promise:
    """Replace an open promise by one for `due_at`, agreed before the old time passed.

    Raises `PromisePassed`, `PromiseSettled` (409), `PromiseInPast`, `PromiseTooFar`,
    `PromiseOutsideHours` (422). Emits `PromiseRenegotiated`.
    """
    case, old = await cases.with_case(session, Promise, promise_id)
    now = context_of(session).now
    paused = stands_still(case.status, old.kind)
    rules.require_open(PromiseStatus(old.status), old.due_at, now, paused=paused)
    await check_due(session, due_at, zone)
    old.status = rules.settle(PromiseStatus(old.status), PromiseStatus.SUPERSEDED)
    old.settled_at = now
    await session.flush()
    new = _new_promise(session, case, PromiseKind(old.kind), due_at, old.text)
    new.replaces_id, new.reason = old.id, reason
    record(
        session,
        case,
        "promise_renegotiated",
        promise_kind=old.kind,
        due=minute_words(due_at, zone),
        reason=reason,
        earlier=minute_words(old.due_at, zone),
    )
    await set_clock(session, new)
    show_next(case, await settle_overdue(session, case, zone))
    heard(case)
    await announce(session, case, events.PromiseRenegotiated, "promise:renegotiate", child=new)
    return new


async def keep_promise(
    session: AsyncSession, promise_id: UUID, *, note: str | None, zone: ZoneInfo
) -> Promise:
    """Record by hand that an open promise was kept.

    Where its time passed while its clock stood still, `due_at` moves by the working time that was
    waited so far. Raises `PromisePassed`, `PromiseSettled` (409). Emits `PromiseKept`.
    """
    case, promise = await cases.with_case(session, Promise, promise_id)
    now, paused = context_of(session).now, stands_still(case.status, promise.kind)
    rules.require_open(PromiseStatus(promise.status), promise.due_at, now, paused=paused)
    promise.note = note
    await _keep(session, case, promise, zone)
    show_next(case, await store.open_promises(session, case.id))
    heard(case)
    await announce(session, case, events.PromiseKept, "promise:keep", child=promise)
    return promise


async def keep_by_act(session: AsyncSession, case: Case, act: Act, zone: ZoneInfo) -> None:
    """Keep the open promises that `act` fulfils; the caller announces the act."""
    still = await settle_overdue(session, case, zone)
    for promise in still:
        if promise.kind in rules.KEEPS[act]:
            await _keep(session, case, promise, zone)
    show_next(case, still)
    heard(case)


async def settle_overdue(session: AsyncSession, case: Case, zone: ZoneInfo) -> list[Promise]:
    """Break what has come due although its timer has not run yet: no act mends it afterwards.

    Answers the promises that are still open.
    """
    now = context_of(session).now
    still = await store.open_promises(session, case.id)
    for promise in still:
        if rules.has_passed(promise.due_at, now) and not stands_still(case.status, promise.kind):
            break_promise(session, case, promise, zone)
    return [promise for promise in still if promise.status == PromiseStatus.MADE]


async def release_promises(session: AsyncSession, case: Case, zone: ZoneInfo) -> None:
    """Let go of what is still promised on a case that ends: no clock runs on after the end."""
    for promise in await settle_overdue(session, case, zone):
        promise.status = rules.settle(PromiseStatus(promise.status), PromiseStatus.RELEASED)
        promise.settled_at = context_of(session).now
        record(session, case, "promise_released", promise_kind=promise.kind)
    show_next(case, [])
    heard(case)


def heard(case: Case) -> None:
    """The client has word from the firm: what was broken before is no longer overdue."""
    case.overdue_since = None


def break_promise(session: AsyncSession, case: Case, promise: Promise, zone: ZoneInfo) -> None:
    """Record that a promise was broken, at the very moment it was due, and is overdue since."""
    promise.status = rules.settle(PromiseStatus(promise.status), PromiseStatus.BROKEN)
    promise.settled_at = promise.due_at
    case.overdue_since = min(case.overdue_since or promise.due_at, promise.due_at)
    record(
        session,
        case,
        "promise_broken",
        at=promise.due_at,
        promise_kind=promise.kind,
        due=minute_words(promise.due_at, zone),
    )


def show_next(case: Case, promises: list[Promise]) -> None:
    """Put the next due of the open `promises` on the case row, where the inbox sorts by it.

    Those whose clock stands still are due behind all others.
    """
    still = [promise for promise in promises if promise.status == PromiseStatus.MADE]
    following = min(still, key=partial(_due_order, case.status), default=None)
    case.next_promise_id = following.id if following else None
    case.next_promise_kind = following.kind if following else None
    case.next_due_at = following.due_at if following else None


def _due_order(status: str, promise: Promise) -> tuple[bool, datetime, UUID]:
    return stands_still(status, promise.kind), promise.due_at, promise.id


async def _keep(session: AsyncSession, case: Case, promise: Promise, zone: ZoneInfo) -> None:
    now = context_of(session).now
    if case.waiting_since is not None and rules.has_passed(promise.due_at, now):
        # Its clock stands still: due is it once the wait so far is counted in.
        promise.due_at = await moved_by_pause(session, promise, case.waiting_since, zone)
    promise.status = rules.settle(PromiseStatus(promise.status), PromiseStatus.KEPT)
    promise.settled_at = now
    record(session, case, "promise_kept", promise_kind=promise.kind)


def _new_promise(
    session: AsyncSession, case: Case, kind: PromiseKind, due_at: datetime, text: str | None
) -> Promise:
    context = context_of(session)
    promise = Promise(
        id=new_id(),
        case_id=case.id,
        client_id=case.client_id,
        requester_id=case.requester_id,
        kind=kind,
        text=text,
        due_at=due_at,
        status=PromiseStatus.MADE,
        made_by=context.actor.user_id,
        made_by_name=context.actor.name,
        made_at=context.now,
        historical=context.historical,
    )
    session.add(promise)
    return promise
