"""What every act on a case ends with: the new version, its event, its audit entry."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from services.desk.cases.rules import stands_still
from services.desk.cases.tables import Case
from shared import audit
from shared.contracts.desk import CaseState, CaseStep, PromiseSummary
from shared.contracts.steps import as_told
from shared.database import context_of
from shared.events import Event, Visibility
from shared.outbox import emit
from shared.refs import names_of
from shared.steps import untold_steps


async def announce(
    session: AsyncSession,
    case: Case,
    event: type[Event[CaseState]],
    action: str,
    *,
    child: SQLModel | None = None,
) -> None:
    """Save the act as a new version of the case, audit it as `action` and emit `event`.

    `child` is the row the act wrote besides the case (a promise, a solution): it is audited too.
    """
    before, after = audit.changes_of(session, case, child)
    case.updated_at = context_of(session).now
    await audit.record(
        session,
        action,
        ("case", case.id),
        before=before,
        after=after,
        about=_persons(case, child),
    )
    audit.remember(session, case)
    steps = untold_steps(session, case.id)
    await emit(session, event(state=await case_state(session, case, steps)))


async def case_state(
    session: AsyncSession, case: Case, steps: Iterable[Mapping[str, Any]]
) -> CaseState:
    """The public state of a case in reach, with these steps of its history."""
    persons = {case.requester_id} | ({case.assignee_id} if case.assignee_id else set())
    names = await names_of(session, persons)
    return CaseState(
        id=case.id,
        visibility=Visibility(
            client_id=case.client_id,
            client_users=(case.requester_id,),
            excluded=tuple(case.about_user_ids),
        ),
        number=case.number,
        kind=case.kind,
        subject=case.subject,
        subject_texts=case.subject_texts,
        status=case.status,
        priority=case.priority,
        client_id=case.client_id,
        requester_id=case.requester_id,
        requester_name=names.get(case.requester_id, ""),
        assignee_id=case.assignee_id,
        assignee_name=names.get(case.assignee_id) if case.assignee_id else None,
        next_due_at=case.next_due_at,
        overdue_since=case.overdue_since,
        promises=_next_promise(case),
        opened_at=case.created_at,
        resolved_at=case.resolved_at,
        closed_at=case.closed_at,
        source_id=case.source_id,
        steps=as_told(CaseStep, steps),
    )


def _next_promise(case: Case) -> tuple[PromiseSummary, ...]:
    if case.next_promise_id is None or case.next_due_at is None:
        return ()
    return (
        PromiseSummary(
            id=case.next_promise_id,
            kind=case.next_promise_kind or "",
            due_at=case.next_due_at,
            status="made",
            paused=stands_still(case.status, case.next_promise_kind or ""),
        ),
    )


def _persons(case: Case, child: SQLModel | None) -> list[UUID]:
    """Whose data the audited values hold."""
    wrote = ("author_id", "made_by", "offered_by", "recorded_by")
    named = [getattr(child, name, None) for name in wrote]
    return [case.requester_id, *case.about_user_ids, *(person for person in named if person)]
